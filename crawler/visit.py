"""Single visits outside of a crawl: probing a page, checking a session, sending a login form.

All of them leave through the gate, so hosts, addresses and proxy are checked as in a crawl.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx

from crawler.gate import Gate
from crawler.upstream import ProxyDownError, Upstream

TOTAL_S = 120.0
"""A visit's deadline, seconds."""
BODY_LIMIT = 16 * 1024 * 1024
REDIRECTS = 5


class VisitError(OSError):
    """A page did not come; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Visited:
    """A page that came."""

    url: str
    """Where redirects led."""
    status: int
    """HTTP status."""
    content_type: str | None
    """The Content-Type header."""
    body: bytes
    """Body with its content encoding undone."""


@dataclass
class Visitor:
    """One visitor: an allow-list, a way out, an identity and its cookies."""

    hosts: Iterable[str]
    """Exact hosts that may be asked."""
    user_agent: str
    """What every request says it is."""
    local: bool = False
    """Whether the hosts may be on this machine."""
    upstream: Upstream | None = None
    """The proxy, where the source has one."""
    verify: bool = True
    """Whether certificates are verified."""
    cookies: CookieJar = field(default_factory=CookieJar)
    """Sent and kept up to date."""

    def __enter__(self) -> Self:
        """Open the gate."""
        self._gate = Gate(self.hosts, local=self.local, upstream=self.upstream)
        self._client = httpx.Client(
            proxy=self._gate.address,
            trust_env=False,
            verify=self.verify,
            follow_redirects=True,
            max_redirects=REDIRECTS,
            cookies=self.cookies,
            timeout=60,
            headers={"User-Agent": self.user_agent, "Accept": "text/html,*/*;q=0.8"},
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close everything."""
        self._client.close()
        self._gate.close()

    def get(self, url: str) -> Visited:
        """The page at a URL, after redirects.

        Raises:
            ProxyDownError: the proxy does not answer.
            VisitError: the page did not come.
        """
        return self._ask("GET", url, None)

    def send_form(self, url: str, fields: Mapping[str, str], charset: str) -> Visited:
        """The page that follows a login form.

        Raises:
            ProxyDownError: the proxy does not answer.
            VisitError: no page came.
        """
        self._gate.form = url
        try:
            return self._ask("POST", url, urlencode(fields, encoding=charset, errors="replace"))
        finally:
            self._gate.form = None

    def _ask(self, method: str, url: str, form: str | None) -> Visited:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        ends = time.monotonic() + TOTAL_S
        try:
            with self._client.stream(method, url, content=form, headers=headers) as response:
                body = b""
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > BODY_LIMIT or time.monotonic() > ends:
                        raise VisitError(f"{url}: too long or too slow: {len(body)} bytes so far")
        except httpx.HTTPError as error:
            self._check_gate()
            raise VisitError(f"{url}: {type(error).__name__}: {error}") from error
        self._check_gate()
        return Visited(
            str(response.url), response.status_code, response.headers.get("content-type"), body
        )

    def _check_gate(self) -> None:
        if self._gate.down:
            raise ProxyDownError(self._gate.down)
        if self._gate.refused:
            raise VisitError(f"refused: {self._gate.refused.pop()}")
