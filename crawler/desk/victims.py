"""Who may see the victims of access sales, and what the others see instead."""

import re
from collections.abc import Mapping
from typing import Any

from crawler.desk.asking import Asking, Row

ROLE = "notify"
"""The role of those who notify victims."""
VICTIM_TYPES = ("access.corporate",)
"""Asset types whose posts may describe a victim."""
_OF_VICTIMS = ("site", "email")
"""Kinds of contact that may be the victim's."""
MASK = "▇▇▇▇"
_HOST = re.compile(
    r"(?:https?://|hxxps?://)?(?:[\w-]{1,63}(?:\.|\[\.\]|\(\.\))){1,5}[a-z]{2,24}(?:/[^\s]*)?", re.I
)
_NAMED = re.compile(
    r"(?im)^(\W{0,3}(?:company|organi[sz]ation|org|victim|target|name|site|website|domain|zoom(?:info)?"
    r"|компания|организация|название|сайт|домен|цель|empresa|firma|unternehmen|公司|الشركة)"
    r"\s*[:=–-]\s*)(\S.*)$"
)
_QUOTED = re.compile(r"«[^«»\n]{3,60}»|“[^“”\n]{3,60}”")
_SHEET = """
select n.id, n.post_id, n.at, n.provider, n.account, n.source_id, n.countries, n.prices, n.state,
    n.title, v.text,
    (select group_concat(value, ', ') from attributes x
        where x.listing_id = n.id and x.key = 'revenue_usd') as revenue_usd
from listings_now n join post_versions v on v.id = n.version_id
where n.asset_type = 'access.corporate' and n.intent = 'offer' order by n.at desc limit 200
"""


def may_see(actor: Mapping[str, Any] | None, *, masking: bool) -> bool:
    """Whether an actor sees texts of access sales unmasked."""
    return not masking or (actor is not None and ROLE in (actor.get("roles") or ()))


def mask(text: str) -> str:
    """The text with hosts, names after `Company:` and quoted names replaced."""
    text = _NAMED.sub(lambda m: m[1] + MASK, text)
    return _QUOTED.sub(MASK, _HOST.sub(MASK, text))


def clues_in(text: str) -> list[str]:
    """What may tell who the victim is, in text order: what `mask` hides."""
    found = [m[2].strip() for m in _NAMED.finditer(text)]
    found += [m[0] for m in _QUOTED.finditer(text)]
    found += [m[0] for m in _HOST.finditer(text)]
    return list(dict.fromkeys(found))[:12]


def about_victims(listings: list[Row]) -> bool:
    """Whether one of a post's listings sells access to an organisation."""
    return any(row["asset_type"] in VICTIM_TYPES for row in listings)


def masked_rows(rows: list[Row]) -> list[Row]:
    """Rows of listings, those that sell access to an organisation without its name."""
    return [
        row
        | {name: mask(str(row[name])) for name in ("title", "snippet", "detail") if row.get(name)}
        if row.get("asset_type", VICTIM_TYPES[0]) in VICTIM_TYPES
        else row
        for row in rows
    ]


def masked_provider(found: Row) -> Row:
    """A provider's page without victims: their sites are often taken for the seller's."""
    masked = {
        "offers": masked_rows(found["offers"]),
        "timeline": masked_rows(found["timeline"]),
        "marks": [row | {"detail": mask(str(row["detail"]))} for row in found["marks"]],
        "reposts": [row | {"text": mask(str(row["text"]))} for row in found["reposts"]],
    }
    if about_victims(found["offers"]):
        masked["contacts"] = [row for row in found["contacts"] if row["kind"] not in _OF_VICTIMS]
        masked["links"] = [row for row in found["links"] if row["kind"] not in _OF_VICTIMS]
    return found | masked


async def victim_sheet(desk: Asking) -> list[Row]:
    """Sales of access to organisations with their clues, newest first."""
    return [row | {"clues": clues_in(row["text"])} for row in await desk.rows(_SHEET)]
