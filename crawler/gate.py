"""The browser's only way out: a small forward proxy that connects to allowed hosts and no others.

Playwright's routes miss redirects, preconnects and prefetches; a proxy does not, because Chromium
knows no other way. It resolves a name once and connects to the address that it checked.
"""

import ipaddress
import selectors
import socket
import threading
from collections.abc import Iterable
from urllib.parse import urlsplit

HEAD_LIMIT = 64 * 1024
CONNECT_S = 15.0
IDLE_S = 60.0
CHUNK = 64 * 1024
READING = frozenset({"GET", "HEAD"})
REFUSED = b"HTTP/1.1 403 Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
FAILED = b"HTTP/1.1 502 No way\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
ESTABLISHED = b"HTTP/1.1 200 Connected\r\n\r\n"


class RefusedError(ValueError):
    """The gate does not let this out."""


class Gate:
    """Listens on 127.0.0.1 and lets out what the hosts allow."""

    def __init__(self, hosts: Iterable[str], *, local: bool) -> None:
        """Start listening; `local` allows addresses that are not public."""
        self._hosts = frozenset(hosts)
        self._local = local
        self.refused: list[str] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True, name="gate").start()

    @property
    def address(self) -> str:
        """The proxy's URL."""
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                # closed
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(IDLE_S)
        with client:
            try:
                self._pass_on(client)
            except RefusedError as error:
                self.refused.append(str(error)[:300])
                send_quietly(client, REFUSED)
            except OSError:
                send_quietly(client, FAILED)

    def _pass_on(self, client: socket.socket) -> None:
        head, rest = read_head(client)
        if not head:
            return
        method, target = first_line(head)
        if method == "CONNECT":
            host, port = self._allowed(target, 443, f"CONNECT {target}")
        else:
            if method not in READING:
                raise RefusedError(f"{method} {target}")
            host, port = self._allowed(urlsplit(target).netloc, 80, f"{method} {target}")
        with socket.create_connection((self._checked(host, port), port), CONNECT_S) as server:
            if method == "CONNECT":
                client.sendall(ESTABLISHED)
                server.sendall(rest)
                pump(client, server)
            else:
                # one request a connection: whatever the client sends after it goes nowhere
                server.sendall(origin_form(head, method, target))
                while data := server.recv(CHUNK):
                    client.sendall(data)

    def _allowed(self, netloc: str, default: int, what: str) -> tuple[str, int]:
        """Host and port of a target on the allow-list.

        Raises:
            RefusedError: it is not on it.
        """
        parts = urlsplit(f"//{netloc}")
        try:
            host, port = (parts.hostname or ""), (parts.port or default)
        except ValueError as error:
            raise RefusedError(f"{what}: {error}") from error
        named = {f"{host}:{port}"} | ({host} if port in (80, 443) else set[str]())
        if not named & self._hosts:
            raise RefusedError(what)
        return host, port

    def _checked(self, host: str, port: int) -> str:
        """The address to connect to; every address of the name must be public, unless local.

        Raises:
            RefusedError: one of them is not.
        """
        found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        for address in found:
            if not self._local and not ipaddress.ip_address(str(address)).is_global:
                raise RefusedError(f"{host} is {address}, which is not public")
        return str(found[0])


def read_head(client: socket.socket) -> tuple[bytes, bytes]:
    """A request's head up to the empty line, and what came after it.

    Raises:
        RefusedError: the head is too long.
    """
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = client.recv(CHUNK)
        if not chunk:
            return b"", b""
        data += chunk
        if len(data) > HEAD_LIMIT:
            raise RefusedError("a request head of more than 64 kB")
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def first_line(head: bytes) -> tuple[str, str]:
    """Method and target of a request.

    Raises:
        RefusedError: the line has no such form.
    """
    words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
    if len(words) != 3:
        raise RefusedError(f"not a request: {words[0][:40]}")
    return words[0].upper(), words[1]


def origin_form(head: bytes, method: str, target: str) -> bytes:
    """The request as its server expects it: path only, no proxy headers, one a connection."""
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [
        line
        for line in head.split(b"\r\n")[1:]
        if not line.lower().startswith((b"proxy-", b"connection:"))
    ]
    start = f"{method} {path} HTTP/1.1".encode("latin-1")
    return b"\r\n".join([start, *kept, b"Connection: close", b"", b""])


def pump(client: socket.socket, server: socket.socket) -> None:
    """Copy bytes both ways until one side is done or nothing came for a minute."""
    other = {client: server, server: client}
    with selectors.DefaultSelector() as ready:
        for one in other:
            ready.register(one, selectors.EVENT_READ)
        while True:
            events = ready.select(IDLE_S)
            if not events:
                return
            for key, _ in events:
                source: socket.socket = key.fileobj  # type: ignore[assignment]
                data = source.recv(CHUNK)
                if not data:
                    return
                other[source].sendall(data)


def send_quietly(client: socket.socket, answer: bytes) -> None:
    """Send an answer to a client that may be gone."""
    try:
        client.sendall(answer)
    except OSError:
        # it went away: nobody is left to be told
        return
