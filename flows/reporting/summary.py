"""What a run did, in figures and sentences, read from the snapshot it published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from expectations.findings.revisions import revisions
from tasks.runs.record import Run
from warehouse.loading.runs import RunCounts
from warehouse.rows import rows_of
from warehouse.snapshots.publish import Snapshot
from warehouse.snapshots.reader import reader
from warehouse.store import Connection

_WORST = 10
_NEW = 10


@dataclass(frozen=True)
class RuleCount:
    """How often a rule failed in the current reports of a run's years."""

    rule_id: str
    title_zh: str
    title_en: str
    severity: str
    failed: int


@dataclass(frozen=True)
class ProblemCount:
    """How many open problems have a code; :func:`tasks.runbook.kind_of` says what to do about it."""

    stage: str
    code: str
    items: int
    example: str


@dataclass(frozen=True)
class WorstFinding:
    """A finding worth reading first."""

    organ: str
    year: int
    rule_id: str
    sentence_zh: str
    sentence_en: str
    url: str
    finding_id: str = ""


@dataclass(frozen=True)
class Coverage:
    """How many organs of a source have a report for a year, are late or lack one; and how many had one last year.

    ``published`` includes the late ones, ``unreadable`` are listed but could not be fetched or read.
    """

    source: str
    year: int
    published: int
    late: int
    unreadable: int
    missing: int
    year_before: int


@dataclass(frozen=True)
class IdleWaiver:
    """A waiver that has expired or excuses nothing (any more): to be mended or removed."""

    state: str
    rule_id: str
    organ: str
    year: int
    reason: str
    granted_by: str


@dataclass(frozen=True)
class Correction:
    """A page whose figures changed without a word: what changed, and what that cured or caused."""

    organ: str
    year: int
    sentence_zh: str
    sentence_en: str
    url: str


