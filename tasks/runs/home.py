"""The folder of all state: private, and known to be usable before long work begins."""

import os
import shutil
import tempfile
from pathlib import Path

from warehouse.errors import GoujiError

LEAST_FREE_BYTES = 100_000_000
"""Room that a run needs at the least: Prefect's own database, the staged batches, a copy of the warehouse."""


class HomeError(GoujiError):
    """The folder of all state cannot be used; the message is one line."""


def make_home(home: Path) -> None:
    """Make the folder if need be, for its user alone: what is made in it is nobody else's to read."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(f"{home}: {error.strerror}; choose a folder you can write to with GOUJI_HOME") from error


def check_home(home: Path, least_free: int = LEAST_FREE_BYTES) -> None:
    """Make the folder if need be; :class:`HomeError` if it cannot be written or has fewer bytes of room than that.

    It is the user's alone, as are all files that this process makes from now on: they may hold what nobody else is to
    read. Only the published snapshots are for others too.
    """
    os.umask(0o077)
    make_home(home)
    try:
        with tempfile.TemporaryFile(dir=home):
            free = shutil.disk_usage(home).free
    except OSError as error:
        raise HomeError(f"{home}: {error.strerror}; choose a folder you can write to with GOUJI_HOME") from error
    if free < least_free:
        raise HomeError(
            f"{home}: only {free / 1e6:.0f} MB are free, {least_free / 1e6:.0f} MB are needed; make room "
            "(`gouji housekeeping`), "
            "or choose another folder with GOUJI_HOME"
        )
