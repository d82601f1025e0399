"""Serves a board for `make bench-nightly`: each page is made when it is asked for."""

import asyncio
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from scripts.bench_nightly_board import Market
from scripts.bench_server import MISSING, Server
from scripts.bench_site import answer_of
from tests.live.board import View
from tests.live.skins import mybb

Tell = Callable[[], Mapping[str, int]]
"""Says how many requests there were since it was last asked, by kind."""


def page_of(market: Market, root: str, target: str) -> str:
    """A page of the board.

    Raises:
        LookupError: there is none at that target.
    """
    boards = market.boards()
    view, asked = View(root, boards), mybb.asked(target)
    if asked is None or asked.what == "login":
        raise LookupError(target)
    if asked.what == "index":
        return mybb.index(view)
    if asked.what == "board":
        return mybb.board(view, boards[asked.number - 1], asked.page)
    thread = market.thread(asked.number)
    if thread is None:
        raise LookupError(target)
    return mybb.thread(view, thread, asked.page)


def kind_of(target: str) -> str:
    """What was asked for: index, board, thread or other."""
    asked = mybb.asked(target)
    return asked.what if asked else "other"


def answer_in(market: Market, root: str, asked: Counter[str], target: str) -> bytes:
    """A page made on the spot; requests are counted in `asked`."""
    asked[kind_of(target)] += 1
    try:
        return answer_of(page_of(market, root, target))
    except LookupError:
        return MISSING


def serve(market: Market, port: int, pipe: Connection) -> None:
    """Serve until killed, in a process of its own; counts are told when asked for."""
    asked: Counter[str] = Counter()

    def tell() -> None:
        pipe.recv()
        pipe.send(dict(asked))
        asked.clear()

    async def run() -> None:
        loop = asyncio.get_running_loop()
        try:
            server = await loop.create_server(
                lambda: Server(partial(answer_in, market, root_of(port), asked)), "127.0.0.1", port
            )
        except OSError as error:
            pipe.send(str(error))
            return
        loop.add_reader(pipe.fileno(), tell)
        pipe.send("")
        await server.serve_forever()

    asyncio.run(run())


def root_of(port: int) -> str:
    """The board's address without a path."""
    return f"http://127.0.0.1:{port}"


def host_of(root: str) -> str:
    """Host and port of an address."""
    return urlsplit(root).netloc


@contextmanager
def served(market: Market, port: int) -> Iterator[Tell]:
    """A board that is being served; its requests."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(market, port, theirs), daemon=True
    )
    process.start()

    def tell() -> Mapping[str, int]:
        ours.send("")
        counts: Mapping[str, int] = ours.recv()
        return counts

    try:
        if fault := ours.recv():
            sys.exit(f"port {port}: {fault}; choose another one with --port and --fresh")
        yield tell
    finally:
        process.kill()
        process.join()
