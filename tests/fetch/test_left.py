"""What is left to do of a list: everything but what is fresh in the archive and as it was read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.archive.store import Archive
from tasks.fetch import left
from tasks.fetch.left import links_left
from tasks.pages import Link, Remembered, evidence_of
from tasks.runs.context import RunContext
from tasks.settings import Settings
from tests.pages import exchange
from warehouse.loading.standing import Standing

PLAIN, ATTACHED = (
    Link("loopback", f"http://portal.example/{name}.html", "年报", 2024) for name in ("plain", "attached")
)
LINKS = (PLAIN, ATTACHED)
DOCUMENT = "http://portal.example/report.docx"
NOTHING: frozenset[str] = frozenset()


def keep(archive: Archive, url: str, body: bytes, *documents: str, hours_ago: float = 1) -> None:
    """Archive an answer that came, or was said to be the same, some hours ago."""
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    answer = exchange(url, at - timedelta(days=100), sha256=archive.put(body))
    archive.remember(Remembered(answer, at, tuple((document, "附件") for document in documents)))


@pytest.fixture
def run(tmp_path: Path) -> RunContext:
    return RunContext(f"left of {tmp_path}", Settings(home=tmp_path, freshness_hours=20))


@pytest.fixture
def known(run: RunContext) -> Standing:
    """Both pages archived an hour ago, one with a document, and read as they are there."""
    keep(run.archive, PLAIN.url, b"plain")
    keep(run.archive, ATTACHED.url, b"attached", DOCUMENT)
    keep(run.archive, DOCUMENT, b"document")
    plain, attached, document = map(run.archive.put, (b"plain", b"attached", b"document"))
    return Standing({PLAIN.url: plain, ATTACHED.url: evidence_of([attached, document])}, NOTHING)


def test_of_pages_that_are_fresh_and_as_they_were_read_none_is_left(run, known):
    assert len(known.read) == 2
    assert links_left(LINKS, known, run) == ()


@pytest.mark.parametrize("link", LINKS)
def test_a_page_that_was_not_read_is_left(run, known, link):
    read = {url: shown for url, shown in known.read.items() if url != link.url}
    assert links_left(LINKS, replace(known, read=read), run) == (link,)


@pytest.mark.parametrize(("address", "link"), [(PLAIN.url, PLAIN), (ATTACHED.url, ATTACHED), (DOCUMENT, ATTACHED)])
@pytest.mark.parametrize(
    "befall",
    [
        pytest.param(lambda archive, url, body, documents: keep(archive, url, b"anew", *documents), id="changed"),
        pytest.param(
            lambda archive, url, body, documents: keep(archive, url, body, *documents, hours_ago=21), id="old"
        ),
        pytest.param(
            lambda archive, url, body, documents: keep(archive, url, body, *documents, hours_ago=-1), id="yet to come"
        ),
        pytest.param(lambda archive, url, body, documents: _lose(archive, archive.put(body)), id="body lost"),
    ],
)
def test_what_befell_one_address_leaves_its_page(
    run: RunContext,
    known: Standing,
    address: str,
    link: Link,
    befall: Callable[[Archive, str, bytes, tuple[str, ...]], None],
):
    answer = run.archive.recall(address)
    assert answer is not None
    body = run.archive.get(answer.exchange.sha256 or "")
    befall(run.archive, address, body, tuple(document for document, _ in answer.documents))
    assert links_left(LINKS, known, run) == (link,)


def test_a_page_that_links_to_another_document_is_left(run, known):
    keep(run.archive, PLAIN.url, b"plain", DOCUMENT)
    assert links_left(LINKS, known, run) == (PLAIN,)


@pytest.mark.parametrize(("address", "link"), [(PLAIN.url, PLAIN), (ATTACHED.url, ATTACHED), (DOCUMENT, ATTACHED)])
def test_a_page_of_which_something_could_not_be_fetched_is_left(run, known, address, link):
    assert links_left(LINKS, replace(known, troubled=frozenset({address})), run) == (link,)


@pytest.mark.parametrize(("address", "link"), [(PLAIN.url, PLAIN), (ATTACHED.url, ATTACHED), (DOCUMENT, ATTACHED)])
@pytest.mark.parametrize("damage", [b"", b"{}", b'{"exchange": {}, "documents": []}', None])
def test_a_page_whose_answer_is_damaged_or_gone_is_left(run, known, tmp_path, address, link, damage):
    whole = {file: file.read_text() for file in tmp_path.rglob("*.json")}
    (file,) = (file for file, text in whole.items() if f'"url":"{address}"' in text)
    file.unlink() if damage is None else file.write_bytes(damage)
    assert links_left(LINKS, known, run) == (link,)


@pytest.mark.parametrize("far", [-1, 1_000_000])
def test_all_are_left_in_their_order_where_nothing_is_known_or_the_run_is_to_stop(run, known, monkeypatch, far):
    """Near the archive and far from it."""
    monkeypatch.setattr(left, "_FAR", far)
    links = tuple(Link("loopback", f"http://portal.example/{number}.html", "年报", 2024) for number in range(120))
    for link in links:
        keep(run.archive, link.url, b"page")
    assert links_left(links, known, run) == links
    read = dict.fromkeys((link.url for link in links), run.archive.put(b"page"))
    assert links_left(links, replace(known, read=read), run) == ()
    run.stop.ask()
    assert links_left(links, replace(known, read=read), run) == links


def _lose(archive: Archive, sha256: str) -> None:
    (file,) = Path(archive._files.root).rglob(f"{sha256}.gz")
    file.unlink()
