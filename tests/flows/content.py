"""What a warehouse says, without when, in which order, by which run or extractor: equal whatever happened."""

from pathlib import Path
from typing import Any

import yaml
from prefect import flow

from flows.running.collect import collect
from flows.running.run import on_record
from samples.portal import Portal
from samples.portals.server import PortalServer
from tests.loopback import UNHURRIED
from warehouse.rows import rows_of
from warehouse.snapshots.reader import reader

_TABLES = """
    SELECT schema_name || '.' || table_name AS name FROM duckdb_tables()
    WHERE schema_name = 'core' OR table_name IN ('finding', 'not_assessable', 'rule') ORDER BY ALL
"""
_LASTING = "COLUMNS(name -> NOT regexp_matches(name, '(_at|^run_id|^page_id|^report_no|^extractor_version)$'))"
_MOMENTS = "core.sighting"
"""A table of moments: without them a row says that a page was seen, however often."""
_OTHERS = {
    "problems": f"SELECT {_LASTING} FROM main.problem ORDER BY ALL",
    "pages": "SELECT DISTINCT url, sha256 FROM raw.page WHERE purpose = 'report' AND sha256 IS NOT NULL ORDER BY ALL",
}


def content_of(snapshot: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the content of a snapshot, table by table."""
    with reader(snapshot) as connection:
        names = [row["name"] for row in rows_of(connection, _TABLES)]
        distinct = {name: "DISTINCT" if name == _MOMENTS else "" for name in names}
        tables = {name: f"SELECT {distinct[name]} {_LASTING} FROM {name} ORDER BY ALL" for name in names}
        return {name: rows_of(connection, sql) for name, sql in {**tables, **_OTHERS}.items()}


@flow(persist_result=False)
def only_collect(years: list[int]) -> None:
    """Go through all sources as a backfill does, without audit and publication."""
    with on_record(years) as run:
        collect(run, None)


def write_source(portal: Portal, directory: Path) -> Path:
    """Write the source file of a portal that lists fewer reports than the whole sample portal; return the folder."""
    file = portal.write_source(directory) / "sample.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("floor: 90", "floor: 0"), encoding="utf-8")
    return directory


def write_plain_list(server: PortalServer, directory: Path) -> Path:
    """Write the source file of a portal that is one plain list, at ``/list/``; return the folder."""
    source = {
        "title": "云泽市人民政府",
        "hosts": [server.host],
        "networks": ["127.0.0.0/8"],
        "politeness": UNHURRIED,
        "lists": [{"address": f"{server.address}/list/", "adapter": "plain_list"}],
    }
    directory.mkdir()
    (directory / "plain.yaml").write_text(yaml.safe_dump(source), encoding="utf-8")
    return directory
