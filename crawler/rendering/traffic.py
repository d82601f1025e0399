"""What a page may ask for: which requests leave, which are refused, which are under way."""

import re
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Request, Response, Route

USED = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
"""Kinds of requests that can bring text; images, media, fonts and the rest are left out."""
REQUESTS = 400
"""Requests of one page beyond which nothing more is let out."""
REFUSALS = 20
"""Refused requests of one page that are told one by one."""
RELOADS = 2
"""How often a page may load itself again: some set a cookie first."""
ACTION = re.compile(
    r"(?:^|[/?&=;_.-])(?:log|sign)[-_]?(?:out|off)(?:$|[/?&=;_.-])|"
    r"[?&;](?:do|act|action|mode|cmd)=(?:delete|remove|report|reply|vote|buy|order|pay)",
    re.IGNORECASE,
)
"""URLs that do something; no page may press them for us."""
QUIET = "aborted"
"""The end of a navigation that leaves the document where it is."""


class Traffic:
    """The requests of one page at a time."""

    def __init__(self, page: Page, hosts: frozenset[str]) -> None:
        """Watch a page."""
        self._page = page
        self._hosts = hosts
        self.under_way: set[Request] = set()
        """Requests without an answer."""
        self.start("")
        page.on("request", self._begin)
        page.on("requestfinished", self._finish)
        page.on("requestfailed", self._fail)
        page.on("response", self._note_answer)

    def start(self, url: str) -> None:
        """Forget everything: a page is opened."""
        self.url = bare(url)
        self.under_way.clear()
        self.refused: dict[str, None] = {}
        self.moves: list[str] = []
        """Where the page's scripts wanted to go on this site."""
        self.answer: Response | None = None
        """The newest answer that brought a document."""
        self.is_whole = False
        """Whether it came to its end."""
        self._asked = 0
        self._opened = 0

    @property
    def status(self) -> int:
        """HTTP status of the document; 0 where none came."""
        return self.answer.status if self.answer else 0

    def again(self) -> None:
        """The same page is opened once more."""
        self._opened = 0
        self.moves = []

    def decide(self, route: Route) -> None:
        """Let a request pass, or abort it."""
        reason = self._reason(route.request)
        if reason is None:
            self._asked += 1
            route.continue_()
        else:
            route.abort(reason)

    def _reason(self, request: Request) -> str | None:
        """Why a request is aborted, as Playwright names it; None when it may pass."""
        url, kind = request.url, request.resource_type
        if not self.is_allowed(request.method, url):
            if kind in USED or request.method not in ("GET", "HEAD"):
                self._refuse(f"{request.method} {url}")
            return QUIET if kind == "document" else "failed"
        if kind not in USED:
            return "failed"
        if kind == "document":
            return self._reason_to_stay(request)
        if ACTION.search(url):
            self._refuse(f"GET {url}: it would do something")
            return "failed"
        if self._asked >= REQUESTS:
            self._refuse(f"more than {REQUESTS} requests")
            return "failed"
        return None

    def _reason_to_stay(self, request: Request) -> str | None:
        """Documents come into the one window that is driven, and only the one that was asked."""
        try:
            frame = request.frame
        except PlaywrightError:
            # of a window that is only just opening
            return QUIET
        if frame.page is not self._page or frame.parent_frame is not None:
            return QUIET
        self._opened += 1
        if self._opened == 1 or (bare(request.url) == self.url and self._opened <= 1 + RELOADS):
            return None
        self.moves.append(request.url)
        return QUIET

    def is_allowed(self, method: str, url: str) -> bool:
        """Whether a request only reads, and from one of the job's hosts."""
        parts = urlsplit(url)
        web = parts.scheme in ("http", "https") and parts.netloc.lower() in self._hosts
        return web and method in ("GET", "HEAD")

    def _refuse(self, line: str) -> None:
        if len(self.refused) < REFUSALS:
            self.refused[line[:300]] = None
        else:
            self.refused["and more"] = None

    def _begin(self, request: Request) -> None:
        self.under_way.add(request)

    def _fail(self, request: Request) -> None:
        self.under_way.discard(request)

    def _finish(self, request: Request) -> None:
        self.under_way.discard(request)
        if self.answer is not None and request == self.answer.request:
            self.is_whole = True

    def _note_answer(self, response: Response) -> None:
        request = response.request
        if request.resource_type == "document" and not 300 <= response.status < 400:
            self.answer, self.is_whole = response, False


def bare(url: str) -> str:
    """A URL without its fragment."""
    return urldefrag(url).url
