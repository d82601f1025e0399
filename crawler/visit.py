"""Single visits outside of a crawl: probing a page, checking a session, sending a login form.

All of them leave through the gate, so hosts, addresses and proxy are checked as in a crawl.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx

from crawler.encodings import LIMIT, undo
from crawler.gate import Gate
from crawler.headers import PLAIN
from crawler.redirecting import MOST, STATUSES, fault_of, leads_to
from crawler.upstream import ProxyDownError, Upstream

TOTAL_S = 60.0
"""A visit's deadline, with all of its redirects, seconds."""
STALL_S = 20.0
"""How long a server may say nothing, seconds."""


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
            follow_redirects=False,
            cookies=self.cookies,
            timeout=STALL_S,
            headers={"User-Agent": self.user_agent, **PLAIN},
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
        """The page at the end of at most five redirects, which never bear a form on."""
        watch = threading.Timer(TOTAL_S, self._gate.cut)
        watch.daemon = True
        watch.start()
        try:
            for hops in range(MOST + 1):
                visited, location = self._once(method, url, form)
                if location is None:
                    return visited
                target = leads_to(url, location)
                if fault := fault_of(url, target, hops + 1):
                    raise VisitError(f"{url}: redirect: {fault}")
                if form is not None and visited.status in (307, 308):
                    raise VisitError(f"{url}: its form is to be sent on to {target[:200]}")
                method, url, form = "GET", target, None
            raise VisitError(f"{url}: more than {MOST} redirects")
        finally:
            watch.cancel()

    def _once(self, method: str, url: str, form: str | None) -> tuple[Visited, bytes | None]:
        """One answer, and where it leads on."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        try:
            with self._client.stream(method, url, content=form, headers=headers) as response:
                raw = b""
                # not decoded by httpx, which knows no bounds
                for chunk in response.iter_raw():
                    raw += chunk
                    if len(raw) > LIMIT:
                        raise VisitError(f"{url}: longer than {LIMIT} bytes")
        except httpx.HTTPError as error:
            self._check_gate()
            raise VisitError(f"{url}: {type(error).__name__}: {error}") from error
        self._check_gate()
        undone = undo(raw, response.headers.get("content-encoding"))
        if undone.fault:
            raise VisitError(f"{url}: {undone.fault}")
        location = response.headers.get("location") if response.status_code in STATUSES else None
        kind = response.headers.get("content-type")
        visited = Visited(url, response.status_code, kind, undone.body)
        return visited, location.encode("utf-8", "replace") if location else None

    def _check_gate(self) -> None:
        if self._gate.down:
            raise ProxyDownError(self._gate.down)
        if self._gate.refused:
            raise VisitError(f"refused: {self._gate.refused.pop()}")
