import gzip
import ipaddress
import socket
import tracemalloc
from pathlib import Path

import pytest

from samples.portals.server import PortalServer, Reply
from tasks.archive.store import Archive, ArchiveError
from tasks.fetch.batch import Fetched, fetch
from tasks.fetch.network import is_allowed_address
from tasks.pages import Link
from tasks.sources.declaration import Source
from tests.loopback import UNHURRIED, loopback_source, quick_settings


def fetched_from(home: Path, source: Source, *addresses: str) -> Fetched:
    links = [Link(source.name, address, "2019年政府信息公开年报", 2019) for address in addresses]
    return fetch(links, source=source, archive=Archive(str(home / "archive")), settings=quick_settings(home))


def code_of(home: Path, source: Source, address: str) -> str:
    fetched = fetched_from(home, source, address)
    assert fetched.pages == ()
    return fetched.problems[0].code


def declared(*hosts: str, **fields: object) -> Source:
    lists = [{"address": f"http://{hosts[0]}/"}]
    known = {"name": "portal", "title": "清河市人民政府", "hosts": hosts, "lists": lists, "politeness": UNHURRIED}
    return Source.model_validate({**known, **fields})


def report(request):
    return Reply("<html><body>主动公开 申请 行政复议 行政诉讼</body></html>")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://{host}/report.html",
        "gopher://{host}/report.html",
        "http://{host}@other.example/report.html",
        "http://other.example/{host}/report.html",
        "http://{host}.other.example/report.html",
        "http://other.example\\@{host}/report.html",
        "http://{host}\\@other.example/report.html",
        "http://user:secret@{host}/report.html",
        "http://@{host}/report.html",
        "http://{host}.\t/report.html",
        "http://{host}:/report.html",
        "http://１２７.0.0.1/report.html",
        "http://2130706433/report.html",
        "http://[::1]/report.html",
        "http://127.0.0.1:99999/report.html",
        "//{host}/report.html",
        "report.html",
        "",
    ],
)
def test_only_http_on_declared_hosts_is_fetched(tmp_path, address):
    with PortalServer(report) as server:
        source = loopback_source(server)
        assert code_of(tmp_path, source, address.format(host=server.host)) == "host_not_allowed"
        assert server.log == []


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
        "//other.example/",
        "http://other.example\\@{host}/",
        "http://user:secret@{host}/",
    ],
)
def test_a_redirect_to_another_host_is_refused(tmp_path, target):
    def redirect(request):
        return Reply("", 302, headers={"Location": target.format(host=server.host)})

    with PortalServer(redirect) as server:
        assert code_of(tmp_path, loopback_source(server), f"{server.address}/report.html") == "host_not_allowed"
    assert [entry.target for entry in server.log] == ["/report.html"]


def test_a_name_that_resolves_otherwise_between_check_and_connection_does_not_get_through(tmp_path, monkeypatch):
    """The connection goes to the address that was checked: the name is resolved once for each connection."""
    resolve, asked = socket.getaddrinfo, []

    def rebinding(host, port, *arguments, **options):
        if host != "rebinding.example":
            return resolve(host, port, *arguments, **options)
        asked.append(host)
        address = "192.0.2.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with PortalServer(report) as server:
        host = server.host.replace("127.0.0.1", "rebinding.example")
        source = declared(host, networks=["192.0.2.0/24"])
        settings = quick_settings(tmp_path, connect_timeout=0.2, fetch_attempts=1)
        link = Link(source.name, f"http://{host}/report.html", "2019年政府信息公开年报", 2019)
        first = fetch([link], source=source, archive=Archive(str(tmp_path)), settings=settings)
        again = fetch([link], source=source, archive=Archive(str(tmp_path)), settings=settings)
    assert first.problems[0].code in {"timeout", "unreachable"}
    assert again.problems[0].code == "private_address"
    assert asked == ["rebinding.example"] * 2
    assert server.log == []


def test_a_redirect_is_no_way_around_the_limit_of_size(tmp_path):
    bomb = Reply(gzip.compress(bytes(50_000_000)), 302, headers={"Content-Encoding": "gzip", "Location": "/there.html"})
    with PortalServer(lambda request: bomb) as server:
        source, settings = loopback_source(server), quick_settings(tmp_path, maximum_bytes=1_000_000)
        link = Link(source.name, f"{server.address}/report.html", "2019年政府信息公开年报", 2019)
        tracemalloc.start()
        fetched = fetch([link], source=source, archive=Archive(str(tmp_path)), settings=settings)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert [problem.code for problem in fetched.problems] == ["decompression_bomb"]
    assert [entry.target for entry in server.log] == ["/report.html"]
    assert most < 10_000_000


def test_a_name_that_resolves_to_a_private_address_is_refused_before_a_connection_is_made(tmp_path):
    with PortalServer(report) as server:
        host = server.host.replace("127.0.0.1", "localhost")
        assert code_of(tmp_path, declared(host), f"http://{host}/report.html") == "private_address"
        assert server.log == []


def test_a_redirect_to_a_declared_name_that_resolves_to_a_private_address_is_refused(tmp_path, monkeypatch):
    resolve = socket.getaddrinfo

    def rebound(host, *arguments, **options):
        return resolve("10.1.2.3" if host == "inside.example" else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    with PortalServer(lambda request: Reply("", 302, headers={"Location": "http://inside.example/"})) as server:
        source = loopback_source(server, hosts=[server.host, "inside.example"])
        assert code_of(tmp_path, source, f"{server.address}/report.html") == "private_address"


def test_one_private_address_among_public_ones_is_enough_to_refuse(tmp_path, monkeypatch):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **options: answers)
    assert code_of(tmp_path, declared("mixed.example"), "http://mixed.example/") == "private_address"


def test_an_address_that_does_not_resolve_is_named_as_such(tmp_path, monkeypatch):
    def unknown(*arguments, **options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert code_of(tmp_path, declared("nowhere.example"), "http://nowhere.example/") == "name_not_resolved"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.5.4", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("::127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False),
        ("64:ff9b::127.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::93.184.216.34", True),
        ("64:ff9b:1::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
    ],
)
def test_public_addresses_only(address, allowed):
    assert is_allowed_address(address, ()) is allowed


def test_a_declared_network_is_allowed_and_no_other():
    networks = [ipaddress.ip_network("10.20.0.0/16")]
    assert is_allowed_address("10.20.1.1", networks)
    assert is_allowed_address("::ffff:10.20.1.1", networks)
    assert not is_allowed_address("10.21.1.1", networks)


@pytest.mark.parametrize("key", ["../../etc/passwd", "a/b", "", "0" * 63, "0" * 62 + "/x"])
def test_the_archive_takes_nothing_but_a_sha256_for_a_key(tmp_path, key):
    with pytest.raises(ArchiveError):
        Archive(str(tmp_path)).get(key)


def test_names_in_addresses_never_become_paths(tmp_path):
    with PortalServer(report) as server:
        trick = f"{server.address}/%2e%2e/%2e%2e/..%2f..%2fetc/passwd%00.html?file=../../x"
        fetched = fetched_from(tmp_path / "home", loopback_source(server), trick)
    assert len(fetched.pages) == 1
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and tmp_path / "home" not in path.parents]
    assert outside == []
