"""``gouji query``: read-only SQL on the published snapshot."""

from pathlib import Path

import click

from flows.command_line.analysis.containment import contained
from flows.command_line.output import print_mappings

_FORMATS = ("table", "csv", "json", "parquet")
_SHOWN_ROWS, _WRITTEN_ROWS = 200, 1_000_000


@click.command(
    epilog="""\b
Examples:
  gouji query "SELECT organ, year, total FROM applications WHERE row_code = 'received_new' ORDER BY total DESC LIMIT 10"
  gouji query "FROM finding" --output findings.csv
  gouji query "FROM cell WHERE year = 2023" --output cells.parquet
  gouji query "SHOW TABLES"
  gouji query "DESCRIBE outcome_rates"
"""
)
@click.argument("sql")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; its suffix says how.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="How to write; a table unless --output says else.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"Rows: a table shows the first [default: {_SHOWN_ROWS}]; of CSV, JSON and Parquet, more are an error "
    f"[default: {_WRITTEN_ROWS}].",
)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds allowed.")
@click.option("--memory", type=click.IntRange(min=50), default=2000, show_default=True, help="Megabytes allowed.")
def query(sql: str, output: Path | None, form: str | None, limit: int | None, timeout: float, memory: int) -> None:
    """Run one SQL query on the published snapshot. It cannot change anything, nor reach files or the network."""
    from flows.command_line.analysis.writing import write_answer
    from tasks.settings import Settings
    from warehouse.snapshots.query import Limits, answer

    form = form or _form_of(output)
    if form == "parquet" and output is None:
        raise click.UsageError("Parquet is not for the terminal: name a file with --output")
    most = limit or (_SHOWN_ROWS if form == "table" else _WRITTEN_ROWS)
    limits = Limits(timeout, None if form == "table" else most, memory)
    with contained(timeout, memory), answer(Settings().published, sql, limits=limits) as found:
        if form != "table":
            count = write_answer(found, form, output)
            if output is not None:
                click.echo(f"{count} rows written to {output}", err=True)
            return
        shown = found.first(most + 1).to_pylist()
    print_mappings(shown[:most])
    if len(shown) > most:
        click.echo(f"the first {most} rows; raise --limit or write them with --output", err=True)
    elif not shown:
        click.echo("no rows", err=True)


def _form_of(output: Path | None) -> str:
    if output is None:
        return "table"
    suffix = output.suffix.lstrip(".").lower()
    if suffix not in _FORMATS[1:]:
        raise click.UsageError(
            f"{output}: say how to write it with --format, or end the name in .csv, .json or .parquet"
        )
    return suffix
