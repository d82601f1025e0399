"""TLS: certificates that prove nothing.

Certificates are made when the tests run, by an authority that only the tests' crawl trusts.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from tests.cases import Case

Issuer = Literal["trusted", "itself", "stranger"]
NOT_READ = "asks for nothing; an issue says what is wrong and how to allow it"
NOW = datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's certificate."""

    case: Case
    issuer: Issuer = "trusted"
    """Who signed it."""
    names: tuple[str, ...] = ("127.0.0.1",)
    """Addresses and names that it is for."""
    begins: datetime = NOW - timedelta(days=2)
    ends: datetime = NOW + timedelta(days=2)
    detail: str = "expired, signed by itself"
    """What the issue says."""
    is_read: bool = False
    """Whether the page is read."""


CERTIFICATES = (
    Certificate(Case("tls-sound", "a certificate that is in order", "reads the page"),
            is_read=True),
    Certificate(Case("tls-expired", "an expired certificate", NOT_READ),
            ends=NOW - timedelta(days=1)),
    Certificate(Case("tls-not-yet", "a certificate of the future", NOT_READ),
                begins=NOW + timedelta(days=1)),
    Certificate(Case("tls-self-signed", "a certificate signed by itself", NOT_READ), "itself"),
    Certificate(Case("tls-stranger", "a certificate of an unknown authority", NOT_READ),
            "stranger"),
    Certificate(Case("tls-other-host", "another host's certificate", NOT_READ),
                names=("elsewhere.test",), detail="for another host"),
    Certificate(Case("tls-other-address", "another address's certificate", NOT_READ),
                names=("127.0.0.9",), detail="for another host"),
    Certificate(Case("tls-nameless", "a trusted certificate without any name", NOT_READ), names=(),
                detail="for another host"),
    Certificate(Case("tls-wildcard", "a certificate for `*`", NOT_READ), names=("*",),
                detail="for another host"),
)  # fmt: skip

NO_TLS = Case("tls-none", "no TLS where https is asked for", "asks three times, an issue")
OPT_OUT = Case(
    "tls-opt-out",
    "a certificate signed by itself, and a source with `tls: unverified`",
    "reads the page; every run says in its issues that nothing was verified",
)
CASES = (*(each.case for each in CERTIFICATES), NO_TLS, OPT_OUT)
