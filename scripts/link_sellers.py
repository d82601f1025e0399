"""Sellers of the world of bench-link: their names, contacts, ads, and what becomes of them."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scripts.link_words import (
    COLOUR,
    COMMON,
    GOODS,
    PLACES,
    REPOST_WORDS,
    TERMS,
    btc_address,
    handle_of,
    invented_name,
    phrases,
    tox_id,
)

LABELS = {
    "telegram": ("Telegram: @{}", "TG @{}", "t.me/{}", "Contact: @{}", "Связь: @{}", "tg - @{}"),
    "xmpp": ("jabber: {}", "XMPP: {}", "жаба: {}"),
    "tox": ("TOX: {}", "tox id {}"),
    "pgp": ("PGP fingerprint: {}", "PGP: {}"),
    "site": ("Shop: https://{}/", "Site: {}", "https://{}/"),
    "btc": ("Payments to BTC {}", "BTC: {}"),
    "session": ("Session: {}",),
    "email": ("mail: {}",),
}


@dataclass(frozen=True)
class Contact:
    """A way to reach a seller."""

    kind: str
    value: str

    def written(self, rng: random.Random) -> str:
        """As it stands in an ad."""
        return rng.choice(LABELS[self.kind]).format(self.value)


@dataclass
class Seller:
    """A person or team who sells: the truth that links are measured against."""

    number: int
    name: str
    style: random.Random
    contacts: list[list[Contact]]
    """Contacts by era; the last era lasts."""
    turns: list[datetime]
    """When each era after the first begins."""
    ads: list["Ad"] = field(default_factory=list)

    def contacts_at(self, moment: datetime) -> list[Contact]:
        """What the seller gives as contacts at a moment."""
        return self.contacts[sum(turn <= moment for turn in self.turns)]


@dataclass
class Ad:
    """One ad in its seller's words; prices, contacts and a few words change from post to post."""

    number: int
    goods: int
    place: str
    lead: str
    rows: list[tuple[str, int]]
    sentences: list[str]

    def title(self) -> str:
        """Title of its thread."""
        return f"[SELL] {GOODS[self.goods].title.format(place=self.place)}"

    def text(self, rng: random.Random, brand: str, contacts: list[str], *, repost: bool) -> str:
        """The ad as posted once."""
        factor = rng.choice((0.8, 0.9, 1.1, 1.25)) if repost else 1.0
        unit = GOODS[self.goods].unit
        rows = [f"{label} - {max(1, round(price * factor))}$ {unit}" for label, price in self.rows]
        sentences = list(self.sentences)
        if repost and rng.random() < 0.4:
            sentences[rng.randrange(len(sentences))] = rng.choice(COLOUR)
        half = len(sentences) // 2
        lead = (rng.choice(REPOST_WORDS) if repost else "") + self.lead.format(brand=brand)
        body = [f"{lead}.", ". ".join(sentences[:half]) + ".", *rows, ". ".join(sentences[half:])]
        return "\n".join([*(line for line in body if line.strip(". ")), *contacts])


def new_contact(kind: str, name: str, rng: random.Random) -> Contact:
    """An address that nobody else has."""
    stem = "".join(c for c in name.lower() if c.isalnum())
    tag = f"{rng.getrandbits(20):05x}"
    made = {
        "telegram": lambda: handle_of(name, rng),
        "xmpp": lambda: f"{stem}{tag[:2]}@{rng.choice(('jabber', 'xmpp', 'chat-im'))}.example",
        "tox": lambda: tox_id(rng),
        "pgp": lambda: rng.randbytes(20).hex().upper(),
        "site": lambda: f"{stem}-{tag}.{rng.choice(('example', 'test'))}",
        "btc": lambda: btc_address(rng),
        "session": lambda: f"05{rng.randbytes(32).hex()}",
        "email": lambda: f"{stem}.{tag[:3]}@mailbox.example",
    }
    return Contact(kind, made[kind]())


def new_ad(
    number: int, goods: int, style: random.Random, shared: list[str], twin: "Ad | None" = None
) -> Ad:
    """An ad; `shared` are sentences that all ads of its seller have, a twin lends all of its."""
    kind, place = GOODS[goods], style.choice(PLACES)
    lead = style.choice(kind.lead).format(place=place)
    if style.random() < 0.5:
        lead = "{brand}: " + lead
    labels = style.sample(kind.rows, style.randint(3, 6))
    rows = [(label.format(place=place), style.randint(kind.low, kind.high)) for label in labels]
    own = phrases(style, COLOUR, 2, 4) + phrases(style, TERMS, 1, 3)
    sentences = list(dict.fromkeys([*own, *shared]))
    style.shuffle(sentences)
    if twin is not None:
        sentences = list(twin.sentences)
    return Ad(number, goods, place, lead, rows, sentences)


def new_seller(number: int, seed: int, span: tuple[datetime, datetime]) -> Seller:
    """A seller with one to three contacts, one in four of whom changes them."""
    style = random.Random(f"{seed}/seller/{number}")
    name = style.choice(COMMON) if style.random() < 0.04 else invented_name(style)
    kinds = ["telegram"] if style.random() < 0.85 else []
    others = [kind for kind in LABELS if kind != "telegram"]
    weights = (7, 5, 3, 4, 3, 2, 2)
    for other in style.choices(others, weights, k=style.choice((0, 1, 1, 2)) + (not kinds)):
        if other not in kinds:
            kinds.append(other)
    first = [new_contact(kind, name, style) for kind in kinds]
    eras, turns = [first], []
    if style.random() < 0.25:
        whole = style.random() < 0.3
        eras.append(
            [
                new_contact(c.kind, name, style) if whole or c.kind == "telegram" else c
                for c in first
            ]
        )
        turns.append(span[0] + (span[1] - span[0]) * style.uniform(0.3, 0.8))
    seller = Seller(number, name, style, eras, turns)
    shared = phrases(style, TERMS, 2, 4)
    goods = style.sample(range(len(GOODS)), style.choice((1, 1, 2, 2, 3)))
    for place, kind in enumerate(goods):
        twin = seller.ads[0] if seller.ads and style.random() < 0.3 else None
        seller.ads.append(new_ad(number * 10 + place, kind, style, shared, twin))
    if len(goods) == 1 and style.random() < 0.4:
        seller.ads.append(new_ad(number * 10 + 9, goods[0], style, shared))
    return seller


def account_name(seller: Seller, rng: random.Random) -> str:
    """Under which name a seller goes on one more source: the same, like it, or another one."""
    roll = rng.random()
    if roll < 0.55:
        return seller.name
    if roll < 0.75:
        return f"{seller.name}{rng.choice(('_shop', '1', '_en', '777', 'x'))}"
    return invented_name(rng)


def moments(rng: random.Random, count: int, span: tuple[datetime, datetime]) -> list[datetime]:
    """Sorted moments in a span, whole minutes."""
    length = (span[1] - span[0]) / timedelta(minutes=1)
    made = sorted(rng.uniform(0, length) for _ in range(count))
    return [span[0] + timedelta(minutes=int(minutes)) for minutes in made]
