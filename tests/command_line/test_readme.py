"""The README keeps its word, in both languages: settings, commands, citation, and whatever a console shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from flows.command_line import gouji as every_command
from samples.consoles import answered
from samples.draft import write_drafts
from tasks.settings import Settings
from tests import REPOSITORY

READMES = ("README.md", "README.zh-CN.md")
WALKS = ("docs/walks.md", "docs/walks.zh-CN.md")
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    lines = []
    for name, field in Settings.model_fields.items():
        default = (
            f"`{Path(str(field.default)).name}`"
            if name in ("sources", "waivers")
            else f"`{field.default}`"
            if str(field.default)
            else ""
        )
        lines.append(f"| `GOUJI_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines)


def test_every_setting_is_documented():
    documented = README.partition("<!-- settings -->\n")[2].partition("<!-- /settings -->")[0].strip()
    assert documented == settings_table()


@pytest.mark.parametrize("page", [*READMES, *WALKS])
def test_every_command_and_option_that_a_page_names_exists(page):
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    assert set(re.findall(r"`?gouji ([a-z]+)\b", text)) <= set(every_command.commands)
    for name, arguments in re.findall(r"gouji ([a-z]+)\b([^`#\n]*)", text):
        known = {
            option
            for command in (
                every_command.commands[name],
                *getattr(every_command.commands[name], "commands", {}).values(),
            )
            for parameter in command.params
            for option in (*parameter.opts, *parameter.secondary_opts)
        }
        assert set(re.findall(r"(?<= )--[a-z-]+", arguments)) <= known | {"--help"}, name


@pytest.mark.parametrize("page", READMES)
def test_every_command_is_in_the_readme(page):
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    assert [name for name in every_command.commands if f"gouji {name}" not in text and f"make {name}" not in text] == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory, sample_home):
    """A folder with the drafts of the walks, and the sample warehouse as ``var``."""
    folder = tmp_path_factory.mktemp("desk")
    write_drafts(folder)
    (folder / "var").symlink_to(sample_home)
    return folder


@pytest.fixture(scope="module")
def told():
    """What the commands of the pages answered: most stand on several pages, and each is run once."""
    return {}


@pytest.fixture
def run(gouji, desk, told, monkeypatch):
    """Run a command of the pages at the desk."""
    monkeypatch.chdir(desk)
    monkeypatch.setenv("GOUJI_HOME", "var")
    monkeypatch.setenv("GOUJI_LANG", "zh")

    def run(*arguments):
        if arguments not in told:
            told[arguments] = gouji(*arguments)
        return told[arguments]

    return run


@pytest.mark.parametrize("page", [*READMES, *WALKS])
def test_consoles_show_what_is_answered(run, page):
    """`make docs` writes them anew."""
    asked = []

    def shown(arguments):
        asked.append(arguments)
        result = run(*arguments)
        return result.stdout + result.stderr

    text = (REPOSITORY / page).read_text(encoding="utf-8")
    assert answered(text, shown) == text
    assert asked


@pytest.mark.parametrize("page", WALKS)
def test_the_walk_of_a_clerk_goes_from_a_draft_that_cannot_to_one_that_can_be_published(run, page):
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    commands = re.findall(r"^\$ gouji (check .+)$", text, re.MULTILINE)
    assert [run(*command.split()).exit_code for command in commands] == [1, 0, 0]


def test_the_python_of_the_readme_runs(sample_snapshot, tmp_path, monkeypatch):
    (tmp_path / "var" / "published").mkdir(parents=True)
    (tmp_path / "var" / "published" / "gouji.duckdb").symlink_to(sample_snapshot)
    monkeypatch.chdir(tmp_path)
    (program,) = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    found = {}
    exec(program.replace("    rates.pl()  # polars\n", ""), found)  # polars is no dependency of ours
    with duckdb.connect(os.fspath(sample_snapshot), read_only=True) as client:
        (sql,) = re.findall(r'^\$ duckdb .*"(.+)"$', README, re.MULTILINE)
        assert len(client.sql(sql).fetchall()) > 0


def test_moments_are_read_without_pytz_but_by_fetchall_as_the_readme_says(sample_snapshot):
    program = (
        "import sys; sys.modules['pytz'] = None; import duckdb\n"
        f"with duckdb.connect({os.fspath(sample_snapshot)!r}, read_only=True) as client:\n"
        "    moments = client.sql('SELECT first_seen_at FROM report LIMIT 1')\n"
        "    print(len(moments.df()), moments.to_arrow_table().num_rows)\n"
        "    moments.fetchall()"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], check=False, capture_output=True, text=True)
    assert done.stdout == "1 1\n"
    assert "'pytz' failed to import" in done.stderr


def test_the_citation_is_whole_and_of_this_release():
    cited = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "version", "license", "type"} <= cited.keys()
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{cited["version"]}"' in project
    assert f'license = "{cited["license"]}"' in project
