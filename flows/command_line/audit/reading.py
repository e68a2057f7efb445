"""Reports as commands are given them: files, what is piped in, or pages of portals."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from tasks.extract.report import Report
    from tasks.settings import Settings
    from tasks.sources.declaration import Source

_Command = TypeVar("_Command", bound=Callable[..., object])

_PIPED = "-"
_MADE = "allowed-hosts"
"""The name of the source that is made for hosts which none declares."""


def given_argument(command: _Command) -> _Command:
    """Let a command take reports: files, addresses, or - for what is piped in; and hosts that addresses may be on."""
    hosts = click.option(
        "--allow-host", "hosts", multiple=True, help="Host of an address that no source declares; may be repeated."
    )
    return click.argument("given", metavar="FILE...", nargs=-1, required=True)(hosts(command))


def read_reports(given: Sequence[str], hosts: Sequence[str]) -> "list[tuple[str, Report]]":
    """Read what a command is given, in its order, under the names it is given by.

    Raises ``click.FileError`` for a file that cannot be opened and ``click.UsageError`` for an address on a host that
    may not be asked; what cannot be fetched or read is a problem of its report.
    """
    return [(name, _read(name, hosts)) for name in given]


def _read(given: str, hosts: Sequence[str]) -> "Report":
    from tasks.extract.extraction import extract

    if given.startswith(("http://", "https://")):
        return _of_portal(given, hosts)
    if given == _PIPED:
        return extract(sys.stdin.buffer.read(), item=given)
    try:
        return extract(Path(given).read_bytes(), item=given)
    except OSError as error:
        raise click.FileError(given, error.strerror or "cannot be read") from error


def _of_portal(address: str, hosts: Sequence[str]) -> "Report":
    """Fetch one page with its attachments, as politely as runs do, and keep nothing of it."""
    from tasks.archive.store import Archive
    from tasks.calendar import season_year, today
    from tasks.extract.report import Report
    from tasks.fetch.batch import fetch
    from tasks.load.reading import read_page
    from tasks.pages import Link
    from tasks.settings import Settings

    settings = Settings()
    source = _source_of(address, hosts, settings)
    with TemporaryDirectory() as folder:
        archive = Archive(folder)
        if source.name == _MADE:
            settings = settings.model_copy(update={"home": Path(folder)})
        link = Link(source.name, address, "", season_year(today()))
        fetched = fetch([link], source=source, archive=archive, settings=settings)
        report = read_page(fetched.pages[0], archive)[0] if fetched.pages else Report()
    return replace(report, problems=(*fetched.problems, *report.problems))


def _source_of(address: str, hosts: Sequence[str], settings: "Settings") -> "Source":
    """Return the source that declares an address's host, or for a host that the user allows one made for it."""
    from tasks.sources.declaration import Listing, Source
    from tasks.sources.files import load_sources
    from tasks.web.addresses import host_of

    host = host_of(address)
    if host is None:
        raise click.UsageError(f"{address} is no web address")
    declared = (source for source in load_sources(settings.sources).values() if source.allows(address))
    if source := next(declared, None):
        return source
    if host not in hosts:
        raise click.UsageError(f"no source declares {host}: add --allow-host {host} to ask it all the same")
    return Source(
        name=_MADE,
        title=host,
        hosts=tuple(hosts),
        networks=("0.0.0.0/0", "::/0"),
        lists=(Listing(address=address, adapter="plain_list"),),
    )
