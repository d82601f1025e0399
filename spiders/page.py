"""What an engine gets (`Page`) and what it must be able to do (`Engine`)."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.reading import (
    AccountRead,
    BoardRead,
    PageKind,
    PageState,
    PostRead,
    Problem,
    ThreadRead,
)
from spiders.formats import is_feed, may_be_json
from spiders.zones import TAIL, zone_named, zone_stated

LONGEST_NUMBER = 400
"""Digits of a whole number that is read as one; turning longer ones into numbers takes long."""


@dataclass
class Page:
    """One page as an engine sees it; parsed at most once."""

    url: str
    """Absolute URL that the page was asked for."""
    text: str
    """The page's decoded text."""
    fetched_at: datetime
    """When it was fetched, aware UTC: what "Yesterday" is relative to."""
    status: int = 200
    """HTTP status."""
    timezone: str | None = None
    """IANA name of the board's time zone as its source has it; None: what the page states."""
    selectors: Mapping[str, Any] = field(default_factory=dict)
    """The source's own selectors: all of them for `declared`, overrides for other engines."""
    problems: list[Problem] = field(default_factory=list)
    """What was not understood so far, in order."""
    found: dict[str, list[LexborNode]] = field(default_factory=dict)
    """Elements of the whole page by selector, each looked for once; for a changed tree: emptied."""

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed page; empty for data, whose texts may hold any brackets."""
        return LexborHTMLParser("" if self.is_data else self.text)

    @cached_property
    def is_data(self) -> bool:
        """Whether the page is JSON or a feed, and no markup to look at."""
        if may_be_json(self.text):
            return isinstance(self.data, dict | list)
        return is_feed(self.text)

    @cached_property
    def data(self) -> Any:
        """The page as JSON, for engines that read an interface; None where it is no JSON."""
        try:
            return json.loads(
                self.text,
                parse_constant=lambda _: None,
                parse_int=whole_number,
                object_pairs_hook=self._row,
            )
        except (ValueError, RecursionError):
            return None

    def _row(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """A JSON object; of a key that stands twice the last value counts, as everywhere."""
        row = dict(pairs)
        if len(row) < len(pairs) and not any(each.kind == "doubled_key" for each in self.problems):
            names = [name for name, _ in pairs]
            self.note("doubled_key", next(name for name in names if names.count(name) > 1)[:80])
        return row

    @cached_property
    def zone(self) -> tzinfo:
        """Zone of dates that name none: the source's, else the one the page states, else UTC."""
        if self.timezone:
            return zone_named(self.timezone)
        return zone_stated(self.tail, self.small_tail, self.fetched_at) or UTC

    @cached_property
    def tail(self) -> str:
        """The page's end, with its footer."""
        return self.text[-TAIL:]

    @cached_property
    def small_tail(self) -> str:
        """The page's end in small letters."""
        return self.tail.lower()

    @cached_property
    def base(self) -> str:
        """What relative links start from: the page's URL, or its `<base>` on the same host."""
        if "<base" not in self.text[:20_000].lower():
            return self.url
        node = self.tree.css_first("base[href]")
        base = urljoin(self.url, (node.attributes.get("href") or "") if node else "")
        return base if urlsplit(base).netloc == urlsplit(self.url).netloc else self.url

    def note(self, kind: str, detail: str) -> None:
        """Record something that was not understood."""
        self.problems.append(Problem(kind, " ".join(detail.split())[:300]))


def whole_number(digits: str) -> int | float:
    """A number of JSON; infinity, which no field takes, for one that is longer than any."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else math.inf


class Engine(Protocol):
    """A module of pure functions that reads the pages of one forum software.

    Every function answers for any page: a thread page has no `threads`, a board page no `posts`
    ("similar threads" blocks are not rows), and none of them raises on hostile input.
    """

    NAME: str
    """The engine's id, equal to its module's name."""

    def detect(self, page: Page) -> bool:
        """Tell whether this software made the page, whatever its theme."""

    def state(self, page: Page) -> PageState:
        """Tell what the page is; `ok` only when there is something to read on it."""

    def boards(self, page: Page) -> list[BoardRead]:
        """Links to boards and sub-boards, in page order."""

    def threads(self, page: Page) -> list[ThreadRead]:
        """Rows of a board, in page order."""

    def thread(self, page: Page) -> ThreadRead | None:
        """The thread that a thread page shows."""

    def posts(self, page: Page) -> list[PostRead]:
        """Posts of a thread, channel or shop page, in page order."""

    def account(self, page: Page) -> AccountRead | None:
        """The account that a profile page shows; None on every other page."""

    def next_page(self, page: Page) -> str | None:
        """Canonical URL of the page that continues this one."""

    def kind(self, url: str) -> PageKind | None:
        """What a URL of this software leads to; None for what must not be followed."""

    def canonical(self, url: str) -> str:
        """The one form of a URL: without session ids, anchors, sort orders, highlights."""
