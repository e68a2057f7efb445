"""The archive: every response body under its sha256, and what was last answered at each address.

Bodies are compressed and never change; nothing is stored twice. The archive alone says what need not be fetched
again, so that a killed run goes on anywhere the archive is.
"""

import gzip
import hashlib
import json
import uuid
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from tasks.files import ArchiveError, Files
from tasks.notebook import Notebook
from tasks.records import Exchange

__all__ = ["Archive", "ArchiveError"]

_COMPRESSION_LEVEL = 3
_EXCHANGE_FIELDS = tuple(field.name for field in fields(Exchange))


class Archive:
    """A content-addressed store under ``root``, a folder or any fsspec URL. Safe to use from several threads."""

    def __init__(self, root: str) -> None:
        self._files = Files(str(root))
        self._notes = Notebook(self._files, self._path("answers"))

    def put(self, body: bytes) -> str:
        """Store a body and return its sha256; one that is there already is not written again.

        Raises:
            ArchiveError: it could not be written.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._body_path(sha256)
        if not self._files.exists(path):
            self._files.write(path, gzip.compress(body, _COMPRESSION_LEVEL, mtime=0))
        return sha256

    def get(self, sha256: str) -> bytes:
        """The body with this sha256.

        Raises:
            ArchiveError: it is not there, or what is there is damaged; a damaged file is moved aside, so that
                the page is fetched again.
        """
        path = self._body_path(sha256)
        packed = self._files.read(path)
        if packed is None:
            raise ArchiveError(f"{sha256} is not in the archive")
        try:
            body = gzip.decompress(packed)
        except (OSError, EOFError, zlib.error):
            body = None
        if body is None or hashlib.sha256(body).hexdigest() != sha256:
            self._files.move(path, f"{path}.damaged")
            raise ArchiveError(f"{sha256} was damaged in the archive; it is moved aside, fetch the page again")
        return body

    def __contains__(self, sha256: str) -> bool:
        return self._files.exists(self._body_path(sha256))

    def remember(self, address: str, answer: dict[str, Any]) -> None:
        """Note what was last answered at ``address``, as JSON, in place of what was noted before.

        Raises:
            ArchiveError: it could not be written.
        """
        self._notes.write(address, answer)

    def recall(self, address: str) -> dict[str, Any] | None:
        """What was last noted for ``address``; ``None`` when nothing readable is.

        Raises:
            ArchiveError: the archive cannot be read.
        """
        return self._notes.read(address)

    def log(self, exchanges: Iterable[Exchange]) -> None:
        """Keep the record of a batch's requests, one file a batch.

        Raises:
            ArchiveError: it could not be written.
        """
        lines = [_as_json(exchange) for exchange in exchanges]
        if lines:
            first = json.loads(lines[0])["started_at"]
            name = f"{first[:19].replace(':', '')}-{uuid.uuid4().hex[:12]}.jsonl.gz"
            packed = gzip.compress("\n".join(lines).encode(), _COMPRESSION_LEVEL, mtime=0)
            self._files.write(self._path("requests", first[:7], name), packed)

    def logged(self) -> Iterator[Exchange]:
        """Every request on record, batch by batch in the order of their starts."""
        for path in self._files.find(self._path("requests"), ".jsonl.gz"):
            packed = self._files.read(path)
            for line in gzip.decompress(packed).decode().splitlines() if packed else ():
                values = json.loads(line)
                yield Exchange(**{**values, "started_at": datetime.fromisoformat(values["started_at"])})

    def remove_bodies(self, kept: Collection[str], before: datetime) -> tuple[int, int]:
        """Remove bodies that came before a moment, but for those in ``kept`` and those last answered at an address.

        Returns how many they were, and their bytes. Let nobody fetch meanwhile.
        """
        needed = {*kept, *(note["sha256"] for note in self._notes.all() if note.get("sha256"))}
        bodies = self._files.find(self._path("bodies"), "")
        return self._remove(path for path in bodies if _sha256_of(path) not in needed and self._is_older(path, before))

    def remove_log(self, before: datetime) -> tuple[int, int]:
        """Remove the record of requests made before a moment; return how many files they were, and their bytes."""
        logs = self._files.find(self._path("requests"), ".jsonl.gz")
        return self._remove(path for path in logs if self._is_older(path, before))

    def _is_older(self, path: str, before: datetime) -> bool:
        return self._files.modified_at(path) < before

    def _remove(self, paths: Iterable[str]) -> tuple[int, int]:
        count = size = 0
        for path in paths:
            size += self._files.size(path)
            self._files.remove(path)
            count += 1
        return count, size

    def _path(self, *parts: str) -> str:
        return "/".join((self._files.root, *parts))

    def _body_path(self, sha256: str) -> str:
        if len(sha256) != 64 or not sha256.isalnum():
            raise ArchiveError(f"{sha256!r} is not a sha256")
        return self._path("bodies", sha256[:2], f"{sha256}.gz")


def _as_json(exchange: Exchange) -> str:
    values = {name: getattr(exchange, name) for name in _EXCHANGE_FIELDS}
    return json.dumps(values, ensure_ascii=False, default=_as_text)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _sha256_of(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
