"""``python -m samples``: serve the sample portal, or write report files."""

from itertools import islice
from pathlib import Path

import click

from samples.city import many_organs
from samples.dresses import DEFICIENT, DOCUMENTS, DRESSES, dress_of, render
from samples.portal import DEFAULT_PORT, SOURCE_FILE, Portal
from samples.reports import YEARS, sample_reports

_DRESSES = {**DRESSES, **DEFICIENT, **DOCUMENTS}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Realistic reports of a fictional city, made from a seed."""


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0: a free one.")
def serve(port: int) -> None:
    """Serve the sample portal on this machine until Ctrl-C."""
    try:
        portal = Portal(port)
    except OSError as error:
        raise click.ClickException(f"cannot serve on port {port}: {error.strerror}; choose another --port") from None
    with portal:
        click.echo(f"Sample portal at {portal.url} (source file: {SOURCE_FILE}). Ctrl-C ends it.")
        try:
            portal.wait()
        except KeyboardInterrupt:
            click.echo("Stopped.")


@main.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option("--reports", type=click.IntRange(1), default=100, show_default=True, help="How many reports to write.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same files.")
@click.option("--dress", type=click.Choice(list(_DRESSES)), help="One dress for all; otherwise mixed as on the portal.")
def write(directory: Path, reports: int, seed: int, dress: str | None) -> None:
    """Write report files of made-up organs into DIRECTORY."""
    organs = many_organs(-(-reports // len(YEARS)))
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for report in islice(sample_reports(seed, organs=organs), reports):
            worn = _DRESSES[dress] if dress else dress_of(report)
            (directory / f"{report.identity}{worn.writer.suffix}").write_bytes(render(report, worn))
    except OSError as error:
        raise click.ClickException(f"cannot write into {directory}: {error.strerror}") from None
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{dress} needs {error.name}, one of the development extras") from None
    click.echo(f"Wrote {reports} reports into {directory}.")


@main.command()
@click.argument("path", type=click.Path(dir_okay=False, exists=True, path_type=Path))
def cookbook(path: Path) -> None:
    """Ask the sample warehouse every question of the cookbook at PATH anew, and write the answers into it."""
    from samples.cookbook import rewrite

    rewrite(path)
    click.echo(f"Answered {path}.")


@main.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
def pictures(directory: Path) -> None:
    """Draw the pictures of the README into DIRECTORY, from the sample warehouse, light and dark."""
    from samples.pictures import write_pictures

    write_pictures(directory)
    click.echo(f"Drew the pictures in {directory}.")


@main.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
def drafts(directory: Path) -> None:
    """Write a report on its way to publication into DIRECTORY: last year's, a draft with an error, and it mended."""
    from samples.draft import write_drafts

    write_drafts(directory)
    click.echo(f"Wrote last-year.docx, draft.docx and mended.docx into {directory}.")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(dir_okay=False, exists=True, path_type=Path))
def consoles(paths: tuple[Path, ...]) -> None:
    """Run anew what the consoles of the pages at PATHS show with its answers, and write the answers into them."""
    from samples.consoles import rewrite

    rewrite(paths)
    click.echo(f"Answered {', '.join(map(str, paths))}.")


if __name__ == "__main__":
    main(prog_name="python -m samples")
