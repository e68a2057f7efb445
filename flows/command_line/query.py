"""``gouji query``: read-only SQL on the published snapshot."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.command_line.output import print_json, print_mappings

if TYPE_CHECKING:
    import pyarrow as pa

_FORMATS = ("table", "csv", "json", "parquet")


@click.command(
    epilog="""\b
Examples:
  gouji query "SELECT organ, year, total FROM applications WHERE row_code = 'received_new' ORDER BY total DESC LIMIT 10"
  gouji query "FROM finding" --output findings.csv
  gouji query "FROM cell WHERE year = 2023" --output cells.parquet
"""
)
@click.argument("sql")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; its suffix says how.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="How to write; a table unless --output says else.")
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True, help="Rows of a printed table.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds allowed.")
def query(sql: str, output: Path | None, form: str | None, limit: int, timeout: float) -> None:
    """Run one SQL query on the published snapshot. It cannot change anything, nor reach files or the network."""
    from tasks.settings import Settings
    from warehouse.query import query as run_query

    form = form or _form_of(output)
    if form == "parquet" and output is None:
        raise click.UsageError("Parquet is not for the terminal: name a file with --output")
    found = run_query(Settings().published, sql, timeout_seconds=timeout)
    if output is not None:
        _write(found, form, output)
        click.echo(f"{found.num_rows} rows written to {output}", err=True)
    elif form == "json":
        print_json(found.to_pylist())
    elif form == "csv":
        click.echo(_csv(found), nl=False)
    else:
        print_mappings(found.slice(0, limit).to_pylist())
        if found.num_rows > limit:
            click.echo(f"{found.num_rows - limit} more rows; raise --limit or write them with --output", err=True)
        elif not found.num_rows:
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


def _csv(found: "pa.Table") -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(found.column_names)
    writer.writerows(row.values() for row in found.to_pylist())
    return text.getvalue()


def _write(found: "pa.Table", form: str, output: Path) -> None:
    import pyarrow.parquet as pq

    from flows.command_line.output import json_text

    try:
        if form == "parquet":
            pq.write_table(found, output, compression="zstd")
        elif form == "json":
            output.write_text(json_text(found.to_pylist()) + "\n", encoding="utf-8")
        else:
            # The byte-order mark tells Excel that the file is UTF-8.
            output.write_text(_csv(found), encoding="utf-8-sig")
    except OSError as error:
        raise click.FileError(str(output), error.strerror or "cannot be written") from error
