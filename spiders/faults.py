"""Pages that did not come: why, in words, and when to ask again."""

from email.utils import parsedate_to_datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from twisted.internet.error import TimeoutError as ConnectTimeoutError

from crawler.addresses import RefusedError
from crawler.breaker import ANSWERED_BADLY, UNREACHED
from crawler.clock import now
from crawler.media import NotTextError
from crawler.reading import Problem
from crawler.tls import UntrustedCertificateError

RATE_LIMITS = frozenset({429, 503})
RATE_LIMIT_S = 30.0
"""How long a site rests that says "too many requests" and not for how long, seconds."""
LONGEST_HOLD_S = 120.0
"""How long a crawl rests at most because a site asks for it, seconds; a page that is to wait
longer waits for the next run."""
MOST_S = 86_400.0
"""Longest wait that is believed, seconds."""
UNREACHABLE = (
    OSError,
    DownloadTimeoutError,
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
)
UNCONNECTED = (CannotResolveHostError, DownloadConnectionRefusedError, OSError)


def problem_of(error: BaseException) -> Problem:
    """An issue that says why a page did not come."""
    detail = " ".join(str(error).split())[:300]
    if isinstance(error, RefusedError):
        return Problem("refused", detail)
    if isinstance(error, IgnoreRequest):
        return Problem("refused", f"{detail} (robots.txt of the site)")
    if isinstance(error, NotTextError):
        return Problem("not_text", f"{detail}: neither read nor kept")
    if isinstance(error, UntrustedCertificateError):
        return Problem("untrusted_certificate", detail)
    return Problem("fetch_failed", f"{type(error).__name__}: {detail}"[:300])


def is_final(error: BaseException) -> bool:
    """Whether another try would end the same way."""
    return isinstance(error, RefusedError | NotTextError)


def is_unreachable(error: BaseException) -> bool:
    """Whether a page did not come because its host did not answer."""
    return isinstance(error, UNREACHABLE)


def weight_of(error: BaseException) -> int:
    """What a failed fetch says against its host."""
    timed_out = isinstance(error.__cause__, ConnectTimeoutError)
    return UNREACHED if timed_out or isinstance(error, UNCONNECTED) else ANSWERED_BADLY


def wait_s(response: Response) -> float:
    """Seconds that a `Retry-After` header asks for, at most a day; 0 without a sound one.

    RFC 9110 allows a number of seconds or a date.
    """
    raw = (response.headers.get("Retry-After") or b"").strip().decode("latin-1")
    if raw.isdecimal() and raw.isascii():
        return min(float(raw[:9]), MOST_S)
    try:
        until = parsedate_to_datetime(raw)
        wait = (until - now()).total_seconds() if until.tzinfo else 0.0
    except (ValueError, OverflowError, TypeError, IndexError):
        return 0.0
    return min(max(wait, 0.0), MOST_S)
