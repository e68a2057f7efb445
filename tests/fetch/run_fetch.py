"""Fetches a portal's reports in a process of its own, so that a test can kill it: ``python -m … HOST HOME COUNT``."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from samples.portals.reports import reports
from samples.portals.server import PortalServer
from samples.portals.trs import TrsPortal
from tasks.archive import Archive
from tasks.fetch import fetch
from tests.fetch.support import links_of, loopback_source, quick_settings


def main(host: str, home: Path, count: int) -> None:
    server = cast(PortalServer, SimpleNamespace(host=host, address=f"http://{host}"))
    links = links_of(server, TrsPortal(reports(count, 2019)))
    print("started", flush=True)
    fetched = fetch(
        links, source=loopback_source(server), archive=Archive(str(home / "archive")), settings=quick_settings(home)
    )
    print(f"{len(fetched.pages)} pages, {len(fetched.problems)} problems, {fetched.reused} reused", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
