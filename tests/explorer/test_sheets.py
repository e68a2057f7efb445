"""A sheet prints what stood on the page; what it says of it is what the audit found."""

import json
import random
import re
from urllib.parse import quote

import lxml.html
import pytest
from click.testing import CliRunner

from flows.command_line.audit.show import show

_MARKED = """
    WITH failed AS (
        SELECT table_code, cells, likely, row_code, column_code,
            (SELECT year FROM core.report WHERE report_id = $r) AS report_year
        FROM audit.finding WHERE report_id = $r AND verdict = 'fail'
    ), cell AS (
        SELECT table_code, report_year, unnest(cells) AS one FROM failed
    ), wrong AS (
        SELECT unnest(likely) AS one FROM failed
    )
    SELECT DISTINCT concat_ws('-', 'c', table_code, row_code, column_code) AS place FROM (
        SELECT table_code, one.row_code, one.column_code FROM cell WHERE one.year = report_year
        UNION ALL SELECT one.table_code, one.row_code, one.column_code FROM wrong
        UNION ALL SELECT table_code, row_code, column_code FROM failed WHERE coalesce(len(cells), 0) = 0
    ) WHERE table_code IS NOT NULL AND row_code IS NOT NULL AND column_code IS NOT NULL
"""
NUMBERED = "SELECT report_id FROM core.report ORDER BY report_id"
GOVERNMENT = "SELECT organ_id FROM mart.organ WHERE kind = 'government' ORDER BY reports DESC, organ_id LIMIT 1"


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return lxml.html.fromstring(answer.text)


def printed(sheet):
    """Every cell of a sheet by its address, as it is printed."""
    return {
        cell.get("id").removeprefix("c-"): " ".join(cell.find("a").text_content().split())
        for cell in sheet.xpath("//td[starts-with(@id, 'c-')]")
        if cell.find("a") is not None
    }


def compare(client, report, sample_snapshot, ask, monkeypatch):
    """The sheet holds every cell at its place, with the text that the command line shows."""
    cells = ask("SELECT table_code, row_code, column_code, raw FROM core.cell WHERE report_id = $r", {"r": report})
    shown = page(client, f"/reports/{report}")
    sheet = printed(shown)
    marked = ask(_MARKED, {"r": report})
    assert {cell["place"] for cell in marked} == {
        cell.get("id") for cell in shown.xpath("//td[starts-with(@id, 'c-')][sup]")
    }
    assert {f"{cell['table_code']}-{cell['row_code']}-{cell['column_code']}": cell["raw"] for cell in cells} == sheet
    if not ask("SELECT 1 FROM main.report WHERE report_id = $r", {"r": report}):
        return  # the command line shows current versions only
    monkeypatch.setenv("GOUJI_HOME", str(sample_snapshot.parent.parent))
    result = CliRunner().invoke(show, [report, "--json"])
    assert result.exit_code == 0, result.output
    assert sorted(cell["raw"] for cell in json.loads(result.stdout)["cells"]) == sorted(sheet.values())


@pytest.mark.parametrize("count", [5, pytest.param(200, marks=pytest.mark.long)])
def test_a_sheet_prints_every_cell_as_the_command_line_shows_it(client, ask, sample_snapshot, monkeypatch, count):
    reports = [row["report_id"] for row in ask(NUMBERED)]
    for report in random.Random(count).sample(reports, count):
        compare(client, report, sample_snapshot, ask, monkeypatch)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sheet_says_each_finding_as_the_audit_worded_it(client, ask, broken, lang):
    sheet = page(client, f"{'/en' if lang == 'en' else ''}/reports/{broken}")
    found = ask("SELECT finding_id, sentence_zh, sentence_en FROM finding WHERE report_id = $r", {"r": broken})
    assert found
    for finding in found:
        (place,) = sheet.xpath(f"//*[@id='f-{finding['finding_id']}']")
        assert finding[f"sentence_{lang}"] in place.text_content()


