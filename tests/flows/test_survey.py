from pathlib import Path

from prefect.client.orchestration import get_client

from flows.survey import survey
from samples.portals.dresses import dressed_portals
from samples.portals.server import PortalServer
from warehouse.snapshots.reader import reader

BY_YEAR = next(portal for portal in dressed_portals() if portal.name == "jpage by year, nothing inlined")
SOURCE = """\
title: 清河市人民政府
home: {address}/
hosts: ['{host}']
networks: [127.0.0.0/8]
politeness: {{interval: 0, reason: a server of this test}}
adapter: hanweb_jpage
lists:
{lists}
indexes:
  - {{address: '{address}/zwgk/nb/', levels: [year]}}
"""


def test_a_survey_is_on_record_and_tells_the_portal_that_changed_with_what_mends_it(tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GOUJI_SOURCES", str(tmp_path))
    monkeypatch.setenv("GOUJI_NOTIFY", f"json://127.0.0.1:9/{tmp_path.name}")  # where nobody takes it: told in the log
    with PortalServer(BY_YEAR) as server:
        lists = [
            f"  - {{year: {one.year[:4]}, address: '{server.address}{one.portal.list_path}'}}" for one in BY_YEAR.lists
        ]
        for name, known in (("whole", lists), ("lacking", lists[1:])):
            text = SOURCE.format(address=server.address, host=server.host, lists="\n".join(known))
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        summary = survey(sources=["lacking", "whole"])
    with get_client(sync_client=True) as client:
        page = next(one for one in client.read_artifacts(limit=200) if one.key == "survey")
    text = str(page.data)
    assert "## lacking" in text
    assert "+  - {year: 2024, address:" in text
    with reader(Path(summary.snapshot)) as connection:
        (run,) = connection.execute("SELECT flow, state, links, pages_fetched >= 6 FROM audit.run").fetchall()
        (stage,) = connection.execute("FROM audit.stage_metric SELECT stage WHERE stage <> 'publish'").fetchall()
    assert (run, stage) == (("survey", "completed", summary.counts.links, True), ("discover",))
