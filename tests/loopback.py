"""A source whose portal is a server of the test, on the loopback, and settings in a folder that lose no time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samples.portals.portal import SmallPortal
from samples.portals.server import PortalServer
from tasks.pages import Link
from tasks.settings import Settings
from tasks.sources.declaration import Source

UNHURRIED = {"connections": 8, "interval": 0, "robots": False, "reason": "a server of this test"}


def loopback_source(server: PortalServer, *lists: Mapping[str, Any], **fields: Any) -> Source:
    """A source for a test's server, its lists given by path."""
    declared = {
        "name": "loopback",
        "title": "清河市人民政府",
        "hosts": [server.host],
        "networks": ["127.0.0.0/8"],
        "politeness": UNHURRIED,
        "lists": [{**one, "address": server.address + one["address"]} for one in lists or ({"address": "/"},)],
    }
    return Source.model_validate({**declared, **fields})


def quick_settings(home: Path, **fields: Any) -> Settings:
    """Settings under a test's folder, impatient."""
    impatient = {
        "connect_timeout": 2,
        "read_timeout": 2,
        "answer_timeout": 4,
        "retry_seconds": 0.02,
        "rest_seconds": 0.2,
    }
    return Settings.model_validate({"home": home, **impatient, **fields})


def links_of(server: PortalServer, portal: SmallPortal) -> list[Link]:
    """The links of every report of a small portal."""
    return [
        Link("loopback", server.address + portal.report_path(report), report.title, report.year)
        for report in portal.reports
    ]
