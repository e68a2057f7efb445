"""The room that DuckDB has: so much memory, and for what does not fit a folder of its own that is gone with it."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from warehouse.connection.locks import FileLocks
from warehouse.connection.transactions import Connection
from warehouse.errors import StoreError

_SUFFIX = ".spilled"


@dataclass(frozen=True)
class Room:
    """Memory in megabytes, and the folder below which everybody who needs more makes one of their own."""

    megabytes: int
    folder: Path

    @contextmanager
    def taken(self) -> Iterator[Mapping[str, str]]:
        """Give the settings of a DuckDB that has this room, as long as the block runs.

        Its folder is the user's alone. Those of processes that were killed are removed. Raises :class:`StoreError`
        where none can be made.
        """
        locks, name = FileLocks(self.folder), uuid4().hex
        own = self.folder / f"{name}{_SUFFIX}"
        with ExitStack() as stack:
            try:
                stack.enter_context(locks.attempt(name))
                stack.callback(shutil.rmtree, own, ignore_errors=True)
                own.mkdir(mode=0o700)
            except OSError as error:
                raise StoreError(f"{own}: {error.strerror}; choose another folder with GOUJI_TEMPORARY") from error
            _remove_left(self.folder, locks)
            yield {"memory_limit": f"{self.megabytes}MB", "temp_directory": str(own)}


def beside(connection: Connection) -> Mapping[str, str]:
    """Return settings for another DuckDB of this process: as much memory as a connection's, a folder within its own."""
    limit, folder = connection.execute(
        "SELECT current_setting('memory_limit'), current_setting('temp_directory')"
    ).fetchone() or ("", "")
    return {"memory_limit": limit, "temp_directory": f"{folder}/beside"} if folder.endswith(_SUFFIX) else {}


def _remove_left(folder: Path, locks: FileLocks) -> None:
    for left in folder.glob(f"*{_SUFFIX}"):
        with locks.attempt(left.stem) as is_left:
            if is_left:
                shutil.rmtree(left, ignore_errors=True)
