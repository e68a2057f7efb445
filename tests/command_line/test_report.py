import json
import re
from pathlib import Path

import pytest

from tests.real_reports import REPORTS, needs_real_reports

WENZHOU = REPORTS / "wenzhou-jgswj-2019.txt"
SHANGHAI = REPORTS / "shanghai-govoffice-2019.html"


@needs_real_reports
def test_wenzhou_is_read_whole(gouji):
    result = gouji("extract", WENZHOU, "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (report["organ"], report["year"], report["published_on"]) == ("温州市机关事务管理局", 2019, "2020-01-21")
    assert report["tables"] == {"proactive": "2019", "applications": "2019", "disputes": "2019"}
    cells = {(cell["table"], cell["row"], cell["column"]): cell for cell in report["cells"]}
    assert len(cells) == 198
    assert cells["applications", "received_new", "natural_person"]["value"] == 2
    assert cells["applications", "granted", "natural_person"]["value"] == 1
    assert cells["applications", "denied_internal_affairs", "natural_person"]["value"] == 1
    assert cells["applications", "concluded_total", "natural_person"]["value"] == 2
    assert cells["proactive", "procurement", "projects"]["value"] == 12
    assert cells["proactive", "procurement", "amount"]["value"] == 225940
    assert cells["proactive", "procurement", "amount"]["raw"] == "225940元"


@needs_real_reports
def test_wenzhou_passes_every_rule(gouji):
    result = gouji("check", WENZHOU, "--json")
    verdicts = json.loads(result.stdout)
    assert result.exit_code == 0
    assert verdicts["findings"] == []
    assert verdicts["not_assessable"] == []
    assert {"A1": 7, "A2": 7, "A3": 23, "B1": 3}.items() <= verdicts["passed"].items()


@needs_real_reports
def test_shanghai_has_no_critical_finding_but_blanks_that_cannot_be_assessed(gouji):
    assert gouji("check", SHANGHAI, "--fail-on", "critical").exit_code == 0
    result = gouji("check", SHANGHAI, "--json")
    verdicts = json.loads(result.stdout)
    assert result.exit_code == 1
    assert verdicts["judgement"]["decision"] == "mend"
    assert "总计未填" in verdicts["judgement"]["sentence"]
    assert [finding for finding in verdicts["findings"] if finding["severity"] == "critical"] == []
    reasons = {(place["rule"], place["row"], place["column"]): place["reason"] for place in verdicts["not_assessable"]}
    assert reasons["A3", "granted", None] == "result_blank"
    assert reasons["A2", None, "commercial_enterprise"] == "mostly_blank"
    assert sum(rule == "A3" for rule, _, _ in reasons) == 19


@needs_real_reports
def test_a_strict_reading_shows_what_would_fail_if_blank_meant_zero(gouji):
    result = gouji("check", SHANGHAI, "--json", "--strict-blanks")
    findings = {(f["rule"], f["row"], f["column"]): f for f in json.loads(result.stdout)["findings"]}
    assert result.exit_code == 1
    granted = findings["A3", "granted", None]
    assert (granted["left"], granted["right"], granted["difference"]) == (272, 0, 272)


@pytest.fixture
def bad_files(tmp_path):
    files = {
        "empty.html": b"",
        "binary.bin": bytes(range(256)) * 64,
        "recipe.html": "<html><body><p>红烧肉的做法</p></body></html>".encode(),
        "no_tables.html": "<html><title>某局2023年政府信息公开工作年度报告</title><p>政府信息公开</p></html>".encode(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in files]


def test_bad_files_are_problems_with_codes_and_the_others_go_on(gouji, bad_files):
    result = gouji("extract", *bad_files, "--json")
    problems = {
        Path(r["file"]).name: [p["code"] for p in r["problems"]] for r in map(json.loads, result.stdout.splitlines())
    }
    assert result.exit_code == 1
    assert "empty_file" in problems["empty.html"]
    assert "binary_file" in problems["binary.bin"]
    assert "not_a_report" in problems["recipe.html"]
    assert "no_tables" in problems["no_tables.html"]


@pytest.mark.parametrize("command", ["extract", "check"])
@pytest.mark.parametrize(("lang", "problem"), [("zh", "未能读取"), ("en", "problem")])
def test_people_see_what_could_not_be_read_of_which_file_in_their_language(gouji, bad_files, command, lang, problem):
    result = gouji(command, *bad_files, "--lang", lang)
    assert (result.exit_code, result.stderr) == (1, "")
    lines = [line.strip() for line in result.stdout.splitlines()]
    for file in bad_files:
        assert any(line.startswith(f"{problem} {file}") for line in lines)
    if lang == "zh":
        told = re.sub(r"\S*/\S+\.\w+|\(\w+\)|（\w+）", "", result.stdout)
        assert not re.search("[a-z]{4}", told)


def test_a_file_that_is_not_there_is_wrong_usage(gouji):
    result = gouji("check", "nowhere.html")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "nowhere.html" in result.stderr


@needs_real_reports
def test_show_gives_every_cell_with_its_raw_text_and_place(gouji):
    result = gouji("show", SHANGHAI, "--json")
    cells = json.loads(result.stdout)["cells"]
    assert len(cells) == 198
    amount = next(cell for cell in cells if cell["column_label"] == "采购总金额")
    assert (amount["value"], amount["raw"], amount["state"]) == (251000, "251000元", "number")
    assert gouji("show", SHANGHAI).exit_code == 0


def test_show_of_nothing_is_wrong_usage(gouji, tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path))
    assert gouji("show", "nothing").exit_code == 1


def test_extract_and_show_tell_all_that_was_read(gouji, tmp_path):
    page = tmp_path / "report.html"
    figures = "".join(f"<td>{figure}</td>" for figure in range(15))
    results = "".join(f"<td>{label}</td>" for label in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3)
    page.write_text(
        "<h1>青山县水利局2019年政府信息公开工作年度报告</h1><p>发布日期：2020-01-21</p>"
        "<table><tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>"
        "<tr><td colspan=5></td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
        f"<tr>{results}</tr><tr>{figures}</tr></table>",
        encoding="utf-8",
    )
    read = json.loads(gouji("extract", page, "--json").stdout)
    assert list(read) == ["file", "organ", "year", "title", "published_on", "tables", "cells", "statements", "problems"]
    assert read["cells"][4] == {
        "table": "disputes",
        "row": "review",
        "column": "total",
        "value": 4,
        "state": "number",
        "raw": "4",
    }
    shown = json.loads(gouji("show", page, "--json").stdout)
    assert shown["origins"]["published_on"] == "byline"
    assert shown["completeness"] == {"disputes": "15 of 15 cells, 0 blank, 0 unreadable"}
    assert any("table_missing" in problem for problem in shown["problems"])
    assert (shown["cells"][4]["raw"], shown["cells"][4]["place_cell"]) == ("4", 4)


def test_extract_gives_the_appendix_of_earlier_years(gouji, tmp_path):
    from samples.appendix import appendix_reports, render_appendix

    page = tmp_path / "report.html"
    page.write_bytes(render_appendix(next(iter(appendix_reports()))))
    result = gouji("extract", page, "--json")
    assert result.exit_code == 0
    lines = json.loads(result.stdout)["statistics"]
    assert {"1.1", "3.1"} <= {line["code"] for line in lines}
    assert "统计指标" in gouji("extract", page).stdout