def test_likely_wrong_cells_are_marked_with_what_they_should_be(client, ask, broken):
    sheet = page(client, f"/reports/{broken}")
    likely = ask(
        "SELECT DISTINCT cell.table_code, cell.row_code, cell.column_code, cell.value FROM "
        "(SELECT unnest(likely) AS cell FROM finding WHERE report_id = $r)",
        {"r": broken},
    )
    assert likely
    for cell in likely:
        (marked,) = sheet.xpath(f"//td[@id='c-{cell['table_code']}-{cell['row_code']}-{cell['column_code']}']")
        assert "likely" in marked.get("class")
        assert f"→ {int(cell['value']):,}" in marked.text_content()
        for link in marked.xpath("./sup/a"):
            assert sheet.xpath(f"//*[@id='{link.get('href').removeprefix('#')}']")


def test_cells_of_a_broken_rule_carry_the_number_of_its_error(client, ask, broken):
    sheet = page(client, f"/reports/{broken}")
    cells = ask(
        "SELECT finding_id, table_code, unnest(cells, max_depth := 2), (SELECT year FROM main.report "
        "WHERE report_id = $r) AS report_year FROM audit.finding WHERE report_id = $r AND verdict = 'fail'",
        {"r": broken},
    )
    own = [cell for cell in cells if cell["year"] == cell["report_year"] and cell["table_code"]]
    assert own
    for cell in own:
        (group,) = sheet.xpath(f"//*[@id='f-{cell['finding_id']}']/parent::li/@id")
        address = f"c-{cell['table_code']}-{cell['row_code']}-{cell['column_code']}"
        assert f"#{group}" in sheet.xpath(f"//td[@id='{address}']/sup/a/@href")


def test_an_older_version_says_so_and_leads_to_the_current_one(client, ask):
    (pair,) = ask("SELECT earlier_report_id AS old, later_report_id AS new FROM correction ORDER BY year LIMIT 1")
    old = page(client, f"/reports/{pair['old']}")
    assert f"/reports/{pair['new']}" in old.xpath("//*[@role='note']//a/@href")
    assert not page(client, f"/reports/{pair['new']}").xpath("//*[@role='note']")


CORRECTED = "SELECT * FROM mart.correction WHERE table_code <> 'statistics' ORDER BY table_code, organ_id LIMIT 1"


def test_a_corrected_figure_is_marked_in_both_versions_and_the_list_of_corrections_leads_to_it(client, ask):
    (one,) = ask(CORRECTED)
    cell = "/".join(one[name] for name in ("table_code", "row_code", "column_code"))
    listed = lxml.html.fromstring(client.get("/corrections").text)
    for side, value, says in (("earlier", "value_after", "后为"), ("later", "value_before", "原为")):
        report = one[f"{side}_report_id"]
        address = f"/reports/{report}/cells/{cell}"
        assert listed.xpath(f"//td/a[@href='{address}']")
        assert client.get(address).status_code == 200
        sheet = lxml.html.fromstring(client.get(f"/reports/{report}").text)
        (marked,) = sheet.xpath("//td[contains(@class, 'changed')]")
        assert marked.get("id") == f"c-{cell.replace('/', '-')}"
        assert f"{says} {one[value]:,.0f}" in marked.text_content()
        assert "曾悄然更正" in sheet.xpath("string(//p[contains(@class, 'legend')])")


def test_a_figure_shows_its_row_as_printed_in_every_version_with_the_cell_marked(client, ask):
    (one,) = ask(CORRECTED)
    versions = ask(
        "SELECT report_id, report_no FROM core.report WHERE organ_id = ? AND year = ? ORDER BY first_seen_at",
        [one["organ_id"], one["year"]],
    )
    cell = "/".join(one[name] for name in ("table_code", "row_code", "column_code"))
    figure = lxml.html.fromstring(client.get(f"/reports/{one['earlier_report_id']}/cells/{cell}").text)
    lines = figure.xpath("//section[@aria-labelledby='versions']//tbody/tr")
    assert len(lines) == len(versions) == 2
    for line, version in zip(lines, versions, strict=True):
        printed = ask(
            "SELECT column_code, raw FROM core.cell WHERE report_no = ? AND table_code = ? AND row_code = ? "
            "ORDER BY place_cell",
            [version["report_no"], one["table_code"], one["row_code"]],
        )
        assert [each.text_content() for each in line.xpath("td[contains(@class, 'n')]")] == [
            each["raw"].strip() or "空白" for each in printed
        ]
        (marked,) = line.xpath(".//mark")
        assert [marked.text] == [each["raw"] for each in printed if each["column_code"] == one["column_code"]]
    place = figure.xpath("string(//dl)")
    assert re.search(r"第 \d+ 个表格，第 \d+ 行，第 \d+ 格", place)
    assert not re.search(r"\d+\.\d+\.\d+", place.partition("网页")[0])


