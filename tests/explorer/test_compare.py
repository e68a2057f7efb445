"""Two organs, and two reports, side by side."""

import csv
import io
import re
from math import isclose, sqrt

import duckdb
import lxml.html
import pytest

from explorer.pages.compare import difference
from tests.explorer.conftest import client_of
from warehouse.forms import EVERY_FORM, Edition, TableCode

PAIR = """
    SELECT organ_id, organ, sum(denied) AS denied, sum(concluded) AS concluded FROM mart.report
    WHERE kind = 'department' GROUP BY ALL ORDER BY concluded DESC, organ_id LIMIT 2
"""
Z = 1.959964


def page(client, path, **asked):
    answer = client.get(path, params=asked or None)
    assert answer.status_code == 200, answer.text[:300]
    return lxml.html.fromstring(answer.text)


@pytest.fixture(scope="module")
def pair(ask):
    return ask(PAIR)


@pytest.fixture(scope="module")
def rates(client, pair):
    first, second = pair
    return client.get("/compare.json", params={"a": first["organ_id"], "b": second["organ_id"]}).json()


def test_shares_are_those_of_the_reports_year_by_year_and_in_all(rates, pair, ask):
    told = ask(
        "SELECT organ_id, year, denied, concluded FROM outcomes WHERE organ_id IN (?, ?) AND concluded > 0",
        [organ["organ_id"] for organ in pair],
    )
    assert {(row["organ_id"], row["year"]): (row["cases"], row["concluded"]) for row in rates if row["year"]} == {
        (row["organ_id"], row["year"]): (row["denied"], row["concluded"]) for row in told
    }
    assert {row["organ_id"]: (row["cases"], row["concluded"]) for row in rates if row["year"] is None} == {
        organ["organ_id"]: (organ["denied"], organ["concluded"]) for organ in pair
    }


def test_bounds_are_the_shares_from_which_chance_would_rarely_lead_to_what_was_seen(rates):
    for row in rates:
        for bound in (row["low"], row["high"]):
            distance = abs(row["share"] - bound)
            assert isclose(distance, Z * sqrt(bound * (1 - bound) / row["concluded"]), abs_tol=1e-6) or bound in (0, 1)


def row_of(cases, concluded):
    """A row with Wilson's bounds, found by halving rather than by the formula of the query."""

    def bound(low, high):
        for _ in range(60):
            middle = (low + high) / 2
            outside = abs(cases / concluded - middle) > Z * sqrt(middle * (1 - middle) / concluded)
            low, high = (middle, high) if outside == (low < cases / concluded) else (low, middle)
        return middle

    share = cases / concluded
    return {"share": share, "low": bound(0.0, share), "high": bound(share, 1.0), "concluded": concluded}


def test_a_difference_has_the_interval_that_newcombe_gives_for_it():
    """Statistics in Medicine 17 (1998) 873-890, example (a), method 10: 56/70 against 48/80."""
    found = difference(row_of(56, 70), row_of(48, 80))
    assert (round(found.share, 4), round(found.low, 4), round(found.high, 4)) == (0.2, 0.0524, 0.3339)
    assert found.is_sure
    assert not difference(row_of(12, 40), row_of(10, 40)).is_sure
    assert difference(row_of(12, 29), row_of(10, 40)) is None


def test_a_page_says_which_is_higher_and_how_sure_that_is(client, pair):
    first, second = (organ["organ"] for organ in pair)
    text = page(client, "/compare", a=first, b=second).xpath("string(//p[@class='intro'])")
    assert "95%" in text
    assert ("高于" in text) != ("看不出差别" in text)
    assert "年合计" in text
    assert re.search(r"(?:相差|为) −?\d+\.\d 个百分点", text)
    assert "percentage points" in page(client, "/en/compare", a=first, b=second).xpath("string(//main)")


def test_a_year_that_differs_from_all_years_together_is_told_and_which_years_these_are(own_snapshot, pair):
    first, second = pair
    with duckdb.connect(str(own_snapshot)) as connection:
        for organ, denied in ((first, 60), (second, 20)):
            connection.execute(
                "UPDATE mart.report SET concluded = 100, "
                "denied = CASE year WHEN 2022 THEN ? WHEN 2023 THEN ? ELSE 40 END WHERE organ_id = ?",
                [denied, 80 - denied, organ["organ_id"]],
            )
        connection.execute("DELETE FROM mart.report WHERE organ_id = ? AND year = 2024", [second["organ_id"]])
    with client_of(own_snapshot) as client:
        shown = page(client, "/compare", a=first["organ_id"], b=second["organ_id"])
        english = page(client, "/en/compare", a=first["organ_id"], b=second["organ_id"])
    told = shown.xpath("string(//section[@aria-labelledby='answer'])")
    assert "看不出差别" in told
    assert f"2022 年{first['organ']}高于{second['organ']} 40.0 个百分点" in told
    assert f"2023 年{second['organ']}高于{first['organ']} 40.0 个百分点" in told
    assert "2024 年" not in told.partition("可比的年度")[0].partition("逐年看")[2]
    assert f"{second['organ']} 2022–2023 年" in told
    assert "in 2022" in english.xpath("string(//section[@aria-labelledby='answer'])")


