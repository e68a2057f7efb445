"""The TLS of a portal that is not up to date, as far as its source file puts up with that."""

import ssl
from pathlib import Path

from urllib3.util.ssl_ import create_urllib3_context

from tasks.fetch.problems import FetchError
from tasks.sources.declaration import TransportSecurity

OUTDATED = (
    "UNSUPPORTED_PROTOCOL",
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
    "DH_KEY_TOO_SMALL",
    "EE_KEY_TOO_SMALL",
    "CA_KEY_TOO_SMALL",
    "CA_MD_TOO_WEAK",
    "EE_MD_TOO_WEAK",
    "WRONG_SIGNATURE_TYPE",
    "HANDSHAKE_FAILURE",
    "ALERT_PROTOCOL_VERSION",
    "WRONG_CIPHER_RETURNED",
    "LEGACY_SIGALG",
)
"""What OpenSSL says of servers that are older than it allows, rather than not to be trusted."""


def security_context(tls: TransportSecurity | None, folder: Path | None) -> ssl.SSLContext | None:
    """What connects to a portal as its source file says; ``None`` where the usual way will do.

    Raises:
        FetchError: the certificates that the source file names cannot be read.
    """
    if tls is None or not (tls.certificates or tls.outdated):
        return None
    context = create_urllib3_context(
        cert_reqs=ssl.CERT_REQUIRED if tls.verify else ssl.CERT_NONE,
        ciphers="DEFAULT:@SECLEVEL=0" if tls.outdated else None,
        ssl_minimum_version=ssl.TLSVersion.MINIMUM_SUPPORTED if tls.outdated else None,
    )
    if tls.outdated:
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    if tls.certificates:
        file = (folder or Path()) / tls.certificates
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        try:
            context.load_verify_locations(file)
        except (OSError, ssl.SSLError) as error:
            reason = error.strerror or str(error)
            raise FetchError("tls_failed", f"{file}, which tls.certificates names, cannot be read: {reason}") from None
    return context


def is_outdated(error: BaseException) -> bool:
    """Whether a connection failed because the portal's TLS is too old, not because it is not trusted."""
    return isinstance(error, ssl.SSLError) and any(sign in str(error).upper().replace(" ", "_") for sign in OUTDATED)
