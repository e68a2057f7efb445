"""Which pages are to be read: those that changed, those of another extractor, and those that nothing is known of."""

from datetime import timedelta

import pytest

from tests.warehouse.conftest import MOMENT
from warehouse import store
from warehouse.loading.load import load_batch
from warehouse.loading.standing import UNREAD, pages_to_read, standing

URL = "http://portal.example/1.html"
PAGE = {
    "page_id": "page-a",
    "source_id": "sample",
    "purpose": "report",
    "method": "GET",
    "url": URL,
    "final_url": URL,
    "host": "portal.example",
    "attempts": 1,
    "fetched_at": MOMENT,
    "waited_ms": 0,
    "duration_ms": 1,
    "bytes": 1,
    "sha256": "sha-a",
    "headers": "{}",
    "attachments": "[]",
    "report_year": 2023,
    "extractor_version": "1",
    "run_id": "run",
}


def problem(code: str) -> dict[str, object]:
    moments = {"first_seen_at": MOMENT, "last_seen_at": MOMENT + timedelta(days=1)}
    return {
        "problem_id": code, "source_id": "sample", "year": 2023, "stage": "extract", "item": URL, "code": code,
        "detail": "the worker died", "attempts": 1, "run_id": "failed", **moments,
    }  # fmt: skip


def to_read(connection, version):
    return [page["url"] for page in pages_to_read(connection, ["sample"], [2023], version)]


@pytest.mark.parametrize("code", [*UNREAD, "no_tables"])
def test_a_page_whose_batch_failed_is_to_be_read_again_though_it_did_not_change(stage, code):
    with store.memory() as connection:
        load_batch(connection, stage(("a", {}), page=[PAGE]))
        assert standing(connection, "sample", [2023], "1").read == {URL: "sha-a"}
        assert (to_read(connection, "1"), to_read(connection, "2")) == ([], [URL])
        load_batch(connection, stage(problem=[problem(code)]))
        again = code in UNREAD
        assert standing(connection, "sample", [2023], "1").read == ({} if again else {URL: "sha-a"})
        assert to_read(connection, "1") == ([URL] if again else [])
