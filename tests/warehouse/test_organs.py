"""What sources declare of organs: their governments, other names and predecessors."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tasks.load.batch import Batch
from tasks.problems import Stage
from tasks.sources.declaration import DeclaredOrgan, Listing, Source
from tasks.sources.organs import Register, Succession, organ_of
from warehouse.loading.load import load_batch
from warehouse.store import Connection, memory


def source(*organs: DeclaredOrgan) -> Source:
    return Source(
        name="qinghe",
        title="清河市",
        region="990100",
        hosts=("www.qinghe.example",),
        lists=(Listing(),),
        organs=organs,
    )


MERGED = DeclaredOrgan(
    organ="清河市教育体育局",
    level="city",
    parent="清河市人民政府",
    aliases=("清河市教体局",),
    succeeds=("清河市教育局", "清河市体育局"),
    since=2021,
)


def loaded(connection: Connection, declared: Source, tmp_path) -> Connection:
    batch = Batch(declared, "run", datetime(2026, 11, 25, tzinfo=UTC), "1")
    batch.add_organs()
    batch.add_expected(2023)
    batch.add_item(Stage.DISCOVER, "qinghe")
    load_batch(connection, batch.write(tmp_path / "batch"))
    return connection


def test_an_organ_is_found_under_all_its_names():
    register = Register(source(MERGED))
    assert register.find("清河市教体局（本级）") == register.find("清河市教育体育局")
    found = register.find("清河市教体局")
    assert (found.level, found.kind, found.parent_organ_id) == ("city", "department", "9901-清河市人民政府")
    assert register.find("清河市民政局") == organ_of("清河市民政局", "990100")
    assert set(register.successions()) == {
        Succession("9901-清河市教育局", "9901-清河市教育体育局", 2021),
        Succession("9901-清河市体育局", "9901-清河市教育体育局", 2021),
    }


def test_declarations_are_loaded_and_replaced(tmp_path):
    with memory() as connection:
        loaded(connection, source(DeclaredOrgan(organ="清河市教育体育局")), tmp_path)
        loaded(connection, source(MERGED), tmp_path)
        assert connection.execute(
            "SELECT level, parent_organ_id FROM core.organ WHERE name = '清河市教育体育局'"
        ).fetchall() == [("city", "9901-清河市人民政府")]
        assert connection.execute("SELECT alias FROM core.organ_alias").fetchall() == [("清河市教体局",)]
        assert connection.execute("SELECT count(*) FROM core.succession").fetchone() == (2,)
        assert connection.execute("SELECT year, reports FROM core.source_floor").fetchall() == [(2023, 0)]
        loaded(connection, source(), tmp_path)
        assert connection.execute("SELECT count(*) FROM core.succession").fetchone() == (0,)


@pytest.mark.parametrize(
    ("organs", "message"),
    [
        (({"organ": "甲局", "succeeds": ["乙局"]},), "belong together"),
        (({"organ": "甲局", "parent": "甲局"},), "stands for itself"),
        (({"organ": "甲局"}, {"organ": "乙局", "aliases": ["甲局"]}), "named twice"),
        (({"organ": "甲府", "parent": "乙府"}, {"organ": "乙府", "parent": "甲府"}), "its own parent"),
    ],
)
def test_declarations_that_contradict_themselves_are_refused(organs, message):
    with pytest.raises(ValidationError, match=message):
        source(*organs)


@pytest.mark.parametrize(
    ("name", "region", "kind", "level"),
    [
        ("浙江省民政厅", None, "department", "province"),
        ("新疆维吾尔自治区教育厅", None, "department", "province"),
        ("上海市人民政府办公厅", None, "department", "province"),
        ("黔东南苗族侗族自治州人民政府", None, "government", "city"),
        ("温州市国有资产监督管理委员会", "330300", "department", "city"),
        ("温州市瓯海区人民政府", "330300", "government", "county"),
        ("瑞安市人民政府", "330300", "government", "county"),
        ("平阳县人民政府办公室", None, "department", "county"),
        ("莫力达瓦达斡尔族自治旗水利局", None, "department", "county"),
        ("北京市东城区城市管理委员会", "110000", "department", "county"),
        ("利辛县望疃镇", "341600", "township", "township"),
        ("某县某镇人民政府", None, "township", "township"),
        ("义乌市廿三里街道办事处", None, "subdistrict", "township"),
        ("市市场监督管理局", "330300", "department", "city"),
        ("市教育局", "330304", "department", "city"),
        ("市教育局", "330381", "department", "county"),
        ("区教育局", "330304", "department", "county"),
    ],
)
def test_a_name_with_a_region_of_the_register_tells_kind_and_level(name, region, kind, level):
    organ = organ_of(name, region)
    assert (organ.kind, organ.level) == (kind, level)


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("徐州市云龙湖风景区管理局", "320300"),
        ("云龙湖景区管理局", "320300"),
        ("淮安市城区水利局", "320800"),
        ("龙湾区综合保税区管理局", "330300"),
        ("温州市某某开发区教育局", "330300"),
        ("西城区某某社区", "110102"),
        ("云泽市望湖区教育局", "990100"),
        ("温州市第二中学", "330300"),
        ("温州市公用事业集团", "330300"),
        ("县供销社", "330326"),
    ],
)
def test_kind_and_level_of_what_stands_nowhere_are_unknown(name, region):
    organ = organ_of(name, region)
    assert (organ.kind, organ.level) == (None, None)


@given(
    st.text("云龙湖望江青石某甲乙东西南北", min_size=1, max_size=5),
    st.sampled_from(["景区", "社区", "保税区", "城区", "开发区", "度假区", "灌区", "新城", "园区", "林场", "村"]),
    st.sampled_from(["", "管理局", "教育局", "人民政府", "管委会", "管理委员会", "办公室"]),
    st.sampled_from(["", "温州市", "温州市瓯海区", "云泽市"]),
)
def test_no_area_outside_the_register_has_a_level(name: str, area: str, organ: str, region: str):
    found = organ_of(f"{region}{name}{area}{organ}", "330300")
    assert found.level is None
    assert found.kind in {None, "government" if organ == "人民政府" else "administrative_committee"}


def test_an_organ_has_the_code_of_its_own_region_and_the_identity_of_the_prefecture():
    assert organ_of("瑞安市人民政府", "330300").region_code == "330381"
    assert organ_of("瑞安市人民政府", "330300").organ_id == organ_of("瑞安市人民政府", "330381").organ_id
    assert organ_of("清河市民政局", "990100").region_code == "990100"


def test_what_one_source_declares_stays_whatever_another_does_not_know(tmp_path):
    park = "清河市湿地公园管理处"
    with memory() as connection:
        loaded(connection, source(DeclaredOrgan(organ=park, kind="department", level="city")), tmp_path)
        loaded(connection, source(DeclaredOrgan(organ=park, parent="清河市人民政府")), tmp_path)
        assert connection.execute("SELECT kind, level FROM core.organ").fetchall() == [("department", "city")]
