"""A home with alert rules over a small market, and targets on this machine that remember."""

import hashlib
import hmac
import os
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from crawler.alerting.channels import Way, send
from crawler.alerting.delivering import Sender
from crawler.alerting.rules import Rule, Target
from crawler.alerting.running import Alerted, Wish, alert
from crawler.alerting.wording import Message
from crawler.home import Home
from crawler.reading import PostRead, Reading, ThreadRead
from crawler.store.evidence import keep_page
from tests.desk import read_texts
from tests.pages import HOST, START, Board, board_at, post

SECRET = "a secret of the test"
VPS = "Bulletproof VPS, abuse ignored, 2 GB RAM - {}$/month"


@dataclass
class Market:
    """A home whose clock is the board's: an hour a reading."""

    home: Home
    board: Board

    @property
    def now(self) -> datetime:
        """The moment after the newest reading."""
        return self.board.now + timedelta(minutes=5)

    def read(self, *posts: PostRead) -> None:
        """A run that shows these posts, and its analysis."""
        # a title that names no goods of its own
        thread = ThreadRead("7", "My shop", f"{HOST}/t?id=7")
        fetched = self.board.fetched(self.board.begin(), "thread", {})
        keep_page(self.board.store, fetched, Reading("ok", thread=thread, posts=posts))
        read_texts(self.board)

    def rule(self, text: str, name: str = "rule", written: datetime = START) -> Path:
        """Write a rule file, dated as the board's clock."""
        self.home.alerts.mkdir(exist_ok=True)
        path = self.home.alerts / f"{name}.yml"
        path.write_text(f"name: {name}\n{text}", "utf-8")
        os.utime(path, (written.timestamp(), written.timestamp()))
        return path

    def alert(
        self, sender: Sender, moment: datetime | None = None, wish: Wish | None = None
    ) -> Alerted:
        """A pass, by default right after the newest reading."""
        return alert(self.home, moment or self.now, wish or Wish(), sender)

    def rows(self, sql: str = "select * from alerts order by at, id") -> list[dict[str, Any]]:
        """Rows of the database."""
        return [dict(row) for row in self.board.store.rows(sql)]


def market_at(folder: Path) -> Market:
    """A home with an empty board."""
    return Market(Home(folder), board_at(folder))


def vps(number: int, price: int, author: str = "host", **changes: Any) -> PostRead:
    """An offer of a bulletproof VPS."""
    return post(number, VPS.format(price), author=author, **changes)


@dataclass
class Kept:
    """A sender that keeps messages instead of sending them."""

    messages: list[Message] = field(default_factory=list)

    def __call__(self, way: Way, rule: Rule, target: Target, message: Message) -> None:
        """Keep a message."""
        self.messages.append(message)

    @property
    def subjects(self) -> list[str]:
        """What was sent, in order."""
        return [message.subject for message in self.messages]


def real(way: Way, rule: Rule, target: Target, message: Message) -> None:
    """The real way out."""
    send(way, rule, target, message)


@dataclass
class Hook:
    """A web service that takes alerts."""

    url: str
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """Status of the next answers; 204 when there is none left."""


@contextmanager
def hook() -> Iterator[Hook]:
    """A web service on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.calls.append((dict(self.headers.items()), body))
            self.send_response(made.answers.pop(0) if made.answers else 204)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Hook(f"http://127.0.0.1:{server.server_address[1]}/alerts")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def posted(web: Hook) -> dict[str, bytes]:
    """Bodies by delivery, as a receiver that heeds the key sees them; every signature is right."""
    seen: dict[str, bytes] = {}
    for headers, body in web.calls:
        signed = headers["X-Rackrent-Timestamp"].encode() + b"." + body
        wanted = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(headers["X-Rackrent-Signature"], f"sha256={wanted}")
        key = headers["Idempotency-Key"]
        assert seen.setdefault(key, body) == body
    return seen


@dataclass
class Mailbox:
    """A mail server that keeps what it takes."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    url: str = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    box = Mailbox(port)
    box.url = f"mailto://127.0.0.1:{port}/?from=rackrent@team.example&to=analyst@team.example&mode=insecure"
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def titles_of(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Titles of alerts."""
    return [row["title"] for row in rows]
