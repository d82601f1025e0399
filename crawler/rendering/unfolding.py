"""Brings out what a page holds back: scrolls, and presses the one button that its source names."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from crawler.rendering import scripts
from crawler.rendering.reading import Reader

PRESS_MS = 3000


@dataclass(frozen=True, slots=True)
class Unfolding:
    """What a page is unfolded with."""

    page: Page
    reader: Reader
    rest: Callable[[], None]
    """Waits until the page has come to rest."""
    until: float
    """When to stop, monotonic seconds."""


def unfold(with_: Unfolding, job: dict[str, Any]) -> list[str]:
    """Scroll and press until the document no longer grows; what is missing, one line each."""
    notes = repeat(with_, job["scroll"], lambda: scroll_down(with_.reader))
    if job["more"]:
        notes += repeat(with_, job["more_times"], lambda: press(with_.page, job["more"]))
    return notes


def repeat(with_: Unfolding, times: int, step: Callable[[], bool]) -> list[str]:
    """Repeat a step as long as it makes the document grow."""
    for _ in range(times):
        if time.monotonic() >= with_.until:
            return ["the deadline came before the end of the list"]
        before = with_.reader.size()
        if not step():
            break
        with_.rest()
        if with_.reader.size() == before:
            break
    return []


def scroll_down(reader: Reader) -> bool:
    """Scroll to the bottom."""
    reader.ask(scripts.BOTTOM)
    return True


def press(page: Page, selector: str) -> bool:
    """Press the "load more" button; whether it was there."""
    button = page.query_selector(selector)
    if button is None or not button.is_visible() or not button.is_enabled():
        return False
    button.click(timeout=PRESS_MS, no_wait_after=True)
    return True
