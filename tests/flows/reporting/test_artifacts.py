"""What a run leaves in Prefect's interface."""

import json
from collections.abc import Iterator

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.runtime import flow_run

from flows.reporting.artifacts import create_artifacts
from tests.flows.reporting.summaries import COVERED, NEW, OF_THE_FUTURE, RULE, UNREACHABLE, summary


@pytest.fixture(scope="module")
def artifacts() -> Iterator[dict[str, str]]:
    run = summary(
        rules=(RULE,),
        problems=(UNREACHABLE, OF_THE_FUTURE),
        worst=(NEW,),
        new=(NEW,),
        new_critical=1,
        coverage=(COVERED,),
    )

    @flow(persist_result=False)
    def ends() -> str:
        create_artifacts("backfill", run)
        return str(flow_run.get_id())

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOUJI_EXPLORER_ADDRESS", "https://gouji.example.org/")
        run_id = ends()
    of_this_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run_id]))
    with get_client(sync_client=True) as client:
        yield {artifact.key: artifact.data for artifact in client.read_artifacts(artifact_filter=of_this_run)}


def test_the_summary_says_what_was_done_and_what_to_do(artifacts):
    text = artifacts["backfill-summary"]
    assert text.startswith("# 88 reports, 17600 cells, 12 findings, 10 problems")
    assert f"| A1 | critical | 收支相抵 · What came in went out | 12 | {'█' * 20} |" in text
    assert f"| {'█' * 20} |" in text.partition("## Coverage")[2]
    assert "New critical findings: 1" in text
    assert "**云泽市民政局 2023** A1: 新收 3 加结转 1，不等于 5 ([page](http://portal/1), " in text
    assert "[sheet](https://gouji.example.org/findings/f1))" in text
    assert "run the backfill again later" in text


def test_problems_and_coverage_are_tables_of_their_own(artifacts):
    problem, of_the_future = json.loads(artifacts["backfill-problems"])
    assert (problem["code"], problem["items"]) == ("unreachable", 7)
    assert "稍后再运行" in problem["what to do"]
    assert "another version" in of_the_future["cause"]
    (covered,) = json.loads(artifacts["backfill-coverage"])
    assert (covered["published"], covered["published the year before"], covered["change"]) == (88, 90, -2)
    (rule,) = json.loads(artifacts["backfill-findings"])
    assert rule["failed"] == 12


def test_snapshot_and_data_docs_are_linked(artifacts):
    assert "published/gouji.duckdb" in artifacts["backfill-snapshot"]
    assert "file:///" in artifacts["backfill-data-docs"]
    assert "https://gouji.example.org/" in artifacts["backfill-explorer"]
