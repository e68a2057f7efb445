"""The archive: every response body under its sha256, and what was last answered at each address, an object each.

Bodies are compressed and never change; nothing is stored twice. The archive alone says what need not be fetched
again, so that a killed run goes on anywhere the archive is.
"""

import gzip
import hashlib
import zlib
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

import orjson
from pydantic import TypeAdapter, ValidationError

from tasks.archive.files import ArchiveError, Files
from tasks.archive.requests import RequestLog, log_files, read_log
from tasks.pages import Exchange, Remembered

__all__ = ["Archive", "ArchiveError"]

_COMPRESSION_LEVEL = 3
_REMEMBERED = TypeAdapter(Remembered)


class Archive:
    """A content-addressed store under ``root``, a folder or any fsspec URL. Safe to use from several threads."""

    def __init__(self, root: str) -> None:
        self._files = Files(str(root))

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

    def remember(self, answer: Remembered) -> None:
        """Keep what was last answered at an address, in place of what was kept before.

        Raises:
            ArchiveError: it could not be written.
        """
        self._files.write(self._answer_path(answer.exchange.url), orjson.dumps(answer))

    def recall(self, address: str) -> Remembered | None:
        """What was last answered at ``address``; ``None`` when nothing readable is kept.

        Raises:
            ArchiveError: the archive cannot be read.
        """
        return self._answer(self._answer_path(address))

    def request_log(self) -> RequestLog:
        """A record of the requests of one batch, to be closed when it is done."""
        return RequestLog(self._files, self._path("requests"))

    def logged(self) -> Iterator[Exchange]:
        """Every request on record, batch by batch in the order of their starts; also of batches that were killed."""
        for path in log_files(self._files, self._path("requests")):
            yield from read_log(self._files, path)

    def remove_bodies(self, kept: Collection[str], before: datetime) -> tuple[int, int]:
        """Remove bodies that came before a moment, but for those in ``kept`` and those last answered at an address.

        Returns how many they were, and their bytes. Let nobody fetch meanwhile.
        """
        answers = map(self._answer, self._files.find(self._path("answers"), ".json"))
        needed = {*kept, *(answer.exchange.sha256 for answer in answers if answer)}
        bodies = self._files.find(self._path("bodies"), "")
        return self._remove(path for path in bodies if _sha256_of(path) not in needed and self._is_older(path, before))

    def remove_log(self, before: datetime) -> tuple[int, int]:
        """Remove the record of requests made before a moment; return how many files they were, and their bytes."""
        logs = log_files(self._files, self._path("requests"))
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

    def _answer(self, path: str) -> Remembered | None:
        try:
            return _REMEMBERED.validate_json(self._files.read(path) or b"")
        except ValidationError:
            return None

    def _path(self, *parts: str) -> str:
        return "/".join((self._files.root, *parts))

    def _body_path(self, sha256: str) -> str:
        if len(sha256) != 64 or not sha256.isalnum():
            raise ArchiveError(f"{sha256!r} is not a sha256")
        return f"{self._files.root}/bodies/{sha256[:2]}/{sha256}.gz"

    def _answer_path(self, address: str) -> str:
        key = hashlib.sha256(address.encode()).hexdigest()
        return f"{self._files.root}/answers/{key[:2]}/{key}.json"


def _sha256_of(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
