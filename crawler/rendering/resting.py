"""When a page has come to rest: nothing under way, no timer due, nothing changes."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from crawler.rendering.reading import Document, Reader

QUIET_S = 0.7
"""How long a page may keep its size that repeats timers for ever, or changes in place, seconds."""
MOVING_S = 4.2
"""How long a page may go on growing although it waits for nothing, seconds."""
WAITING_S = 14.0
"""How long a page may wait for answers, seconds."""
FRAMES = 3
"""Frames in which nothing may change: what scrolling starts has started in them."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A page that rests."""

    moves: list[str]
    """Where its scripts wanted to go."""
    document: Document | None
    """Its document, where that was asked for and is not too long."""


@dataclass(frozen=True, slots=True)
class Resting:
    """What a page is brought to rest with."""

    page: Page
    reader: Reader
    is_waiting: Callable[[], bool]
    """Whether an answer to a request is still to come."""
    has_content: bool = False
    """Whether what the source waits for is there."""


def come_to_rest(with_: Resting, until: float, *, with_document: bool) -> Rest | None:
    """The page once it rests; None when it did not in its time, or by `until` (monotonic s)."""
    begun = now = same_since = time.monotonic()
    waited_s, size = 0.0, None
    frames = 0 if with_.has_content else FRAMES
    while now < min(until, begun + WAITING_S):
        waiting = with_.is_waiting()
        state = with_.reader.state(frames=frames, with_document=with_document)
        last, now = now, time.monotonic()
        waiting = waiting or with_.is_waiting() or not state.parsed
        if not waiting and state.still:
            told = with_.reader.told()
            if not told.pending and (frames or not told.needs_frames):
                return Rest(told.moves, state.document)
        frames = FRAMES
        waited_s += (now - last) if waiting else 0
        if waiting or state.size != size:
            same_since, size = now, state.size
        if now - same_since >= QUIET_S or now - begun - waited_s >= MOVING_S:
            return None
        # not time.sleep: Playwright handles requests only while it is called
        with_.page.wait_for_timeout(10 if now - begun < 1 else 80)
    return None
