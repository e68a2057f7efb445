"""``gouji problems``: what Gouji could not fetch or read, and what to do about it."""

from itertools import groupby
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from flows.command_line.output import (
    console,
    json_option,
    language_option,
    limit_option,
    listed_rows,
    print_json,
)

if TYPE_CHECKING:
    from tasks.problems import ProblemKind

_PROBLEMS = """
    SELECT year, stage, code, source_id AS source, item, detail, attempts, first_seen_at, last_seen_at,
        count(*) OVER (PARTITION BY stage, code) AS items
    FROM main.problem
    WHERE ($year IS NULL OR year = $year) AND ($code IS NULL OR code = $code)
        AND ($source IS NULL OR source_id = $source) AND ($stage IS NULL OR stage = $stage)
    ORDER BY items DESC, stage, code, last_seen_at DESC, item
    LIMIT $most
"""

_COLUMNS = {"zh": ("阶段", "代码", "原因", "怎么办"), "en": ("stage", "code", "cause", "what to do")}


@click.command(
    epilog="""\b
Examples:
  gouji problems --year 2023
  gouji problems --code unreachable --json
  gouji problems --stage extract --source wenzhou --lang en
  gouji problems --runbook                     every code there can be: why it arises and what to do
  gouji problems --runbook --code below_floor
"""
)
@click.option("--year", type=int, help="Report year.")
@click.option("--code", help="Problem code, such as unreachable.")
@click.option("--source", help="Portal.")
@click.option(
    "--stage", type=click.Choice(["discover", "fetch", "extract", "load"]), help="Stage that could not do its work."
)
@click.option("--runbook", is_flag=True, help="Explain the codes that there can be, instead.")
@click.option("--markdown", is_flag=True, help="Write the runbook as a Markdown table.")
@limit_option
@language_option
@json_option
def problems(
    year: int | None,
    code: str | None,
    source: str | None,
    stage: str | None,
    runbook: bool,
    markdown: bool,
    limit: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """List what Gouji could not fetch or read, and what to do.

    Open problems by code, the most frequent first.
    """
    if runbook or markdown:
        _print_runbook(code, stage, lang, as_json, markdown)
        return
    wanted = {"year": year, "code": code, "source": source, "stage": stage}
    found = listed_rows(_PROBLEMS, "open problems", limit, as_json, **wanted)
    if as_json:
        print_json([{**row, **_explained(row["stage"], row["code"], lang)} for row in found])
        return
    out = console()
    for (of_stage, of_code, items), group in groupby(found, key=lambda row: (row["stage"], row["code"], row["items"])):
        explained = _explained(of_stage, of_code, lang)
        out.print(f"[bold]{of_code}[/]  {of_stage}, {items} × {escape(explained['cause'])}")
        out.print(f"  → {explained['remedy']}", markup=False, style="green")
        for row in group:
            out.print(f"  {row['source']} {row['year'] or ''}  {row['item']}", markup=False)
            out.print(f"    {row['detail']}", markup=False, style="dim")


def _print_runbook(code: str | None, stage: str | None, lang: str, as_json: bool, markdown: bool) -> None:
    from tasks.runbook import RUNBOOK

    entries = [
        {"stage": of_stage.value, "code": kind.code, **_words(kind, lang)}
        for of_stage, kinds in RUNBOOK.items()
        for kind in kinds.values()
        if code in (None, kind.code) and stage in (None, of_stage.value)
    ]
    if not entries:
        raise click.UsageError(f"no problem has the code {code!r}: `gouji problems --runbook` lists them all")
    if as_json:
        print_json(entries)
    elif markdown:
        lines = [_COLUMNS[lang], ("---",) * 4]
        lines += [(entry["stage"], f"`{entry['code']}`", entry["cause"], entry["remedy"]) for entry in entries]
        click.echo("\n".join(f"| {' | '.join(line)} |" for line in lines))
    else:
        out = console()
        for entry in entries:
            out.print(f"[bold]{entry['code']}[/]  {entry['stage']}: {escape(entry['cause'])}")
            out.print(f"  → {entry['remedy']}", markup=False, style="green")


def _explained(stage: str, code: str, lang: str) -> dict[str, str]:
    """Return why a problem arises and what to do."""
    from tasks.runbook import kind_of

    return _words(kind_of(stage, code), lang)


def _words(kind: "ProblemKind", lang: str) -> dict[str, str]:
    return {"cause": kind.cause.wording(lang), "remedy": kind.remedy.wording(lang)}
