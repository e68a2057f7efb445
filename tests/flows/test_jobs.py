"""The jobs beside the backfill, one after another on the same small warehouse: each does its part and nothing else.

A run over what did not change costs next to nothing: no child run, no audit, no publication; and it says so.
"""

import gzip
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterParentFlowRunId

from flows.backfill import backfill
from flows.housekeeping import housekeeping
from flows.publish import publish
from flows.reextract import reextract
from flows.refresh import refresh
from flows.revalidate import revalidate
from samples import published_reports
from samples.reports import SampleReport
from tasks import stages
from tasks.runs import remaining
from tasks.settings import Settings
from tests.flows.content import content_of
from warehouse.rows import rows_of
from warehouse.snapshots.manifest import read_manifest
from warehouse.snapshots.query import rows
from warehouse.store import writer

YEARS = "2023-2024"
ALL = 26
AUDITS = "SELECT run_id, validated_at FROM audit.validation UNION SELECT run_id, NULL FROM audit.assessed ORDER BY ALL"


@pytest.fixture(scope="module")
def snapshot(small_home) -> Path:
    backfill(YEARS)
    return small_home / "published" / "gouji.duckdb"


@pytest.fixture(autouse=True)
def season(monkeypatch):
    """It is 2025: the reports for 2024 are published, and pages are asked for whenever a flow runs."""
    monkeypatch.setattr("flows.refresh.season_year", lambda day: 2024)
    monkeypatch.setenv("GOUJI_FRESHNESS_HOURS", "0")


def entries(home: Path):
    return read_manifest(home / "published")


def child_runs(run_id: str) -> int:
    """How many years a run had collected by runs of their own; other tests ask the same server at the same time."""
    children = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[UUID(run_id)]))
    with get_client(sync_client=True) as client:
        return len(client.read_flow_runs(flow_run_filter=children))


def test_a_second_backfill_audits_and_publishes_nothing_and_says_so(snapshot, small_home, small_portal, monkeypatch):
    monkeypatch.delenv("GOUJI_FRESHNESS_HOURS")
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


def test_a_refresh_of_unchanged_reports_loads_assesses_and_publishes_nothing(snapshot, small_home, small_portal):
    before, asked, audited = content_of(snapshot), len(small_portal.requests), rows(snapshot, AUDITS)
    published, *_ = entries(small_home)
    summary = refresh()
    assert summary.unchanged_since == published.published_at
    assert rows(snapshot, AUDITS) == audited
    assert (summary.counts.pages_unchanged, summary.counts.pages_fetched) == (13, 0)
    assert summary.counts.reports_new == summary.counts.reports_seen == 0
    reports = [request for request in small_portal.requests[asked:] if request.target in small_portal.entries]
    assert {request.status for request in reports} == {304}
    assert content_of(snapshot) == before


def misprinted(small_portal) -> SampleReport:
    entry = next(entry for entry in small_portal.entries.values() if entry.report and entry.report.year == 2024)
    report = next(each for each in published_reports() if each.identity == entry.report.identity)
    place = next(place for place in report.figures if place[:2] == ("applications", "received_new"))
    return replace(report, figures={**report.figures, place: report.figures[place] + 1000})


def test_a_refresh_brings_in_a_correction_which_alone_is_audited_and_publishes_it_with_every_run_s_record(
    snapshot, small_home, small_portal
):
    before, (known, *_) = rows(snapshot, "SELECT report_id FROM audit.assessed"), entries(small_home)
    corrected = misprinted(small_portal)
    small_portal.correct(corrected)
    summary = refresh()
    assert (summary.unchanged_since, summary.counts.pages_fetched, summary.counts.reports_new) == (None, 1, 1)
    latest, earlier, *_ = entries(small_home)
    assert (latest.run_id, latest.checked_at) == (summary.run_id, None)
    assert earlier == known
    assessed = rows(snapshot, "SELECT report_id FROM audit.assessed WHERE run_id = $run", {"run": summary.run_id})
    assert 0 < len(assessed) < len(before) / 2
    organ = {"organ": corrected.organ.name}
    assert rows(snapshot, "SELECT count(*) AS n FROM core.report WHERE organ_name = $organ", organ) == [{"n": 3}]
    assert rows(snapshot, "SELECT 1 FROM finding WHERE organ = $organ AND rule_id = 'A1' AND year = 2024", organ)
    with writer(Settings().store) as connection:
        assert rows_of(connection, "SELECT run_id FROM audit.run ORDER BY 1") == rows(
            snapshot, "SELECT run_id FROM audit.run ORDER BY 1"
        )
        assert connection.execute("SELECT count(*) FROM audit.pending").fetchone() == (0,)


