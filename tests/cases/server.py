"""A raw-socket server on 127.0.0.1 whose every byte and pause is its case's own.

An answer is bytes, sent before the connection ends, or a function of the talk:

    with served() as server:
        server.answers["/robots.txt"] = page("User-agent: *", content_type="text/plain")
        server.answers["/away"] = redirect("http://10.1.2.3/")
        server.answers["/slow"] = lambda talk: talk.drip(b"x" * 99, 0.5)

Boards of which some threads are hostile: `tests.cases.boards`; listeners that nobody must reach:
`tests.cases.canary`.
"""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    """Such as GET."""
    target: str
    """Path and query as they were asked for."""
    headers: Mapping[str, str]
    """By name in lower case."""
    at: float
    """Monotonic seconds."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One connection after its request was read."""

    client: socket.socket
    """The connection; it is closed when the answer's function returns."""
    asked: Asked
    """What was asked for."""

    def send(self, data: bytes) -> None:
        """Send bytes at once."""
        self.client.sendall(data)

    def drip(self, data: bytes, every_s: float) -> None:
        """Send one byte, wait, and so on."""
        for place in range(len(data)):
            self.client.sendall(data[place : place + 1])
            time.sleep(every_s)

    def stall(self, seconds: float) -> None:
        """Say nothing."""
        time.sleep(seconds)

    def reset(self) -> None:
        """End the connection with a RST."""
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.client.close()


Answer = bytes | Callable[[Talk], None]
"""Bytes to send before the connection ends, or a function that does what it likes."""


@dataclass
class Server:
    """A running server."""

    host: str
    """Address and port."""
    fallback: Callable[[str], Answer]
    """The answer to targets that have none of their own."""
    answers: dict[str, Answer] = field(default_factory=dict)
    """Answers by target."""
    asked: list[Asked] = field(default_factory=list)
    """All requests in order."""

    def times(self, target: str) -> int:
        """How often a target was asked for."""
        return sum(each.target == target for each in list(self.asked))

    def headers_of(self, target: str) -> Mapping[str, str]:
        """Headers of the last request for a target."""
        return [each.headers for each in self.asked if each.target == target][-1]


def page(body: str | bytes, status: int = 200, **headers: str) -> bytes:
    """A whole answer; `x_y=…` is the header `X-Y`, and a stated `content_length` may lie."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    stated = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(data)),
        "Connection": "close",
    } | named
    lines = [f"HTTP/1.1 {status} Status", *(f"{name}: {value}" for name, value in stated.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + data


def redirect(location: str, status: int = 302, **headers: str) -> bytes:
    """A redirect."""
    return page("", status, location=location, **headers)


def nothing(_: str) -> Answer:
    """A plain 404."""
    return page("<html><head><title>404</title></head><body>404 Not Found</body></html>", 404)


@contextmanager
def served(
    fallback: Callable[[str], Answer] = nothing,
    tls: ssl.SSLContext | None = None,
    address: str = "127.0.0.1",
) -> Iterator[Server]:
    """Serve until the block ends; one request a connection."""
    listener = socket.create_server((address, 0), backlog=64)
    server = Server(f"{address}:{listener.getsockname()[1]}", fallback)

    def handle(client: socket.socket) -> None:
        with client:
            try:
                talk_with(server, tls.wrap_socket(client, server_side=True) if tls else client)
            except (OSError, ValueError):
                # the other side went away, or never spoke HTTP
                return

    with accepting(listener, handle):
        yield server


@contextmanager
def accepting(listener: socket.socket, handle: Callable[[socket.socket], None]) -> Iterator[None]:
    """Hand each connection to a thread of its own."""

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=handle, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield
    finally:
        # closing alone would let the thread that waits take one more
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def talk_with(server: Server, client: socket.socket) -> None:
    """Read one request and answer it."""
    with client:
        head = b""
        while b"\r\n\r\n" not in head:
            chunk = client.recv(65536)
            if not chunk:
                return
            head += chunk
        first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        pairs = (line.partition(": ") for line in lines)
        headers = {name.lower(): value for name, _, value in pairs}
        asked = Asked(method, target, headers, time.monotonic())
        server.asked.append(asked)
        answer = server.answers[target] if target in server.answers else server.fallback(target)
        if callable(answer):
            answer(Talk(client, asked))
        else:
            client.sendall(answer)
