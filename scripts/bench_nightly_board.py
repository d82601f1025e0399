"""A board of any size, made on demand, as it stood last night and as it stands tonight.

A thread's posts follow from its number alone, so no thread is kept in memory. Sellers post their
ads again and get a few usual answers, as on real boards. The threads come in blocks that differ
in names and words only: `scripts.bench_nightly_fill` writes the rows of one block after another.
"""

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import overload

from tests.live.board import START, Board, Post, Thread

BOARDS = 4
ADS_A_SELLER = 4
THREADS_A_SELLER = 25
BLOCK = 1000
"""Threads a block."""
POSTS_A_NUMBER = 100
"""Numbers of posts that a thread has for itself."""
LONG = 13
"""Posts of every 25th thread: more than a page."""
GOODS = (
    "Selling RDP {country}, admin rights, {gb} GB RAM, {usd}$ each.",
    "Bulletproof VPS in {country}, {gb} GB RAM, {usd} USD per month, abuse ignored.",
    "Offshore dedicated server {country}, {gb} GB RAM, {usd}$/month, BTC and XMR.",
    "Дедики {country}, {gb} ГБ, цена {usd}$ за штуку, гарант.",
    "Selling shells and cPanel of {country}, {usd}$ each, escrow accepted.",
    "VPN access to a company in {country}, revenue {gb}M, price {usd}$.",
)
CHATTER = (
    "morning evening river paper window garden letter bridge winter summer yellow purple quiet "
    "people always never around before after during several between another without nothing "
    "because although already perhaps together slowly quickly usually mostly simply really "
    "weather kitchen village mountain forest island harbour street corner silver copper"
)
"""Words in which the language stage finds nothing, so that ads differ and findings do not."""
COUNTRIES = ("US", "DE", "NL", "MD", "RU", "BR", "UA", "FR")
ANSWERS = (
    "up",
    "still there, write to me",
    "Did anybody buy here? How long did it live?",
    "Bought two, works, thanks, recommend this seller.",
    "PM sent",
    "Цена актуальна?",
    "Ripper, took the money and is silent.",
    "Replacement was given within a day.",
)
CHANGED_AT = START + timedelta(days=250)
"""When tonight's first change was made, later than every older post."""


@dataclass(frozen=True)
class Night:
    """What changed since the last night."""

    new: int = 0
    """Threads that were opened."""
    answered: tuple[int, ...] = ()
    """Older threads with a new answer."""
    sold: tuple[int, ...] = ()
    """Older threads whose seller says that the goods are sold, in the title too."""


