"""Who writes on the demo market, and what."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from crawler.demo.day import Message, Thread
from crawler.demo.series import drawn

SILENCE = timedelta(hours=4)
"""Nothing of day 1 is younger than this before the anchor."""
LANGUAGE = {"demo_mybb": "en", "demo_xenforo": "ru"}


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
        """A thread with its replies; post ids are thread id * 100 + place."""
        posts = sorted(self._posts(source, raw, anchor), key=lambda post: post.at)
        return Thread(
            id=number,
            key=raw["id"],
            board=raw["board"],
            title=raw["title"],
            posts=tuple(
                replace(post, id=number * 100 + place) for place, post in enumerate(posts, start=1)
            ),
            sticky=raw.get("sticky", False),
            locked=raw.get("locked", False),
        )

    def _posts(self, source: str, raw: Mapping[str, Any], anchor: datetime) -> Iterator[Message]:
        """The first post, the replies that its content scripts, and generated ones."""
        rng = random.Random(f"{source}/{raw['id']}")
        if "series" in raw:
            first, *more = (
                self.message(source, 0, said, moment(anchor - SILENCE - said["back"]))
                for said in drawn(raw["series"])
            )
            yield from more
        else:
            first = self.message(source, 0, raw, opening(raw, anchor, rng))
        yield first
        for said in raw.get("said", ()):
            yield self.message(source, 0, said, opening(said, anchor, rng))
        count = raw.get("replies", 0)
        span = (anchor - SILENCE - first.at) * (1 if rng.random() < 0.4 else rng.uniform(0.3, 0.9))
        for place in range(1, count + 1):
            at = first.at + span * ((place - rng.random() * 0.8) / max(count, 1))
            yield self._reply(source, raw, first, at, rng)

    def _reply(
        self,
        source: str,
        raw: Mapping[str, Any],
        first: Message,
        at: datetime,
        rng: random.Random,
    ) -> Message:
        """One generated reply."""
        at = moment(at)
        pool = self._replies[LANGUAGE[source]]
        if "assets" in raw and "seller" in raw and rng.random() < 0.18:
            said = {"seller": raw["seller"], "text": rng.choice(pool["seller"])}
            return self.message(source, 0, said, at)
        said = {
            "author": rng.choice(pool["names"]),
            "text": rng.choice(pool["trade" if "assets" in raw else "talk"]),
        }
        reply = self.message(source, 0, said, at)
        if rng.random() < 0.2:
            return replace(reply, quote=(first.author, first.text.splitlines()[0][:120]))
        return reply


def opening(raw: Mapping[str, Any], anchor: datetime, rng: random.Random) -> datetime:
    """When a thread was opened or a reply was written, to the minute."""
    if "minutes" in raw:
        return anchor - timedelta(minutes=raw["minutes"])
    back = raw.get("back") or timedelta(days=raw["age"], minutes=rng.randrange(900))
    return moment(anchor - SILENCE - back)


def moment(at: datetime) -> datetime:
    """A time to the minute, as the sites show it."""
    return at.replace(second=0, microsecond=0)
