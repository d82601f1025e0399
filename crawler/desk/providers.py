"""One provider: names, reasons, offers, prices, marks, what may be its other names."""

from itertools import pairwise

from crawler.desk.asking import Asking, Row
from crawler.desk.asset_types import asset_name

_ACCOUNTS = """
select a.*, s.name as source, s.credibility, s.tlp,
    (select count(*) from listings_now n where n.account_id = a.id and n.intent = 'offer') as offers
from provider_members m join accounts a on a.id = m.member_id join sources s on s.id = a.source_id
where m.kind = 'account' and m.provider_id = ? order by a.first_seen, a.id
"""
_CONTACTS = """
select c.*, count(distinct x.account_id) as accounts, count(*) as mentions,
    min(v.seen_at) as first_seen, max(v.seen_at) as last_seen
from provider_members m join contacts c on c.id = m.member_id
left join contact_mentions x on x.contact_id = c.id
left join post_versions v on v.id = x.post_version_id
where m.kind = 'contact' and m.provider_id = ? group by c.id order by c.kind, c.value
"""
_LINKS = """
select l.*, a.name as name_a, a.source_id as source_a, b.name as name_b, b.source_id as source_b
from provider_links l join accounts a on a.id = l.account_a join accounts b on b.id = l.account_b
where l.provider_id = ? order by l.score desc, l.decided_at, l.id
"""
_OFFERS = """
select * from listings_now where provider_id = ? order by state = 'active' desc, at desc limit 100
"""
_PRICES = """
select coalesce(p.posted_at, v.seen_at) as at, v.seen_at, l.asset_type, r.raw, r.per, r.kind,
    r.usd_month, coalesce(r.usd_min, r.usd_max) as usd, p.id as post_id, p.source_id
from provider_members m join posts p on m.kind = 'account' and p.account_id = m.member_id
join post_versions v on v.post_id = p.id join listings l on l.post_version_id = v.id
join prices r on r.listing_id = l.id
where m.provider_id = ? and l.intent = 'offer' and coalesce(r.usd_min, r.usd_max) is not null
    and r.kind in ('fixed', 'from', 'blitz')
order by v.seen_at, r.position limit 900
"""
_REPOSTS = """
select x.ad_id, count(distinct v.post_id) as posts, count(distinct p.source_id) as sources,
    min(coalesce(p.posted_at, v.seen_at)) as first_at,
    max(coalesce(p.posted_at, v.seen_at)) as last_at,
    min(v.post_id) as post_id, substr(min(v.text), 1, 160) as text
from provider_members m join posts p on m.kind = 'account' and p.account_id = m.member_id
join post_versions v on v.post_id = p.id join ad_posts x on x.post_version_id = v.id
where m.provider_id = ? group by x.ad_id having posts > 1 order by posts desc limit 20
"""
_PROPOSALS = """
select o.*,
    (select provider_id from provider_members m where m.member_id = o.account_a) as provider_a,
    (select provider_id from provider_members m where m.member_id = o.account_b) as provider_b
from proposals o where o.account_a in ({accounts}) or o.account_b in ({accounts})
order by o.state = 'open' desc, o.score desc limit 20
"""
_MARKS = """
select k.*, p.posted_at, p.source_id, a.name as author from marks k
left join posts p on p.id = k.post_id left join accounts a on a.id = p.account_id
where k.account_id in ({accounts}) order by k.sign, k.seen_at desc limit 60
"""
_PROPOSALS_PAGE = """
select o.*,
    (select provider_id from provider_members m where m.member_id = o.account_a) as provider_a,
    (select provider_id from provider_members m where m.member_id = o.account_b) as provider_b
from proposals o where o.state = :state order by o.score desc limit :page offset :start
"""
STATES = ("open", "linked", "accepted", "rejected")
"""States of proposals, in the order of the page."""
PAGE = 20
"""Proposals of a state on a page."""


