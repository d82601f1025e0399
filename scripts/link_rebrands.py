"""The sellers of the world of bench-link, some of whom vanish and come back."""

import random
from datetime import datetime, timedelta

from scripts.link_accounts import advertise, drawn, open_accounts
from scripts.link_sellers import Seller, new_contact, new_seller
from scripts.link_words import invented_name
from scripts.link_world import BEGIN, END, FORUMS, SHARED, Account, Rebrand, World

REBRANDS = (("contact", 0.3), ("wallet", 0.1), ("alias", 0.1), ("text", 0.25), ("prices", 0.15),
            ("nothing", 0.1))  # fmt: skip
"""What a seller keeps who vanishes and comes back under another name."""


def new_world(seed: int, sellers: int) -> World:
    """Sellers with their accounts and ads, some of whom come back under another name."""
    world = World(seed, random.Random(f"{seed}/world"))
    for number in range(sellers):
        begin = BEGIN + timedelta(days=world.rng.uniform(0, 300))
        span = (begin, min(END, begin + timedelta(days=world.rng.uniform(60, 500))))
        seller = new_seller(number, seed, span)
        world.sellers.append(seller)
        accounts = open_accounts(world, seller, span)
        if world.rng.random() < 0.06 and span[1] < END - timedelta(days=30):
            come_back(world, seller, accounts, span[1])
    return world


def come_back(world: World, seller: Seller, accounts: list[Account], silent: datetime) -> None:
    """A seller who vanished appears under another name, and keeps something."""
    rng = world.rng
    kept = drawn(rng, REBRANDS)
    begin = silent + timedelta(days=rng.uniform(2, 25))
    account = world.account(rng.choice(FORUMS), invented_name(rng), seller.number,
                            span=(begin, END), way=kept)  # fmt: skip
    fresh = new_seller(seller.number + 500_000, world.seed, (begin, END))
    old = seller.contacts_at(silent)
    account.own = [new_contact(c.kind, account.name, rng) for c in old]
    if kept == "contact":
        account.own[0] = old[0]
    elif kept == "wallet":
        wallet = new_contact("btc", "", rng)
        account.own.append(wallet)
        accounts[0].says.append(wallet.written(rng))
        advertise(world, seller, accounts[0])
    elif kept == "alias":
        account.says.append(f"We were formerly {accounts[0].name}, new name, same team")
    ads = [ad for ad in seller.ads if any(post.ad == ad.number for post in world.posts[-60:])]
    if kept == "prices":
        for ad, other in zip(ads, fresh.ads, strict=False):
            other.goods, other.rows, other.number = ad.goods, ad.rows, other.number
    writer = Seller(seller.number, account.name, seller.style, [account.own], [],
                    fresh.ads if kept in ("prices", "nothing") else ads)  # fmt: skip
    account.way = SHARED
    advertise(world, writer, account)
    world.rebrands.append(Rebrand(seller.number, account.number, kept))
