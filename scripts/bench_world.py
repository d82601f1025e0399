"""A market of any size, written straight into the tables: what `make bench-db` asks its pages of.

Threads of six posts: the first one holds two listings, the rest are bumps and answers. Prices are
log-normal, ads are posted again, some texts are edited, sold or deleted, over three years that end
at the present day.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from scripts.bench_words import Words, make_words

POSTS_A_THREAD = 6
LISTINGS_A_THREAD = 2
LISTINGS_A_PROVIDER = 50
SOURCES = 40
DAYS = 3 * 365
COUNTRIES = [
    "US",
    "DE",
    "NL",
    "RU",
    "FR",
    "GB",
    "BR",
    "IN",
    "CN",
    "UA",
    "PL",
    "MD",
    "SC",
    "HK",
    "BG",
    "RO",
]
PERS = ("month", "month", "month", "unit", "unit", "week", "lot", None)
STATES = ("active",) * 80 + ("sold",) * 6 + ("closed",) * 4 + ("gone",) * 10
_ODD, _BITS = 0x9E3779B97F4A7C15F39CC061, (1 << 96) - 1


def key(kind: int, number: int) -> str:
    """An id that looks like a hash."""
    return f"{((number * 32 + kind + 1) * _ODD) & _BITS:024x}"


SOURCE, ACCOUNT, THREAD, POST, VERSION, LISTING, PRICE, FACT, CONTACT, MENTION = range(10)
PROVIDER, MEMBER, AD, MARK, PAGE, RUN, LINK, PROPOSAL, FRONTIER = range(10, 19)

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class World:
    """What is needed to write a market."""

    listings: int
    assets: list[str]
    words: Words = field(default_factory=lambda: make_words(7))
    end: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def threads(self) -> int:
        """How many threads."""
        return self.listings // LISTINGS_A_THREAD

    @property
    def providers(self) -> int:
        """How many providers."""
        return max(self.listings // LISTINGS_A_PROVIDER, 20)

    def at(self, thread: int, hours: float = 0) -> str:
        """When a thread began, later threads later, and so many hours on."""
        start = self.end - timedelta(days=DAYS * (1 - thread / self.threads))
        return f"{min(start + timedelta(hours=hours), self.end):%Y-%m-%dT%H:%M:%SZ}"


def source_rows(world: World) -> Rows:
    """Sources, their runs, and who is on them."""
    rows: Rows = defaultdict(list)
    day = f"{world.end:%Y-%m-%dT%H:%M:%SZ}"
    for number in range(SOURCES):
        name = f"board{number:02}"
        kind = "channel" if number % 4 == 3 else "forum"
        rows["sources"].append(
            (name, f"Board {number}", kind, "mybb", f"http://{name}.example/", "en", "clear",
             "public", "clear", "CDEF"[number % 4], "6h", None)
        )  # fmt: skip
        for run in range(60):
            started = f"{world.end - timedelta(hours=6 * run + 1):%Y-%m-%dT%H:%M:%SZ}"
            rows["runs"].append(
                (key(RUN, number * 60 + run), name, started, started, "ok", None, 0, 90, 900, 40,
                 3, 300, 10**7, 0, 0, 0)
            )  # fmt: skip
    for number in range(world.providers):
        rows["providers"].append((key(PROVIDER, number), f"Kiln {number}", world.at(0), day))
        for place in range(1 + number % 3 % 2):
            account = number + place * world.providers
            rows["provider_members"].append(
                (key(MEMBER, account), key(PROVIDER, number), "account", key(ACCOUNT, account))
            )
        contact = key(CONTACT, number)
        rows["contacts"].append((contact, "telegram", f"kiln_{number}", None))
        rows["provider_members"].append(
            (key(MEMBER, 3 * world.providers + number), key(PROVIDER, number), "contact", contact)
        )
    return rows


def account_rows(world: World) -> Rows:
    """Sellers (two accounts a provider), buyers, marks and open proposals."""
    rows: Rows = defaultdict(list)
    for number in range(4 * world.providers):
        at = world.at(number % world.threads)
        rows["accounts"].append(
            (key(ACCOUNT, number), f"board{number % SOURCES:02}", f"name{number}", None, None, at,
             10, None, None, at, at)
        )  # fmt: skip
    for number in range(world.providers * 3):
        kind, sign = (("review", 1), ("review", 1), ("complaint", -1))[number % 3]
        post = key(POST, (number * 7919) % world.threads * POSTS_A_THREAD + 1)
        rows["marks"].append(
            (key(MARK, number), key(ACCOUNT, number % world.providers), post, kind, sign,
             "said so", world.at(number % world.threads))
        )  # fmt: skip
    for number in range(world.providers // 50):
        pair = key(ACCOUNT, 2 * number), key(ACCOUNT, 2 * number + 1)
        rows["proposals"].append(
            (key(PROPOSAL, number), "rebrand", "open", 0.7, *pair, f"name{2 * number}",
             f"name{2 * number + 1}", "an ad in the same words", world.at(0), world.at(9))
        )  # fmt: skip
    return rows


def example_ids(world: World) -> dict[str, str]:
    """Ids that page addresses name: a provider with some 50 listings, a listing, a post."""
    return {
        "provider": key(PROVIDER, world.providers // 4),
        "listing": key(LISTING, world.threads // 2 * POSTS_A_THREAD * LISTINGS_A_THREAD),
        "post": key(POST, world.threads // 2 * POSTS_A_THREAD),
    }