def test_tables_are_laid_out_as_rectangles(client, ask):
    found = ask("SELECT any_value(report_id) AS report_id FROM main.report GROUP BY proactive_edition")
    for report in found:
        for table in page(client, f"/reports/{report['report_id']}").xpath("//table[@class='form']"):
            widths, carried = set(), []
            for line in table.xpath(".//tr"):
                spans = [(int(box.get("colspan", 1)), int(box.get("rowspan", 1))) for box in line.xpath("./th|./td")]
                widths.add(sum(width for width, _ in spans) + sum(width for width, _ in carried))
                carried = [(width, left - 1) for width, left in [*carried, *spans] if left > 1]
            assert len(widths) == 1
            assert carried == []


def test_a_figure_says_where_it_stood_and_what_it_is_part_of(client, ask, broken):
    (finding,) = ask(
        "SELECT table_code, cells FROM finding WHERE report_id = $r AND rule_id IN ('A1', 'A2', 'A3') LIMIT 1",
        {"r": broken},
    )
    cell = finding["cells"][0]
    address = {"t": finding["table_code"], "r": cell["row_code"], "c": cell["column_code"]}
    (stored,) = ask(
        "SELECT raw, place_table, place_row, place_cell FROM core.cell WHERE report_id = $report "
        "AND table_code = $t AND row_code = $r AND column_code = $c",
        {"report": broken, **address},
    )
    figure = page(client, f"/reports/{broken}/cells/{'/'.join(address.values())}")
    assert figure.xpath("string(//*[contains(@class, 'quote')])").strip() == stored["raw"]
    table, row, place = (stored[name] + 1 for name in ("place_table", "place_row", "place_cell"))
    assert f"第 {table} 个表格，第 {row} 行，第 {place} 格" in figure.text_content()
    assert figure.xpath("//li[@class='fail']")


def test_formulas_are_filled_in_as_the_audit_judged_them(client, ask):
    """Where no finding stands, what a figure's page adds up holds; where one stands, it is shown as broken."""
    reports = [row["report_id"] for row in ask("SELECT report_id FROM main.report ORDER BY report_id")]
    checked = 0
    for report in random.Random(3).sample(reports, 10):
        for column in ("natural_person", "total"):
            answer = client.get(f"/reports/{report}/cells/applications/concluded_total/{column}.json").json()
            for formula in answer["formulas"]:
                left, right = (
                    sum(part["weight"] * (part["value"] or 0) for part in formula[side]) for side in ("left", "right")
                )
                if formula["rule"] in ("A1", "A2", "A3"):
                    assert (formula["verdict"] == "pass") == (left == right)
                    checked += 1
    assert checked > 30


def test_an_organ_shows_each_year_what_its_reports_say(client, ask):
    (organ,) = ask(GOVERNMENT)
    told = client.get(f"/organs/{quote(organ['organ_id'])}.json").json()
    said = ask(
        "SELECT year, received_new, denied FROM outcomes WHERE organ_id = $o ORDER BY year", {"o": organ["organ_id"]}
    )
    assert [(row["year"], row["received_new"], row["denied"]) for row in told["reports"]] == [
        (row["year"], row["received_new"], row["denied"]) for row in said
    ]
    html = page(client, f"/organs/{quote(organ['organ_id'])}").text_content()
    assert all(f"{row['received_new']:,.0f}" in html for row in said)


def test_an_organ_that_never_published_has_a_page_that_says_so(client, ask):
    (expected,) = ask(
        "SELECT organ_id, organ, year FROM main.coverage WHERE status = 'missing' "
        "AND organ_id NOT IN (SELECT organ_id FROM core.organ) ORDER BY organ_id, year LIMIT 1"
    )
    shown = page(client, f"/organs/{quote(expected['organ_id'])}")
    assert expected["organ"] in shown.xpath("string(//h1)")
    assert str(expected["year"]) in shown.xpath("string(//thead)")
    assert "未见" in shown.xpath("string(//tbody)")
