"""Those who pass on and speak of the ads of others, in the world of bench-link."""

import random
from datetime import datetime, timedelta

from scripts.link_words import GOODS, invented_name
from scripts.link_world import END, FORUMS, SHARED, Account, Post, World, telegram_of, url_of

BLAME = (
    "Scam report: {name} took my money, his contact is @{handle}", "Beware of @{handle}, ripper",
    "{name} scammed me, never delivered. Telegram @{handle}",
    "Do not deal with {name}, he stopped answering at @{handle}",
)  # fmt: skip
PRAISE = (
    "Bought from @{handle}, all alive, recommend this seller", "+rep {name}, works fine",
    "Vouch for @{handle}, fast delivery", "Got mine from {name}, legit seller",
)  # fmt: skip


def add_forwarders(world: World, count: int) -> None:
    """Channels that pass on the ads of others, with and without saying so."""
    rng = world.rng
    ads = [p for p in world.posts if p.ad is not None]
    for number in range(max(count // 60, 4)):
        source = f"channel9{number:03d}"
        world.channels[source] = f"dark_ads_{number}"
        keeper = world.account(source, f"Dark ads {number}", world.somebody())
        size = rng.randint(2, 5) if number % 3 == 0 else rng.randint(10, 60)
        marked = rng.random() < 0.6
        for ad in sorted(rng.sample(ads, size), key=lambda p: p.at):
            fields = {"forwarded_from": "a channel"} if marked else {}
            foot = f"\nAds: @ads_keeper_{number}" if number % 2 else ""
            world.post(keeper, ad.text + foot, ad.at + timedelta(hours=5), fields=fields)


def add_talk(world: World, count: int) -> None:
    """Buyers and other sellers who praise, blame, quote and answer, with contacts in the text."""
    rng = world.rng
    buyers = [world.account(rng.choice(FORUMS), f"{invented_name(rng)}_b", world.somebody())
              for _ in range(count // 4)]  # fmt: skip
    shops = [
        a for a in world.accounts if a.source in FORUMS and a.way == SHARED and a.seller < count
    ]
    ads = [p for p in world.posts if p.ad is not None
           and world.threads[p.thread] in FORUMS]  # fmt: skip
    for _ in range(count * 2):
        ad = rng.choice(ads)
        named = world.accounts[ad.account]
        handle = telegram_of(world, named.seller) if named.seller < count else None
        at: datetime = min(END, ad.at + timedelta(days=rng.uniform(0, 40)))
        people = buyers if rng.random() < 0.7 else shops
        local = [a for a in people if a.source == named.source and a.span[0] <= at <= a.span[1]]
        if local and handle and (speaker := rng.choice(local)).seller != named.seller:
            said = rng.choice(PRAISE if rng.random() < 0.6 else BLAME)
            quote = (named.name, ad.text[:200]) if rng.random() < 0.3 else None
            world.post(speaker, said.format(name=named.name, handle=handle), at,
                       thread=ad.thread, quoted=quote)  # fmt: skip
            if rng.random() < 0.1:
                goods = rng.choice(GOODS).rows[1].format(place="USA")
                lure = f"Write me instead, {goods} - 5$, do not trust @{handle}"
                world.post(speaker, lure, at, thread=ad.thread)


def claim_of(world: World, victim: Account, ad: Post, rng: random.Random) -> str:
    """A lie about being an active seller."""
    said = ("We are formerly {}", "ex-{}", "also known as {}", "Our official thread: {url}",
            "бывший {}")  # fmt: skip
    return rng.choice(said).format(victim.name, url=url_of(victim.source, ad.thread))
