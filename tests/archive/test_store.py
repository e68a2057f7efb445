import gzip
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.archive.store import Archive, ArchiveError
from tasks.settings import Settings
from tests.pages import NOON, remembered

BODY = "政府信息公开工作年度报告".encode()


@given(st.binary(max_size=2000))
def test_what_is_put_can_be_got(body: bytes):
    archive = Archive("memory://property-of-archive")
    assert archive.get(archive.put(body)) == body


@pytest.mark.parametrize("scheme", ["", "file://", "memory://"])
def test_folders_and_fsspec_addresses_alike(tmp_path: Path, scheme: str):
    archive = Archive(f"{scheme}{tmp_path}/archive")
    sha256 = archive.put(BODY)
    known = remembered("http://portal.example/", sha256)
    archive.remember(known)
    again = Archive(f"{scheme}{tmp_path}/archive")
    assert sha256 in again
    assert again.get(sha256) == BODY
    assert again.recall("http://portal.example/") == known
    assert again.recall("http://portal.example/other") is None


def test_a_body_is_stored_once_and_compressed(tmp_path: Path):
    archive = Archive(str(tmp_path))
    assert archive.put(BODY * 100) == archive.put(BODY * 100)
    (stored,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert gzip.decompress(stored.read_bytes()) == BODY * 100
    assert stored.stat().st_size < len(BODY) * 10


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b\x08\x00", gzip.compress(b"something else", mtime=0), b"not gzip"])
def test_a_damaged_body_is_never_given_out_and_makes_room(tmp_path: Path, damage: bytes):
    archive = Archive(str(tmp_path))
    sha256 = archive.put(BODY)
    (stored,) = (tmp_path / "bodies").rglob("*.gz")
    stored.write_bytes(damage)
    with pytest.raises(ArchiveError, match="damaged"):
        archive.get(sha256)
    assert sha256 not in archive
    archive.put(BODY)
    assert archive.get(sha256) == BODY


@pytest.mark.parametrize("damage", [b"", b"x" * 20, b'{"exchange": {}}'])
def test_a_damaged_answer_counts_as_none(tmp_path: Path, damage: bytes):
    archive = Archive(str(tmp_path))
    archive.remember(remembered("http://portal.example/"))
    archive.remember(remembered("http://portal.example/other"))
    assert archive.recall("http://portal.example/") == remembered("http://portal.example/")
    for kept in (tmp_path / "answers").rglob("*.json"):
        kept.write_bytes(damage)
    assert archive.recall("http://portal.example/") is None


def test_what_was_answered_comes_back_whole(tmp_path: Path):
    known = replace(
        remembered("http://portal.example/"),
        checked_at=NOON.replace(day=21),
        documents=(("http://portal.example/a.pdf", "附件：2019年年报.pdf"),),
    )
    known = replace(known, exchange=replace(known.exchange, headers={"etag": '"v1"', "content-type": "text/html"}))
    Archive(str(tmp_path)).remember(known)
    assert Archive(str(tmp_path)).recall("http://portal.example/") == known


@given(st.lists(st.tuples(st.text(max_size=8), st.text("0123456789abcdef", min_size=64, max_size=64)), max_size=30))
def test_answers_behave_like_a_dictionary(answers: list[tuple[str, str]]):
    archive = Archive(f"memory://property-of-answers/{uuid.uuid4().hex}")
    for path, sha256 in answers:
        archive.remember(remembered(f"http://portal.example/{path}", sha256))
    for path, sha256 in dict(answers).items():
        assert archive.recall(f"http://portal.example/{path}") == remembered(f"http://portal.example/{path}", sha256)


@pytest.mark.parametrize("address", ["http://../../x", "http://[broken/", "", "/etc/passwd", "http://a%2f..%2fb/", "☃"])
def test_no_address_leads_out_of_the_archive(tmp_path: Path, address: str):
    archive = Archive(str(tmp_path / "archive"))
    archive.remember(remembered(address))
    assert archive.recall(address) == remembered(address)
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert kept.parent.parent == tmp_path / "archive" / "answers"


def test_leftovers_of_a_killed_process_are_not_read(tmp_path: Path):
    archive = Archive(str(tmp_path))
    sha256 = archive.put(BODY)
    (stored,) = (tmp_path / "bodies").rglob("*.gz")
    stored.rename(stored.with_name(f".{stored.name}.123.456"))
    assert sha256 not in archive
    with pytest.raises(ArchiveError, match="not in the archive"):
        archive.get(sha256)


def test_threads_writing_the_same_body_do_not_disturb_each_other(tmp_path: Path):
    archive = Archive(str(tmp_path))
    bodies = [BODY * (number % 5 + 1) for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(archive.put, bodies))
    assert [archive.get(key) for key in keys] == bodies
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 5


def test_a_full_or_forbidden_place_is_one_line(tmp_path: Path, monkeypatch):
    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(ArchiveError, match=r"^the archive cannot be written: No space left on device: [^\n]*$"):
        Archive(str(tmp_path)).put(BODY)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_object_store_gets_whole_objects_only():
    archive = Archive("memory://objects")
    sha256 = archive.put(BODY)
    names = fsspec.filesystem("memory").find("/objects")
    assert names == [f"/objects/bodies/{sha256[:2]}/{sha256}.gz"]


@pytest.mark.parametrize("root", ["nonsense://bucket/folder", "s3://bucket/folder"])
def test_a_store_that_nothing_leads_to_is_one_line(root: str):
    with pytest.raises(ArchiveError, match=rf"^the archive {root} cannot be opened: [^\n]+$"):
        Archive(root)


def test_the_archive_is_where_the_settings_say(tmp_path: Path, monkeypatch):
    assert Settings(home=tmp_path).archive_root == str(tmp_path / "archive")
    monkeypatch.setenv("GOUJI_ARCHIVE", "memory://elsewhere")
    settings = Settings(home=tmp_path)
    assert settings.archive_folder is None
    sha256 = Archive(settings.archive_root).put(BODY)
    assert fsspec.filesystem("memory").isfile(f"/elsewhere/bodies/{sha256[:2]}/{sha256}.gz")
