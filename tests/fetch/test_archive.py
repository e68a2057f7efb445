import gzip
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.archive.store import Archive, ArchiveError
from tasks.settings import Settings

BODY = "政府信息公开工作年度报告".encode()


@given(st.binary(max_size=2000))
def test_what_is_put_can_be_got(body: bytes):
    archive = Archive("memory://property-of-archive")
    assert archive.get(archive.put(body)) == body


@pytest.mark.parametrize("scheme", ["", "file://", "memory://"])
def test_folders_and_fsspec_addresses_alike(tmp_path: Path, scheme: str):
    archive = Archive(f"{scheme}{tmp_path}/archive")
    sha256 = archive.put(BODY)
    archive.remember("http://portal.example/", {"sha256": sha256})
    again = Archive(f"{scheme}{tmp_path}/archive")
    assert sha256 in again
    assert again.get(sha256) == BODY
    assert again.recall("http://portal.example/") == {"address": "http://portal.example/", "sha256": sha256}
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


def test_a_half_written_note_counts_as_none_and_leaves_the_one_before(tmp_path: Path):
    archive = Archive(str(tmp_path))
    archive.remember("http://portal.example/", {"version": 1})
    archive.remember("http://portal.example/", {"version": 2})
    archive.remember("http://portal.example/other", {"version": 3})
    (notes,) = (tmp_path / "answers").rglob("*.jsonl")
    notes.write_bytes(notes.read_bytes()[:-5])
    again = Archive(str(tmp_path))
    assert again.recall("http://portal.example/")["version"] == 2
    assert again.recall("http://portal.example/other") is None
    notes.write_bytes(b"x" * 20)
    assert archive.recall("http://portal.example/") is None


@pytest.mark.parametrize("scheme", ["", "memory://"])
def test_the_last_of_many_writers_counts_and_old_notes_are_brought_together(tmp_path: Path, monkeypatch, scheme: str):
    root = f"{scheme}{tmp_path}/notes"
    for writer in range(80):
        monkeypatch.setattr("tasks.archive.answers._stamp", lambda moment, day=writer: f"2020{day:04}T000000")
        archive = Archive(root)
        archive.remember(f"http://portal.example/{writer % 7}", {"writer": writer})
        archive.remember(f"http://portal.example/only-{writer}", {"writer": writer})
    monkeypatch.setattr("tasks.archive.answers._stamp", lambda moment: "20260101T000000")
    for _ in range(2):
        archive = Archive(root)
        known = [archive.recall(f"http://portal.example/{number}") for number in range(7)]
        assert sorted(note["writer"] for note in known if note) == list(range(73, 80))
        alone = [archive.recall(f"http://portal.example/only-{writer}") for writer in range(80)]
        assert [note["writer"] for note in alone if note] == list(range(80))
    files, path = fsspec.core.url_to_fs(root)
    assert len(files.find(f"{path}/answers")) < 40


@given(st.lists(st.tuples(st.text(max_size=8), st.integers()), max_size=30))
def test_notes_behave_like_a_dictionary(notes: list[tuple[str, int]]):
    archive = Archive(f"memory://property-of-notes/{uuid.uuid4().hex}")
    for path, value in notes:
        archive.remember(f"http://portal.example/{path}", {"value": value})
    for path, value in dict(notes).items():
        note = archive.recall(f"http://portal.example/{path}")
        assert note == {"address": f"http://portal.example/{path}", "value": value}


@pytest.mark.parametrize("address", ["http://../../x", "http://[broken/", "", "/etc/passwd", "http://a%2f..%2fb/", "☃"])
def test_no_address_leads_out_of_the_archive(tmp_path: Path, address: str):
    archive = Archive(str(tmp_path / "archive"))
    archive.remember(address, {"value": 1})
    assert archive.recall(address) == {"address": address, "value": 1}
    (notes,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert notes.parent.parent == tmp_path / "archive" / "answers"


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
