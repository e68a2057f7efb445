import io
import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook


def test_help_names_every_command_with_an_example(gouji):
    result = gouji("--help")
    assert result.exit_code == 0
    for command in ("demo", "backfill", "extract", "check", "query", "findings", "problems", "status"):
        assert command in result.stdout
        assert gouji(command, "--help").exit_code == 0


def test_no_command_shows_the_help(gouji):
    assert "Usage:" in gouji().stdout


def test_query_prints_a_table(gouji, home):
    result = gouji("query", "SELECT name FROM organ ORDER BY name")
    assert result.exit_code == 0
    assert "云泽市财政局" in result.stdout


@pytest.mark.parametrize("form", ["csv", "json"])
def test_query_speaks_to_programs(gouji, home, form):
    result = gouji("query", "SELECT organ_id, name FROM organ ORDER BY 1", "--format", form)
    if form == "json":
        assert json.loads(result.stdout)[0] == {"organ_id": "a", "name": "云泽市民政局"}
    else:
        assert result.stdout == "organ_id,name\na,云泽市民政局\nb,云泽市财政局\n"


def test_query_writes_what_the_suffix_says(gouji, home):
    for suffix in ("csv", "json", "parquet"):
        assert (
            gouji("query", "SELECT name FROM organ ORDER BY 1 DESC", "--output", home / f"out.{suffix}").exit_code == 0
        )
    csv = (home / "out.csv").read_bytes()
    assert csv.startswith(b"\xef\xbb\xbfname\n")
    assert set(csv.decode("utf-8-sig").split()) == {"name", "云泽市民政局", "云泽市财政局"}
    assert pq.read_table(home / "out.parquet").num_rows == 2
    assert len(json.loads((home / "out.json").read_text(encoding="utf-8"))) == 2


def test_query_takes_a_file_or_what_is_piped_into_it(gouji, home, tmp_path, monkeypatch):
    question = tmp_path / "question.sql"
    question.write_text("-- 机关\nSELECT name FROM organ ORDER BY 1\n", encoding="utf-8-sig")
    asked = gouji("query", question, "--format", "csv")
    monkeypatch.setattr("sys.stdin", io.StringIO(question.read_text(encoding="utf-8-sig")))
    assert asked.stdout == gouji("query", "-", "--format", "csv").stdout == "name\n云泽市民政局\n云泽市财政局\n"
    question.write_bytes("SELECT '机关'".encode("gbk"))
    for path, says in ((question, "save it as UTF-8"), (tmp_path / "none.sql", "No such file")):
        refused = gouji("query", path)
        assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)
        assert says in refused.stderr


def test_query_writes_a_workbook_and_leaves_what_was_there_if_it_fails(gouji, home, tmp_path):
    path = tmp_path / "answer.xlsx"
    assert gouji("query", "SELECT name, 1 AS n FROM organ ORDER BY 1", "--output", path).exit_code == 0
    lines = list(load_workbook(path).active.values)
    assert lines == [("name", "n"), ("云泽市民政局", 1), ("云泽市财政局", 1)]
    before = path.read_bytes()
    assert gouji("query", "FROM organ a, organ b", "--output", path, "--limit", "3").exit_code == 1
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("sql", "limit", "says"),
    [
        ("SELECT range(3000000000)", "--memory=200", "more than 200 MB of memory"),
        ("SELECT levenshtein(repeat('a', 400000), repeat('b', 400000))", "--timeout=0.5", "stopped after 0.5 s"),
    ],
)
def test_a_function_that_nothing_interrupts_is_stopped_in_one_line(home, sql, limit, says):
    program = (
        "from importlib import import_module; import sys; from flows.command_line import main;"
        "bounds = import_module('flows.command_line.analysis.query');"
        "bounds._GRACE_SECONDS, bounds._GRACE_BYTES = 0.2, 300_000_000;"
        f"sys.argv = ['gouji', 'query', {sql!r}, {limit!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"gouji: {done.stderr[7:-1]}"]
    assert says in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["query", "SELEC"], 1, "syntax error"),
        (["query", "DROP TABLE core.organ"], 1, "read-only"),
        (["query", "SELECT 1", "--output", "out.docx"], 2, "--format"),
        (["query"], 2, "SQL"),
        (["backfill", "soon"], 2, "2019-2024"),
        (["backfill", "1999"], 2, "2008"),
        (["backfill", "2023", "--source", "nowhere"], 2, "nowhere"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_wrong_usage_is_one_line_that_says_what_to_do(gouji, home, arguments, code, says):
    result = gouji(*arguments)
    assert result.exit_code == code
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("gouji: ")
    assert says in result.stderr


def test_without_a_snapshot_every_reader_says_what_to_run(gouji, tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path))
    for command in (["query", "SELECT 1"], ["findings"], ["problems"], ["status"]):
        result = gouji(*command)
        assert result.exit_code == 1
        assert "gouji backfill" in result.stderr


def test_an_archive_that_cannot_be_reached_is_told_as_what_it_is(gouji, home, monkeypatch):
    monkeypatch.setenv("GOUJI_ARCHIVE", "nowhere://bucket/folder")
    result = gouji("politeness")
    assert result.exit_code == 1
    assert result.stderr.startswith("gouji: the archive nowhere://bucket/folder cannot be opened: ")
    assert "GOUJI_DEBUG" not in result.stderr


def test_listings_of_an_empty_warehouse_are_empty_not_errors(gouji, home):
    for command in ("findings", "problems", "status", "coverage"):
        assert gouji(command).exit_code == 0
        assert gouji(command, "--json").exit_code == 0


def test_help_and_check_need_neither_prefect_nor_great_expectations():
    code = (
        "import sys; from flows import command_line; import tasks.audit.check, tasks.extract;"
        "print([name for name in ('prefect', 'great_expectations', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_rules_are_listed_and_explained(gouji):
    assert "收办平衡" in gouji("rules").stdout
    explained = gouji("rules", "a1", "--lang", "en").stdout
    assert "Received" in explained
    assert "example" in explained
    assert gouji("rules", "Z9").exit_code == 2


def test_sources_are_listed(gouji):
    names = {source["name"] for source in json.loads(gouji("sources", "--json").stdout)}
    assert "wenzhou" in names


@pytest.mark.parametrize("suffix", ["md", "csv"])
def test_findings_are_written_as_a_sheet(gouji, home, suffix):
    assert gouji("findings", "--output", home / f"sheet.{suffix}").exit_code == 0
    assert (home / f"sheet.{suffix}").stat().st_size > 0


def test_a_sheet_of_another_kind_is_wrong_usage(gouji, home):
    result = gouji("findings", "--output", home / "sheet.docx")
    assert result.exit_code == 2
    assert ".md, .html or .csv" in result.stderr
