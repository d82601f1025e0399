"""When a page has come to rest: nothing under way, no timer due, nothing changes."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

from crawler.rendering.reading import Reader

QUIET_S = 0.7
"""How long a page may keep its size that repeats timers for ever, or changes in place, seconds."""
MOVING_S = 4.2
"""How long a page may go on growing although it waits for nothing, seconds."""
WAITING_S = 14.0
"""How long a page may wait for answers, seconds."""


def come_to_rest(page: Page, reader: Reader, is_waiting: Callable[[], bool], until: float) -> None:
    """Return once the page rests, or at `until` (monotonic seconds) at the latest."""
    begun = now = same_since = time.monotonic()
    waited_s, size = 0.0, None
    while now < min(until, begun + WAITING_S):
        waiting = is_waiting()
        state = reader.state()
        last, now = now, time.monotonic()
        waiting = waiting or is_waiting() or not state.parsed
        if not waiting and state.still and not reader.pending():
            return
        waited_s += (now - last) if waiting else 0
        if waiting or state.size != size:
            same_since, size = now, state.size
        if now - same_since >= QUIET_S or now - begun - waited_s >= MOVING_S:
            return
        # not time.sleep: Playwright handles requests only while it is called
        page.wait_for_timeout(10 if now - begun < 1 else 80)
