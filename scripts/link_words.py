"""What invented sellers write: goods, sentences, names and addresses for bench-link."""

import hashlib
import random
import string
from collections.abc import Sequence
from dataclasses import dataclass


def words(text: str) -> tuple[str, ...]:
    """Words that blanks separate."""
    return tuple(text.split())


HANDLE_TAILS = ("", "_shop", "_sales", "77", "_support", "_official", "x", "_one", "24", "_root")
FIRST = words(
    "velvet onyx basalt lynx corvid polar cinder quartz amber granite raven falcon "
    "harbor meadow copper cobalt juniper saffron thunder glacier ember willow "
    "marble crimson indigo jasper silver tundra prairie canyon delta sierra vortex "
    "zenith nimbus stratus cirrus boreal austral meridian hollow rugged silent "
    "rapid lucky brisk humble noble frozen gilded"
)
SECOND = words(
    "racks hop host forge gate mill wolf desk hive pier dock vault spire grid lane "
    "field works yard bridge loom kiln anvil tower mast reef cove shore stack node "
    "pool cell core line loop port ring"
)
MIDDLE = ("", "", "al", "en", "ix", "or", "um", "ya", "esk", "ov", "in", "ar")
COMMON = words("shadow ghost phantom rooter darkside nobody sysop cracker morpheus trinity zeus")
"""Nicknames that people who have nothing to do with one another take."""


@dataclass(frozen=True)
class Goods:
    """What one kind of seller sells, in words that vary."""

    title: str
    lead: tuple[str, ...]
    rows: tuple[str, ...]
    unit: str
    low: int
    high: int


GOODS = (
    Goods(
        "hacked RDP {place}",
        ("Selling hacked RDP with admin rights", "Fresh bruted RDP, one hand",
         "We sell hacked dedics with admin rights, {place}", "Brute RDP, checked before delivery"),
        ("RDP {place} random", "RDP {place} 16 GB RAM", "RDP with GPU", "RDP by state", "RDP 32 GB",
         "RDP for work", "RDP server 2019", "RDP clean IP"),
        "each", 3, 40,
    ),
    Goods(
        "bulletproof VPS {place}",
        ("Bulletproof servers, abuse ignored", "Offshore hosting, DMCA ignored, {place}",
         "We rent bulletproof VPS, complaints ignored", "BPH in {place}, no takedowns"),
        ("VPS 2 GB {place}", "VPS 4 GB {place}", "VPS 8 GB", "Dedicated E3", "Dedicated Ryzen",
         "VPS Windows", "Dedicated 10 Gbit", "VPS for scanning"),
        "per month", 15, 260,
    ),
    Goods(
        "residential proxies {place}",
        ("Residential proxy pool, SOCKS5, {place}", "Home proxies for any task, rotating",
         "Proxies from real homes, sticky sessions", "SOCKS5 residential, {place} and more"),
        ("Residential {place}", "Residential mix", "Mobile 4G {place}", "Sticky sessions",
         "Rotating pool", "ISP static", "SOCKS5 list", "Private port"),
        "per GB", 1, 12,
    ),
    Goods(
        "shells and cPanel {place}",
        ("Selling shells and cPanel, alexa ranked", "Web shells, {place} domains, no spam before",
         "cPanel, WHM and shells every day", "Fresh shells from my own exploits"),
        ("Shell {place}", "cPanel {place}", "WHM root", "Shell with DA 30", "cPanel with SSL",
         "Shell .gov", "WordPress admin", "Plesk panel"),
        "each", 2, 60,
    ),
    Goods(
        "SSH roots {place}",
        ("Selling SSH roots, {place}", "Linux roots, hacked, 8 cores and up",
         "Root servers cheap, no miners on them", "Hacked Linux servers with root"),
        ("Root {place}", "Root 8 cores", "Root 16 cores", "Root 1 Gbit", "Root 64 GB",
         "Root unlimited traffic", "Root Debian", "Root random"),
        "each", 4, 70,
    ),
    Goods(
        "SMTP and mailers {place}",
        ("Inbox SMTP, cracked, {place}", "SMTP servers and mailers, inbox tested",
         "Hacked SMTP for your campaigns", "Corporate SMTP, {place}"),
        ("SMTP {place}", "SMTP inbox", "Mailer", "Office SMTP", "SMTP unlimited", "Webmail {place}",
         "SMTP with IP", "SMTP daily 5k"),
        "each", 5, 90,
    ),
)  # fmt: skip
PLACES = words(
    "USA Germany France Canada Brazil Netherlands Poland Spain Italy Turkey India "
    "Japan Mexico Moldova Romania Sweden"
)
TERMS = (
    "Replacement within 24 hours if it is dead on arrival",
    "Payment before delivery, no exceptions",
    "We accept BTC, XMR and USDT", "Bulk buyers get a discount, ask for it",
    "Delivery takes from five minutes to an hour", "No work on CIS countries",
    "Test for those with reputation on this board", "Do not ask for free samples",
    "Stock is updated every evening", "Refund only if I cannot replace the goods",
    "Minimum order is three pieces", "Support answers from morning till night, Moscow time",
    "Everything is sold into one hand", "Resellers are welcome, separate prices",
    "Selling here since long ago, read the reviews", "We do not ask what you do with it",
    "Оплата в BTC, XMR, USDT", "Замена в течение суток", "Работаем каждый день без выходных",
    "Оптовикам скидки", "По СНГ не работаем", "Выдача сразу после оплаты",
    "Тест для пользователей с репутацией", "Все в одни руки",
)  # fmt: skip
COLOUR = (
    "Our team does this for years and knows what you need",
    "Quality over quantity is the rule here",
    "Many regular customers stay with us for a reason", "You get exactly what the list says",
    "No middle steps, we are the first hand", "Old customers of the closed boards know us",
    "I work alone and answer for every order", "The base grows with every week of work",
    "Nothing is resold after you buy it", "We lost a server last month but the stock is safe",
    "Read the whole text before you write to me",
    "Prices are lower than anywhere, compare yourself",
    "Ask for the newest list, it changes often", "Сделаем под вашу задачу, пишите что нужно",
    "Материал из первых рук, без перекупов", "Давно на рынке, репутация важнее денег",
)  # fmt: skip
REPOST_WORDS = ("UP! ", "Updated stock. ", "New week. ", "Fresh today. ", "", "", "")


