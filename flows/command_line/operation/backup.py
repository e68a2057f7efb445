"""``gouji backup``: a copy of what cannot be made again."""

from dataclasses import asdict
from pathlib import Path

import click

from flows.command_line.output import json_option, print_json


@click.command(
    epilog="""\b
Examples:
  gouji backup /backup/gouji
  rsync -a /backup/gouji/ $GOUJI_HOME/ && gouji publish     # restore into an empty GOUJI_HOME
"""
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@json_option
def backup(folder: Path, as_json: bool) -> None:
    """Copy the warehouse and the archive, while runs go on.

    What is new goes into FOLDER. The warehouse is copied as it stands at one moment; pages never change, so that a
    second backup copies only new ones. To restore, copy FOLDER into an empty GOUJI_HOME and run `gouji publish`.

    Of a lake this makes one DuckDB file; docs/lake.md says how to back up the lake itself.
    """
    from tasks.keeping.backup import back_up
    from tasks.settings import Settings

    made = back_up(Settings(), folder, lambda message: click.echo(message, err=True))
    if as_json:
        print_json({**asdict(made), "folder": str(made.folder)})
    else:
        click.echo(
            f"{made.folder}: warehouse of {made.warehouse_bytes / 1e6:.1f} MB, {made.archived_files} archived files, "
            f"{made.new_files} of them new"
        )
