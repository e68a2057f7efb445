"""``gouji dictionary``: what every table, column, form and rule means."""

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  gouji dictionary
  gouji dictionary --output dictionary.html
"""
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write: .md or .html.")
def dictionary(output: Path | None) -> None:
    """Write the data dictionary.

    It says in Chinese and English what every table, view, macro, column, form and rule is.
    """
    from expectations.pages.dictionary import as_page
    from expectations.pages.dictionary import dictionary as written

    if output is None:
        click.echo(written())
        return
    if output.suffix not in (".md", ".html"):
        raise click.UsageError(f"{output}: the dictionary is written as .md or .html")
    text = written()
    try:
        output.write_text(as_page(text) if output.suffix == ".html" else text, encoding="utf-8")
    except OSError as error:
        raise click.FileError(str(output), error.strerror or "cannot be written") from error
    click.echo(f"dictionary written to {output}", err=True)
