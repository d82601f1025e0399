"""What stands on the demo market on a day: threads, messages and shop items with their times."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from crawler.home import DATA

FORUMS = {"demo_mybb": "mybb", "demo_xenforo": "xenforo"}
SILENCE = timedelta(hours=4)
"""Nothing of day 1 is younger than this before the anchor."""
LANGUAGE = {"demo_mybb": "en", "demo_xenforo": "ru"}


@dataclass(frozen=True)
class Message:
    """One post of the demo market."""

    id: int
    author: str
    text: str
    at: datetime
    rank: str = "Member"
    signature: str = ""
    quote: tuple[str, str] | None = None
    edited_at: datetime | None = None


@dataclass(frozen=True)
class Thread:
    """A thread of one of the two boards."""

    id: int
    key: str
    board: int
    title: str
    posts: tuple[Message, ...]
    sticky: bool = False
    locked: bool = False

    @property
    def last(self) -> Message:
        """The newest post."""
        return self.posts[-1]


@dataclass(frozen=True)
class Item:
    """An item of the shop."""

    id: int
    title: str
    vendor: str
    price: str
    country: str
    stock: int
    category: str
    description: str


@dataclass(frozen=True)
class Day:
    """Everything that stands on the market on one day."""

    boards: Mapping[str, Mapping[int, str]]
    """Board names by id, by source."""
    names: Mapping[str, str]
    """Names of the sites, by source."""
    threads: Mapping[str, tuple[Thread, ...]]
    """Threads by source, stickies first, then newest last post first."""
    channel: str
    messages: tuple[Message, ...] = ()
    """Messages of the channel, oldest first."""
    items: tuple[Item, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def load(name: str, folder: Path = DATA / "demo") -> Any:
    """A content file of the demo."""
    return yaml.safe_load((folder / f"{name}.yml").read_text("utf-8"))


@lru_cache(maxsize=8)
def market_on(day: int, anchor: datetime) -> Day:
    """The market on a day; the same arguments give the same market.

    Args:
        day: 1, or 2 and more for the market after the changes of `days.yml`.
        anchor: the moment that all times count back from, aware UTC.
    """
    people = People(load("sellers"), load("replies"))
    later = load("days") if day > 1 else None
    threads = {}
    boards = {}
    names = {"demo_telegram": load("telegram")["name"], "demo_shop": load("shop")["name"]}
    for source, name in FORUMS.items():
        content = load(name)
        boards[source] = content["boards"]
        names[source] = content["name"]
        made = [
            people.thread(source, number, raw, anchor)
            for number, raw in enumerate(content["threads"], start=1)
        ]
        threads[source] = in_order(changed(people, source, made, later, anchor))
    return Day(
        boards,
        names,
        threads,
        load("telegram")["channel"],
        tuple(messages_of(people, load("telegram"), later, anchor)),
        tuple(items_of(load("shop"), later)),
    )


def in_order(threads: list[Thread]) -> tuple[Thread, ...]:
    """Threads as a board lists them."""
    newest = sorted(threads, key=lambda thread: thread.last.at, reverse=True)
    return tuple(sorted(newest, key=lambda thread: not thread.sticky))


class People:
    """Sellers and repliers, and what they write."""

    def __init__(self, sellers: list[dict[str, Any]], replies: dict[str, Any]) -> None:
        """Remember sellers by id."""
        self._sellers = {seller["id"]: seller for seller in sellers}
        self._replies = replies

    def message(self, source: str, number: int, raw: Mapping[str, Any], at: datetime) -> Message:
        """A message by the seller or plain author that its content names."""
        seller = self._sellers.get(raw.get("seller", ""), {})
        return Message(
            id=number,
            author=seller["names"][source] if seller else raw["author"],
            text=raw["text"].strip(),
            at=at,
            rank=seller.get("rank", "Member"),
            signature=seller.get("signature", ""),
        )

    def thread(self, source: str, number: int, raw: Mapping[str, Any], anchor: datetime) -> Thread:
        """A thread with its generated replies; post ids are thread id * 100 + place."""
        rng = random.Random(f"{source}/{raw['id']}")
        opened = opening(raw, anchor, rng)
        first = self.message(source, number * 100 + 1, raw, opened)
        posts = [first]
        count = raw.get("replies", 0)
        span = (anchor - SILENCE - opened) * (1 if rng.random() < 0.4 else rng.uniform(0.3, 0.9))
        for place in range(1, count + 1):
            at = opened + span * ((place - rng.random() * 0.8) / max(count, 1))
            posts.append(self.reply(source, raw, first, number * 100 + 1 + place, (at, rng)))
        return Thread(
            id=number,
            key=raw["id"],
            board=raw["board"],
            title=raw["title"],
            posts=tuple(posts),
            sticky=raw.get("sticky", False),
            locked=raw.get("locked", False),
        )

    def reply(
        self,
        source: str,
        raw: Mapping[str, Any],
        first: Message,
        number: int,
        when: tuple[datetime, random.Random],
    ) -> Message:
        """One generated reply."""
        at, rng = when
        at = at.replace(second=0, microsecond=0)
        pool = self._replies[LANGUAGE[source]]
        if "assets" in raw and "seller" in raw and rng.random() < 0.18:
            said = {"seller": raw["seller"], "text": rng.choice(pool["seller"])}
            return self.message(source, number, said, at)
        said = {
            "author": rng.choice(pool["names"]),
            "text": rng.choice(pool["trade" if "assets" in raw else "talk"]),
        }
        reply = self.message(source, number, said, at)
        if rng.random() < 0.2:
            return replace(reply, quote=(first.author, first.text.splitlines()[0][:120]))
        return reply


def opening(raw: Mapping[str, Any], anchor: datetime, rng: random.Random) -> datetime:
    """When a thread was opened, to the minute."""
    if "minutes" in raw:
        return anchor - timedelta(minutes=raw["minutes"])
    back = timedelta(days=raw["age"], minutes=rng.randrange(900))
    return (anchor - SILENCE - back).replace(second=0, microsecond=0)


def changed(
    people: People,
    source: str,
    threads: list[Thread],
    later: Mapping[str, Any] | None,
    anchor: datetime,
) -> list[Thread]:
    """Threads after the scripted changes of day 2."""
    if later is None:
        return threads
    by_key = {thread.key: thread for thread in threads}
    for edit in of_source(later["edits"], source):
        by_key[edit["thread"]] = edited(by_key[edit["thread"]], edit, anchor)
    for said in of_source(later["replies"], source):
        thread = by_key[said["thread"]]
        at = anchor - timedelta(minutes=said["minutes"])
        post = people.message(source, thread.last.id + 1, said, at)
        by_key[thread.key] = replace(
            thread, posts=(*thread.posts, post), locked=said.get("close", False)
        )
    for gone in of_source(later["deletions"], source):
        thread = by_key[gone["thread"]]
        kept = tuple(p for p in thread.posts if p.id != thread.id * 100 + 1 + gone["reply"])
        by_key[thread.key] = replace(thread, posts=kept)
    new = [
        people.thread(source, len(threads) + place, raw, anchor)
        for place, raw in enumerate(of_source(later["new_threads"], source), start=1)
    ]
    return [*by_key.values(), *new]


def of_source(changes: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    """The changes of one source."""
    return [change for change in changes if change["source"] == source]


def edited(thread: Thread, edit: Mapping[str, Any], anchor: datetime) -> Thread:
    """A thread whose first post was edited.

    Raises:
        ValueError: the text to be replaced is not there.
    """
    first, *rest = thread.posts
    if edit["from"] not in first.text:
        raise ValueError(f"days.yml: edits: {edit['from']!r} is not in thread {thread.key}")
    at = anchor - timedelta(minutes=edit["minutes"])
    new = replace(first, text=first.text.replace(edit["from"], edit["to"]), edited_at=at)
    return replace(thread, posts=(new, *rest))


def messages_of(
    people: People, content: Mapping[str, Any], later: Mapping[str, Any] | None, anchor: datetime
) -> Iterator[Message]:
    """Messages of the channel, oldest first, ids from 1."""
    rng = random.Random("telegram")
    timed = [(opening(raw, anchor, rng), dict(raw)) for raw in content["posts"]]
    for _ in range(content["filler_count"]):
        back = timedelta(minutes=rng.randrange(60 * 24 * 90))
        at = (anchor - SILENCE - back).replace(second=0, microsecond=0)
        timed.append((at, {"seller": "nubarron", "text": rng.choice(content["fillers"])}))
    timed.sort(key=lambda one: one[0])
    for raw in later["telegram"] if later else []:
        timed.append((opening(raw, anchor, rng), raw))
    for number, (at, raw) in enumerate(timed, start=1):
        yield people.message("demo_telegram", number, raw, at)


def items_of(content: Mapping[str, Any], later: Mapping[str, Any] | None) -> Iterator[Item]:
    """Items of the shop."""
    changes = later["shop"] if later else {"prices": {}, "gone": []}
    for number, title, vendor, price, country, stock, category, text, _ in content["items"]:
        if number not in changes["gone"]:
            price = changes["prices"].get(number, price)
            yield Item(number, title, vendor, price, country, stock, category, text)
