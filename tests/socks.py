"""A SOCKS5 proxy on 127.0.0.1 that notes who asked for what (RFC 1928, RFC 1929)."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Socks:
    """A running proxy."""

    address: str = ""
    """Such as `127.0.0.1:9050`."""
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    """User, host as the client wrote it, and port of each connection."""
    leads_to: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Where names lead: only the proxy can resolve them."""


@contextmanager
def socks_proxy(port: int = 0) -> Iterator[Socks]:
    """Serve until the block ends, at a port or at any that is free."""
    server = socket.create_server(("127.0.0.1", port))
    proxy = Socks(f"127.0.0.1:{server.getsockname()[1]}")

    def accept() -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    def serve(client: socket.socket) -> None:
        with client:
            try:
                handle(proxy, client)
            except (OSError, struct.error, IndexError):
                return

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield proxy
    finally:
        # closing alone would let the thread that waits take one more
        server.shutdown(socket.SHUT_RDWR)
        server.close()


def exactly(client: socket.socket, count: int) -> bytes:
    """So many bytes."""
    data = b""
    while len(data) < count:
        chunk = client.recv(count - len(data))
        if not chunk:
            raise OSError("closed")
        data += chunk
    return data


def handle(proxy: Socks, client: socket.socket) -> None:
    """One connection: greeting, user and password, request, then bytes both ways."""
    _, methods = exactly(client, 2)
    offered = exactly(client, methods)
    user = ""
    if 2 in offered:
        client.sendall(b"\x05\x02")
        exactly(client, 1)
        user = exactly(client, exactly(client, 1)[0]).decode()
        exactly(client, exactly(client, 1)[0])
        client.sendall(b"\x01\x00")
    else:
        client.sendall(b"\x05\x00")
    _, _, _, kind = exactly(client, 4)
    if kind == 3:
        host = exactly(client, exactly(client, 1)[0]).decode()
    else:
        host = socket.inet_ntoa(exactly(client, 4))
    (port,) = struct.unpack(">H", exactly(client, 2))
    proxy.asked.append((user, host, port))
    target = proxy.leads_to.get(host)
    if target is None:
        # host unreachable
        client.sendall(b"\x05\x04\x00\x01\x00\x00\x00\x00\x00\x00")
        return
    with socket.create_connection(target) as far:
        client.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        back = threading.Thread(target=copy, args=(far, client), daemon=True)
        back.start()
        copy(client, far)
        back.join(10)


def copy(source: socket.socket, target: socket.socket) -> None:
    """Copy bytes until the source is done."""
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
