import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest

from flows import command_line


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
