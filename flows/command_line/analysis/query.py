"""``gouji query``: read-only SQL on the published snapshot."""

import os
import re
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import click

from flows.command_line.output import print_mappings

if TYPE_CHECKING:
    from warehouse.snapshots.query import Answer

_COMMENT = re.compile(r"--(?:\s|.*\n)")
_FORMATS = ("table", "csv", "json", "parquet", "xlsx")
_SHOWN_ROWS, _WRITTEN_ROWS = 200, 1_000_000
_GRACE_SECONDS, _GRACE_BYTES = 5.0, 1_000_000_000
"""What a query may take beyond its limits before this process is stopped too."""


class _Query(click.Command):
    """A command whose argument may begin with a comment, as SQL does: ``-- every organ``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f" {each}" if _COMMENT.match(each) else each for each in args])


@click.command(
    cls=_Query,
    epilog="""\b
Examples:
  gouji query "SELECT organ, year, total FROM applications WHERE row_code = 'received_new' ORDER BY total DESC LIMIT 10"
  gouji query question.sql --output answer.xlsx
  gouji query "FROM finding" --output findings.csv
  gouji query "FROM cell WHERE year = 2023" --output cells.parquet
  echo "SHOW TABLES" | gouji query -
  gouji query "DESCRIBE outcome_rates"
""",
)
@click.argument("sql")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; its suffix says how.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="How to write; a table unless --output says else.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"Rows: a table shows the first [default: {_SHOWN_ROWS}]; of the other formats, more are an error "
    f"[default: {_WRITTEN_ROWS}].",
)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds allowed.")
@click.option("--memory", type=click.IntRange(min=50), default=2000, show_default=True, help="Megabytes allowed.")
def query(sql: str, output: Path | None, form: str | None, limit: int | None, timeout: float, memory: int) -> None:
    """Run one SQL query on the published snapshot.

    SQL is the query itself, a .sql file, or - for stdin. It cannot change anything, nor reach files or the network.
    """
    from tasks.settings import Settings
    from warehouse.snapshots.query import Limits, answer

    form = form or _form_of(output)
    if form in ("parquet", "xlsx") and output is None:
        raise click.UsageError(f"{form} is not for the terminal: name a file with --output")
    most = limit or (_SHOWN_ROWS if form == "table" else _WRITTEN_ROWS)
    limits = Limits(timeout, None if form == "table" else most, memory)
    with _bounded(limits.seconds, limits.megabytes), answer(Settings().published, _text(sql), limits=limits) as found:
        if form != "table":
            _write(found, form, output)
            return
        shown = found.first(most + 1).to_pylist()
    print_mappings(shown[:most])
    if len(shown) > most:
        click.echo(f"the first {most} rows; raise --limit or write them with --output", err=True)
    elif not shown:
        click.echo("no rows", err=True)


def _text(sql: str) -> str:
    if sql == "-":
        return sys.stdin.read()
    if not sql.endswith(".sql"):
        return sql
    try:
        return Path(sql).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise click.FileError(sql, error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{sql}: is not UTF-8 text; save it as UTF-8") from error


def _form_of(output: Path | None) -> str:
    if output is None:
        return "table"
    suffix = output.suffix.lstrip(".").lower()
    if suffix not in _FORMATS[1:]:
        raise click.UsageError(
            f"{output}: say how to write it with --format, or end the name in {', '.join(_FORMATS[1:])}"
        )
    return suffix


def _write(found: "Answer", form: str, output: Path | None) -> None:
    from warehouse.export.writing import csv_lines, json_lines, write_answer

    if output is None:
        sys.stdout.writelines(csv_lines(found) if form == "csv" else json_lines(found))
        return
    try:
        count = write_answer(found, form, output)
    except OSError as error:
        raise click.FileError(str(output), error.strerror or "cannot be written") from error
    click.echo(f"{count} rows written to {output}", err=True)


@contextmanager
def _bounded(seconds: float, megabytes: int) -> Iterator[None]:
    """Hold this process to a query's limits, well above them: single functions of DuckDB heed none of its own."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    memory = Path("/proc/self/statm")
    if memory.exists():
        now = int(memory.read_text(encoding="ascii").split()[5]) * resource.getpagesize()
        allowed = now + megabytes * 1_000_000 + _GRACE_BYTES
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, before[1]))
    last_resort = Timer(seconds + _GRACE_SECONDS, _end, [seconds])
    last_resort.daemon = True
    last_resort.start()
    try:
        yield
    finally:
        last_resort.cancel()
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _end(seconds: float) -> None:
    os.write(2, f"gouji: stopped after {seconds:g} s; narrow the query or raise --timeout\n".encode())
    os._exit(1)
