"""Processes of the tests, ended as hard as can be."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def kill_tree(process: int) -> list[int]:
    """Kill a process and all that it started, as a lack of power would; return them."""
    children = Path(f"/proc/{process}/task/{process}/children")
    below = children.read_text().split() if children.exists() else []
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    return [process, *(killed for child in below for killed in kill_tree(int(child)))]
