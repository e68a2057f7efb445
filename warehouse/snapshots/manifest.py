"""The list of published snapshots beside them, for programs: what each holds, and by what it can be recognised."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.files import replaced

FILE_NAME = "manifest.json"


@dataclass(frozen=True)
class Entry:
    """One snapshot. ``file`` is its path beside the manifest, ``counts`` the rows of each of its tables.

    ``schema_sha256`` is the same for snapshots with the same tables, views and macros, made by the same DuckDB.
    ``run_id`` and ``git_revision`` are ``None`` where it was published by no run or from no checkout.
    ``content_sha256`` is of what it tells; at ``checked_at`` the run ``checked_by`` was the last to find nothing new.
    """

    file: str
    published_at: datetime
    run_id: str | None
    gouji_version: str | None
    git_revision: str | None
    schema_version: int
    schema_sha256: str
    bytes: int
    sha256: str
    counts: Mapping[str, int]
    content_sha256: str | None = None
    checked_at: datetime | None = None
    checked_by: str | None = None

    @property
    def identity(self) -> str:
        """What to cite it by: its name, which no other snapshot of its publisher has."""
        return Path(self.file).stem


def read_manifest(folder: Path) -> tuple[Entry, ...]:
    """Return the snapshots listed in a folder, the newest first; none if there is no list or it cannot be read."""
    try:
        listed: list[dict[str, Any]] = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))["snapshots"]
        return tuple(Entry(**{**entry, **_moments(entry)}) for entry in listed)
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def write_manifest(folder: Path, latest: str, entries: tuple[Entry, ...]) -> None:
    """List the snapshots of a folder, the newest first; ``latest`` is the name under which the newest is always found.

    The list is replaced in one step.
    """
    content = {
        "latest": latest,
        "snapshots": [asdict(entry) for entry in entries],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2, default=datetime.isoformat)
    with replaced(folder / FILE_NAME) as aside:
        aside.write_text(text + "\n", encoding="utf-8")


def _moments(entry: Mapping[str, Any]) -> dict[str, datetime]:
    return {
        name: datetime.fromisoformat(entry[name])
        for name in ("published_at", "checked_at")
        if entry.get(name) is not None
    }
