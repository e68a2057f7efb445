"""``gouji waivers`` and ``gouji revisions``: what people excused, and what publishers changed without saying so."""

from dataclasses import asdict

import click
from rich.markup import escape

from flows.command_line.output import (
    console,
    json_option,
    language_option,
    print_json,
    print_mappings,
    snapshot_rows,
)

_WAIVERS = """
    SELECT state, rule_id AS rule, organ, year, table_code AS "table", row_code AS "row", column_code AS "column",
        left_value AS "left", right_value AS "right", reason, granted_by AS "by", until
    FROM audit.waiver WHERE NOT $idle OR state <> 'applied'
    ORDER BY list_position(['expired', 'unused'], state), position
"""


@click.command(
    epilog="""\b
Examples:
  gouji waivers
  gouji waivers --idle      those that expired or excuse nothing: mend or remove them
"""
)
@click.option("--idle", is_flag=True, help="Only those that have expired or excuse nothing.")
@json_option
def waivers(idle: bool, as_json: bool) -> None:
    """List the waivers as of the last audit: applied, expired, or unused because the values changed."""
    found = snapshot_rows(_WAIVERS, idle=idle)
    if as_json:
        print_json(found)
    elif found:
        print_mappings(found)
    else:
        click.echo("no waivers", err=True)


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
    """List silent corrections: pages whose figures changed, which ones, and what that cured or caused."""
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
        out.print(f"  {text.english if lang == 'en' else text.chinese}", markup=False)
        out.print(f"  {revision.url}", markup=False, style="dim")
    if not found:
        click.echo("no revisions", err=True)
