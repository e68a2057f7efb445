import io
import json
import os
import re
import shlex
import subprocess
import sys

import click
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from flows import command_line
from warehouse import store
from warehouse.snapshots.publish import publish


def test_help_is_one_screen_that_says_what_every_command_does_and_for_whom(gouji):
    lines = gouji("--help").stdout.splitlines()
    assert len(lines) <= 45
    assert max(map(cell_len, lines)) <= 80
    assert not [line for line in lines if line.endswith("...") and "Usage" not in line]
    assert [line for line in lines if line.startswith("For ")] == [f"{user}:" for user in command_line.USERS]
    assert {name for line in lines for name in line.split()[:1]} >= set(command_line.gouji.commands)


def every_command():
    for name, command in command_line.gouji.commands.items():
        yield [name]
        yield from ([name, below] for below in getattr(command, "commands", ()))


@pytest.mark.parametrize("command", list(every_command()), ids=" ".join)
def test_every_command_has_help_with_examples_that_are_right(gouji, command):
    told = gouji(*command, "--help")
    assert told.exit_code == 0
    assert re.search(r"^  Examples?:\n(    .*gouji .+\n)+", told.stdout, re.MULTILINE)
    for example in re.findall(r"^    (?:\S+=\S+ |.* [|&]+ )?gouji (.+)$", told.stdout, re.MULTILINE):
        arguments = shlex.split(example.partition(" #")[0].partition("   ")[0].partition(" | ")[0].partition(" > ")[0])
        found = command_line.gouji.commands[arguments.pop(0)]
        while isinstance(found, click.Group) and arguments:
            found = found.commands[arguments.pop(0)]
        known = {option for parameter in found.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert {argument.partition("=")[0] for argument in arguments if argument.startswith("--")} <= known


HOSTILE_TITLE = "\x1b[31m\x1b]0;owned\x07云泽市\u202e民政局\x9b2J"


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("hostile")
    with store.writer(home / "warehouse.duckdb") as connection:
        for number in range(60):
            connection.execute(
                "INSERT INTO audit.problem (problem_id, source_id, year, stage, item, code, detail, attempts, "
                "first_seen_at, last_seen_at, run_id) "
                "VALUES (?, 's', 2023, 'fetch', ?, 'unreachable', ?, 1, now(), now(), 'r')",
                [str(number), f"http://a/{number}{HOSTILE_TITLE}", HOSTILE_TITLE],
            )
        connection.execute("INSERT INTO core.organ (organ_id, name) VALUES ('a', ?)", [HOSTILE_TITLE])
        publish(connection, home / "warehouse.duckdb", home / "published" / "gouji.duckdb")
    return home


@pytest.mark.parametrize(
    "command",
    [
        ["query", "SELECT name FROM core.organ"],
        ["query", "SELECT name FROM core.organ", "--format", "json"],
        ["query", f'SELECT 1 AS "{HOSTILE_TITLE}"'],
        ["query", f'FROM "{HOSTILE_TITLE}"'],
        ["problems"],
        ["problems", "--json"],
        ["show", f"http://{HOSTILE_TITLE}"],
    ],
)
def test_nothing_that_a_page_says_steers_a_terminal(gouji, hostile_home, monkeypatch, command):
    monkeypatch.setenv("GOUJI_HOME", str(hostile_home))
    result = gouji(*command)
    assert "云泽市" in result.stdout + result.stderr
    assert not set("\x1b\x07\x9b\u202e") & set(result.stdout + result.stderr)
    if "json" in command[-1]:
        assert HOSTILE_TITLE in json.loads(result.stdout)[0].values()


def test_programs_get_every_row_and_people_are_told_of_more(gouji, hostile_home, monkeypatch):
    monkeypatch.setenv("GOUJI_HOME", str(hostile_home))
    every = gouji("problems", "--json")
    assert (len(json.loads(every.stdout)), every.stderr) == (60, "")
    some = gouji("problems")
    assert some.stdout.count("http://a/") == 50
    assert some.stderr == "the first 50 open problems; raise --limit for more\n"
    few = gouji("problems", "--json", "--limit", "3")
    assert len(json.loads(few.stdout)) == 3
    assert "the first 3" in few.stderr
    assert gouji("problems", "--limit", "60").stderr == ""


def test_times_say_their_zone(gouji, home):
    assert "2024-02-01 13:23:00+08:00" in gouji("query", "SELECT TIMESTAMPTZ '2024-02-01 05:23:00+00' AS at").stdout


def test_a_terminal_that_lacks_a_character_gets_another_and_no_traceback(home):
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    program = (
        "from flows.command_line import main; from flows.command_line.output import drawable; import sys;"
        "print(drawable('✗', '×'), drawable('→', '>')); sys.argv = ['gouji', 'query', \"SELECT '✗ 民政局'\"]; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment, check=True)
    text = done.stdout.decode("gbk")
    assert text.startswith("× →")
    assert "\\u2717 民政局" in text
    assert done.stderr == b""


def test_no_command_shows_the_help(gouji):
    assert "Usage:" in gouji().stdout


@pytest.mark.parametrize("comment", ["-- every organ\n", "--every organ\n", "/* every organ */ "])
def test_a_query_may_begin_with_a_comment(gouji, home, comment):
    result = gouji("query", f"{comment}SELECT name FROM organ", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")


def test_an_option_that_is_misspelt_is_no_query(gouji, home):
    result = gouji("query", "SELECT 1", "--formt", "json")
    assert (result.exit_code, "--formt" in result.stderr) == (2, True)


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


def test_nothing_is_said_after_an_interrupt_neither_by_threads_nor_by_more_of_it():
    program = (
        "import atexit, os, signal, sys, threading; from flows.command_line import gouji, main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "again = lambda: os.kill(os.getpid(), signal.SIGINT)\n"
        "def late(): threading.main_thread().join(); raise RuntimeError('the run has ended')\n"
        "@gouji.command()\n"
        "def work(): atexit.register(again); threading.Thread(target=late).start(); again()\n"
        "sys.argv = ['gouji', 'work']; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 130
    assert done.stderr.split("\n") == ["", "gouji: interrupted; run the same command again to go on", ""]


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
    result = gouji("sources", "politeness")
    assert result.exit_code == 1
    assert result.stderr.startswith("gouji: the archive nowhere://bucket/folder cannot be opened: ")
    assert "GOUJI_DEBUG" not in result.stderr


def test_listings_of_an_empty_warehouse_are_empty_not_errors(gouji, home):
    for command in ("findings", "problems", "status", "coverage"):
        assert gouji(command).exit_code == 0
        assert gouji(command, "--json").exit_code == 0


def test_help_and_check_need_neither_prefect_nor_great_expectations():
    code = (
        "import sys; from flows import command_line; import tasks.audit.check, tasks.extract.extraction;"
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
