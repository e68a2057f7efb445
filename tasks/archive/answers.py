"""What was last answered at each address: one line a note, appended, so that noting costs next to nothing.

Each writer has a file of its own for each host, so nobody disturbs anybody; where an address stands several times,
the last line counts. A line that was cut off is no note. On a store that cannot append, each note is an object.
"""

import json
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from tasks.archive.files import Files

_LOCATION = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#]*)", re.IGNORECASE)
_MANY_FILES = 32
_AT_REST = timedelta(days=1)
_KEY_BYTES = 20


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a note stands."""

    path: str
    start: int
    length: int


class Notebook:
    """The notes under one folder. Safe to use from several threads; other processes may write beside it."""

    def __init__(self, files: Files, folder: str) -> None:
        self._files = files
        self._folder = folder
        self._name = f"{_stamp(datetime.now(UTC))}-{uuid.uuid4().hex[:12]}"
        self._lines: dict[str, dict[bytes, _Line]] = {}
        self._written: dict[str, int] = {}
        self._lock = threading.Lock()

    def write(self, address: str, note: dict[str, Any]) -> None:
        """Note something about ``address``, in place of what was noted before.

        Raises:
            ArchiveError: it could not be written.
        """
        host, key = _host(address), _key(address)
        text = json.dumps({"address": address, **note}, ensure_ascii=False, default=str)
        line = key + b" " + text.encode() + b"\n"
        with self._lock:
            lines = self._index(host)
            count = self._written.get(host, 0)
            if self._files.appendable:
                path = f"{self._folder}/{host}/{self._name}.jsonl"
                self._files.append(path, line)
                lines[key] = _Line(path, count, len(line))
                self._written[host] = count + len(line)
            else:
                path = f"{self._folder}/{host}/{self._name}-{count:08}.jsonl"
                self._files.write(path, line)
                lines[key] = _Line(path, 0, len(line))
                self._written[host] = count + 1

    def read(self, address: str) -> dict[str, Any] | None:
        """What was last noted about ``address``; ``None`` when nothing readable is."""
        with self._lock:
            line = self._index(_host(address)).get(_key(address))
        if line is None:
            return None
        content = self._files.read(line.path, line.start, line.length)
        try:
            note = json.loads((content or b"").partition(b" ")[2])
        except ValueError:
            return None
        return note if isinstance(note, dict) and note.get("address") == address else None

    def all(self) -> Iterator[dict[str, Any]]:
        """Every readable note about every address, earlier ones too."""
        for path in self._files.find(self._folder, ".jsonl"):
            for line in (self._files.read(path) or b"").splitlines():
                with suppress(ValueError):
                    yield dict(json.loads(line.partition(b" ")[2]))

    def _index(self, host: str) -> dict[bytes, _Line]:
        """Where the last note about each address of a host stands; read once, then kept up to date."""
        if host not in self._lines:
            paths = self._files.find(f"{self._folder}/{host}", ".jsonl")
            if len(paths) > _MANY_FILES:
                paths = self._merge(paths)
            self._lines[host] = {}
            for path in paths:
                self._lines[host].update(_lines_of(path, self._files.read(path) or b""))
        return self._lines[host]

    def _merge(self, paths: list[str]) -> list[str]:
        """Bring the files that nobody writes to any more together in the last of them."""
        oldest_in_use = _stamp(datetime.now(UTC) - _AT_REST)
        resting = [path for path in paths if path.rpartition("/")[2] < oldest_in_use]
        if len(resting) < 2:
            return paths
        kept: dict[bytes, bytes] = {}
        for path in resting:
            content = self._files.read(path) or b""
            kept |= {key: content[one.start :][: one.length] for key, one in _lines_of(path, content).items()}
        self._files.write(resting[-1], b"".join(kept.values()))
        for path in resting[:-1]:
            self._files.remove(path)
        return paths[len(resting) - 1 :]


def _lines_of(path: str, content: bytes) -> dict[bytes, _Line]:
    found: dict[bytes, _Line] = {}
    start = 0
    for line in content.splitlines(keepends=True):
        if line.endswith(b"\n"):
            found[line[: 2 * _KEY_BYTES]] = _Line(path, start, len(line))
        start += len(line)
    return found


def _key(address: str) -> bytes:
    return sha256(address.encode()).hexdigest()[: 2 * _KEY_BYTES].encode()


def _host(address: str) -> str:
    """An address's host as a folder's name, whatever the address."""
    location = _LOCATION.match(address)
    return _folder_name(location[1] if location else "")


@lru_cache(maxsize=1024)
def _folder_name(location: str) -> str:
    return re.sub(r"[^a-z0-9-]", "_", location.lower())[:100] or "_"


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"
