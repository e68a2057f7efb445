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

    @property
    def identity(self) -> str:
        """What to cite it by: its name, which no other snapshot of its publisher has."""
        return Path(self.file).stem


def read_manifest(folder: Path) -> tuple[Entry, ...]:
    """Return the snapshots listed in a folder, the newest first; none if there is no list or it cannot be read."""
    try:
        listed: list[dict[str, Any]] = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))["snapshots"]
        return tuple(
            Entry(**{**entry, "published_at": datetime.fromisoformat(entry["published_at"])}) for entry in listed
        )
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def write_manifest(folder: Path, latest: str, entries: tuple[Entry, ...]) -> None:
    """List the snapshots of a folder, the newest first; ``latest`` is the name under which the newest is always found.

    The list is replaced in one step.
    """
    content = {
        "latest": latest,
        "snapshots": [{**asdict(entry), "published_at": entry.published_at.isoformat()} for entry in entries],
    }
    with replaced(folder / FILE_NAME) as aside:
        aside.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
