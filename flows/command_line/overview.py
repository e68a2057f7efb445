"""``gouji findings``, ``gouji problems`` and ``gouji status``: what is wrong, and where."""

from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from flows.command_line.output import (
    console,
    json_option,
    language_option,
    print_json,
    print_mappings,
    severity_mark,
)

_FINDINGS = """
    SELECT year, organ, rule_id AS rule, severity, table_code AS "table", row_code AS "row", column_code AS "column",
        left_value AS "left", right_value AS "right", difference, likely, waiver, sentence_zh, sentence_en, url
    FROM main.finding
    WHERE ($year IS NULL OR year = $year) AND ($organ IS NULL OR contains(organ, $organ))
        AND ($rule IS NULL OR rule_id = $rule) AND ($severity IS NULL OR severity = $severity)
        AND ($waived IS NULL OR (waiver IS NOT NULL) = $waived)
    ORDER BY list_position(['critical', 'warning', 'info'], severity), year DESC, organ, rule_id, row_code, column_code
    LIMIT $most
"""

_PROBLEMS = """
    SELECT year, stage, code, source_id AS source, item, detail, attempts, last_seen_at
    FROM main.problem
    WHERE ($year IS NULL OR year = $year) AND ($code IS NULL OR code = $code)
        AND ($source IS NULL OR source_id = $source)
    ORDER BY last_seen_at DESC, code, item
    LIMIT $most
"""

_RUNS = """
    SELECT started_at AS started, flow, state, parameters, round(epoch(finished_at - started_at), 1) AS seconds,
        links, pages_fetched AS fetched, pages_unchanged AS unchanged, reports_new AS new, findings, problems
    FROM audit.run ORDER BY started_at DESC LIMIT $most
"""

_YEARS = """
    SELECT report.year, count(*) AS reports, sum(cells_read)::BIGINT AS cells,
        count(*) FILTER (cells_read < cells_expected) AS incomplete,
        (SELECT count(*) FROM main.finding WHERE finding.year = report.year AND severity = 'critical') AS critical,
        (SELECT count(*) FROM main.finding WHERE finding.year = report.year) AS findings,
        (SELECT count(*) FROM main.problem WHERE problem.year = report.year) AS problems
    FROM main.report AS report GROUP BY report.year ORDER BY report.year
"""

_limit_option = click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Most rows.")


@click.command(
    epilog="""\b
Examples:
  gouji findings --year 2023 --severity critical
  gouji findings --organ 民政局 --json
  gouji findings --organ 民政局 --not-waived --output 民政局.md
"""
)
@click.option("--year", type=int, help="Report year.")
@click.option("--organ", help="Part of the organ's name.")
@click.option("--rule", help="Rule, such as A1.")
@click.option("--severity", type=click.Choice(["critical", "warning", "info"]), help="Severity.")
@click.option("--waived/--not-waived", default=None, help="Only those that a waiver excuses, or only the others.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Sheet to write: .md or .csv.")
@_limit_option
@language_option
@json_option
def findings(
    year: int | None,
    organ: str | None,
    rule: str | None,
    severity: str | None,
    waived: bool | None,
    output: Path | None,
    limit: int,
    lang: str,
    as_json: bool,
) -> None:
    """List the rules that published reports break, worst first."""
    from flows.sheets import write_sheet

    found = _rows(_FINDINGS, year=year, organ=organ, rule=rule, severity=severity, waived=waived, most=limit)
    if output is not None:
        write_sheet(found, output, lang)
        click.echo(f"{len(found)} findings written to {output}", err=True)
        return
    if as_json:
        print_json(found)
        return
    out = console()
    for row in found:
        out.print(f"[bold]{escape(row['organ'])} {row['year']}[/]  {row['rule']} {severity_mark(row['severity'])}")
        out.print(f"  {row[f'sentence_{lang}']}", markup=False)
        out.print(f"  {row['url']}", markup=False, style="dim")
    _say_count(found, limit, "findings")


@click.command(
    epilog="""\b
Examples:
  gouji problems --year 2023
  gouji problems --code unreachable --json
"""
)
@click.option("--year", type=int, help="Report year.")
@click.option("--code", help="Problem code, such as unreachable.")
@click.option("--source", help="Portal.")
@_limit_option
@json_option
def problems(year: int | None, code: str | None, source: str | None, limit: int, as_json: bool) -> None:
    """List what Gouji could not fetch or read: open problems, latest first."""
    found = _rows(_PROBLEMS, year=year, code=code, source=source, most=limit)
    if as_json:
        print_json(found)
        return
    out = console()
    for row in found:
        out.print(f"[bold]{row['code']}[/]  {row['stage']}, {row['source']} {row['year'] or ''}  {escape(row['item'])}")
        out.print(f"  {row['detail']}", markup=False)
    _say_count(found, limit, "open problems")


@click.command()
@click.option("--runs", type=click.IntRange(min=1), default=5, show_default=True, help="How many runs to show.")
@json_option
def status(runs: int, as_json: bool) -> None:
    """Show the published snapshot year by year, and the latest runs."""
    from tasks.settings import Settings

    snapshot = Settings().published
    years, latest = _rows(_YEARS), _rows(_RUNS, most=runs)
    if as_json:
        print_json({"snapshot": str(snapshot), "years": years, "runs": latest})
        return
    click.echo(f"Snapshot {snapshot}, {snapshot.stat().st_size / 1e6:.1f} MB")
    print_mappings(years)
    print_mappings([{key: row[key] for key in row if key != "parameters"} for row in latest], title="Latest runs")


def _rows(sql: str, **parameters: Any) -> list[dict[str, Any]]:
    from tasks.settings import Settings
    from warehouse.query import rows

    return rows(Settings().published, sql, parameters)


def _say_count(found: list[dict[str, Any]], limit: int, noun: str) -> None:
    if not found:
        click.echo(f"no {noun}", err=True)
    elif len(found) == limit:
        click.echo(f"the first {limit}; raise --limit for more", err=True)
