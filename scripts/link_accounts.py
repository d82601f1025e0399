"""The accounts of a seller in the world of bench-link, and what they write."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from scripts.link_sellers import Seller, account_name, moments, new_contact
from scripts.link_words import invented_name
from scripts.link_world import (
    FORUMS,
    GROUPS,
    MARKETS,
    SHARED,
    Account,
    World,
    url_of,
)

OWN_HANDLE, ALIAS, THREAD, NOTHING = "own handle", "alias", "thread", "nothing"
WAYS: tuple[tuple[str, float], ...] = (
    (SHARED, 0.77),
    (OWN_HANDLE, 0.09),
    (ALIAS, 0.08),
    (THREAD, 0.03),
    (NOTHING, 0.03),
)
"""How one more account of a seller can be known for his."""
ALIASES = (
    "We were formerly {}", "ex-{}", "Old nick: {}", "бывший {}", "previously known as {}",
    "moved here, earlier {} on another board",
)  # fmt: skip
THREADS = ("Our official thread: {}", "Main thread {}", "Наша тема: {}")


def drawn(rng: random.Random, chances: Sequence[tuple[str, float]]) -> str:
    """One of several words, by their chances."""
    return rng.choices([word for word, _ in chances], [chance for _, chance in chances])[0]


def open_accounts(world: World, seller: Seller, span: tuple[datetime, datetime]) -> list[Account]:
    """One to four accounts of a seller, with what they write."""
    rng = world.rng
    count = rng.choices((1, 2, 3, 4), (35, 30, 20, 15))[0]
    made: list[Account] = []
    for source in home_sources(world, seller, count):
        name = account_name(seller, rng) if made else seller.name
        account = world.account(source, name, seller.number, span=span)
        account.rank = rng.choice(("Member", "Vendor", "Verified seller", None, "Продавец"))
        if made:
            account.way = drawn(rng, WAYS)
            if account.way == THREAD and not {source, made[0].source} <= set(FORUMS):
                account.way = SHARED
            if account.way == ALIAS and len(made) + 1 < count:
                account.way = SHARED
            if account.way == OWN_HANDLE and all(c.kind == "telegram" for c in seller.contacts[0]):
                account.way = SHARED
            introduce(world, seller, account, made)
        if source in FORUMS and rng.random() < 0.35 and account.way == SHARED:
            lines = [c.written(rng) for c in seller.contacts_at(span[1])]
            account.signature = " | ".join([account.name, *lines])
        made.append(account)
        channel = world.channels.get(source)
        if channel and rng.random() < 0.5:
            made[0].says.append(f"Channel: t.me/{channel}")
    for account in made:
        advertise(world, seller, account)
    return made


def home_sources(world: World, seller: Seller, count: int) -> list[str]:
    """Where a seller sells; a few have a channel of their own."""
    pool = [*FORUMS, *MARKETS, *GROUPS]
    sources = world.rng.sample(pool, count)
    telegram = [c for c in seller.contacts[0] if c.kind == "telegram"]
    if count > 1 and telegram and world.rng.random() < 0.1:
        sources[-1] = f"channel{seller.number}"
        world.channels[sources[-1]] = new_contact("telegram", seller.name, world.rng).value
    return sources


def introduce(world: World, seller: Seller, account: Account, older: list[Account]) -> None:
    """What an account does or says so that one knows whose it is."""
    rng = world.rng
    first = older[0]
    middle = account.span[0] + (account.span[1] - account.span[0]) / 2
    if account.way == OWN_HANDLE:
        account.own = [new_contact("telegram", account.name, rng)]
    elif account.way != SHARED:
        account.own = [new_contact(c.kind, account.name, rng) for c in seller.contacts[0]]
    if account.way == ALIAS:
        account.name = invented_name(rng)
        account.says.append(rng.choice(ALIASES).format(first.name))
        account.span = (middle, account.span[1])
        for old in (old for old in older if old.name == first.name):
            old.span = (old.span[0], middle)
    if account.way == THREAD:
        account.says.append(rng.choice(THREADS).format(reserved(world, first)))
        if rng.random() < 0.7:
            first.says.append(f"Our thread on the other board: {reserved(world, account)}")


def reserved(world: World, account: Account) -> str:
    """Address of the thread that an account will open first."""
    account.waits.append(world.thread(account.source))
    return url_of(account.source, account.waits[-1])


def advertise(world: World, seller: Seller, account: Account) -> None:
    """An account's ads and reposts over its time."""
    rng = world.rng
    ads = rng.sample(seller.ads, rng.randint(1, len(seller.ads)))
    seen: set[int] = set()
    for place, at in enumerate(moments(rng, len(ads) + rng.randint(0, 4), account.span)):
        ad = ads[place % len(ads)]
        text = ad.text(rng, account.name, contact_lines(world, seller, account, at),
                       repost=ad.number in seen)  # fmt: skip
        seen.add(ad.number)
        thread = account.waits.pop() if account.waits else world.thread(account.source)
        world.post(account, text, at, title=title_of(account, ad.title()), ad=ad.number,
                   thread=thread)  # fmt: skip
        if account.source in FORUMS and rng.random() < 0.3:
            later = min(account.span[1], at + timedelta(days=rng.uniform(1, 30)))
            world.post(account, rng.choice(("up", "Still here, write me", "апну")), later,
                       thread=world.posts[-1].thread)  # fmt: skip


def title_of(account: Account, title: str) -> str | None:
    """Messages of channels have no title."""
    return None if account.source.startswith(("channel", "group")) else title


def contact_lines(world: World, seller: Seller, account: Account, at: datetime) -> list[str]:
    """What an ad of an account says of ways to its seller, and what else it always says."""
    rng = world.rng
    theirs = seller.contacts_at(at)
    if account.way == SHARED:
        own = theirs if rng.random() < 0.85 or not account.signature else []
    elif account.way == OWN_HANDLE:
        own = [*account.own, *(c for c in theirs if c.kind != "telegram")]
    else:
        own = account.own
    lines = [contact.written(rng) for contact in own]
    return [*account.says, " | ".join(lines)] if rng.random() < 0.2 else [*account.says, *lines]
