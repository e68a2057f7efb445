import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from samples.portals.reports import reports
from samples.portals.server import PortalServer
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tasks.fetch import Fetched, fetch
from tasks.sources.declaration import TransportSecurity
from tests.loopback import links_of, loopback_source, quick_settings

PORTAL = TrsPortal(reports(3, 2019))


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's context with a certificate for 127.0.0.1 that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, *form)
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


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
def outdated(self_signed: ssl.SSLContext, tmp_path: Path) -> Iterator[ssl.SSLContext]:
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


def test_an_exception_says_what_is_unusual(tmp_path):
    with pytest.raises(ValueError, match="say what is unusual"):
        TransportSecurity(reason="it is an old portal")


def test_a_certificate_that_is_trusted_is_accepted(tmp_path, self_signed, monkeypatch):
    with PortalServer(PORTAL, tls=self_signed) as server:
        trusted = tmp_path / "trusted.pem"
        trusted.write_text(ssl.get_server_certificate(("127.0.0.1", int(server.host.partition(":")[2]))))
        monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(trusted))
        monkeypatch.setattr("requests.adapters._preloaded_ssl_context", None, raising=False)
        assert len(fetched(tmp_path, server).pages) == 3
