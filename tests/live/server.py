"""Serves a made-up board in the markup of one software, with sessions and a login form."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.live.board import Board, Skin, Thread, View

USER, PASSWORD = "watcher", "night-harbour-7"
COOKIE = "board_session"


@dataclass
class Site:
    """A board that is being served."""

    skin: Skin
    boards: list[Board]
    asked: list[str] = field(default_factory=list)
    """Targets of all GET requests but robots.txt, in order."""
    posted: list[str] = field(default_factory=list)
    """Targets of all POST requests."""
    root: str = ""
    """Scheme, host and port."""
    session_in_links: bool = False
    """Whether links carry a session id, as for visitors without cookies."""
    signed_in: set[str] = field(default_factory=set)
    """Session cookies that are logged in."""
    open_for: int | None = None
    """After how many further pages all sessions end; None for never."""
    tokens: int = 0
    latency_s: float = 0.0
    """How long each answer takes, seconds."""
    asked_at: list[float] = field(default_factory=list)
    """When each of `asked` was, on a clock that only grows."""

    @property
    def host(self) -> str:
        """Host and port."""
        return self.root.partition("://")[2]

    def new_session(self) -> str:
        """A session cookie that is logged in."""
        self.tokens += 1
        token = f"token-{self.tokens}"
        self.signed_in.add(token)
        return token

    def board_of(self, number: int) -> Board | None:
        """The board of that number."""
        return next((board for board in self.boards if board.number == number), None)

    def thread_of(self, number: int) -> Thread | None:
        """The thread of that number."""
        threads = (thread for board in self.boards for thread in board.threads)
        return next((thread for thread in threads if thread.number == number), None)

    def page(self, target: str, token: str) -> tuple[int, str]:
        """Status and body for a target."""
        signed_in = token in self.signed_in
        session = f"{len(self.asked):032x}" if self.session_in_links else None
        view = View(self.root, self.boards, signed_in, session)
        asked = self.skin.asked(target)
        if asked is None:
            return 404, "<html><head><title>404 Not Found</title></head><body>404</body></html>"
        if asked.what == "index":
            return 200, self.skin.index(view)
        if asked.what == "login":
            return 200, self.skin.login(view)
        thread = self.thread_of(asked.number) if asked.what == "thread" else None
        board = self.board_of(thread.board if thread else asked.number)
        if board is None or (asked.what == "thread" and thread is None):
            return 404, "<html><head><title>404 Not Found</title></head><body>404</body></html>"
        if board.private and not signed_in:
            return 200, self.skin.refused(view)
        if thread is not None:
            return 200, self.skin.thread(view, thread, asked.page)
        return 200, self.skin.board(view, board, asked.page)

    def sign_in(self, form: Mapping[str, list[str]]) -> str | None:
        """A fresh session for the right user and password, under whatever field names."""
        values = {value for each in form.values() for value in each}
        return self.new_session() if {USER, PASSWORD} <= values else None

    def count_down(self) -> None:
        """End all sessions once their time is over."""
        if self.open_for is not None:
            self.open_for -= 1
            if self.open_for < 0:
                self.signed_in.clear()


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    """Serve a site on 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            # a crawl that is killed hangs up
            with suppress(ConnectionError):
                super().handle()

        def token(self) -> str:
            cookies = SimpleCookie(self.headers.get("Cookie", ""))
            return cookies[COOKIE].value if COOKIE in cookies else ""

        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.answer(404, "")
                return
            site.asked.append(self.path)
            site.asked_at.append(time.monotonic())
            time.sleep(site.latency_s)
            site.count_down()
            self.answer(*site.page(self.path, self.token()))

        def do_POST(self) -> None:
            site.posted.append(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            token = site.sign_in(parse_qs(raw.decode("utf-8", "replace")))
            if token is None:
                self.answer(200, site.skin.login(View(site.root, site.boards)))
            else:
                extra = {"Location": site.skin.START, "Set-Cookie": f"{COOKIE}={token}; Path=/"}
                self.answer(303, "", extra)

        def answer(self, status: int, body: str, extra: Mapping[str, str] | None = None) -> None:
            data = body.encode("utf-8")
            self.send_response(status)
            for name, value in (extra or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", site.skin.CONTENT_TYPE)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.root = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
