"""A backfill killed at random moments goes on where it stopped, and ends where an undisturbed one ends."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from samples.portal import Portal
from warehouse.query import rows

KILLS = int(os.environ.get("KILLS", "2"))
"""More on request: `KILLS=10 pytest tests/flows/test_killed.py`."""
COMMAND = [sys.executable, "-c", "from flows.command_line import main; main()", "backfill", "2024"]

CONTENT = {
    "reports": "SELECT report_id, year, url, page_sha256, is_current, cells_read FROM core.report ORDER BY ALL",
    "cells": "SELECT * FROM core.cell ORDER BY ALL",
    "statements": "SELECT * FROM core.statement ORDER BY ALL",
    "findings": "SELECT finding_id, verdict, reason, difference, sentence_zh FROM audit.finding ORDER BY ALL",
    "problems": "SELECT problem_id, detail FROM main.problem ORDER BY ALL",
    "organs": "SELECT * FROM core.organ ORDER BY ALL",
}


def environment(home: Path, sources: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**inherited, "GOUJI_HOME": str(home), "GOUJI_SOURCES": str(sources), "GOUJI_BATCH_SIZE": "10"}


def start(home: Path, sources: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        COMMAND,
        env=environment(home, sources),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def killed_after(home: Path, sources: Path, portal: Portal, requests: int, delay: float) -> None:
    """Start a backfill and kill it a moment after the portal has answered so many requests, or when it is through."""
    seen = len(portal.requests)
    process = start(home, sources)
    while process.poll() is None and len(portal.requests) < seen + requests:
        time.sleep(0.02)
    time.sleep(delay)
    process.kill()
    process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.timeout(120 + 60 * KILLS)
def test_kill_9_leaves_nothing_that_one_more_run_does_not_mend(tmp_path):
    random = Random(20240131)
    with Portal(port=0) as portal:
        sources = portal.write_source(tmp_path / "sources")
        for _ in range(KILLS):
            killed_after(tmp_path / "killed", sources, portal, random.randint(1, 200), random.uniform(0, 4))
        states = {}
        for home in (tmp_path / "killed", tmp_path / "undisturbed"):
            process = start(home, sources)
            output, _ = process.communicate()
            assert process.returncode == 0, output.decode()
            snapshot = home / "published" / "gouji.duckdb"
            states[home.name] = {name: rows(snapshot, sql) for name, sql in CONTENT.items()}
    assert len(states["undisturbed"]["reports"]) == 90
    for name in CONTENT:
        assert states["killed"][name] == states["undisturbed"][name], name
