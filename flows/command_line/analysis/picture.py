"""``gouji picture``: the explorer's charts as files."""

from pathlib import Path

import click

from flows.command_line.output import language_option, tell

_ASKED = ("organ", "a", "b", "region", "year", "level", "kind", "measure", "scheme")


@click.command(
    epilog="""\b
Examples:
  gouji picture quality --output quality.svg
  gouji picture outcomes --organ 云泽市人民政府 --output outcomes.png
  gouji picture rate --organ 云泽市公安局 --measure denied_rate --output denied.svg --scheme dark
  gouji picture peers --year 2024 --kind department --measure denied_rate --output peers.svg
  gouji picture comparison --a 云泽市公安局 --b 云泽市教育局 --output two.svg --lang en
"""
)
@click.argument("name")
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write: .svg, .png, or .json for the Vega-Lite specification.",
)
@click.option("--organ", help="Organ, by its whole name or identity (outcomes, rate, peers).")
@click.option("--a", help="First organ of a comparison.")
@click.option("--b", help="Second organ of a comparison.")
@click.option("--region", help="Region, by name or code (quality, peers).")
@click.option("--year", help="Report year (peers).")
@click.option("--level", help="Level of organs (peers).")
@click.option("--kind", help="Kind of organs (peers).")
@click.option("--measure", help="Rate, such as denied_rate (rate, peers, comparison).")
@click.option("--scheme", help="Colours: light or dark.  [default: light]")
@language_option
def picture(name: str, output: Path, lang: str, **given: str | None) -> None:
    """Draw a chart of the published snapshot.

    NAME is quality, outcomes, rate, peers or comparison: the explorer's charts, as they stand on its pages.
    """
    from explorer.pictures import FORMS, source_of
    from explorer.pictures import picture as drawn
    from explorer.snapshots import Snapshots
    from tasks.settings import Settings
    from warehouse.files import replaced

    form = output.suffix.lstrip(".").lower()
    if form not in FORMS:
        raise click.UsageError(f"{output}: end the name in .{', .'.join(FORMS)}")
    asked = [(key, value) for key in _ASKED if (value := given[key]) is not None]
    snapshots = Snapshots(Settings().published, cursors=1)
    with snapshots.reading() as (published, lease):
        content = drawn(name, form, lang, asked, lease, source_of(published, lang))
    snapshots.close()
    try:
        with replaced(output) as aside:
            aside.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(output), error.strerror or "cannot be written") from error
    tell(f"{output} written")
