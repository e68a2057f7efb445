import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from samples.portals.dresses import EMPTY, dressed_portals
from samples.portals.reports import reports
from samples.portals.server import PortalServer, Reply
from samples.portals.trs import TrsPortal
from samples.portals.whole import report_page
from tasks.sources.files import load_source

PORTALS = {portal.name: portal for portal in dressed_portals()}
GOUJI = Path(sys.executable).with_name("gouji")
TRIAL = ("--network", "127.0.0.0/8", "--interval", "0", "--reason", "a server of this test")


@pytest.fixture
def sources(tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GOUJI_SOURCES", str(tmp_path / "sources"))
    (tmp_path / "sources").mkdir()
    return tmp_path / "sources"


def test_a_portal_is_shown_then_written_then_checked(gouji, sources):
    with PortalServer(PORTALS["trs, one list"]) as server:
        shown = gouji("sources", "add", f"{server.address}/", "--name", "qinghe", *TRIAL, "--lang", "en")
        assert (shown.exit_code, list(sources.iterdir())) == (0, [])
        assert "found and proven" in shown.stdout
        assert "its script calls createPageHTML" in shown.stdout
        assert "nothing was written" in shown.stderr
        written = gouji("sources", "add", f"{server.address}/", "--name", "qinghe", *TRIAL, "--write", "--json")
        answer = json.loads(written.stdout)
        assert (written.exit_code, answer["outcome"]) == (0, "sure")
        assert answer["written"] == str(sources / "qinghe.yaml")
        assert (sources / "qinghe.yaml").read_text(encoding="utf-8") == answer["yaml"]
        checked = gouji("sources", "check", "qinghe", "--years", "2022-2024")
        assert "将抓取 36 份报告" in checked.stdout


def test_nothing_is_written_where_nothing_is_found(gouji, sources):
    with PortalServer(EMPTY) as server:
        done = gouji("sources", "add", f"{server.address}/", *TRIAL, "--write")
    assert (done.exit_code, list(sources.iterdir())) == (1, [])
    assert "没有找到年报" in done.stdout
    assert "法定主动公开内容" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("www.qinghe.example",), "is no web address"),
        (("http://127.0.0.1:9/", "--interval", "0"), "--interval: an override of politeness needs a reason"),
        (("http://127.0.0.1:9/", "--name", "Qing He"), "name: "),
        (("http://127.0.0.1:9/", "--network", "home"), "networks: "),
        ((), "give an ADDRESS, or a list of addresses with --from"),
        (("http://127.0.0.1:9/", "--from", "portals.csv"), "give an ADDRESS, or a list of addresses with --from"),
        (("--from", "portals.csv", "--name", "qinghe"), "are columns of the file given with --from"),
        (("--from", "portals.csv"), "portals.csv: cannot be read"),
    ],
)
def test_wrong_usage_is_one_line(gouji, sources, arguments, message):
    done = gouji("sources", "add", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_loopback_portal_is_not_asked_unless_its_network_is_named(gouji, sources):
    with PortalServer(PORTALS["trs, one list"]) as server:
        done = gouji("sources", "add", f"{server.address}/")
        assert server.log == []
    assert done.exit_code == 1
    assert "private_address" in done.stderr


def test_a_family_is_guessed_from_an_address_alone(gouji):
    art = "http://www.wenzhou.gov.cn/art/2020/1/21/art_1229253636_9636.html"
    done = gouji("sources", "guess", art, "https://www.ankang.gov.cn/Content-2027931.html", "--json")
    assert [one["adapters"] for one in json.loads(done.stdout)] == [["hanweb_jpage"], []]
    assert done.exit_code == 1


def test_what_changed_is_told_for_every_source_and_mended_for_one(gouji, sources):
    by_year = PORTALS["jpage by year, nothing inlined"]
    file = sources / "qinghe.yaml"
    with PortalServer(by_year) as server:
        lists = "".join(
            f"  - {{year: {2022 + back}, address: '{server.address}{one.portal.list_path}'}}  # by hand\n"
            for back, one in enumerate(reversed(by_year.lists[1:]))
        )
        file.write_text(
            f"title: 清河市人民政府\nhome: {server.address}/\nhosts: ['{server.host}']\nnetworks: [127.0.0.0/8]\n"
            "politeness: {interval: 0, reason: a server of this test}\nadapter: hanweb_jpage\n"
            f"lists:\n{lists}indexes:\n  - {{address: '{server.address}/zwgk/nb/', levels: [year]}}\n",
            encoding="utf-8",
        )
        before = file.read_text(encoding="utf-8")
        told = gouji("sources", "check", "--all", "--lang", "en")
        assert (told.exit_code, file.read_text(encoding="utf-8")) == (1, before)
        assert "new_list: there is a new list for 2024" in told.stderr
        assert "gouji sources update qinghe" in told.stdout
        gouji("sources", "update", "qinghe")
        after = file.read_text(encoding="utf-8")
        assert set(before.splitlines()) < set(after.splitlines())
        assert f"year: 2024, address: '{server.address}{by_year.lists[0].portal.list_path}'" in after
        assert "将抓取 12 份报告" in gouji("sources", "check", "qinghe", "--years", "2022-2024").stdout


def test_a_portal_that_is_declared_is_compared_and_its_file_mended(gouji, sources):
    by_year = PORTALS["jpage by year, nothing inlined"]
    with PortalServer(by_year) as server:
        home = f"{server.address}/"
        gouji("sources", "add", home, "--name", "qinghe", *TRIAL, "--write")
        file = sources / "qinghe.yaml"
        whole = file.read_text(encoding="utf-8")
        same = gouji("sources", "add", home, "--lang", "en")
        assert "source qinghe declares this portal" in same.stderr
        assert "there is nothing to change" in same.stdout
        lines = whole.splitlines(keepends=True)
        newest = next(line for line in lines if "- {year: 2024," in line)
        file.write_text(whole.replace(newest, ""), encoding="utf-8")
        shown = gouji("sources", "add", home, "--lang", "en")
        assert (shown.exit_code, newest in file.read_text(encoding="utf-8")) == (1, False)
        assert "+  - {year: 2024, address:" in shown.stdout
        assert "gouji sources update qinghe" in shown.stdout
        mended = gouji("sources", "add", home, "--write", "--json")
        assert json.loads(mended.stdout)["written"] == str(file)
        assert [path.name for path in sources.iterdir()] == ["qinghe.yaml"]
        assert "year: 2024" in file.read_text(encoding="utf-8")


def test_another_name_asks_for_a_source_of_its_own(gouji, sources):
    with PortalServer(PORTALS["trs, one list"]) as server:
        for name in ("qinghe", "second"):
            gouji("sources", "add", f"{server.address}/", "--name", name, *TRIAL, "--write")
    assert sorted(path.name for path in sources.iterdir()) == ["qinghe.yaml", "second.yaml"]


def test_at_a_terminal_a_person_chooses_among_columns_by_number(sources):
    annual, departments = (TrsPortal(reports(4, 2024, place), folder=f"/{place}/") for place in ("qh", "bm"))

    def app(request):
        if request.path == "/":
            links = "".join(
                f"<a href='{portal.list_path}'>{text}</a>"
                for text, portal in (("政府信息公开年报", annual), ("部门政府信息公开工作年度报告", departments))
            )
            return Reply(f"<title>清河市人民政府</title>{links}")
        found = next((report for one in (annual, departments) if (report := one.report_at(request.path))), None)
        return report_page(found, request.path) if found else annual.list_page(request) or departments(request)

    with PortalServer(app) as server:
        terminal, stdin = pty.openpty()
        command = [GOUJI, "sources", "add", f"{server.address}/", "--name", "qinghe", *TRIAL, "--write", "--lang", "en"]
        with subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running:
            os.close(stdin)
            os.write(terminal, b"2\n")
            out, err = running.communicate(timeout=120)
        os.close(terminal)
    assert "several columns list reports; which are wanted" in out, err
    assert (running.returncode, "  1. 政府信息公开年报  " in out) == (0, True)
    assert [one.address for one in load_source(sources / "qinghe.yaml").lists] == [f"{server.address}/bm/"]


def test_check_wants_a_name_or_all(gouji, sources):
    for arguments in ((), ("qinghe", "--all")):
        done = gouji("sources", "check", *arguments)
        assert (done.exit_code, "give the NAME of a source, or --all" in done.stderr) == (2, True)
