"""The register of regions: what it holds, and which region a name means."""

from datetime import date
from itertools import pairwise

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse import store
from warehouse.regions import Level, Region, above, locate, regions

IN_FORCE = [region for region in regions().values() if region.listed_until is None]
COUNTIES = [region for region in IN_FORCE if region.level is Level.COUNTY]


def test_the_register_is_whole():
    provinces = [region for region in IN_FORCE if region.level is Level.PROVINCE]
    assert len(provinces) == 34
    assert len(COUNTIES) > 2800
    for region in regions().values():
        assert region.name
        assert region.listed_until is None or region.listed_until < date(2023, 6, 1)
        if region.successor_code:
            assert region.listed_until
            assert regions()[region.successor_code].level is region.level
        ladder = [one.level for one in above(region.code)]
        assert ladder[-1] is Level.PROVINCE
        assert all(list(Level).index(low) > list(Level).index(high) for low, high in pairwise(ladder))


@pytest.mark.parametrize(
    ("code", "name", "successor"),
    [("330322", "洞头县", "330305"), ("330621", "绍兴县", None), ("110103", "崇文区", None)],
)
def test_codes_that_were_given_up_stay_with_what_became_of_them(code, name, successor):
    region = regions()[code]
    assert (region.name, region.successor_code) == (name, successor)
    assert region.listed_until


def full_name(region: Region) -> str:
    return "".join(one.name for one in reversed(above(region.code)))


@given(st.sampled_from(IN_FORCE), st.text("局厅人民政府办公室", max_size=8))
def test_a_region_is_found_by_its_full_name(region: Region, rest: str):
    assert locate(full_name(region) + rest) == (region, rest)


@given(st.sampled_from(COUNTIES), st.sampled_from(COUNTIES))
def test_a_county_alone_is_one_of_the_portals_prefecture(county: Region, other: Region):
    located = locate(f"{county.name}教育局", near=other.code)
    if located:
        assert located[0].code[:4] == other.code[:4]
    if county.code[:4] == other.code[:4]:
        assert located
        assert located[0] == county


@pytest.mark.parametrize(
    ("text", "near", "code", "rest"),
    [
        ("黔东南州教育局", None, "522600", "教育局"),
        ("襄樊市教育局", None, "420600", "教育局"),
        ("大同市矿区民政局", None, "140203", "民政局"),
        ("洞头县人民政府", "330300", "330322", "人民政府"),
        ("淮安市城区水利局", None, "320800", "城区水利局"),
    ],
)
def test_short_and_former_names(text, near, code, rest):
    located = locate(text, near)
    assert located
    assert (located[0].code, located[1]) == (code, rest)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("鼓楼区人民政府", None),
        ("城区水利局", "320800"),
        ("永兴县人民政府", "990100"),
        ("江北新区", "320100"),
        ("", None),
    ],
)
def test_what_the_register_does_not_know_or_knows_twice_is_not_located(text, near):
    assert locate(text, near) is None


def test_the_warehouse_has_the_register_once(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    for _ in range(2):
        with store.writer(path) as connection:
            found = connection.execute("SELECT region_code, name, level, former_names FROM core.region").fetchall()
    assert sorted(found) == sorted(
        (region.code, region.name, region.level.value, list(region.former_names)) for region in regions().values()
    )
    with duckdb.connect(str(path), read_only=True) as connection:
        wanted = "SELECT full_name FROM region_register WHERE region_code IN ('330304', '110101') ORDER BY 1"
        assert connection.execute(wanted).fetchall() == [("北京市东城区",), ("浙江省温州市瓯海区",)]
        written = "SELECT count(*) FROM audit.migration WHERE name LIKE 'regions-%'"
        assert connection.execute(written).fetchone() == (1,)
