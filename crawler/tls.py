"""Why a connection failed, in words: certificates above all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from OpenSSL.SSL import Error as TlsError
from scrapy.exceptions import DownloadFailedError
from service_identity import VerificationError
from service_identity.exceptions import CertificateError

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
