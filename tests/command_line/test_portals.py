"""A portal of a known family is one YAML file: checked, asked for its lists, and shown how it was treated."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from samples.portals.reports import reports
from samples.portals.server import PortalServer, Reply, Request
from samples.portals.trs import TrsPortal

SOURCE = """\
title: 清河市人民政府 · 信息公开年报
hosts: ["{host}"]
networks: [127.0.0.0/8]
politeness: {{interval: 0, robots: false, reason: a portal of this test}}
adapter: trs
lists:
  - {{category: 部门, address: "http://{host}{path}"}}
  - {{category: 部门, address: "http://{host}/gone/"}}
floor: {{2019: 10, 2020: 3}}
expected: [{{organ: 清河市教育局第1分局}}, {{organ: 清河市统计局, since: 2019}}]
"""


@pytest.fixture
def home(tmp_path) -> Iterator[Path]:
    """A home that is to be made, in a process that would let others read it."""
    usual = os.umask(0o022)
    yield tmp_path / "home"
    os.umask(usual)


@pytest.fixture
def portal(tmp_path, monkeypatch) -> Iterator[PortalServer]:
    listed = TrsPortal([*reports(20, 2019), *reports(2, 2020)], per_page=9)

    def app(request: Request) -> Reply:
        reply = listed(request)
        notice = "<li><a href='/notice.html'>政府信息公开指南</a></li>".encode()
        return Reply(notice + reply.body, content_type="text/html") if isinstance(reply.body, bytes) else reply

    with PortalServer(app) as server:
        (tmp_path / "sources").mkdir()
        text = SOURCE.format(host=server.host, path=listed.list_path)
        (tmp_path / "sources" / "qinghe.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("GOUJI_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("GOUJI_SOURCES", str(tmp_path / "sources"))
        yield server


def test_a_check_shows_what_would_be_fetched_and_what_is_wrong(gouji, portal, home):
    result = gouji("sources", "check", "qinghe", "--years", "2019-2020", "--limit", "3", "--left-out", "--lang", "en")
    assert result.exit_code == 1
    assert "22 reports would be fetched: 20 for 2019, 2 for 2020" in result.stdout
    assert result.stdout.count("年政府信息公开工作年度报告") == 3
    assert "政府信息公开指南" in result.stdout
    assert result.stdout.endswith("expected, but in no title: 清河市统计局 2019, 清河市统计局 2020\n")
    assert "problem not_found" in result.stderr
    assert "→ open the address in a browser" in result.stderr
    assert "2020: 2 reports are listed, at least 3 were expected" in result.stderr
    assert not any("/t20" in entry.target for entry in portal.log)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_check_speaks_to_programs_and_its_requests_are_on_record(gouji, portal):
    found = json.loads(gouji("sources", "check", "qinghe", "--years", "2019", "--json").stdout)
    assert len(found["links"]) == 20
    assert found["below_floor"] == []
    assert found["not_listed"] == ["清河市统计局 2019"]
    (host,) = json.loads(gouji("sources", "politeness", "--json").stdout)
    assert (host["host"], host["requests"]) == (portal.host, len(portal.log))
    assert host["most_at_once"] == 1
    assert json.loads(gouji("sources", "politeness", "--json", "--source", "nowhere").stdout) == []
    assert json.loads(gouji("sources", "politeness", "--json", "--since", "2099-01-01").stdout) == []


def test_a_source_is_checked_whatever_the_other_files_hold(gouji, portal, tmp_path):
    (tmp_path / "sources" / "broken.yaml").write_text("title: [", encoding="utf-8")
    assert json.loads(gouji("sources", "check", "qinghe", "--years", "2020", "--json").stdout)["links"]
    result = gouji("sources")
    assert result.exit_code == 2
    assert "broken.yaml:" in result.stderr
    assert "not valid YAML" in result.stderr
