"""The rows of one invented thread: posts, texts, listings, prices, facts, contacts, its ad."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scripts.bench_words import MINING
from scripts.bench_world import (
    ACCOUNT,
    AD,
    CONTACT,
    COUNTRIES,
    FACT,
    FRONTIER,
    LISTING,
    LISTINGS_A_THREAD,
    MENTION,
    PAGE,
    PERS,
    POST,
    POSTS_A_THREAD,
    PRICE,
    SOURCES,
    STATES,
    THREAD,
    VERSION,
    Rows,
    World,
    key,
)

PAST_ALL_POSTS = 10**9  # added to a post's number to number its second text
BANK = 500  # threads written at a time
EDITED, REPOSTED, MINES = 0.06, 0.2, 0.01
"""Shares of ads that were edited, stand in several threads, speak of mining."""


@dataclass(frozen=True, slots=True)
class Ad:
    """What a thread offers."""

    thread: int
    seller: int
    """Number of the account."""
    source: str
    language: str
    text: str
    state: str
    at: str
    seen: str
    last: str


def banks(world: World) -> Iterator[Rows]:
    """All rows of threads, some hundred threads at a time."""
    for start in range(0, world.threads, BANK):
        rows: Rows = defaultdict(list)
        for number in range(start, min(start + BANK, world.threads)):
            thread_rows(world, number, rows)
        yield rows


def thread_rows(world: World, number: int, rows: Rows) -> None:
    """Add a thread's rows."""
    dice, words = world.words.dice, world.words
    # few sellers offer much, many little
    seller = int(world.providers * dice.random() ** 2)
    language = words.language()
    said = MINING.get(language, "") if dice.random() < MINES else ""
    ad = Ad(
        number,
        seller,
        f"board{seller % SOURCES:02}",
        language,
        f"{words.text(language, 4)}\n{said} t.me/kiln_{seller}",
        dice.choice(STATES),
        world.at(number),
        world.at(number, 3),
        world.at(number, 24 * dice.randint(1, 300)),
    )
    title = words.text(language, 1)[:60]
    page = key(PAGE, number)
    url = f"http://{ad.source}.example/t/{number}"
    rows["pages"].append(
        (page, "run", ad.source, url, "thread", "ok", ad.seen, 200, page, "a.warc.gz", number)
    )
    queued = (
        key(FRONTIER, number),
        ad.source,
        url,
        "thread",
        1,
        "done",
        0,
        None,
        "run",
        None,
        "{}",
    )
    rows["frontier"].append(queued)
    rows["threads"].append(
        (key(THREAD, number), ad.source, str(number), "Market", title, f"name{seller}", url, ad.at,
         ad.last, 5, 0, "open", None, ad.seen, ad.last)
    )  # fmt: skip
    first_post(world, ad, title, rows)
    for place in range(1, POSTS_A_THREAD):
        answer(world, ad, place, rows)


def text_rows(ad: Ad, post: int, version: int, said: tuple[str, str | None, str, str]) -> Any:
    """Rows of `post_versions` and `analyses`; said: text, title, when, intent."""
    text, title, at, intent = said
    versions = (
        key(VERSION, version), key(POST, post), title, text, None, None, key(VERSION, version),
        key(PAGE, ad.thread), at,
    )  # fmt: skip
    analyses = (key(VERSION, version), "bench", intent, None, ad.language, None, None, None)
    return versions, analyses


def first_post(world: World, ad: Ad, title: str, rows: Rows) -> None:
    """The post with the offers, edited or not."""
    post = ad.thread * POSTS_A_THREAD
    edited = world.words.dice.random() < EDITED
    for place in range(1 + edited):
        version = post + place * PAST_ALL_POSTS
        at = ad.seen if place == 0 else ad.last
        said = (f"{ad.text} v{place}" if place else ad.text, title, at, "offer")
        versions, analyses = text_rows(ad, post, version, said)
        rows["post_versions"].append(versions)
        rows["analyses"].append(analyses)
        offers(world, ad, version, rows, replaced=edited and place == 0)
    rows["posts"].append(
        (key(POST, post), ad.source, key(THREAD, ad.thread), str(post), 1, key(ACCOUNT, ad.seller),
         ad.at, None, None, None, key(VERSION, version), ad.seen, ad.last,
         ad.last if ad.state == "gone" else None)
    )  # fmt: skip


def answer(world: World, ad: Ad, place: int, rows: Rows) -> None:
    """A bump of the seller or a post of somebody else."""
    post = ad.thread * POSTS_A_THREAD + place
    dice = world.words.dice
    account = ad.seller if place % 3 == 0 else world.providers * 2 + dice.randrange(world.providers)
    at = world.at(ad.thread, 20 * place)
    said = (world.words.text(ad.language, 1), None, at, "other")
    versions, analyses = text_rows(ad, post, post, said)
    rows["post_versions"].append(versions)
    rows["analyses"].append(analyses)
    rows["posts"].append(
        (key(POST, post), ad.source, key(THREAD, ad.thread), str(post), place + 1,
         key(ACCOUNT, account), at, None, None, None, key(VERSION, post), at, ad.last, None)
    )  # fmt: skip


def offers(world: World, ad: Ad, version: int, rows: Rows, *, replaced: bool) -> None:
    """The listings of a text, its contact and its ad."""
    dice = world.words.dice
    state = "replaced" if replaced else ad.state
    for place in range(LISTINGS_A_THREAD):
        number = version * LISTINGS_A_THREAD + place
        kind = min(int(len(world.assets) * dice.random() ** 1.6), len(world.assets) - 1)
        intent = "wanted" if dice.random() < 0.05 else "offer"
        rows["listings"].append(
            (key(LISTING, number), key(VERSION, version), place + 1, intent, world.assets[kind],
             ad.text[:90], "text", 0, 9, "bench", 0.9, "bench", state, ad.seen, ad.last)
        )  # fmt: skip
        prices(world, number, 8 * (1.15**kind), rows)
    rows["contact_mentions"].append(
        (key(MENTION, version), key(CONTACT, ad.seller), key(VERSION, version),
         key(ACCOUNT, ad.seller), "kiln", "text", 0, 4, "bench", 1.0)
    )  # fmt: skip
    posted_again = dice.random() < REPOSTED
    ad_id = key(AD, ad.seller * 4 if posted_again else world.providers * 8 + ad.thread)
    rows["ad_texts"].append((ad_id, key(VERSION, version), "00"))
    rows["ad_posts"].append((key(VERSION, version), ad_id, 1.0))


def prices(world: World, listing: int, usual: float, rows: Rows) -> None:
    """Prices and facts of a listing."""
    dice = world.words.dice
    for place in range(dice.choice((0, 1, 1, 1, 2))):
        number = listing * 2 + place
        usd = round(usual * math.exp(dice.gauss(0, 0.6)), 2)
        per = dice.choice(PERS)
        a_month = {"month": usd, "week": round(usd * 4.35, 2)}.get(per or "")
        rows["prices"].append(
            (key(PRICE, number), key(LISTING, listing), place + 1, usd, usd, "USD", "stated", per,
             10 if per == "lot" else None, "fixed", usd, usd, a_month, None, None, f"{usd}$",
             "text", 0, 5, "bench", 0.9)
        )  # fmt: skip
    facts = [("country", dice.choice(COUNTRIES))] if dice.random() < 0.7 else []
    if dice.random() < 0.3:
        facts.append(("ram_gb", str(2 ** dice.randint(1, 8))))
    for place, (name, value) in enumerate(facts):
        rows["attributes"].append(
            (key(FACT, listing * 2 + place), key(LISTING, listing), name, value, "text", 0, 5)
        )
