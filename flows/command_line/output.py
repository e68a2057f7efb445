"""How results look: tables that align Chinese, JSON for programs, and nothing in either that a terminal would obey."""

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table

from flows.command_line.headings import heading
from flows.reporting.words import SEVERITIES
from warehouse.rows import Row
from warehouse.values import json_text, printable, text_of

language_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="GOUJI_LANG",
    show_envvar=True,
    show_default=True,
    help="Language of the sentences: Chinese or English.",
)
_SHOWN_ROWS = 50
limit_option = click.option(
    "--limit", type=click.IntRange(min=1), help=f"Most rows.  [default: {_SHOWN_ROWS}; with --json all]"
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON, for programs.")

_WIDEST = 100_000
_PATIENCE_SECONDS = 10.0


def snapshot_rows(sql: str, **parameters: object) -> list[Row]:
    """Return the rows of a query on the published snapshot."""
    from tasks.settings import Settings
    from warehouse.snapshots.query import rows

    return rows(Settings().published, sql, parameters)


def working_rows(sql: str, **parameters: object) -> list[Row]:
    """Return the rows of a query on the warehouse itself, where there is one; a run that writes is waited for."""
    from tasks.runs.context import open_warehouse
    from tasks.settings import Settings
    from warehouse.connection.location import Lake
    from warehouse.rows import rows_of

    settings = Settings()
    if not isinstance(settings.store, Lake) and not settings.store.exists():
        return []
    with open_warehouse(settings, wait_seconds=_PATIENCE_SECONDS, on_wait=tell) as connection:
        return rows_of(connection, sql, parameters)


def listed_rows(sql: str, noun: str, limit: int | None, as_json: bool, **parameters: object) -> list[Row]:
    """Return the first rows of a query on the published snapshot that ends in ``LIMIT $most``.

    Without a limit people get fifty and programs all. Says on stderr if there are more, or none.
    """
    most = limit or (None if as_json else _SHOWN_ROWS)
    found = snapshot_rows(sql, most=most and most + 1, **parameters)
    if most and len(found) > most:
        tell(f"the first {most} {noun}; raise --limit for more")
    elif not found:
        tell(f"no {noun}")
    return found[:most]


def tell(message: str) -> None:
    """Write one line to stderr."""
    click.echo(printable(message), err=True)


class _SafeConsole(Console):
    """A console that prints no character of a page which a terminal would obey."""

    def print(self, *objects: object, **how: Any) -> None:
        super().print(*(printable(each) if isinstance(each, str) else each for each in objects), **how)


def console() -> Console:
    """Return a console on stdout: as wide as the terminal, or as wide as it takes where there is none."""
    if sys.stdout.isatty():
        return _SafeConsole(highlight=False)
    return _SafeConsole(highlight=False, width=_WIDEST, soft_wrap=True)


def drawable(sign: str, instead: str) -> str:
    """Return a sign, or what stands for it where the terminal's encoding lacks it (as GBK lacks ✗)."""
    try:
        sign.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return instead
    return sign


def severity_mark(severity: str, lang: str) -> str:
    """Return a severity in its colour, as console markup."""
    colour = {"critical": "red", "warning": "yellow"}.get(severity, "cyan")
    return f"[{colour}]{SEVERITIES[lang][severity]}[/]"


def figure(value: object) -> str:
    """Write one value for people."""
    return value.isoformat(" ", "seconds") if isinstance(value, datetime) else printable(text_of(value))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> None:
    """Print rows as a table, figures to the right; where it is too wide for the terminal, a record after another."""
    rows = list(rows)
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for position, name in enumerate(columns):
        numeric = any(isinstance(row[position], int | float | Decimal) for row in rows)
        table.add_column(escape(printable(name)), justify="right" if numeric else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(escape(figure(value)) for value in row))
    out = console()
    if Measurement.get(out, out.options.update(max_width=_WIDEST), table).maximum <= out.width:
        out.print(table)
    else:
        _print_records(out, columns, rows, title)


def print_mappings(rows: Sequence[Row], lang: str | None = None, *, title: str | None = None) -> None:
    """Print mappings with the same keys as a table; with a language, under what their keys are called in it."""
    if rows:
        columns = [heading(name, lang) if lang else name for name in rows[0]]
        print_table(columns, [list(row.values()) for row in rows], title=title)


def _print_records(out: Console, columns: Sequence[str], rows: Sequence[Sequence[object]], title: str | None) -> None:
    width = max(cell_len(name) for name in columns)
    if title:
        out.print(title, style="italic")
    for row in rows:
        for name, value in zip(columns, row, strict=True):
            out.print(f"{set_cell_size(name, width)}  {figure(value)}", markup=False)
        out.print()


def print_json(value: object) -> None:
    """Write one JSON document on one line to stdout."""
    click.echo(json_text(value))
