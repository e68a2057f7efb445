"""The archive: every response body under its sha256, and what was last answered at each address.

Bodies are compressed and never change; nothing is stored twice. Every file appears whole or not at all: it is
written aside and renamed on a file system, and object stores publish an object only when it is complete. The
archive alone says what need not be fetched again, so that a killed run goes on anywhere the archive is.
"""

import gzip
import hashlib
import json
import os
import threading
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from tasks.records import Exchange

_COMPRESSION_LEVEL = 3
_EXCHANGE_FIELDS = tuple(field.name for field in fields(Exchange))


class ArchiveError(OSError):
    """Something is not in the archive, is damaged there, or could not be written. The message is one line."""


class Archive:
    """A content-addressed store under ``root``, a folder or any fsspec URL. Safe to use from several threads."""

    def __init__(self, root: str) -> None:
        self._files, self._root = fsspec.core.url_to_fs(str(root))
        self._local = isinstance(self._files, LocalFileSystem)

    def put(self, body: bytes) -> str:
        """Store a body and return its sha256; one that is there already is not written again.

        Raises:
            ArchiveError: it could not be written.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._body_path(sha256)
        if not self._has_file(path):
            self._write(path, gzip.compress(body, _COMPRESSION_LEVEL, mtime=0))
        return sha256

    def get(self, sha256: str) -> bytes:
        """The body with this sha256.

        Raises:
            ArchiveError: it is not there, or what is there is damaged; a damaged file is moved aside, so that
                the page is fetched again.
        """
        path = self._body_path(sha256)
        packed = self._read(path)
        if packed is None:
            raise ArchiveError(f"{sha256} is not in the archive")
        try:
            body = gzip.decompress(packed)
        except (OSError, EOFError, zlib.error):
            body = None
        if body is None or hashlib.sha256(body).hexdigest() != sha256:
            self._files.mv(path, f"{path}.damaged")
            raise ArchiveError(f"{sha256} was damaged in the archive; it is moved aside, fetch the page again")
        return body

    def __contains__(self, sha256: str) -> bool:
        return self._has_file(self._body_path(sha256))

    def remember(self, address: str, answer: dict[str, Any]) -> None:
        """Note what was last answered at ``address``, as JSON, in place of what was noted before.

        Raises:
            ArchiveError: it could not be written.
        """
        text = json.dumps({"address": address, **answer}, ensure_ascii=False, default=_as_text)
        self._write(self._answer_path(address), text.encode())

    def recall(self, address: str) -> dict[str, Any] | None:
        """What was last noted for ``address``; ``None`` when nothing readable is."""
        content = self._read(self._answer_path(address))
        if content is None:
            return None
        try:
            answer = json.loads(content)
        except ValueError:
            return None
        return answer if isinstance(answer, dict) and answer.get("address") == address else None

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
            self._write(self._path("requests", first[:7], name), packed)

    def logged(self) -> Iterator[Exchange]:
        """Every request on record, batch by batch in the order of their starts."""
        for path in sorted(self._files.glob(self._path("requests", "*", "*.jsonl.gz"))):
            packed = self._read(path)
            for line in gzip.decompress(packed).decode().splitlines() if packed else ():
                values = json.loads(line)
                yield Exchange(**{**values, "started_at": datetime.fromisoformat(values["started_at"])})

    def _path(self, *parts: str) -> str:
        return "/".join((self._root, *parts))

    def _body_path(self, sha256: str) -> str:
        if len(sha256) != 64 or not sha256.isalnum():
            raise ArchiveError(f"{sha256!r} is not a sha256")
        return self._path("bodies", sha256[:2], f"{sha256}.gz")

    def _answer_path(self, address: str) -> str:
        name = hashlib.sha256(address.encode()).hexdigest()
        return self._path("answers", name[:2], f"{name}.json")

    def _has_file(self, path: str) -> bool:
        return os.path.isfile(path) if self._local else bool(self._files.isfile(path))  # noqa: PTH113

    def _read(self, path: str) -> bytes | None:
        try:
            return _read_file(path) if self._local else bytes(self._files.cat_file(path))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ArchiveError(f"the archive cannot be read: {error.strerror or error}: {path}") from error

    def _write(self, path: str, content: bytes) -> None:
        try:
            if self._local:
                _write_aside(path, content)
            else:
                self._files.pipe_file(path, content)
        except OSError as error:
            raise ArchiveError(f"the archive cannot be written: {error.strerror or error}: {path}") from error


def _read_file(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def _write_aside(path: str, content: bytes) -> None:
    """Write a file under another name and rename it, so that nobody ever reads half of it."""
    folder, _, name = path.rpartition("/")
    aside = f"{folder}/.{name}.{os.getpid()}.{threading.get_ident()}"
    try:
        try:
            _write_file(aside, content)
        except FileNotFoundError:
            Path(folder).mkdir(parents=True, exist_ok=True)
            _write_file(aside, content)
        os.replace(aside, path)  # noqa: PTH105 - a path object for each of millions of files costs more than the rename
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise


def _write_file(path: str, content: bytes) -> None:
    with open(path, "wb", buffering=0) as file:  # noqa: PTH123
        file.write(content)


def _as_json(exchange: Exchange) -> str:
    values = {name: getattr(exchange, name) for name in _EXCHANGE_FIELDS}
    return json.dumps(values, ensure_ascii=False, default=_as_text)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
