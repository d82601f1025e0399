"""Accounts and contacts as the MISP objects that fit."""

from pymisp import MISPObject

from crawler.exporting.misp_frame import Mark, new_object, put
from crawler.exporting.sellers import Seen

COINS = {"btc": "address", "xmr": "address-xmr"}
"""Coins that MISP has an attribute of its own for."""
OTHER_COINS = ("eth", "trx", "ltc")
PHONES = ("whatsapp", "signal")
"""Kinds of contact that are telephone numbers."""


def contact_object(seen: Seen, owner: str) -> tuple[MISPObject, Mark]:
    """An account or contact of `owner` as an object, with its mark.

    Telegram, sites, coins, keys and telephones have templates of their own; all else is a
    user-account whose type names the kind.
    """
    mark = Mark(seen.tlp, seen.reliability, seen.first_seen, seen.last_seen)
    name, values = fitting(seen)
    made = new_object(name, f"{owner} {seen.id}", mark)
    made.comment = f"{seen.kind} of {owner}, stated in {seen.times} texts"
    for relation, value in values.items():
        put(made, relation, value)
    return made, mark


def fitting(seen: Seen) -> tuple[str, dict[str, str]]:
    """The template of a contact and its attributes."""
    kind, value = seen.kind, seen.value
    if kind == "telegram":
        return "telegram-account", {"username": value}
    if kind == "site":
        web = value if "://" in value else f"http://{value}"
        return "url", {"url": web, "domain": value.partition("/")[0]}
    if kind in COINS:
        return "coin-address", {COINS[kind]: value, "symbol": kind.upper()}
    if kind in OTHER_COINS:
        return "coin-address", {"address-crypto": value, "symbol": kind.upper()}
    if kind == "pgp":
        return "pgp-meta", {"key-id": value}
    if kind in PHONES and value.lstrip("+").isdigit():
        return "phone-number", {"phone-number": value, "text": kind}
    if kind == "email":
        return "user-account", {"username": value, "email": value, "account-type": "email"}
    where = seen.source_id if kind == "account" else kind
    return "user-account", {"username": value, "user-id": f"{where}:{value}", "account-type": where}
