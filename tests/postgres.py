"""A PostgreSQL server of the tests' own, on a free port of the loopback, gone when they are."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.processes import kill_tree

_numbers = count()


class Postgres:
    """A server, run in a folder by somebody who is not root, and new databases in it."""

    def __init__(self, binaries: Path, folder: Path, owner: tuple[int, int]) -> None:
        self._binaries, self._folder, self._owner = binaries, folder, owner
        self.port = _free_port()
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
        while any(_runs(process) for process in processes):
            time.sleep(0.05)
        (self._data / "postmaster.pid").unlink()

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "--pgdata", self._data, "--log", self._folder / "log", "-w", *arguments)

    def _run(self, program: str, *arguments: object) -> None:
        user, group = self._owner
        subprocess.run(
            [str(self._binaries / program), *map(str, arguments)],
            check=True,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            **({"user": user, "group": group, "extra_groups": []} if os.getuid() == 0 else {}),
        )


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Run a server; skip what needs it where PostgreSQL is not installed."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="gouji-postgres-"))
    shutil.chown(folder, *owner)
    try:
        server = Postgres(binaries, folder, owner)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process is more than an entry that nobody has cleared away."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _binaries() -> Path | None:
    """Find PostgreSQL's programs, which Debian keeps out of the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    for folder in (*reversed(installed), *([Path(on_path).parent] if on_path else [])):
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "createdb")):
            return folder
    return None


def _owner() -> tuple[int, int]:
    """Return who runs the server: whoever runs the tests, but never root, which PostgreSQL refuses."""
    if os.getuid():
        return os.getuid(), os.getgid()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    pytest.skip("no user but root, as whom PostgreSQL does not run")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