@dataclass(frozen=True)
class RunSummary:
    """One run: what it did, what stands in the snapshot for its years, and where to look.

    ``problems`` are those of the sources that it asked: other runs tell of the others.

    ``worst`` are the findings worth reading first, ``new`` those critical ones that this run found first, as far as
    :data:`_NEW` goes, ``new_critical`` how many there are; waived findings are none of them. ``unchanged_since`` tells
    when the snapshot was published, if nothing has changed since, so that no new one was.
    """

    run_id: str
    years: tuple[int, ...]
    counts: RunCounts
    reports: int
    organs: int
    cells: int
    rules: tuple[RuleCount, ...]
    problems: tuple[ProblemCount, ...]
    worst: tuple[WorstFinding, ...]
    new: tuple[WorstFinding, ...]
    new_critical: int
    coverage: tuple[Coverage, ...]
    snapshot: str
    docs: str
    unchanged_since: datetime | None = None
    idle_waivers: tuple[IdleWaiver, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def headline(self) -> str:
        """The run in one line."""
        failed = sum(rule.failed for rule in self.rules)
        items = sum(problem.items for problem in self.problems)
        unchanged = f"unchanged since {self.unchanged_since:%F %T %Z}: " if self.unchanged_since else ""
        return f"{unchanged}{self.reports} reports, {self.cells} cells, {failed} findings, {items} problems"


def summarise(run: Run, snapshot: Snapshot, docs: str) -> RunSummary:
    """Read a run's summary from the published snapshot."""
    years, run_id, sources = run.years, run.context.run_id, run.parameters.get("sources")
    within = {"years": list(years)}
    with reader(snapshot.path) as connection:
        rows = partial(rows_of, connection)
        (held,) = rows(_HELD, within)
        new = rows(_NEW_CRITICAL, {**within, "run_id": run_id})
        return RunSummary(
            run_id=run_id,
            years=tuple(years),
            counts=run.counts,
            reports=held["reports"],
            organs=held["organs"],
            cells=held["cells"],
            rules=tuple(RuleCount(**row) for row in rows(_RULES, within)),
            problems=tuple(ProblemCount(**row) for row in rows(_PROBLEMS, {**within, "sources": sources})),
            worst=tuple(WorstFinding(**row) for row in rows(_WORST_FINDINGS, {**within, "most": _WORST})),
            new=tuple(WorstFinding(**row) for row in new[:_NEW]),
            new_critical=len(new),
            coverage=tuple(Coverage(**row) for row in rows(_COVERAGE, within)),
            snapshot=str(snapshot.path),
            docs=docs,
            unchanged_since=snapshot.unchanged_since,
            idle_waivers=tuple(IdleWaiver(**row) for row in rows(_IDLE_WAIVERS)),
            corrections=_corrections(connection, years),
        )


def _corrections(connection: Connection, years: Sequence[int]) -> tuple[Correction, ...]:
    told = [(revision, revision.sentence()) for revision in revisions(connection, years)]
    return tuple(
        Correction(revision.organ, revision.year, text.chinese, text.english, revision.url) for revision, text in told
    )


_IDLE_WAIVERS = """
    SELECT state, rule_id, organ, year, reason, granted_by FROM audit.waiver WHERE state <> 'applied' ORDER BY position
"""

_HELD = """
    SELECT count(*) AS reports, count(DISTINCT organ_id) AS organs, coalesce(sum(cells_read), 0)::BIGINT AS cells
    FROM main.report WHERE year IN (SELECT unnest($years::INTEGER[]))
"""

_RULES = """
    SELECT finding.rule_id, any_value(rule.title_zh) AS title_zh, any_value(rule.title_en) AS title_en,
        finding.severity, count(*) AS failed
    FROM main.finding AS finding JOIN audit.rule AS rule USING (rule_id)
    WHERE finding.year IN (SELECT unnest($years::INTEGER[]))
    GROUP BY finding.rule_id, finding.severity
    ORDER BY list_position(['critical', 'warning', 'info'], finding.severity), finding.rule_id
"""

_PROBLEMS = """
    SELECT stage, code, count(*) AS items, min(detail) AS example
    FROM main.problem
    WHERE (year IS NULL OR year IN (SELECT unnest($years::INTEGER[])))
        AND ($sources::VARCHAR[] IS NULL OR source_id IN (SELECT unnest($sources::VARCHAR[])))
    GROUP BY stage, code ORDER BY items DESC, code
"""

_WORST_FINDINGS = """
    SELECT organ, year, rule_id, sentence_zh, sentence_en, url, finding_id
    FROM (
        FROM main.finding WHERE waiver IS NULL AND year IN (SELECT unnest($years::INTEGER[]))
        QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY abs(difference) DESC, finding_id) = 1
    )
    ORDER BY list_position(['critical', 'warning', 'info'], severity), abs(difference) DESC, finding_id
    LIMIT $most
"""

_NEW_CRITICAL = """
    SELECT organ, year, rule_id, sentence_zh, sentence_en, url, finding_id
    FROM main.finding
    WHERE severity = 'critical' AND waiver IS NULL AND run_id = $run_id AND first_found_at = last_found_at
        AND year IN (SELECT unnest($years::INTEGER[]))
    ORDER BY abs(difference) DESC, finding_id
"""

_COVERAGE = """
    SELECT source_id AS source, year,
        count(*) FILTER (status IN ('published', 'late')) AS published, count(*) FILTER (status = 'late') AS late,
        count(*) FILTER (status = 'unreadable') AS unreadable, count(*) FILTER (status = 'missing') AS missing,
        (SELECT count(DISTINCT organ_id) FROM main.report AS earlier
            WHERE earlier.source_id = coverage.source_id AND earlier.year = coverage.year - 1) AS year_before
    FROM main.coverage AS coverage WHERE year IN (SELECT unnest($years::INTEGER[]))
    GROUP BY source_id, year ORDER BY source_id, year
"""
