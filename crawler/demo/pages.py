"""The demo's pages: from the market on a day to HTML."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crawler.demo.day import Day, Item, Thread
from crawler.demo.markup import to_html
from crawler.home import DATA

THREADS_A_PAGE = 6
POSTS_A_PAGE = 10
MESSAGES_A_PAGE = 20
ITEMS_A_CHUNK = 12
RU_MONTHS = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]

T = TypeVar("T")


@dataclass(frozen=True)
class Slice:
    """One page of a long list."""

    rows: Sequence[object]
    number: int
    count: int


def slice_of(rows: Sequence[T], number: int, size: int) -> Slice | None:
    """Page `number` (from 1) of rows; None when there is no such page."""
    count = max(1, -(-len(rows) // size))
    if not 1 <= number <= count:
        return None
    return Slice(rows[(number - 1) * size : number * size], number, count)


def mybb_date(at: datetime) -> Markup:
    """A date as MyBB 1.8 writes it: relative words carry the absolute date in `title`."""
    now = datetime.now(UTC)
    day, clock = at.strftime("%m-%d-%Y"), at.strftime("%I:%M %p")
    age = now - at
    if timedelta(0) <= age < timedelta(hours=1):
        minutes = max(1, int(age.total_seconds() // 60))
        words = "1 minute ago" if minutes == 1 else f"{minutes} minutes ago"
        return Markup(f'<span title="{day}, {clock}">{words}</span>')
    for word, date in (("Today", now), ("Yesterday", now - timedelta(days=1))):
        if at.date() == date.date():
            return Markup(f'<span title="{day}">{word}</span>, {clock}')
    return Markup(f"{day}, {clock}")


def xenforo_date(at: datetime) -> Markup:
    """A date as XenForo 2 writes it."""
    words = f"{at.day} {RU_MONTHS[at.month - 1]} {at.year}"
    return Markup(
        f'<time class="u-dt" dir="auto" datetime="{at:%Y-%m-%dT%H:%M:%S}+0000" '
        f'data-time="{int(at.timestamp())}" title="{words} в {at:%H:%M}">{words}</time>'
    )


ENVIRONMENT = Environment(
    loader=FileSystemLoader(DATA / "demo" / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters |= {
    "html": to_html,
    "mybb_date": mybb_date,
    "xenforo_date": xenforo_date,
    "slug": lambda text: "".join(c if c.isalnum() else "-" for c in text.lower()).strip("-")[:40],
    "uid": lambda name: crc32(name.encode()) % 900_000 + 10,
}


def render(template: str, **values: object) -> str:
    """One page."""
    return ENVIRONMENT.get_template(template).render(**values)


def board_of(day: Day, source: str, board: int) -> tuple[Thread, ...]:
    """Threads of one board, in order."""
    return tuple(thread for thread in day.threads[source] if thread.board == board)


def thread_of(day: Day, source: str, number: int) -> Thread | None:
    """A thread by its id."""
    return next((thread for thread in day.threads[source] if thread.id == number), None)


def chunk_of(items: Sequence[Item], start: int) -> dict[str, object]:
    """One chunk of the shop's items as its script loads them."""
    part = items[start : start + ITEMS_A_CHUNK]
    after = start + ITEMS_A_CHUNK
    return {"items": [asdict(item) for item in part], "next": after if after < len(items) else None}
