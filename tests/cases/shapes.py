"""Answers that never end, break off, or frame their body in odd ways."""

import itertools
from collections.abc import Callable

from tests.cases.fetching import Good
from tests.cases.server import Answer, Talk

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def endless(first: bytes, *, again: bytes, every_s: float = 0.0) -> Callable[[Good], Answer]:
    """An answer that never ends: a beginning, then the same over and over."""

    def answer(talk: Talk) -> None:
        talk.send(first)
        for _ in itertools.count():
            talk.send(again)
            talk.stall(every_s)

    return lambda good: answer


def silent_after(start: Callable[[Good], bytes]) -> Callable[[Good], Answer]:
    """An answer that stops in its middle, its connection open."""

    def made(good: Good) -> Answer:
        def answer(talk: Talk) -> None:
            talk.send(start(good))
            talk.stall(6)

        return answer

    return made


def reset_after(start: Callable[[Good], bytes]) -> Callable[[Good], Answer]:
    """An answer whose connection is reset in its middle."""

    def made(good: Good) -> Answer:
        def answer(talk: Talk) -> None:
            talk.send(start(good))
            talk.stall(0.05)
            talk.reset()

        return answer

    return made


def half(good: Good) -> bytes:
    """Half of the good page, its length stated."""
    whole = good.page()
    return whole[: len(whole) - len(good.body) // 2]


def unframed(good: Good) -> bytes:
    """Half of the good page without a length: its end is where the connection ends."""
    return HEAD + b"\r\n" + good.body[: len(good.body) // 2]


def chunked(good: Good, tail: bytes) -> bytes:
    """The good page as one chunk, and what follows it."""
    return (
        HEAD
        + b"Transfer-Encoding: chunked\r\n\r\n"
        + b"%x\r\n" % len(good.body)
        + good.body
        + b"\r\n"
        + tail
    )
