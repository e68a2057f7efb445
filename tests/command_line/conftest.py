import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows import command_line
from warehouse import store
from warehouse.snapshots.publish import publish


@dataclass
class Result:
    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def gouji(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``gouji`` in this process, as its entry point does."""

    def run(*arguments: object) -> Result:
        monkeypatch.setattr("sys.argv", ["gouji", *map(str, arguments)])
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as exit_info:
            command_line.main()
        return Result(int(exit_info.value.code or 0), out.getvalue(), err.getvalue())

    return run


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a snapshot of two organs without reports."""
    home = tmp_path_factory.mktemp("home")
    with store.writer(home / "warehouse.duckdb") as connection:
        connection.execute(
            "INSERT INTO core.organ (organ_id, name) VALUES ('a', '云泽市民政局'), ('b', '云泽市财政局')"
        )
        publish(connection, home / "warehouse.duckdb", home / "published" / "gouji.duckdb")
    return home


@pytest.fixture
def home(published_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOUJI_HOME", str(published_home))
    return published_home
