"""``gouji revisions``: what publishers changed without saying so."""

from dataclasses import asdict

import click
from rich.markup import escape

from flows.command_line.output import console, json_option, language_option, print_json, tell


@click.command(
    epilog="""\b
Examples:
  gouji revisions --year 2023
  gouji revisions --organ 民政局 --json
"""
)
@click.option("--year", type=int, help="Report year.")
@click.option("--organ", help="Part of the organ's name.")
@language_option
@json_option
def revisions(year: int | None, organ: str | None, lang: str, as_json: bool) -> None:
    """List silent corrections.

    Pages whose figures changed without a word, which ones, and what that cured or caused.
    """
    from expectations.findings.revisions import revisions as find_revisions
    from tasks.settings import Settings
    from warehouse.snapshots.reader import reader

    with reader(Settings().published) as connection:
        found = [
            revision
            for revision in find_revisions(connection, None if year is None else [year])
            if organ is None or organ in revision.organ
        ]
    sentences = [revision.sentence() for revision in found]
    if as_json:
        print_json(
            [
                {**asdict(revision), "sentence_zh": text.chinese, "sentence_en": text.english}
                for revision, text in zip(found, sentences, strict=True)
            ]
        )
        return
    out = console()
    for revision, text in zip(found, sentences, strict=True):
        out.print(f"[bold]{escape(revision.organ)} {revision.year}[/]  {revision.seen_at:%Y-%m-%d}")
        out.print(f"  {text.wording(lang)}", markup=False)
        out.print(f"  {revision.url}", markup=False, style="dim")
    if not found:
        tell("no revisions")
