"""The consoles of the documentation: what ``$ gouji …`` answers there is what it answers today."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from samples.cookbook import YEARS
from samples.draft import write_drafts
from samples.warehouse import build

Run = Callable[[Sequence[str]], str]
"""Runs ``gouji`` with arguments, and returns what it writes."""

_CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?:\.venv/bin/)?gouji ")


def answered(page: str, run: Run) -> str:
    """Return a page with what every command that is shown with an answer answers today, as ``run`` runs it."""
    return _CONSOLE.sub(lambda console: "".join(_answered(console[1], run)), page)


def _answered(console: str, run: Run) -> Iterator[str]:
    for command, answer in _commands(console):
        if answer.strip() and _COMMAND.match(command):
            arguments = shlex.split(_COMMAND.sub("", command))
            lines = [line.rstrip() for line in run(arguments).strip("\n").splitlines()]
            answer = "\n".join(lines).strip("\n") + "\n"
            answer = f"\n{answer}\n" if command != _last(console) else f"\n{answer}"
        yield command + answer


def _commands(console: str) -> Iterator[tuple[str, str]]:
    """Yield every command of a console, over as many lines as its quotes are open, and what stands below it."""
    command, answer, is_open = "", "", False
    for line in console.splitlines(keepends=True):
        if is_open:
            command += line
        elif line.startswith("$ "):
            if command:
                yield command, answer
            command, answer = line, ""
        else:
            answer += line
        is_open = not answer and _is_open(command)
    yield command, answer


def _last(console: str) -> str:
    return list(_commands(console))[-1][0]


def _is_open(command: str) -> bool:
    try:
        shlex.split(command, comments=True)
    except ValueError:
        return True
    return False


def rewrite(paths: Sequence[Path]) -> None:
    """Answer the consoles of pages anew, beside a sample warehouse and the drafts made for them."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        build(home / "var", YEARS)
        write_drafts(home)
        environment = {**os.environ, "GOUJI_HOME": "var", "GOUJI_LANG": "zh"}

        def run(arguments: Sequence[str]) -> str:
            program = [sys.executable, "-c", "from flows.command_line import main; main()", *arguments]
            done = subprocess.run(  # noqa: S603
                program,
                cwd=home,
                env=environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
            return done.stdout

        for path in paths:
            path.write_text(answered(path.read_text(encoding="utf-8"), run), encoding="utf-8")
