"""The only way out of browsers and proxied crawls: a small forward proxy with an allow-list.

Playwright's routes miss redirects, preconnects and prefetches; a proxy does not, because Chromium
knows no other way. It resolves a name once and connects to the address that it checked; with an
upstream proxy it resolves nothing and hands names on.
"""

import re
import selectors
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from crawler.addresses import RefusedError, Scope, is_private, literal_in
from crawler.upstream import ProxyDownError, Upstream

HEAD_LIMIT = 64 * 1024
CONNECT_S = 15.0
IDLE_S = 60.0
CHUNK = 64 * 1024
READING = frozenset({"GET", "HEAD"})
REFUSED = b"HTTP/1.1 403 Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
FAILED = b"HTTP/1.1 502 No way\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
HOP_HEADERS = (b"proxy-", b"connection:", b"keep-alive:")
"""Headers that speak of one connection only (RFC 9110)."""
ESTABLISHED = b"HTTP/1.1 200 Connected\r\n\r\n"


class Gate:
    """Listens on 127.0.0.1 and lets out what the hosts allow."""

    def __init__(
        self,
        hosts: Iterable[str],
        *,
        local: bool,
        upstream: Upstream | None = None,
        forms: bool = False,
    ) -> None:
        """Start listening; `local` lets exact `host:port` entries be private, `forms` any POST."""
        self._scope = Scope(frozenset(hosts), local)
        self._upstream = upstream
        self._forms = forms
        self.look_up: Callable[[str], list[str]] = system_addresses
        """Gives all addresses of a name."""
        self._known: dict[tuple[str, int], tuple[str, ...]] = {}
        self.refused: list[str] = []
        """What was asked for and not let out, one line each."""
        self.down: str | None = None
        """Why the upstream proxy could not be used, once that was so."""
        self.form: str | None = None
        """The URL of the one login form that may be sent now."""
        self._clients: set[socket.socket] = set()
        self._server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True, name="gate").start()

    @property
    def address(self) -> str:
        """The proxy's URL."""
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def close(self) -> None:
        """Stop listening."""
        try:
            # closing alone would let the thread that waits take one more
            self._server.shutdown(socket.SHUT_RDWR)
        except OSError:
            # closed already
            return
        self._server.close()

    def cut(self) -> None:
        """End everything that is under way: it took too long."""
        for client in list(self._clients):
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

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
        self._clients.add(client)
        with client:
            try:
                self._pass_on(client)
            except RefusedError as error:
                self.refused.append(str(error)[:300])
                send_quietly(client, REFUSED)
            except ProxyDownError as error:
                self.down = str(error)
                send_quietly(client, FAILED)
            except OSError:
                send_quietly(client, FAILED)
            finally:
                self._clients.discard(client)

    def _pass_on(self, client: socket.socket) -> None:
        head, rest = read_head(client)
        if not head:
            return
        method, target = first_line(head)
        if method == "CONNECT":
            host, port = self._allowed(target, 443, f"CONNECT {target}")
        else:
            posts = method == "POST" and (self._forms or target == self.form)
            if method not in READING and not posts:
                raise RefusedError(f"{method} {target}")
            host, port = self._allowed(urlsplit(target).netloc, 80, f"{method} {target}")
        with self._connect(host, port) as server:
            if method == "CONNECT":
                client.sendall(ESTABLISHED)
                server.sendall(rest)
                pump(client, server)
            else:
                # one request a connection: whatever the client sends after it goes nowhere
                server.sendall(origin_form(head, method, target))
                if method == "POST":
                    server.sendall(read_body(client, head, rest))
                pass_answer(server, client)

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
        if not self._scope.names(host, port):
            raise RefusedError(what)
        return host, port

    def _connect(self, host: str, port: int) -> socket.socket:
        if self._upstream is None:
            return socket.create_connection((self._checked(host, port), port), CONNECT_S)
        if is_private(host) and not self._scope.opens(host, port):
            raise RefusedError(f"{host} is not public")
        server = self._upstream.connect(host, port)
        server.settimeout(IDLE_S)
        return server

    def _checked(self, host: str, port: int) -> str:
        """The address to connect to; every address of the name must be allowed, and stays.

        Raises:
            RefusedError: one of them is not.
        """
        found = self._known.get((host, port))
        if found is None:
            literal = literal_in(host)
            addresses = [literal] if literal else self.look_up(host)
            found = self._known[host, port] = self._scope.check(host, port, addresses)
        return found[0]


def system_addresses(host: str) -> list[str]:
    """All addresses that the system's resolver knows for a name.

    Raises:
        OSError: there is none.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def read_head(client: socket.socket) -> tuple[bytes, bytes]:
    """A request's head up to the empty line, and what came after it.

    Raises:
        RefusedError: the head is longer than any sound one.
    """
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = client.recv(CHUNK)
        if not chunk:
            return b"", b""
        data += chunk
        if len(data) > HEAD_LIMIT:
            raise RefusedError("a head of more than 64 kB")
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def pass_answer(server: socket.socket, client: socket.socket) -> None:
    """Hand a server's answer to the client, which is told that the connection ends with it.

    Raises:
        RefusedError: its head is too long.
    """
    head, rest = read_head(server)
    if not head:
        raise OSError("no answer")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(HOP_HEADERS)]
    client.sendall(b"\r\n".join([*kept, b"Connection: close", b"", b""]) + rest)
    while data := server.recv(CHUNK):
        client.sendall(data)


def read_body(client: socket.socket, head: bytes, rest: bytes) -> bytes:
    """The body of a login form.

    Raises:
        RefusedError: it is longer than any form, or its length is not stated.
    """
    stated = re.search(rb"(?i)\r\ncontent-length:[ \t]*([0-9]{1,6})[ \t]*(?:\r\n|$)", head)
    length = int(stated[1]) if stated else HEAD_LIMIT + 1
    if length > HEAD_LIMIT:
        raise RefusedError("a form of unknown or too great length")
    while len(rest) < length and (chunk := client.recv(CHUNK)):
        rest += chunk
    return rest[:length]


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
    kept = [line for line in head.split(b"\r\n")[1:] if not line.lower().startswith(HOP_HEADERS)]
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
