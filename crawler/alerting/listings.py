"""Listings that meet a rule's conditions."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from crawler.alerting.conditions import When
from crawler.alerting.keywords import word_in
from crawler.alerting.matches import Match, Window
from crawler.alerting.plain import plain
from crawler.alerting.pricing import PriceBook, price_reason
from crawler.clock import moment_of
from crawler.desk.victims import VICTIM_TYPES, mask
from crawler.source_fields import minutes_of
from crawler.store.database import Store
from crawler.store.queue import marks

_ROWS = """
select n.*, v.text, (
    select r.raw_before || ' → ' || r.raw from repricings r where r.listing_id = n.id
    order by r.seen_at desc, r.id limit 1
) as repriced, exists (
    select 1 from repricings r where r.listing_id = n.id and r.how = 'edit'
) as edited
from listings_now n join post_versions v on v.id = n.version_id
"""
# + keeps SQLite from indexes that are coarser than that of the ad
_POSTED_BEFORE = """
not exists (
    select 1 from listings_now o
    where o.ad_id = n.ad_id and +o.asset_type = n.asset_type and +o.intent = n.intent
        and coalesce(o.provider_id, o.account_id) = coalesce(n.provider_id, n.account_id)
        and +o.post_id <> n.post_id and (+o.at, +o.post_id) < (n.at, n.post_id))
"""
_REPRICED = "exists (select 1 from repricings r where r.listing_id = n.id)"


def new_listings(
    store: Store, when: When, window: Window, *, masked: bool = False
) -> Iterator[Match]:
    """Listings of a time that meet all conditions, oldest first.

    An edited post counts again only for conditions on prices, when its price changed.
    """
    when_seen, when_changed = ("at", "at") if window.posted else ("first_seen", "seen_at")
    where = f"n.id in (select id from listings_now where {when_seen} >= :since"
    if when.priced:
        where += f" union select listing_id from repricings where {when_changed} >= :since"
    for row, reason in meeting(store, when, where + ")", {"since": window.since}):
        if window.posted or window.whole or row["edited"] or not is_old(when, row):
            yield match_of(row, reason, masked=masked)


def offers_such(store: Store, when: When, provider_id: str) -> bool:
    """Whether a listing of a provider meets all conditions on listings; True without any."""
    if not when.on_listings:
        return True
    found = meeting(store, when, "n.provider_id = :provider", {"provider": provider_id})
    return next(found, None) is not None


def is_old(when: When, row: sqlite3.Row) -> bool:
    """Whether a listing was posted longer before it was first seen than the rule wants."""
    age = moment_of(row["first_seen"]) - moment_of(row["at"])
    return age > timedelta(minutes=minutes_of(when.max_age))


def meeting(
    store: Store, when: When, where: str, params: dict[str, Any]
) -> Iterator[tuple[sqlite3.Row, str]]:
    """Rows that meet all conditions on listings, with the reason, oldest first."""
    book = PriceBook(store)
    conditions = [where, *_conditions(store, when, params)]
    sql = f"{_ROWS} where {' and '.join(conditions)} order by n.at, n.id"
    for row in store.rows(sql, params):
        reasons = [_name_reason(when, row), _place_reason(when, row), _word_reason(when, row)]
        if None in reasons:
            continue
        price = price_reason(book, when, row["id"]) if when.priced else ""
        if price is None:
            continue
        if price and row["repriced"]:
            price += f"; changed: {row['repriced']}"
        yield row, "; ".join(r for r in (*reasons, price) if r) or f"new {row['intent']}"


def _conditions(store: Store, when: When, params: dict[str, Any]) -> Iterator[str]:
    """Conditions that SQL can decide; their values are put into `params`."""
    for name, column in (("sources", "source_id"), ("languages", "language")):
        values = getattr(when, name)
        if values:
            yield f"n.{column} in ({_named(params, name, values)})"
    if when.intent:
        params["intent"] = when.intent
        yield "n.intent = :intent"
    if when.priced:
        yield "n.intent = 'offer'"
    if when.asset_types:
        # '/' follows '.': all names that begin with the type and a dot
        ranges = []
        for place, name in enumerate(when.asset_types):
            params |= {f"type{place}": name, f"low{place}": f"{name}.", f"high{place}": f"{name}/"}
            ranges.append(f"n.asset_type = :type{place}")
            ranges.append(f"(n.asset_type > :low{place} and n.asset_type < :high{place})")
        yield f"({' or '.join(ranges)})"
    if when.contacts:
        yield _contact_condition(params, contact_ids(store, when.contacts))
    if when.reposts == "ignore":
        yield f"({_POSTED_BEFORE} or {_REPRICED})" if when.priced else _POSTED_BEFORE


def _named(params: dict[str, Any], name: str, values: tuple[str, ...]) -> str:
    """Values put into `params`; their names for an `in` list."""
    named = {f"{name}{place}": value for place, value in enumerate(values)}
    params |= named
    return ", ".join(f":{key}" for key in named) or "null"


def contact_ids(store: Store, contacts: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of contacts that are written as kind:value, in any case."""
    values = tuple(contact.casefold() for contact in contacts)
    rows = store.rows(
        f"select id from contacts where kind || ':' || lower(value) in ({marks(len(values))})",
        values,
    )
    return tuple(row["id"] for row in rows)


