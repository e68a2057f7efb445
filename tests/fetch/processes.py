"""Fetching in processes of their own, so that a test can kill them or let several ask one host."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from samples.portals.reports import reports
from samples.portals.server import PortalServer
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tasks.fetch.batch import fetch
from tasks.pages import Obtained
from tests.loopback import UNHURRIED, links_of, loopback_source, quick_settings

Start = Callable[..., tuple[ForkServerProcess, Connection]]


@contextmanager
def workshop() -> Iterator[Start]:
    """Offer a way to fetch in processes forked from one that has imported what they need.

    ``start(host, home, numbers, politeness)`` fetches the reports of these numbers. The process sends ``started``
    first, and at the end how many pages, problems and reused pages there were.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])

    def start(
        host: str, home: Path, numbers: range, politeness: Mapping[str, Any] = UNHURRIED
    ) -> tuple[ForkServerProcess, Connection]:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_fetch, args=(sender, host, home, numbers, politeness))
        process.start()
        sender.close()
        assert receiver.poll(60)
        assert receiver.recv() == "started"
        return process, receiver

    yield start
    # Other tests preload something else: the next one to fork starts a server of its own.
    forkserver._forkserver._stop()


def _fetch(sender: Connection, host: str, home: Path, numbers: range, politeness: Mapping[str, Any]) -> None:
    server = cast(PortalServer, SimpleNamespace(host=host, address=f"http://{host}"))
    links = links_of(server, TrsPortal(reports(numbers.stop, 2019)))[numbers.start :]
    source, settings = loopback_source(server, politeness=politeness), quick_settings(home)
    sender.send("started")
    fetched = fetch(links, source=source, archive=Archive(settings.archive_root), settings=settings)
    reused = sum(page.obtained is Obtained.FRESH for page in fetched.pages)
    sender.send((len(fetched.pages), len(fetched.problems), reused))
