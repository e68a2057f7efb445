"""Processes of the tests, ended as hard as can be."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def children_of(process: int) -> list[int]:
    """The processes that a process has started, by any of its threads."""
    found: list[int] = []
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, children.read_text().split())
    return found


def kill_tree(process: int) -> list[int]:
    """Kill a process and all that it started, as a lack of power would; return them."""
    below = children_of(process)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    return [process, *(killed for child in below for killed in kill_tree(child))]
