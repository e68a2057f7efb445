"""What a run leaves in Prefect's interface: its summary, and its findings, problems and coverage as tables."""

from dataclasses import asdict
from pathlib import Path

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.reporting.summary import Correction, RunSummary, WorstFinding
from tasks.runbook import kind_of

_MOST = 20


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
        _table(_findings_by_rule(summary)),
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
        _table(_coverage(summary)),
        f"Snapshot: `{summary.snapshot}` · Data Docs: `{summary.docs}`",
    ]
    return "\n\n".join(sections)


def _list(findings: tuple[WorstFinding, ...]) -> str:
    lines = [
        f"- **{finding.organ} {finding.year}** {finding.rule_id}: {finding.sentence_zh} ([page]({finding.url}))"
        for finding in findings
    ]
    return "\n".join(lines) or "None."


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
