"""What a warehouse says, without when and by which run: equal after whatever happened on the way there."""

from pathlib import Path
from typing import Any

from samples.portal import Portal
from warehouse.query import rows

_CONTENT = {
    "reports": "SELECT report_id, year, url, page_sha256, is_current, cells_read FROM core.report ORDER BY ALL",
    "cells": "SELECT * FROM core.cell ORDER BY ALL",
    "statements": "SELECT * FROM core.statement ORDER BY ALL",
    "findings": "SELECT finding_id, verdict, reason, difference, sentence_zh FROM audit.finding ORDER BY ALL",
    "problems": "SELECT problem_id, detail FROM main.problem ORDER BY ALL",
    "organs": "SELECT * FROM core.organ ORDER BY ALL",
}


def content_of(snapshot: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the content of a snapshot, table by table."""
    return {name: rows(snapshot, sql) for name, sql in _CONTENT.items()}


def write_source(portal: Portal, directory: Path) -> Path:
    """Write the source file of a portal that lists fewer reports than the whole sample portal; return the folder."""
    file = portal.write_source(directory) / "sample.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("floor: 90", "floor: 0"), encoding="utf-8")
    return directory
