"""One post: its text with everything found in it, its versions, its evidence."""

import json
from typing import Any

from crawler.desk.asking import Asking, Row
from crawler.desk.diffs import changes_between
from crawler.desk.spans import Found, numbered, pieces_of

_POST = """
select p.id, p.source_id, p.thread_id, p.native_id, p.position, p.account_id, p.posted_at,
    p.posted_raw, p.edited_at, p.url, p.version_id, p.first_seen, p.last_seen, p.gone_at,
    t.title as thread_title, t.board, t.state as thread_state, a.name as account, a.rank,
    a.reputation, a.joined_at, s.name as source, s.tlp, s.credibility, s.kind as source_kind,
    pr.id as provider_id, pr.name as provider
from posts p join threads t on t.id = p.thread_id join sources s on s.id = p.source_id
left join accounts a on a.id = p.account_id
left join provider_members m on m.kind = 'account' and m.member_id = p.account_id
left join providers pr on pr.id = m.provider_id
where p.id = ?
"""
_VERSIONS = """
select v.id, coalesce(v.title, '') as title, v.text, v.fields, v.sha256, v.seen_at, n.intent,
    n.languages, n.tone, n.provider_name, n.nlp_version, g.id as page_id, g.url as page_url,
    g.fetched_at, g.status, g.sha256 as page_sha256, g.warc_file, g.warc_offset
from post_versions v left join analyses n on n.post_version_id = v.id
left join pages g on g.id = v.page_id where v.post_id = ? order by v.seen_at, v.id
"""
_LISTINGS = "select * from listings where post_version_id = ? order by position"
_OF_LISTINGS = "select {columns} from {table} x join listings l on l.id = x.listing_id {rest}"
_PRICES = _OF_LISTINGS.format(
    columns="x.*",
    table="prices",
    rest="where l.post_version_id = ? order by l.position, x.position",
)
_ATTRIBUTES = _OF_LISTINGS.format(
    columns="x.*", table="attributes", rest="where l.post_version_id = ? order by x.key, x.value"
)
_CONTACTS = """
select m.*, c.kind, c.value, c.valid from contact_mentions m join contacts c on c.id = m.contact_id
where m.post_version_id = ? order by m.part, m.start
"""
_NEIGHBOURS = """
select p.id, p.position, p.posted_at, a.name as account, substr(v.text, 1, 200) as text, n.intent,
    n.state, n.tone, p.account_id = :account as own, p.gone_at
from posts p join post_versions v on v.id = p.version_id
left join accounts a on a.id = p.account_id left join analyses n on n.post_version_id = v.id
where p.thread_id = :thread order by p.position, p.id limit 60
"""
_REPOSTS = """
select p.id, p.source_id, a.name as account, p.posted_at, o.likeness
from ad_posts x join ad_posts o on o.ad_id = x.ad_id
join post_versions v on v.id = o.post_version_id join posts p on p.id = v.post_id
left join accounts a on a.id = p.account_id
where x.post_version_id = ? and p.id <> ? group by p.id order by p.posted_at, p.id limit 50
"""
_MOST_VERSIONS = 40
_MOST = 400
"""Findings of one text that are marked."""


async def post_page(desk: Asking, post_id: str, version_id: str | None = None) -> Row | None:
    """What the page of a post shows: one of its versions, by default the current one.

    None when there is no such post or version.
    """
    post = await desk.row(_POST, (post_id,))
    versions = await desk.rows(_VERSIONS, (post_id,))
    wanted = version_id or (post["version_id"] if post else None)
    shown = next((v for v in versions if v["id"] == wanted), None)
    if post is None or shown is None:
        return None
    found = await _found(desk, shown["id"])
    around = {"thread": post["thread_id"], "account": post["account_id"]}
    return {
        "post": post,
        "shown": shown,
        "versions": _history(versions[-_MOST_VERSIONS:]),
        "reposts": await desk.rows(_REPOSTS, (shown["id"], post_id)),
        "neighbours": await desk.rows(_NEIGHBOURS, around),
        **found,
        **_pieces(shown, found),
    }


async def _found(desk: Asking, version_id: str) -> Row:
    prices = await desk.rows(_PRICES, (version_id,))
    attributes = await desk.rows(_ATTRIBUTES, (version_id,))
    listings = await desk.rows(_LISTINGS, (version_id,))
    for listing in listings:
        listing["prices"] = [x for x in prices if x["listing_id"] == listing["id"]]
        listing["attributes"] = [x for x in attributes if x["listing_id"] == listing["id"]]
    return {"listings": listings, "contacts": await desk.rows(_CONTACTS, (version_id,))}


def _pieces(shown: Row, found: Row) -> Row:
    """Title and text in pieces, and the findings as a numbered list."""
    by_part: dict[str, list[Found]] = {"title": [], "text": []}
    for part, finding in _findings(found):
        if part in by_part:
            by_part[part].append(finding)
    title, text = (numbered(list(dict.fromkeys(by_part[x])))[:_MOST] for x in ("title", "text"))
    return {
        "title_pieces": pieces_of(shown["title"], title),
        "text_pieces": pieces_of(shown["text"], text),
        "founds": [("title", f) for f in title] + [("text", f) for f in text],
    }


def _findings(found: Row) -> list[tuple[str, Found]]:
    rows: list[tuple[str, Found]] = []
    for listing in found["listings"]:
        label = f"{listing['asset_type']} ({listing['intent']})"
        rows.append((listing["part"], _of("asset", listing, label)))
        rows += [(x["part"], _of("price", x, price_label(x))) for x in listing["prices"]]
        for fact in listing["attributes"]:
            label = f"{fact['key']}: {fact['value']}"
            rows.append((fact["part"], _of("attribute", fact, label)))
    for contact in found["contacts"]:
        checked = {1: ", checksum holds", 0: ", checksum fails"}.get(contact["valid"], "")
        label = f"{contact['kind']} {contact['value']}{checked}"
        rows.append((contact["part"], _of("contact", contact, label)))
    return rows


def _of(kind: str, row: Row, label: str) -> Found:
    return Found(
        kind, row["start"], row["end"], label, row.get("rule") or "", row.get("confidence")
    )


def price_label(price: Row) -> str:
    """A price in words: amounts, currency, what it is per, its kind, its dollars."""
    amounts = dict.fromkeys(x for x in (price["amount_min"], price["amount_max"]) if x is not None)
    words = ["–".join(f"{x:g}" for x in amounts), price["currency"] or "no currency"]
    if price["per"]:
        words.append(f"per {price['per']}")
    if price["kind"] != "fixed":
        words.append(f"({price['kind']})")
    if price["usd_month"] is not None:
        words.append(f"= {price['usd_month']:,.2f} USD a month")
    elif price["usd_min"] is not None and price["currency"] != "USD":
        words.append(f"= {price['usd_min']:,.2f} USD")
    return " ".join(words)


def _history(versions: list[Row]) -> list[dict[str, Any]]:
    """Versions, newest first, each with its difference from the one before."""
    told = []
    for number, version in enumerate(versions):
        before = versions[number - 1] if number else None
        changes = changes_between(_whole(before), _whole(version)) if before else []
        told.append(version | {"changes": changes, "number": number + 1})
    return told[::-1]


def _whole(version: Row) -> str:
    """Title, text and columns of the page, a line each: a shop changes its price in a column."""
    columns = json.loads(version["fields"] or "{}")
    told = [f"{name}: {value}" for name, value in columns.items()]
    return "\n".join([*([version["title"]] if version["title"] else []), version["text"], *told])
