"""What a run leaves in Prefect's interface: its summary, and its findings, problems and coverage as tables."""

from dataclasses import asdict
from pathlib import Path

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.reporting.links import explorer, finding_page
from flows.reporting.summary import Correction, RunSummary, WorstFinding
from tasks.runbook import kind_of

_MOST = 20
_BAR = 20
"""Blocks of a whole bar."""


def create_artifacts(flow: str, summary: RunSummary) -> None:
    """Create a run's artifacts; each is a version under a key of its flow, so that the interface shows its history."""
    years = ", ".join(map(str, summary.years))
    create_markdown_artifact(_as_markdown(summary), key=f"{flow}-summary", description=f"{flow} {years}")
    for name, table in (
        ("findings", _findings_by_rule(summary)),
        ("problems", _problems_by_code(summary)),
        ("coverage", _coverage(summary)),
    ):
        create_table_artifact(table, key=f"{flow}-{name}", description=f"{name} of {years}")
    for name, target in (("data-docs", summary.docs), ("snapshot", summary.snapshot)):
        create_link_artifact(Path(target).resolve().as_uri(), key=f"{flow}-{name}", link_text=target)
    if address := explorer():
        create_link_artifact(f"{address}/", key=f"{flow}-explorer", link_text="explorer")


def _findings_by_rule(summary: RunSummary) -> list[dict[str, str | int]]:
    return [
        {
            "rule": rule.rule_id,
            "severity": rule.severity,
            "title": f"{rule.title_zh} · {rule.title_en}",
            "failed": rule.failed,
        }
        for rule in summary.rules
    ]


def _problems_by_code(summary: RunSummary) -> list[dict[str, str | int]]:
    return [
        {
            "stage": problem.stage,
            "code": problem.code,
            "items": problem.items,
            "cause": f"{kind.cause.chinese} · {kind.cause.english}",
            "what to do": f"{kind.remedy.chinese} · {kind.remedy.english}",
            "example": problem.example,
        }
        for problem in summary.problems
        for kind in (kind_of(problem.stage, problem.code),)
    ]


def _coverage(summary: RunSummary) -> list[dict[str, str | int]]:
    return [
        {
            "source": covered.source,
            "year": covered.year,
            "published": covered.published,
            "late": covered.late,
            "unreadable": covered.unreadable,
            "missing": covered.missing,
            "published the year before": covered.year_before,
            "change": covered.published - covered.year_before,
        }
        for covered in summary.coverage
    ]


def _as_markdown(summary: RunSummary) -> str:
    counts = summary.counts
    sections = [
        f"# {summary.headline}",
        f"Years {', '.join(map(str, summary.years))}: {counts.links} reports listed, {counts.pages_fetched} pages "
        f"fetched, {counts.pages_unchanged} unchanged, {counts.reports_new} new report versions.",
        "## Findings by rule",
        _table(_with_bars(_findings_by_rule(summary), "failed")),
        f"## New critical findings: {summary.new_critical}",
        _list(summary.new),
        "## Worst findings",
        _list(summary.worst),
        f"## Silent corrections: {len(summary.corrections)}",
        _list_corrections(summary.corrections),
        "## Waivers that excuse nothing",
        _table([asdict(waiver) for waiver in summary.idle_waivers]),
        "## Problems by code",
        _table(_problems_by_code(summary)),
        "## Coverage",
        _table(_with_bars(_coverage(summary), "published", "late", "unreadable", "missing")),
        f"Snapshot: `{summary.snapshot}` · Data Docs: `{summary.docs}`",
    ]
    return "\n\n".join(sections)


def _with_bars(rows: list[dict[str, str | int]], measure: str, *others: str) -> list[dict[str, str | int]]:
    """Draw a measure of every row as a bar: as a share of it and the others, or else of the largest."""
    largest = max((int(row[measure]) for row in rows), default=0)
    wholes = [int(row[measure]) + sum(int(row[name]) for name in others if name != "late") for row in rows]
    return [
        {**row, " ": _bar(int(row[measure]), whole if others else largest)}
        for row, whole in zip(rows, wholes, strict=True)
    ]


def _bar(part: int, whole: int) -> str:
    """Draw a share as blocks; what is not nothing has at least one."""
    blocks = max(round(_BAR * part / whole), 1) if part and whole else 0
    return "█" * blocks + "░" * (_BAR - blocks)


def _list(findings: tuple[WorstFinding, ...]) -> str:
    lines = [
        f"- **{finding.organ} {finding.year}** {finding.rule_id}: {finding.sentence_zh} "
        f"([page]({finding.url}){_on_its_sheet(finding)})"
        for finding in findings
    ]
    return "\n".join(lines) or "None."


def _on_its_sheet(finding: WorstFinding) -> str:
    address = finding_page(finding.finding_id)
    return f", [sheet]({address})" if address else ""


def _list_corrections(corrections: tuple[Correction, ...]) -> str:
    lines = [
        f"- **{correction.organ} {correction.year}** {correction.sentence_zh} ([page]({correction.url}))"
        for correction in corrections[:_MOST]
    ]
    if more := len(corrections) - len(lines):
        lines.append(f"- and {more} more: `gouji revisions`")
    return "\n".join(lines) or "None."


def _table(rows: list[dict[str, str | int]]) -> str:
    if not rows:
        return "None."
    lines = [
        f"| {' | '.join(rows[0])} |",
        f"|{'|'.join(' ---: ' if isinstance(value, int) else ' --- ' for value in rows[0].values())}|",
        *(f"| {' | '.join(str(value).replace('|', '&#124;') for value in row.values())} |" for row in rows),
    ]
    return "\n".join(lines)