def test_publish_publishes_though_nothing_changed(snapshot, small_home):
    before = entries(small_home)
    assert publish().unchanged_since is None
    assert len(entries(small_home)) == len(before) + 1


def test_the_archive_is_read_again_only_by_another_extractor(snapshot, small_portal, monkeypatch):
    before, asked = content_of(snapshot), len(small_portal.requests)
    assert reextract().counts.pages_unchanged == 0
    for module in (stages, remaining):
        monkeypatch.setattr(module, "EXTRACTOR_VERSION", "1000")
    summary = reextract("2024")
    assert summary.counts.pages_unchanged == 14
    assert summary.counts.reports_new == 0
    assert small_portal.requests[asked:] == []
    assert content_of(snapshot) == before
    versions = "SELECT year, extractor_version = '1000' AS next, count(*) AS n FROM core.report GROUP BY ALL ORDER BY 1"
    assert rows(snapshot, versions) == [
        {"year": 2023, "next": False, "n": 13},
        {"year": 2024, "next": True, "n": 14},
    ]


def test_findings_are_made_anew_by_a_revalidation(snapshot):
    of_current_reports = "SELECT finding_id, verdict, left_value, right_value, sentence_zh FROM finding ORDER BY ALL"
    before = rows(snapshot, of_current_reports)
    with writer(Settings().store) as connection:
        connection.execute("DELETE FROM audit.finding")
    publish()
    assert rows(snapshot, "SELECT count(*) AS n FROM audit.finding") == [{"n": 0}]
    revalidate()
    assert rows(snapshot, of_current_reports) == before


def test_housekeeping_removes_leftovers_and_error_pages_but_nothing_that_was_read(snapshot, small_home):
    settings = Settings()
    leftover = settings.staging / "killed-run" / "sample-2024-00000.partial" / "cell.parquet"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"x" * 100)
    folder = settings.published.parent
    half = [folder / f".{settings.published.name}.1", folder / "snapshots" / ".gouji-20250101.duckdb.1"]
    for path in half:
        path.write_bytes(b"x")
    sha256 = "0" * 64
    stray = settings.home / "archive" / "bodies" / "00" / f"{sha256}.gz"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(gzip.compress(b"an error page"))
    age = 100 * 86_400
    for path in (settings.home / "archive").rglob("*.gz"):
        moment = path.stat().st_mtime - age
        os.utime(path, (moment, moment))
    removed = {each.what: each.items for each in housekeeping(keep_days=90)}
    assert removed["staged batches"] == 1
    assert removed["half-published snapshots"] == 2
    assert not any(path.exists() for path in half)
    assert removed["archived pages"] >= 1
    assert removed["request logs"] >= 1
    assert not stray.exists()
    for row in rows(snapshot, "SELECT page_sha256, document_sha256 FROM core.report"):
        for name in row.values():
            assert (settings.home / "archive" / "bodies" / name[:2] / f"{name}.gz").exists()


def test_a_run_is_not_blamed_for_what_other_runs_met_of_other_sources(snapshot, small_home):
    usual = (small_home / "sources" / "sample.yaml").read_text(encoding="utf-8")
    other = usual.replace("name: sample", "name: other").replace("floor: 0", "floor: 90")
    (small_home / "sources" / "other.yaml").write_text(other, encoding="utf-8")
    blamed = refresh(sources=["other"], return_state=True)
    assert blamed.is_failed()
    assert "1 problems" in blamed.message
    assert refresh(sources=["sample"]).problems == ()
