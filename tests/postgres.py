"""A PostgreSQL server of the tests' own, on a free port of the loopback, gone when they are."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

_numbers = count()


class Postgres:
    """A running server, and new databases in it."""

    def __init__(self, binaries: Path, port: int) -> None:
        self._binaries, self._port = binaries, port

    def new_lake(self) -> str:
        """Return the catalogue of a lake in a database of its own, as ``GOUJI_WAREHOUSE`` names it."""
        name = f"lake{next(_numbers)}"
        server = ["--host", "127.0.0.1", "--port", str(self._port), "--username", "gouji"]
        subprocess.run([self._binaries / "createdb", *server, name], check=True)
        return f"ducklake:postgres:host=127.0.0.1 port={self._port} user=gouji dbname={name} password=geheim"


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Run a server; skip what needs it where PostgreSQL is not installed."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="gouji-postgres-"))
    shutil.chown(folder, *owner)
    user, group = owner

    def run(*command: object) -> None:
        subprocess.run(
            [str(part) for part in command],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **({"user": user, "group": group, "extra_groups": []} if os.getuid() == 0 else {}),
        )

    try:
        run(binaries / "initdb", "--pgdata", folder / "data", "--username", "gouji", "--auth", "trust", "--no-sync")
        port = _free_port()
        options = f"-p {port} -k '' -c listen_addresses=127.0.0.1 -c fsync=off"
        control = (binaries / "pg_ctl", "--pgdata", folder / "data", "--log", folder / "log", "-w")
        run(*control, "--options", options, "start")
        try:
            yield Postgres(binaries, port)
        finally:
            run(*control, "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
