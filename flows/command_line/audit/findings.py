"""``gouji findings``: which rules the published reports break, and where."""

from pathlib import Path

import click
from rich.markup import escape

from flows.command_line.output import (
    console,
    json_option,
    language_option,
    limit_option,
    listed_rows,
    print_json,
    print_mappings,
    severity_mark,
    snapshot_rows,
    tell,
)

_FINDINGS = """
    SELECT year, organ, rule_id AS rule, severity, table_code AS "table", row_code AS "row", column_code AS "column",
        left_value AS "left", right_value AS "right", difference, cells, likely, waiver, sentence_zh, sentence_en,
        finding_id AS fingerprint, group_id AS "group", first_found_at, last_found_at, url
    FROM main.finding
    WHERE ($year IS NULL OR year = $year) AND ($organ IS NULL OR contains(organ, $organ))
        AND ($rule IS NULL OR rule_id = $rule) AND ($severity IS NULL OR severity = $severity)
        AND ($waived IS NULL OR (waiver IS NOT NULL) = $waived)
    ORDER BY list_position(['critical', 'warning', 'info'], severity), year DESC, organ, rule_id, row_code, column_code
    LIMIT $most
"""


_WAIVERS = """
    SELECT state, rule_id AS rule, organ, year, table_code AS "table", row_code AS "row", column_code AS "column",
        left_value AS "left", right_value AS "right", reason, granted_by AS "by", until
    FROM audit.waiver WHERE NOT $idle OR state <> 'applied'
    ORDER BY list_position(['expired', 'unused'], state), position
"""


@click.command(
    epilog="""\b
Examples:
  gouji findings --year 2023 --severity critical
  gouji findings --organ 民政局 --json
  gouji findings --organ 民政局 --not-waived --output 民政局.html
  gouji findings --idle-waivers     what excuses nothing: mend it or remove it
"""
)
@click.option("--year", type=int, help="Report year.")
@click.option("--organ", help="Part of the organ's name.")
@click.option("--rule", help="Rule, such as A1.")
@click.option("--severity", type=click.Choice(["critical", "warning", "info"]), help="Severity.")
@click.option("--waived/--not-waived", default=None, help="Only those that a waiver excuses, or only the others.")
@click.option("--waivers", is_flag=True, help="List the waivers of the last audit instead, and whether they applied.")
@click.option("--idle-waivers", is_flag=True, help="List only those that have expired or excuse nothing any more.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Sheet to write: .md, .html or .csv.")
@limit_option
@language_option
@json_option
def findings(
    year: int | None,
    organ: str | None,
    rule: str | None,
    severity: str | None,
    waived: bool | None,
    waivers: bool,
    idle_waivers: bool,
    output: Path | None,
    limit: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """List the rules that published reports break, worst first."""
    if waivers or idle_waivers:
        _list_waivers(idle_waivers, lang, as_json)
        return
    wanted = {"year": year, "organ": organ, "rule": rule, "severity": severity, "waived": waived}
    if output is not None:
        from flows.reporting.sheets import write_sheet

        found = snapshot_rows(_FINDINGS, most=limit, **wanted)
        write_sheet(found, output, lang)
        tell(f"{len(found)} findings written to {output}")
        return
    found = listed_rows(_FINDINGS, "findings", limit, as_json, **wanted)
    if as_json:
        print_json(found)
        return
    out = console()
    for row in found:
        out.print(
            f"[bold]{escape(row['organ'])} {row['year']}[/]  {row['rule']} {severity_mark(row['severity'], lang)}"
        )
        out.print(f"  {row[f'sentence_{lang}']}", markup=False)
        out.print(f"  {row['url']}", markup=False, style="dim")


def _list_waivers(idle: bool, lang: str, as_json: bool) -> None:
    found = snapshot_rows(_WAIVERS, idle=idle)
    if as_json:
        print_json(found)
    elif found:
        print_mappings(found, lang)
    else:
        tell("no waivers")
