"""How results look: tables that align Chinese, and JSON for programs."""

import sys
from collections.abc import Iterable, Mapping, Sequence
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

from warehouse.values import json_text, printable, text_of

language_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="GOUJI_LANG",
    show_default=True,
    help="Language of the sentences: Chinese or English.",
)
limit_option = click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Most rows.")
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON, for programs.")


_WIDEST = 100_000


def snapshot_rows(sql: str, **parameters: Any) -> list[dict[str, Any]]:
    """Return the rows of a query on the published snapshot."""
    from tasks.settings import Settings
    from warehouse.snapshots.query import rows

    return rows(Settings().published, sql, parameters)


def say_count(found: Sequence[Any], limit: int, noun: str) -> None:
    """Say on stderr if nothing was found, or if there may be more than was shown."""
    if not found:
        click.echo(f"no {noun}", err=True)
    elif len(found) == limit:
        click.echo(f"the first {limit}; raise --limit for more", err=True)


def console() -> Console:
    """Return a console on stdout: as wide as the terminal, or as wide as it takes where there is none."""
    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=_WIDEST, soft_wrap=True)


def severity_mark(severity: str) -> str:
    """Return a severity in its colour, as console markup."""
    colour = {"critical": "red", "warning": "yellow"}.get(severity, "cyan")
    return f"[{colour}]{severity}[/]"


def figure(value: object) -> str:
    """Write one value for people."""
    return value.isoformat(" ", "seconds") if isinstance(value, datetime) else printable(text_of(value))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """Print rows as a table, figures to the right; where it is too wide for the terminal, a record after another."""
    rows = list(rows)
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for position, name in enumerate(columns):
        numeric = any(isinstance(row[position], int | float | Decimal) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(escape(figure(value)) for value in row))
    out = console()
    if Measurement.get(out, out.options.update(max_width=_WIDEST), table).maximum <= out.width:
        out.print(table)
    else:
        _print_records(out, columns, rows, title)


def print_mappings(rows: Sequence[Mapping[str, Any]], *, title: str | None = None) -> None:
    """Print mappings with the same keys as a table."""
    if rows:
        print_table(list(rows[0]), [list(row.values()) for row in rows], title=title)


def _print_records(out: Console, columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str | None) -> None:
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
