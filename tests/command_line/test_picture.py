"""``gouji picture``: the explorer's charts as files."""

import json

import lxml.etree
import pytest
from click.testing import CliRunner

from flows.command_line import gouji

ORGAN = ("--organ", "云泽市人民政府")


@pytest.fixture
def draw(sample_home, monkeypatch, tmp_path):
    monkeypatch.setenv("GOUJI_HOME", str(sample_home))

    def drawn(name, *arguments, suffix=".svg"):
        path = tmp_path / f"drawn{suffix}"
        result = CliRunner().invoke(gouji, ["picture", name, "--output", str(path), *arguments], standalone_mode=False)
        if result.exception is not None:
            raise result.exception
        return path.read_bytes()

    return drawn


def texts(svg):
    return [text.text for text in lxml.etree.fromstring(svg).iter("{*}text")]


@pytest.mark.parametrize(
    ("name", "arguments", "title"),
    [
        ("quality", (), "各年度报告质量"),
        ("outcomes", ORGAN, "云泽市人民政府：办结申请的去向"),
        ("rate", (*ORGAN, "--measure", "denied_rate", "--lang", "en"), "云泽市人民政府: Denied of concluded"),
        ("peers", ("--year", "2024"), "不予公开占办结，2024 年，N = "),
        ("comparison", ("--a", "云泽市公安局", "--b", "云泽市教育局"), "云泽市公安局、云泽市教育局：不予公开占办结"),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_says_what_is_seen_and_where_it_is_from(draw, name, arguments, title, scheme):
    svg = draw(name, *arguments, "--scheme", scheme)
    written = texts(svg)
    assert any(text.startswith(title) for text in written), written
    assert any("Gouji" in text or "勾稽" in text for text in written)
    assert b"var(" not in svg


def test_it_draws_the_figures_that_the_page_states(draw, sample_snapshot):
    from warehouse.snapshots.query import rows

    spec = json.loads(draw("quality", suffix=".json"))
    told = {(row["year"], row["order"]): row["reports"] for row in spec["data"]["values"]}
    for row in rows(sample_snapshot, "SELECT year, count(*) AS n FROM main.report_quality GROUP BY year"):
        assert sum(told[str(row["year"]), order] for order in range(5)) == row["n"]
    assert draw("quality", suffix=".png").startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("weather",), "there are quality, outcomes"),
        (("outcomes", "--organ", "天文台"), "no such organ"),
        (("rate", *ORGAN, "--measure", "luck"), "granted_rate"),
        (("peers", "--year", "1999"), "no organ has enough cases"),
        (("quality", "--scheme", "red"), "light, dark"),
    ],
)
def test_what_cannot_be_drawn_says_what_can(draw, arguments, says):
    with pytest.raises(Exception, match=says):
        draw(*arguments)


def test_a_picture_of_another_kind_is_wrong_usage(draw):
    with pytest.raises(Exception, match=r"\.svg, \.png, \.json"):
        draw("quality", suffix=".gif")
