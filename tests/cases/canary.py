"""Listeners that nobody must reach: they note whoever comes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.cases.server import accepting


@dataclass
class Canary:
    """A listener that nobody must reach."""

    host: str
    """Address and port."""
    touched: list[str] = field(default_factory=list)
    """What came, one line for each connection or datagram."""


@contextmanager
def canary(address: str = "127.0.0.1") -> Iterator[Canary]:
    """Listen for TCP and UDP at one port, and note whoever comes."""
    listener = socket.create_server((address, 0))
    port = listener.getsockname()[1]
    trap = Canary(f"{address}:{port}")
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind((address, port))

    def handle(client: socket.socket) -> None:
        with client:
            trap.touched.append(f"tcp {client.getpeername()}")

    def hear() -> None:
        while True:
            try:
                data, sender = datagrams.recvfrom(2048)
            except OSError:
                return
            if data:
                trap.touched.append(f"udp {sender} {data[:40]!r}")

    threading.Thread(target=hear, daemon=True).start()
    with accepting(listener, handle):
        yield trap
    datagrams.close()