def test_a_difference_that_single_years_make_is_told_with_the_years_that_go_the_other_way(own_snapshot, pair):
    first, second = (organ["organ_id"] for organ in pair)
    with duckdb.connect(str(own_snapshot)) as connection:
        for organ, denied in ((first, (80, 40)), (second, (40, 44))):
            connection.execute(
                "UPDATE mart.report SET concluded = 100, denied = CASE year WHEN 2022 THEN ? ELSE ? END "
                "WHERE organ_id = ?",
                [*denied, organ],
            )
            connection.execute("DELETE FROM mart.report WHERE organ_id = ? AND year NOT IN (2022, 2023)", [organ])
    with client_of(own_snapshot) as client:
        told, english = (
            page(client, f"{language}/compare", a=first, b=second).xpath("string(//section[@aria-labelledby='answer'])")
            for language in ("", "/en")
        )
    assert "但其中 2023 年高低与合计相反" in told
    assert "But in 2023 the order is the reverse" in english


def test_the_same_organ_twice_is_told_so_and_a_chart_has_the_organs_in_the_order_asked_for(client, pair):
    first, second = (organ["organ_id"] for organ in pair)
    assert "同一个机关" in page(client, "/compare", a=first, b=first).xpath("string(//main)")
    for a, b in ((first, second), (second, first)):
        drawn = client.get("/charts/comparison.json", params={"a": a, "b": b}).json()
        names = {organ["organ_id"]: organ["organ"] for organ in pair}
        assert drawn["layer"][0]["encoding"]["color"]["scale"]["domain"] == [names[a], names[b]]


def test_a_name_that_fits_several_organs_is_asked_back(client):
    found = page(client, "/compare", a="教育局", b="公安局")
    assert len(found.xpath("//ul[@class='members']//a")) > 3
    many = page(client, "/compare", a="局")
    (count,) = re.findall(r"的机关有 (\d+) 个，此处列出前 12 个", many.xpath("string(//main)"))
    assert int(count) > 12 == len(many.xpath("//ul[@class='members']//a"))
    assert "没有名称含“天文台”" in page(client, "/compare", a="天文台").xpath("string(//main)")
    assert len(many.xpath("//datalist[@id='v-organs']/option")) > 50


def test_one_organ_alone_is_offered_those_like_it(client, pair):
    links = page(client, "/compare", a=pair[0]["organ_id"]).xpath("//ul[@class='members']//a/@href")
    assert len(links) > 5
    assert client.get(links[0]).status_code == 200


def test_two_versions_differ_in_the_cell_that_was_corrected(client, ask):
    (corrected,) = ask("SELECT * FROM correction ORDER BY organ_id LIMIT 1")
    sides = {"a": corrected["earlier_report_id"], "b": corrected["later_report_id"]}
    text = client.get("/compare/reports.csv", params=sides).content.decode("utf-8-sig")
    (cell,) = csv.DictReader(io.StringIO(text))
    assert (cell["row_code"], cell["column_code"]) == (corrected["row_code"], corrected["column_code"])
    assert (float(cell["value_a"]), float(cell["value_b"])) == (corrected["value_before"], corrected["value_after"])
    assert len(page(client, "/compare/reports", **sides).xpath("//tr[@class='differs']")) == 1
    everything = page(client, "/compare/reports", **sides, show="all")
    assert len(everything.xpath("//tbody/tr[td]")) == 200


def test_a_sheet_leads_to_the_comparison_with_the_year_before(client, broken):
    sheet = page(client, f"/reports/{broken}")
    (link,) = sheet.xpath("//dd//a[contains(@href, '/compare/reports')]/@href")
    assert page(client, link).xpath("//tr[@class='differs']")


def test_cells_that_only_one_form_has_are_no_differences(own_snapshot, ask):
    old, new = (each["report_id"] for each in ask("SELECT report_id FROM mart.report ORDER BY ALL LIMIT 2"))
    kept = [f"{row}/{column}" for row, column in EVERY_FORM[TableCode.PROACTIVE, Edition.E2019].cells]
    with duckdb.connect(str(own_snapshot)) as connection:
        connection.execute(
            "DELETE FROM core.cell WHERE report_id = ? AND table_code = 'proactive' "
            "AND NOT list_contains(?, row_code || '/' || column_code)",
            [old, kept],
        )
        connection.execute("UPDATE core.cell SET edition = '2019' WHERE report_id = ?", [old])
    with client_of(own_snapshot) as client:
        shown = page(client, "/compare/reports", a=old, b=new)
        rows = client.get("/compare/reports.json", params={"a": old, "b": new}).json()
    for row in shown.xpath("//tr[@class='differs']"):
        assert "—" not in row.xpath("string(td[1])") + row.xpath("string(td[2])")
    (apart,) = shown.xpath("//details[.//th[@class='section']]")
    alone = [row for row in rows if row["only_in"]]
    assert len(apart.xpath(".//tr[td]")) == len(alone) > 3
    assert {row["is_different"] for row in alone} == {False}
    assert "2019 年起的版式" in shown.xpath("string(//main)")


def test_a_share_of_few_cases_is_faint_and_an_inconsistent_report_says_whether_its_fault_is_in_the_figures(client, ask):
    (wrong,) = ask(
        "SELECT organ_id FROM mart.finding WHERE rule_id = 'A1' AND severity = 'critical' AND kind = 'department' "
        "ORDER BY organ_id LIMIT 1"
    )
    (few,) = ask("SELECT organ_id FROM mart.report WHERE concluded BETWEEN 1 AND 9 ORDER BY organ_id LIMIT 1")
    shown = page(client, "/compare", a=wrong["organ_id"], b=few["organ_id"])
    assert shown.xpath("//td[contains(@class, 'few')]")
    assert re.search("涉及所用数字", shown.xpath("string(//table)"))
