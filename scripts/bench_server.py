"""A web server for benchmarks, in a process of its own, so fast that it is never the limit."""

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
Answers = dict[str, bytes]
"""Whole answers by target."""
Make = Callable[[str], tuple[Answers, list[str]]]
"""Makes what is served at an address, and the targets that are asked for; it can be pickled."""


class Server(asyncio.Protocol):
    """Answers GET requests; keeps the connection unless told to close it."""

    def __init__(self, answer: Callable[[str], bytes]) -> None:
        """Serve what `answer` gives for a target."""
        self.answer = answer
        self.data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self.data += data
        while b"\r\n\r\n" in self.data:
            head, _, self.data = self.data.partition(b"\r\n\r\n")
            self.transport.write(self.answer(head.split(b" ", 2)[1].decode("latin-1")))
            if b"\r\nconnection: close" in head.lower():
                self.transport.close()


def serve_made(make: Make, told: Connection) -> None:
    """Serve what is made once, from memory; its address is told as soon as it listens."""

    async def run() -> None:
        answers: Answers = {}
        server = await asyncio.get_running_loop().create_server(
            lambda: Server(lambda target: answers.get(target, MISSING)), "127.0.0.1", 0
        )
        root = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        made, targets = make(root)
        answers |= made
        told.send((root, targets))
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def served_made(make: Make) -> Iterator[tuple[str, list[str]]]:
    """Root and targets of what is being served."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve_made, args=(make, theirs), daemon=True
    )
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()
