"""Pages as they were made, kept until there is no more room: the one that was asked for longest ago goes first."""

import threading
from collections import OrderedDict

_Key = tuple[str, str]
"""The tag of a snapshot, language and format; and an address."""


class Cache:
    """Texts by key, of so many bytes in all. Safe to use from several threads."""

    def __init__(self, most_bytes: int = 64_000_000) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: _Key) -> bytes | None:
        """Return what is kept under a key."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: _Key, text: bytes) -> None:
        """Keep a text, unless it would take a tenth of all room."""
        if len(text) > self._most // 10:
            return
        with self._lock:
            self._size += len(text) - len(self._kept.pop(key, b""))
            self._kept[key] = text
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[1])
