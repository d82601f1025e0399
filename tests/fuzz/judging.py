"""What must hold of any reading of a page and any analysis of a text, and how long it may take."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from crawler.home import DATA
from crawler.intake import Guard, load_guard, masked
from crawler.reading import Reading
from nlp.findings import Document, Findings
from nlp.pipeline import Analyser
from spiders.asked import Asked
from spiders.intake import guarded
from spiders.reading import read_asked
from spiders.small import is_small
from tests.fuzz.mutating import Seed

SMALL_S = 2.0
"""Processor time for a page that is parsed in the crawl's process, seconds."""
LARGE_S = 10.0
"""The same for a page that is parsed in a process with limits."""
TEXT_S = 3.0
"""The same for a text."""
NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")


class Wrong(AssertionError):  # noqa: N818 -- says what is so, as AssertionError does
    """Something does not hold."""


def timed(work: Callable[[], Any], most_s: float) -> tuple[Any, float]:
    """What the work gives, and its processor time, seconds.

    Raises:
        Wrong: it took too long, twice: once may be the machine's doing, or what was loaded first.
    """
    found, took = once(work)
    if took > most_s:
        found, took = once(work)
    if took > most_s:
        raise Wrong(f"took {took:.1f} s, not {most_s} s")
    return found, took


def once(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives, and its processor time, seconds."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def judge_page(seed: Seed, body: bytes) -> float:
    """Read a page as a crawl does; the processor time, seconds.

    Raises:
        Wrong: what was read must not be so, or took too long.
    """
    asked = Asked(
        seed.engine,
        seed.meta["url"],
        body,
        seed.meta.get("content_type"),
        datetime.fromisoformat(seed.meta["fetched_at"]),
        seed.meta.get("status", 200),
        seed.meta.get("timezone"),
        seed.meta.get("selectors", {}),
    )
    most_s = SMALL_S if is_small(body) else LARGE_S

    def work() -> Reading:
        guard().inspect(body, asked.content_type)
        return guarded(read_asked(asked), guard(), dropped=False)

    reading, took = timed(work, most_s)
    check_reading(reading)
    return took


def judge_text(text: str) -> float:
    """Analyse a text; the processor time, seconds.

    Raises:
        Wrong: what was found must not be so, or took too long.
    """
    found, took = timed(lambda: analyser().analyse(Document(text=text, title=text[:80])), TEXT_S)
    check_findings(text, found)
    clean = masked(text)[0]
    if masked(clean) != (clean, 0):
        raise Wrong(f"masking twice masks more: {masked(clean)[0]!r:.200}")
    return took


def check_reading(reading: Reading) -> None:
    """Refuse a reading that the store or a person could not take."""
    for value in values_in(reading):
        if isinstance(value, str) and NO_TEXT.search(value):
            raise Wrong(f"no text: {value!r:.200}")
        if isinstance(value, datetime) and value.utcoffset() != timedelta(0):
            raise Wrong(f"not UTC: {value!r}")
        if isinstance(value, int) and abs(value) >= 2**63:
            raise Wrong(f"does not fit into a column: {value}")
    links = [
        *(thread.url for thread in reading.threads),
        *(board.url for board in reading.boards),
        reading.next_page,
    ]
    for url in links:
        if url and not url.startswith(("http://", "https://")):
            raise Wrong(f"no web address: {url!r:.200}")
    for moment in (post.posted_at for post in reading.posts if post.posted_at):
        if not 1990 <= moment.astimezone(UTC).year <= 2100:
            raise Wrong(f"no date of a forum: {moment}")


def check_findings(text: str, found: Findings) -> None:
    """Refuse findings that point beside their text or hold no number."""
    for value in values_in(found):
        if isinstance(value, float) and value != value:
            raise Wrong("a number that is none")
    for value in (
        amount for each in found.listings for p in each.prices for amount in (p.min, p.max)
    ):
        if value is not None and not 0 <= value < 1e15:
            raise Wrong(f"no price: {value}")
    for span in (price.span for each in found.listings for price in each.prices):
        if span.part == "text" and text[span.start : span.end] != span.quote:
            raise Wrong(f"points beside its words: {span}"[:300])


def values_in(value: Any) -> Iterator[Any]:
    """All plain values in records, lists and mappings."""
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from values_in(getattr(value, each.name))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from values_in(key)
            yield from values_in(one)
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from values_in(one)
    else:
        yield value


@lru_cache(maxsize=1)
def guard() -> Guard:
    """The intake guard with its shipped terms."""
    return load_guard(DATA / "intake" / "terms.yml")


@lru_cache(maxsize=1)
def analyser() -> Analyser:
    """One analyser for all texts."""
    return Analyser()
