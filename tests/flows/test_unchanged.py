"""A run over what did not change costs next to nothing: no child run, no audit, no publication; and it says so."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterParentFlowRunId

from flows.backfill import backfill
from flows.publish import publish
from samples import published_reports
from samples.reports import SampleReport
from tests.flows.content import content_of
from warehouse.snapshots.manifest import read_manifest
from warehouse.snapshots.query import rows

YEARS = "2023-2024"
ALL = 26
AUDITS = "SELECT run_id, validated_at FROM audit.validation UNION SELECT run_id, NULL FROM audit.assessed ORDER BY ALL"


@pytest.fixture(scope="module")
def snapshot(small_home) -> Path:
    backfill(YEARS)
    return small_home / "published" / "gouji.duckdb"


def entries(home: Path):
    return read_manifest(home / "published")


def child_runs(run_id: str) -> int:
    """How many years a run had collected by runs of their own; other tests ask the same server at the same time."""
    children = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[UUID(run_id)]))
    with get_client(sync_client=True) as client:
        return len(client.read_flow_runs(flow_run_filter=children))


def misprinted(small_portal) -> SampleReport:
    entry = next(entry for entry in small_portal.entries.values() if entry.report and entry.report.year == 2024)
    report = next(each for each in published_reports() if each.identity == entry.report.identity)
    place = next(place for place in report.figures if place[:2] == ("applications", "received_new"))
    return replace(report, figures={**report.figures, place: report.figures[place] + 1000})


def test_a_second_backfill_audits_and_publishes_nothing_and_says_so(snapshot, small_home, small_portal):
    (published,), content, file = entries(small_home), content_of(snapshot), snapshot.stat()
    asked, docs = len(small_portal.requests), list((small_home / "docs").rglob("*"))
    state = backfill(YEARS, return_state=True)
    summary = state.result()
    assert summary.unchanged_since == published.published_at
    assert f"unchanged since {published.published_at:%F %T}" in state.message
    assert (summary.counts.links, summary.counts.pages_unchanged, summary.counts.pages_fetched) == (ALL, ALL, 0)
    assert (summary.reports, summary.counts.findings) == (ALL, len(content["audit.finding"]))
    assert (child_runs(published.run_id), child_runs(summary.run_id)) == (2, 0)
    assert not [request for request in small_portal.requests[asked:] if request.target in small_portal.entries]
    assert (snapshot.stat().st_mtime_ns, snapshot.stat().st_ino) == (file.st_mtime_ns, file.st_ino)
    assert list((small_home / "docs").rglob("*")) == docs
    (checked,) = entries(small_home)
    assert (checked.sha256, checked.run_id, checked.checked_by) == (published.sha256, published.run_id, summary.run_id)
    assert isinstance(checked.checked_at, datetime)


def test_a_corrected_report_alone_is_audited_and_published_with_every_run_s_record(
    snapshot, small_home, small_portal, monkeypatch
):
    monkeypatch.setenv("GOUJI_FRESHNESS_HOURS", "0")
    before = rows(snapshot, "SELECT report_id, basis, run_id FROM audit.assessed")
    corrected = misprinted(small_portal)
    small_portal.correct(corrected)
    summary = backfill(YEARS)
    assert (summary.unchanged_since, summary.counts.pages_fetched) == (None, 1)
    latest, earlier = entries(small_home)
    assert (latest.run_id, latest.checked_at) == (summary.run_id, None)
    assert earlier.checked_by is not None
    assessed = rows(snapshot, "SELECT report_id FROM audit.assessed WHERE run_id = $run", {"run": summary.run_id})
    assert 0 < len(assessed) < len(before) / 2
    organ = {"organ": corrected.organ.name}
    assert rows(snapshot, "SELECT 1 FROM finding WHERE organ = $organ AND rule_id = 'A1' AND year = 2024", organ)
    assert rows(snapshot, "SELECT count(*) AS n FROM audit.run") == [{"n": 3}]


def test_unchanged_pages_that_are_asked_for_publish_nothing(snapshot, small_home, monkeypatch):
    monkeypatch.setenv("GOUJI_FRESHNESS_HOURS", "0")
    before, audited = entries(small_home), rows(snapshot, AUDITS)
    summary = backfill(YEARS)
    assert summary.unchanged_since == before[0].published_at
    assert (summary.counts.pages_unchanged, summary.counts.reports_new) == (ALL, 0)
    assert rows(snapshot, AUDITS) == audited


def test_publish_publishes_though_nothing_changed(snapshot, small_home):
    before = entries(small_home)
    assert publish().unchanged_since is None
    assert len(entries(small_home)) == len(before) + 1