def invented_name(rng: random.Random) -> str:
    """A seller's name as he writes it."""
    first, second = rng.choice(FIRST), rng.choice(SECOND)
    middle = rng.choice(MIDDLE)
    form = rng.randrange(5)
    if form == 0:
        return f"{first}{middle}_{second}"
    if form == 1:
        return f"{first.title()}{middle}{second.title()}"
    return (
        f"{first}{middle}{second}{rng.choice(('', rng.randrange(10, 99), rng.randrange(100, 999)))}"
    )


def handle_of(name: str, rng: random.Random) -> str:
    """A Telegram handle after a name, or after nothing."""
    stem = "".join(c for c in name.lower() if c.isalnum() or c == "_")
    if rng.random() < 0.35:
        stem = f"{rng.choice(FIRST)}_{rng.choice(SECOND)}"
    tail = rng.choice(HANDLE_TAILS)
    return f"{stem}{tail}_{''.join(rng.choices(string.ascii_lowercase, k=2))}"[:30]


def tox_id(rng: random.Random) -> str:
    """A Tox id with its checksum."""
    data = rng.randbytes(36)
    even = odd = 0
    for place in range(0, 36, 2):
        even ^= data[place]
        odd ^= data[place + 1]
    return (data + bytes((even, odd))).hex().upper()


def btc_address(rng: random.Random) -> str:
    """A Base58Check address of version 0."""
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    payload = b"\0" + rng.randbytes(20)
    number = int.from_bytes(
        payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4], "big"
    )
    digits = ""
    while number:
        number, digit = divmod(number, 58)
        digits = alphabet[digit] + digits
    return "1" + digits


def one_letter_apart(name: str, rng: random.Random) -> str:
    """A name that looks like another one: a letter changed, doubled or left out."""
    place = rng.randrange(1, len(name) - 1)
    form = rng.randrange(3)
    if form == 0:
        return name[:place] + rng.choice("lI1o0ae") + name[place + 1 :]
    return name[:place] + name[place] * (2 if form == 1 else 0) + name[place + 1 :]


def phrases(rng: random.Random, pool: Sequence[str], least: int, most: int) -> list[str]:
    """Some sentences of a pool."""
    return rng.sample(pool, rng.randint(least, most))
