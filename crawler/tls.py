"""TLS: who answers must prove to be the host that was asked for; why a connection failed, in words.

Twisted 26.10 lets a trusted certificate pass whose names it cannot read, so names are checked here.
"""

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from OpenSSL.SSL import VERIFY_FAIL_IF_NO_PEER_CERT, VERIFY_PEER
from OpenSSL.SSL import Error as TlsError
from scrapy.exceptions import DownloadFailedError
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, ServiceID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

NOT_TRUSTED = "expired, signed by itself or by nobody who is trusted"


class UntrustedCertificateError(OSError):
    """Who answers cannot prove to be the host that was asked for."""


@contextmanager
def clear_failures() -> Iterator[None]:
    """Say in words why a page did not come.

    Raises:
        UntrustedCertificateError: the certificate is not the host's, or not trusted.
        DownloadFailedError: anything else, such as a reset.
    """
    try:
        yield
    except DownloadFailedError as error:
        reasons = [failure.value for failure in getattr(error.__cause__, "reasons", ())]
        for reason in reasons:
            if why := distrust_in(reason):
                raise UntrustedCertificateError(
                    f"its certificate is {why}; if that is known and right, write "
                    "`tls: unverified` into the source's file"
                ) from error
        if not reasons:
            raise
        raise DownloadFailedError("; ".join(map(words_of, reasons))) from error


def distrust_in(reason: Any) -> str | None:
    """What is wrong with a certificate; None where something else failed."""
    if isinstance(reason, VerificationError | CertificateError):
        return "for another host"
    if isinstance(reason, TlsError) and "certificate verify failed" in str(reason):
        return NOT_TRUSTED
    return None


def words_of(reason: BaseException) -> str:
    """A failure as one short text."""
    return " ".join(f"{type(reason).__name__}: {reason}".split())[:200]


@implementer(IPolicyForHTTPS)
class StrictNames:
    """A policy of Twisted's that also refuses certificates whose names cannot be read."""

    def __init__(self, policy: Any) -> None:
        """The policy that it adds to."""
        self._policy = policy

    def creatorForNetloc(self, hostname: bytes, port: int) -> "StrictConnections":  # noqa: N802
        """Makes connections to a host (Twisted's name)."""
        return StrictConnections(self._policy.creatorForNetloc(hostname, port), hostname.decode())


@implementer(IOpenSSLClientConnectionCreator)
class StrictConnections:
    """Makes connections to one host that end unless its certificate bears its name."""

    def __init__(self, creator: Any, host: str) -> None:
        """What makes the connections, and the host."""
        self._creator = creator
        self._host = host

    def clientConnectionForTLS(self, protocol: Any) -> Any:  # noqa: N802 (Twisted's name)
        """One connection."""
        connection = self._creator.clientConnectionForTLS(protocol)
        check = name_check(self._host, protocol)
        connection.set_verify(VERIFY_PEER | VERIFY_FAIL_IF_NO_PEER_CERT, check)
        return connection


def name_check(host: str, protocol: Any) -> Callable[[Any, Any, int, int, int], bool]:
    """What OpenSSL asks for each certificate of a chain: whether it may pass."""
    try:
        ipaddress.ip_address(host)
        wanted: ServiceID = IPAddress_ID(host)
    except ValueError:
        wanted = DNS_ID(host)

    def check(_: Any, certificate: Any, __: int, depth: int, trusted: int) -> bool:
        if depth or not trusted:
            return bool(trusted)
        try:
            verify_service_identity(extract_patterns(certificate), [wanted], [])
        except (VerificationError, CertificateError, ValueError):
            protocol.failVerification(Failure())  # type: ignore[no-untyped-call]
            return False
        return True

    return check
