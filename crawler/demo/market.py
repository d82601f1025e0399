"""The demo market on a day: threads, messages and shop items with their times."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from crawler.demo.changes import Changes, changed
from crawler.demo.day import Day, Item, Message, Thread
from crawler.demo.people import SILENCE, People, moment, opening
from crawler.demo.series import drawn
from crawler.home import DATA
from nlp.yamls import load_yaml

FORUMS = {"demo_mybb": "mybb", "demo_xenforo": "xenforo"}
LAST_DAY = 3
"""The last day for which `days.yml` has changes."""


def load(name: str, folder: Path = DATA / "demo") -> Any:
    """A content file of the demo."""
    return load_yaml(folder / f"{name}.yml")


@lru_cache(maxsize=8)
def market_on(day: int, anchor: datetime) -> Day:
    """The market on a day; the same arguments give the same market.

    Args:
        day: 1, or 2 and more for the market after the changes of `days.yml` up to that day.
        anchor: the moment that all times count back from, aware UTC.
    """
    people = People(load("sellers"), load("replies"))
    later = [changes for number, changes in load("days").items() if number <= day]
    return Day(
        boards={source: load(name)["boards"] for source, name in FORUMS.items()},
        names={
            **{source: load(name)["name"] for source, name in FORUMS.items()},
            "demo_telegram": load("telegram")["name"],
            "demo_shop": load("shop")["name"],
        },
        threads={source: threads_of(people, source, later, anchor) for source in FORUMS},
        channel=load("telegram")["channel"],
        messages=tuple(messages_of(people, load("telegram"), later, anchor)),
        items=tuple(items_of(load("shop"), later)),
    )


def threads_of(
    people: People, source: str, later: list[Changes], anchor: datetime
) -> tuple[Thread, ...]:
    """Threads of a board after the changes, as it lists them."""
    threads = [
        people.thread(source, number, raw, anchor)
        for number, raw in enumerate(contents_of(source), start=1)
    ]
    for changes in later:
        threads = changed(people, source, threads, changes, anchor)
    newest = sorted(threads, key=lambda thread: thread.last.at, reverse=True)
    return tuple(sorted(newest, key=lambda thread: not thread.sticky))


def contents_of(source: str) -> list[dict[str, Any]]:
    """What a board holds on day 1: everyday threads, stories, and threads of repeated ads."""
    threads = [*load(FORUMS[source])["threads"]]
    threads += [raw for raw in load("stories")["threads"] if raw["source"] == source]
    for raw in load("history"):
        if raw["source"] == source:
            seller = {"seller": raw["seller"], "assets": raw["assets"]}
            threads.append({"id": raw["id"], **raw["thread"], **seller, "series": raw})
    return threads


def messages_of(
    people: People, content: Mapping[str, Any], later: list[Changes], anchor: datetime
) -> Iterator[Message]:
    """Messages of the channel, oldest first, ids from 1."""
    rng = random.Random("telegram")
    ads = [*content["posts"], *load("stories")["telegram"]]
    ads += [raw for s in load("history") if s["source"] == "demo_telegram" for raw in drawn(s)]
    timed = [(opening(raw, anchor, rng), raw) for raw in ads]
    for _ in range(content["filler_count"]):
        back = timedelta(minutes=rng.randrange(60 * 24 * content["filler_days"]))
        filler = {"seller": "nubarron", "text": rng.choice(content["fillers"])}
        timed.append((moment(anchor - SILENCE - back), filler))
    timed.sort(key=lambda one: one[0])
    for changes in later:
        timed += [(opening(raw, anchor, rng), raw) for raw in changes.get("telegram", ())]
    for number, (at, raw) in enumerate(timed, start=1):
        yield people.message("demo_telegram", number, raw, at)


def items_of(content: Mapping[str, Any], later: list[Changes]) -> Iterator[Item]:
    """Items of the shop."""
    shops = [changes.get("shop", {}) for changes in later]
    gone = {number for shop in shops for number in shop.get("gone", ())}
    prices = {number: price for shop in shops for number, price in shop.get("prices", {}).items()}
    for *fields, _ in content["items"]:
        item = Item(*fields)
        if item.id not in gone:
            yield replace(item, price=prices.get(item.id, item.price))
