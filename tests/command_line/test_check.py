"""``gouji check``: one report or several, before they are published."""

import io
import json
import subprocess
import sys
from dataclasses import replace

import pytest

from samples.appendix import appendix_reports, render_appendix
from samples.city import organs
from samples.dresses import DEFICIENT, DRESSES, dress_of, render
from samples.portals.server import PortalServer, Reply
from samples.reports import sample_reports
from warehouse.forms import TableCode

ORGAN = next(organ for organ in organs() if organ.name == "云泽市望湖区自然资源局")
"""A department of a county: it cannot make regulations."""
CONTRACT = {"rule", "severity", "table", "row", "column", "left", "right", "difference", "sentence", "likely"}
GRANTED = (TableCode.APPLICATIONS, "granted", "natural_person")


def page(folder, report, changes=None):
    report = replace(report, figures={**report.figures, **(changes or {})}, slipped=True)
    path = folder / f"{report.year}.html"
    path.write_bytes(render(report, dress_of(report)))
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Two years of one organ; the later one carries in one more than was carried out, and miscounts what it granted."""
    folder = tmp_path_factory.mktemp("reports")
    before, after = sample_reports(years=[2022, 2023], organs=[ORGAN])
    wrong = {GRANTED: after.figures[GRANTED] + 1}
    return page(folder, before), page(folder, after, wrong)


def test_the_json_is_that_of_the_contract(gouji, files):
    result = gouji("check", files[1], "--json")
    (found,) = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 1
    assert {"file", "organ", "year", "title", "published_on", "tables"} <= found.keys()
    assert found["year"] == 2023
    critical = {(one["rule"], one["row"], one["column"]): one for one in found["findings"] if one["rule"][0] == "A"}
    assert critical.keys() == {("A2", None, "natural_person"), ("A3", "granted", None)}
    for finding in critical.values():
        assert finding.keys() >= CONTRACT
        assert finding["difference"] == 1
        (likely,) = finding["likely"]
        assert (likely["row"], likely["column"]) == ("granted", "natural_person")
        assert likely["published"] - likely["value"] == 1
    assert len({finding["group"] for finding in critical.values()}) == 1
    assert (found["passed"]["A1"], found["passed"]["E1"]) == (7, 1)


def test_people_see_the_table_with_the_cells_marked(gouji, files):
    chinese, english = gouji("check", files[1]).stdout, gouji("check", files[1], "--lang", "en").stdout
    lines = chinese.splitlines()
    (granted,) = (line for line in lines if line.strip().startswith("（一）予以公开"))
    (concluded,) = (line for line in lines if line.strip().startswith("（七）总计"))
    assert granted.count("✗") == 1, "the suspect, loudly"
    assert granted.count("·") == 6, "the rest of its row, quietly"
    assert (concluded.count("✗"), concluded.count("·")) == (0, 1)
    assert "疑为" in chinese
    assert "The error likely sits in" in english
    assert "予以公开" not in english
    assert lines[-2] == f"{files[1]}: 不能公布，因为有 1 处错误，不符合 A2、A3。"
    assert english.splitlines()[-2].startswith(f"{files[1]}: Cannot be published because 1 error breaks A2, A3")


def test_files_of_one_organ_are_held_against_each_other(gouji, files):
    together = [json.loads(line) for line in gouji("check", *files, "--json").stdout.splitlines()]
    assert [found["year"] for found in together] == [2022, 2023]
    assert together[1]["passed"]["C1"] == 7
    assert "C1" not in together[0]["passed"]
    alone = json.loads(gouji("check", files[1], "--json").stdout)
    assert "C1" not in alone["passed"]


def test_the_exit_code_follows_the_severity(gouji, files):
    assert gouji("check", files[1], "--fail-on", "never").exit_code == 0
    assert gouji("check", files[1]).exit_code == 1
    sound = gouji("check", files[0])
    assert sound.exit_code == 0
    assert sound.stdout.splitlines()[-2].startswith(f"{files[0]}: 可以公布")
    assert gouji("check", files[1], "--fail-on", "nothing").exit_code == 2


@pytest.fixture(scope="module")
def sound():
    (report,) = sample_reports(years=[2023], organs=[ORGAN])
    return report


@pytest.mark.parametrize(
    ("dress", "fail_on", "code", "says"),
    [
        ("plain", "problem", 0, "可以公布"),
        ("lost-table", "problem", 1, "无法判断"),
        ("lost-table", "critical", 0, "无法判断"),
        ("unreadable", "problem", 1, "无法判断"),
        ("unreadable", "never", 0, "无法判断"),
    ],
)
def test_what_nobody_can_say_is_no_success(gouji, sound, tmp_path, dress, fail_on, code, says):
    path = tmp_path / "report.html"
    path.write_bytes(render(sound, {**DRESSES, **DEFICIENT}[dress]))
    result = gouji("check", path, "--fail-on", fail_on)
    assert (result.exit_code, result.stdout.splitlines()[-2].partition("，")[0].rstrip("。")) == (
        code,
        f"{path}: {says}",
    )


def test_what_is_piped_in_is_checked(gouji, files, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(files[1].read_bytes())))
    result = gouji("check", "-", "--json")
    assert (result.exit_code, json.loads(result.stdout)["judgement"]["decision"]) == (1, "mend")


def test_a_page_of_a_portal_is_checked_where_its_host_is_declared_or_allowed(gouji, files, tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path / "home"))
    with PortalServer(lambda request: Reply(files[1].read_bytes(), content_type="text/html")) as server:
        address = f"http://{server.host}/2023.html"
        refused = gouji("check", address)
        assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)
        assert f"--allow-host {server.host}" in refused.stderr
        allowed = gouji("check", address, "--allow-host", server.host, "--json")
        assert json.loads(allowed.stdout)["judgement"]["decision"] == "mend"
        assert not (tmp_path / "home").exists(), "nothing is kept of it"
        source = {"title": "一个门户", "hosts": [server.host], "networks": ["127.0.0.0/8"]}
        source |= {"adapter": "plain_list", "lists": [{"address": f"http://{server.host}/"}]}
        (tmp_path / "sources").mkdir()
        (tmp_path / "sources" / "one.yaml").write_text(json.dumps(source), encoding="utf-8")
        monkeypatch.setenv("GOUJI_SOURCES", str(tmp_path / "sources"))
        assert json.loads(gouji("check", address, "--json").stdout)["year"] == 2023


def test_a_page_that_cannot_be_had_is_told_as_a_problem(gouji, tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path / "home"))
    with PortalServer(lambda request: Reply(b"nothing here", status=404)) as server:
        result = gouji("check", f"http://{server.host}/gone.html", "--allow-host", server.host)
    assert result.exit_code == 1
    assert "（not_found）" in result.stdout
    assert "无法判断" in result.stdout


def test_the_appendix_of_earlier_years_is_checked(gouji, tmp_path):
    report = next(appendix_reports(years=[2016], members=[ORGAN]))
    lines = tuple(replace(line, value=line.value + 1) if line.code == "3.2" else line for line in report.lines)
    path = tmp_path / "2016.html"
    path.write_bytes(render_appendix(replace(report, lines=lines)))
    found = json.loads(gouji("check", path, "--json").stdout)
    assert [(one["rule"], one["table"], one["difference"]) for one in found["findings"]] == [("G2", "statistics", -1)]
    assert "申请办结数" in gouji("check", path).stdout


def test_it_needs_neither_prefect_nor_great_expectations(files):
    program = (
        "import sys; from flows.command_line import gouji; "
        f"gouji.main(['check', {str(files[0])!r}], standalone_mode=False); "
        "sys.exit(bool({'prefect', 'great_expectations', 'pandas'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