def night_of(threads: int, changes: int) -> Night:
    """So many changes of which 4 in 10 are new threads, 5 answers, 1 a sale; spread evenly."""
    new = changes * 4 // 10
    step = threads / (changes - new)
    old = [1 + int(step * place) for place in range(changes - new)]
    sold = old[:: max(1, len(old) // (changes // 10 or 1))][: changes // 10]
    return Night(new, tuple(sorted(set(old) - set(sold))), tuple(sold))


@dataclass(frozen=True)
class Market:
    """All threads of the site."""

    threads: int
    """How many there were last night, numbered from 1, newest last."""
    night: Night = field(default_factory=Night)
    block: int = BLOCK

    @property
    def sellers(self) -> int:
        """How many accounts a block has."""
        return max(8, self.block // THREADS_A_SELLER)

    def thread(self, number: int) -> Thread | None:
        """A thread as it stands; None where there is none of that number."""
        if not 1 <= number <= self.threads + self.night.new:
            return None
        block, turn = divmod(number - 1, self.block)
        dice, first = random.Random(turn), block * self.sellers
        seller, ad = dice.randrange(self.sellers), dice.randrange(ADS_A_SELLER)
        title, text = ad_of(seller, ad, first)
        last = self.last_post_at(number)
        count = LONG if turn % 25 == 24 else 1 + turn % 3
        texts = [text, *(dice.choice(ANSWERS) for _ in range(count - 1))]
        authors = [seller, *(dice.randrange(self.sellers) for _ in texts[1:])]
        if number in self.night.answered:
            texts.append("still there, write to me")
            authors.append(seller)
        if number in self.night.sold:
            texts.append("Sold, please close.")
            authors.append(seller)
            title = f"[SOLD] {title}"
        posts = [
            Post(
                number * POSTS_A_NUMBER + place,
                name_of(first + author),
                said,
                opened_at(number) + minutes(place),
            )
            for place, (author, said) in enumerate(zip(authors, texts, strict=True))
        ]
        posts[-1] = replace(posts[-1], posted_at=last)
        return Thread(number, title, 1 + number % BOARDS, posts)

    def changed(self) -> list[int]:
        """Numbers of threads that changed, in the order in which they did."""
        new = range(self.threads + 1, self.threads + self.night.new + 1)
        changed = [*new, *self.night.answered, *self.night.sold]
        random.Random(11).shuffle(changed)
        return changed

    def last_post_at(self, number: int) -> datetime:
        """When a thread's newest post was written."""
        place = tonight(self).get(number)
        if place is None:
            return opened_at(number) + minutes(LONG)
        return CHANGED_AT + minutes(place)

    def boards(self) -> list[Board]:
        """The boards, whose threads are made when they are asked for."""
        return [LazyBoard(n, f"Section {n}", False, market=self) for n in range(1, BOARDS + 1)]


@cache
def tonight(market: Market) -> dict[int, int]:
    """Place of each changed thread in the order of the changes."""
    return {number: place for place, number in enumerate(market.changed())}


def opened_at(number: int) -> datetime:
    """When a thread was opened."""
    return START + minutes(2 * number)


def minutes(count: int) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)


def name_of(seller: int) -> str:
    """An account's name; all are of one length."""
    return f"trader_{seller:06}"


def ad_of(seller: int, number: int, first: int) -> tuple[str, str]:
    """Title and text of one of a seller's ads; `seller` counts from the `first` of its block."""
    same, own = random.Random(f"{seller} {number}"), random.Random(f"{seller} {number} {first}")
    goods = same.choice(GOODS).format(
        country=same.choice(COUNTRIES), gb=2 ** same.randint(1, 6), usd=same.randint(5, 400)
    )
    chatter = " ".join(own.choices(CHATTER.split(), k=24))
    contact = name_of(first + seller)
    return f"{goods.split(',')[0]} {chatter[:10].strip()}", (
        f"{goods} Telegram: https://t.me/{contact} {chatter}."
    )


@dataclass
class LazyBoard(Board):
    """A board without threads of its own: a market's, made on demand."""

    market: Market = field(kw_only=True)

    def newest_first(self) -> list[Thread]:
        """The threads, newest answers first, of which only slices are ever made."""
        return Listed(self.market, self.number)  # type: ignore[return-value]


@dataclass
class Listed(Sequence[Thread]):
    """A board's threads in the order in which it lists them: changed ones, then the rest."""

    market: Market
    board: int

    def __post_init__(self) -> None:
        """Find what changed on this board."""
        mine = [n for n in self.market.changed() if 1 + n % BOARDS == self.board]
        self._changed = mine[::-1]
        self._moved = sorted(n for n in mine if n <= self.market.threads)
        first = (self.board - 1) % BOARDS or BOARDS
        self._old = range(first, self.market.threads + 1, BOARDS)

    def __len__(self) -> int:
        """How many threads the board has."""
        return len(self._changed) + len(self._old) - len(self._moved)

    @overload
    def __getitem__(self, place: int) -> Thread: ...
    @overload
    def __getitem__(self, place: slice) -> list[Thread]: ...
    def __getitem__(self, place: int | slice) -> Thread | list[Thread]:
        """Threads of some places."""
        if isinstance(place, int):
            return next(self._made(range(len(self))[place : place + 1 or None]))
        return [*self._made(range(len(self))[place])]

    def _made(self, places: range) -> Iterator[Thread]:
        for place in places:
            thread = self.market.thread(self._number(place))
            assert thread is not None
            yield thread

    def _number(self, place: int) -> int:
        """Number of the thread in a place: unchanged ones are counted from the newest."""
        if place < len(self._changed):
            return self._changed[place]
        left = len(self) - place
        index = left - 1
        # threads that moved up leave no gap
        while (rank := left - 1 + bisect_right(self._moved, self._old[index])) != index:
            index = rank
        return self._old[index]