def _contact_condition(params: dict[str, Any], ids: tuple[str, ...]) -> str:
    known = _named(params, "contact", ids)
    return (
        f"(exists (select 1 from contact_mentions m where m.post_version_id = n.version_id "
        f"and m.contact_id in ({known})) or exists (select 1 from provider_members m "
        f"where m.kind = 'contact' and m.provider_id = n.provider_id and m.member_id in ({known})))"
    )


def _name_reason(when: When, row: sqlite3.Row) -> str | None:
    """Which provider of the rule it is; None when it is none of them."""
    if not when.providers:
        return ""
    wanted = {name.casefold() for name in when.providers}
    names = (row["provider_id"], row["provider"], row["account"])
    found = next((name for name in names if name and name.casefold() in wanted), None)
    return f"provider {row['provider'] or found}" if found else None


def _place_reason(when: When, row: sqlite3.Row) -> str | None:
    """Which countries of the rule it is in; None when it is in none of them."""
    if not when.countries:
        return ""
    found = [code for code in (row["countries"] or "").split() if code in when.countries]
    return f"in {' '.join(found)}" if found else None


def _word_reason(when: When, row: sqlite3.Row) -> str | None:
    """Which word of the rule it holds; None when it holds none of them."""
    if not when.keywords:
        return ""
    found = word_in(f"{row['title'] or ''}\n{row['text']}", when.keywords)
    return f"word '{found}'" if found else None


def match_of(row: sqlite3.Row, reason: str, *, masked: bool) -> Match:
    """A listing as an alert; without its victim's name where the home masks victims."""
    title, snippet = row["title"] or "", row["snippet"]
    if masked and row["asset_type"] in VICTIM_TYPES:
        title, snippet = mask(title), mask(snippet)
    seller = plain(row["provider"] or row["account"] or "somebody", 60)
    verb = "offered" if row["intent"] == "offer" else "sought"
    prices = f"asks: {plain(row['prices'], 120)}" if row["prices"] else ""
    about = (row["source_id"], row["post_id"], row["id"], row["account_id"], row["provider_id"])
    return Match(
        object="listing",
        object_id=f"{row['post_id']} {row['asset_type']} {row['intent']}",
        about=tuple(part for part in about if part),
        source_id=row["source_id"],
        post_id=row["post_id"],
        at=row["at"],
        seen=row["first_seen"],
        reason=plain(reason),
        title=f"{row['asset_type']} {verb} by {seller}",
        lines=(
            prices,
            f"where: {row['countries']}" if row["countries"] else "",
            f"says: {plain(snippet)}",
            f"thread: {plain(title)}" if title else "",
        ),
        path=f"/post/{row['post_id']}",
    )
