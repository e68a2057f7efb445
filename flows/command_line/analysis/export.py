"""``gouji export``: the snapshot as files for other programs."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

_FORMATS = ("parquet", "csv", "xlsx", "duckdb", "all")


@click.command(
    epilog="""\b
Examples:
  gouji export
  gouji export open-data --year 2024 --year 2023
  gouji export sheets --format xlsx
  gouji export county --region 330302 --view outcomes --view finding --format csv
"""
)
@click.argument("folder", metavar="[DIR]", default="export", type=click.Path(file_okay=False, path_type=Path))
@click.option("--year", "years", type=int, multiple=True, help="Report year; may be repeated; all if left out.")
@click.option("--organ", help="Part of the organs' name.")
@click.option("--region", help="Region code, or its beginning: 3303 is a prefecture.")
@click.option("--view", "tables", multiple=True, help="Table to export; may be repeated; all if left out.")
@click.option(
    "--format", "formats", type=click.Choice(_FORMATS), multiple=True, default=("all",), help="May be repeated."
)
def export(
    folder: Path,
    years: tuple[int, ...],
    organ: str | None,
    region: str | None,
    tables: tuple[str, ...],
    formats: tuple[str, ...],
) -> None:
    """Export the snapshot into DIR, for other programs.

    Parquet by year, CSV and workbooks by year and whole, and one DuckDB file; datapackage.json describes every file
    and column, and how to cite them. An earlier export in DIR is replaced once the new one is whole. The DuckDB
    file is always the whole snapshot: it is left out where --organ, --region or --view choose some of it.
    """
    from tasks.settings import Settings
    from warehouse.export.folder import FORMATS, Selection
    from warehouse.export.folder import export as export_snapshot

    selection = Selection(years, tables, organ, region)
    everything = FORMATS if not (tables or selection.is_of_organs) else FORMATS[:-1]
    chosen = everything if "all" in formats else formats
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("exporting", total=None)

        def show(path: str, done: int, total: int) -> None:
            progress.update(bar, description=path, completed=done, total=total)

        made = export_snapshot(Settings().published, folder, selection, formats=chosen, on_progress=show)
    size = sum(file.stat().st_size for file in made.files)
    click.echo(f"{len(made.files)} files, {size / 1e6:.1f} MB, written to {made.folder}", err=True)
    for sheet in made.cut_sheets:
        click.echo(f"{sheet}: more rows than a sheet holds; the CSV file has them all", err=True)