async def provider_page(desk: Asking, provider_id: str) -> Row | None:
    """What the page of a provider shows; None when there is no such provider."""
    provider = await desk.row("select * from providers where id = ?", (provider_id,))
    if provider is None:
        return None
    accounts = await desk.rows(_ACCOUNTS, (provider_id,))
    ids = [row["id"] for row in accounts]
    holes = ", ".join("?" * len(ids))
    now = await desk.row("select * from providers_now where id = ?", (provider_id,))
    prices = await desk.rows(_PRICES, (provider_id,))
    marks = await desk.rows(_MARKS.format(accounts=holes), ids)
    offers = await desk.rows(_OFFERS, (provider_id,))
    return {
        "provider": provider,
        "now": now or {},
        "accounts": accounts,
        "contacts": await desk.rows(_CONTACTS, (provider_id,)),
        "links": await desk.rows(_LINKS, (provider_id,)),
        "offers": offers,
        "prices": prices,
        "chart": chart_of(prices),
        "reposts": await desk.rows(_REPOSTS, (provider_id,)),
        "proposals": await desk.rows(_PROPOSALS.format(accounts=holes), [*ids, *ids]),
        "marks": marks,
        "timeline": timeline_of(accounts, offers, prices, marks),
    }


async def proposals_page(desk: Asking, start: int) -> Row:
    """Proposals by state, a page of each; open ones first, the most likely first."""
    by_state = {
        state: await desk.rows(_PROPOSALS_PAGE, {"state": state, "start": start, "page": PAGE})
        for state in STATES
    }
    more = any(len(rows) == PAGE for rows in by_state.values())
    return {
        "by_state": by_state,
        "start": start,
        "next": start + PAGE if more else None,
        "page_size": PAGE,
    }


def chart_of(prices: list[Row]) -> list[Row]:
    """Points of the price chart: periodic prices in USD a month, others in USD each."""
    return [
        {
            "at": row["at"],
            "asset": row["asset_type"],
            "usd": row["usd_month"] if row["usd_month"] is not None else row["usd"],
            "measure": (measure := "USD a month" if row["usd_month"] is not None else "USD each"),
            "series": f"{asset_name(row['asset_type'])}, {measure}",
            "raw": row["raw"],
        }
        for row in prices
    ]


def timeline_of(
    accounts: list[Row], offers: list[Row], prices: list[Row], marks: list[Row]
) -> list[Row]:
    """What happened, newest first: names, offers, sales, changed prices, marks."""
    events = [_event(a["first_seen"], "name", f"{a['name']} on {a['source_id']}") for a in accounts]
    for offer in offers:
        told = f"{offer['asset_type']} on {offer['source_id']}: {offer['snippet'][:100]}"
        events.append(_event(offer["at"], "offer", told, offer["post_id"]))
        if offer["state"] in ("sold", "closed", "gone"):
            events.append(_event(offer["last_seen"], offer["state"], told, offer["post_id"]))
    for post_id in dict.fromkeys(row["post_id"] for row in prices):
        events += _price_events([row for row in prices if row["post_id"] == post_id])
    events += [_event(m["seen_at"], m["kind"], str(m["detail"])[:140], m["post_id"]) for m in marks]
    return sorted(events, key=lambda event: str(event["at"]), reverse=True)[:80]


def _price_events(prices: list[Row]) -> list[Row]:
    """Changed prices of one post: texts that state as many prices, compared in order."""
    texts: dict[str, list[Row]] = {}
    for row in prices:
        texts.setdefault(row["seen_at"], []).append(row)
    events = []
    for (_, before), (seen_at, after) in pairwise(texts.items()):
        if len(before) == len(after):
            for old, new in zip(before, after, strict=True):
                if old["usd"] != new["usd"] and old["per"] == new["per"]:
                    detail = f"{new['asset_type']}: {old['raw']} → {new['raw']}"
                    events.append(_event(seen_at, "price", detail, new["post_id"]))
    return events


def _event(at: str, what: str, detail: str, post_id: str | None = None) -> Row:
    return {"at": at, "what": what, "detail": detail, "post_id": post_id}
