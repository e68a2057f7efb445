"""Processes of the tests: a port for those that listen, and an end as hard as can be."""

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(process: int) -> set[int]:
    """The processes that a process has started, from whichever thread, and that are still there."""
    started: set[int] = set()
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            started |= set(map(int, thread.read_text().split()))
    return started


def is_gone(process: int) -> bool:
    """Tell whether a process has ended, even if nobody has asked how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def kill_tree(process: int) -> list[int]:
    """Kill a process and all that it started, as a lack of power would; return them."""
    below = children_of(process)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    return [process, *(killed for child in below for killed in kill_tree(child))]
