import ssl
from collections.abc import Iterator
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from types import SimpleNamespace

import pytest

from samples.portals.reports import reports
from samples.portals.server import PortalServer
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tasks.fetch.batch import Fetched, fetch
from tasks.sources.declaration import TransportSecurity
from tests.certificates import self_signed_context
from tests.loopback import links_of, loopback_source, quick_settings

PORTAL = TrsPortal(reports(3, 2019))


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's context with a certificate for 127.0.0.1 that nobody vouches for."""
    return self_signed_context(tmp_path_factory.mktemp("tls"))


def fetched(home: Path, server: PortalServer, **fields: object) -> Fetched:
    archive, settings = Archive(str(home / "archive")), quick_settings(home)
    source = loopback_source(server, **fields)
    return fetch(links_of(server, PORTAL), source=source, archive=archive, settings=settings)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path, self_signed):
    with PortalServer(PORTAL, tls=self_signed) as server:
        assert {one.code for one in fetched(tmp_path, server).problems} == {"tls_failed"}
    assert server.log == []


def test_a_source_may_make_an_exception_with_a_reason(tmp_path, self_signed, recwarn):
    exception = {"verify": False, "reason": "the portal's chain lacks its intermediate"}
    with PortalServer(PORTAL, tls=self_signed) as server:
        assert len(fetched(tmp_path, server, tls=exception).pages) == 3
    assert list(recwarn) == []


def test_a_source_may_name_the_certificates_that_its_portal_does_not_send(tmp_path, self_signed):
    with PortalServer(PORTAL, tls=self_signed) as server:
        sources = tmp_path / "sources"
        sources.mkdir()
        remedy = {"certificates": "issuer.pem", "reason": "the portal has an issuer of its own"}
        missing = fetched(tmp_path, server, tls=remedy, folder=sources)
        certificate = ssl.get_server_certificate(("127.0.0.1", int(server.host.partition(":")[2])))
        (sources / "issuer.pem").write_text(certificate)
        with_it = fetched(tmp_path, server, tls={**remedy, "reason": "and now it is there"}, folder=sources)
    assert {(one.code, "issuer.pem" in one.detail) for one in missing.problems} == {("tls_failed", True)}
    assert (len(with_it.pages), with_it.problems) == (3, ())


@pytest.fixture
def outdated(self_signed: ssl.SSLContext) -> Iterator[ssl.SSLContext]:
    """A server's context that speaks nothing newer than TLS 1.1."""
    self_signed.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    self_signed.options |= ssl.OP_NO_TLSv1_2 | ssl.OP_NO_TLSv1_3
    self_signed.set_ciphers("ALL:@SECLEVEL=0")
    yield self_signed
    self_signed.options &= ~(ssl.OP_NO_TLSv1_2 | ssl.OP_NO_TLSv1_3)


@pytest.mark.filterwarnings("ignore:ssl.OP_NO:DeprecationWarning")
def test_old_tls_is_told_from_an_untrusted_one_and_may_be_put_up_with(tmp_path, outdated):
    remedy = {"verify": False, "outdated": True, "reason": "a server of 2009"}
    with PortalServer(PORTAL, tls=outdated) as server:
        assert {one.code for one in fetched(tmp_path, server).problems} == {"tls_outdated"}
        assert len(fetched(tmp_path, server, tls=remedy).pages) == 3


class Old(StreamRequestHandler):
    """Begins TLS 1.2 as servers of before 2010 do: its hello says nothing of safe renegotiation. OpenSSL 3 cannot."""

    def handle(self) -> None:
        self.connection.recv(4096)
        hello = b"\x03\x03" + bytes(32) + b"\x00" + b"\xc0\x2f" + b"\x00"
        message = b"\x02" + len(hello).to_bytes(3) + hello
        self.wfile.write(b"\x16\x03\x03" + len(message).to_bytes(2) + message)


def test_a_server_that_knows_no_safe_renegotiation_is_outdated_and_may_be_put_up_with(tmp_path):
    with ThreadingTCPServer(("127.0.0.1", 0), Old) as server:
        Thread(target=server.serve_forever).start()
        host = f"127.0.0.1:{server.server_address[1]}"
        old = SimpleNamespace(host=host, address=f"https://{host}")
        remedy = {"verify": False, "outdated": True, "reason": "a server of 2009"}
        refused, put_up_with = fetched(tmp_path, old), fetched(tmp_path, old, tls=remedy)
        server.shutdown()
    assert {one.code for one in refused.problems} == {"tls_outdated"}
    assert "tls_outdated" not in {one.code for one in put_up_with.problems}, "it is asked to go on, which it cannot"


def test_an_exception_says_what_is_unusual():
    with pytest.raises(ValueError, match="say what is unusual"):
        TransportSecurity(reason="it is an old portal")


def test_a_certificate_that_is_trusted_is_accepted(tmp_path, self_signed, monkeypatch):
    with PortalServer(PORTAL, tls=self_signed) as server:
        trusted = tmp_path / "trusted.pem"
        trusted.write_text(ssl.get_server_certificate(("127.0.0.1", int(server.host.partition(":")[2]))))
        monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(trusted))
        monkeypatch.setattr("requests.adapters._preloaded_ssl_context", None, raising=False)
        assert len(fetched(tmp_path, server).pages) == 3
