"""New providers, rebrandings, early signs and complaints that meet a rule's conditions.

Conditions on listings narrow them to sellers with a listing that meets all of these.
"""

from collections.abc import Iterator
from datetime import timedelta

from crawler.alerting.conditions import When
from crawler.alerting.listings import offers_such
from crawler.alerting.matches import Match, Window
from crawler.alerting.plain import plain
from crawler.clock import moment_of
from crawler.desk.victims import mask
from crawler.source_fields import minutes_of
from crawler.store.database import Store

_PROVIDERS = """
select p.*, n.source_id, n.post_id, n.at
from providers_now p join listings_now n on n.id = (
    select id from listings_now where provider_id = p.id order by at, id limit 1)
where {moment} >= :since order by n.at, p.id
"""
_PROPOSALS = """
select o.*, a.source_id as source_a, b.source_id as source_b, ma.provider_id as provider_a,
    mb.provider_id as provider_b
from proposals o join accounts a on a.id = o.account_a join accounts b on b.id = o.account_b
left join provider_members ma on ma.kind = 'account' and ma.member_id = o.account_a
left join provider_members mb on mb.kind = 'account' and mb.member_id = o.account_b
where o.kind = 'rebrand' and o.state = 'open' and o.appeared_at >= :since
order by o.appeared_at, o.id
"""
_SIGNS = """
select s.*, (
    select min(n.first_seen) from listings_now n
    where n.post_id = s.post and n.asset_type = s.sold
) as seen_at
from early_signs s where s.sold_at >= :since order by s.sold_at, s.sign_post, s.sold
"""
_COMPLAINTS = """
select k.*, a.name as account, a.source_id, w.name as said_by, m.provider_id, pr.name as provider,
    coalesce(p.posted_at, p.first_seen) as posted_at, p.account_id as speaker
from marks k join accounts a on a.id = k.account_id
join posts p on p.id = k.post_id left join accounts w on w.id = p.account_id
left join provider_members m on m.kind = 'account' and m.member_id = k.account_id
left join providers_now pr on pr.id = m.provider_id
where k.kind = 'complaint' and {moment} >= :since order by k.seen_at, k.id
"""


def is_late(when: When, seen: str, happened: str, window: Window) -> bool:
    """Whether something was seen longer after it happened than the rule wants."""
    if window.posted or window.whole:
        return False
    age = moment_of(seen) - moment_of(happened)
    return age > timedelta(minutes=minutes_of(when.max_age))


def new_providers(store: Store, when: When, window: Window) -> Iterator[Match]:
    """Providers whose first offer is of the time, oldest first."""
    sql = _PROVIDERS.format(moment="n.at" if window.posted else "p.first_seen")
    for row in store.rows(sql, {"since": window.since}):
        if is_late(when, row["first_seen"], row["at"], window):
            continue
        if offers_such(store, when, row["id"]):
            yield Match(
                object="provider",
                object_id=row["id"],
                about=(row["source_id"], row["post_id"], row["id"]),
                source_id=row["source_id"],
                post_id=row["post_id"],
                at=row["at"],
                seen=row["first_seen"],
                reason="new provider",
                title=f"new provider {plain(row['name'], 60)}",
                lines=(f"offers: {row['asset_types'].replace(' ', ', ')}",),
                path=f"/provider/{row['id']}",
            )


def rebrandings(store: Store, when: When, window: Window) -> Iterator[Match]:
    """Open proposals that one seller came back under another name, oldest first."""
    for row in store.rows(_PROPOSALS, {"since": window.since}):
        known = [one for one in (row["provider_b"], row["provider_a"]) if one]
        if when.on_listings and not any(offers_such(store, when, one) for one in known):
            continue
        names = f"{plain(row['name_a'], 60)} may be back as {plain(row['name_b'], 60)}"
        silent = (row["silent_since"] or "")[:10]
        accounts = (row["account_a"], row["account_b"])
        yield Match(
            object="proposal",
            object_id=row["id"],
            about=(row["source_b"], row["source_a"], *accounts, *known),
            source_id=row["source_b"],
            post_id=None,
            at=row["appeared_at"],
            seen=row["appeared_at"],
            reason=f"rebrand proposal, score {row['score']:.2f}",
            title=names,
            lines=(
                *(plain(reason) for reason in row["reasons"].splitlines()),
                f"silent since {silent}" if silent else "",
            ),
            path="/proposals",
        )


def early_signs(store: Store, when: When, window: Window) -> Iterator[Match]:
    """Sellers of access who asked for or offered machines for mining before, oldest first."""
    for row in store.rows(_SIGNS, {"since": window.since}):
        if is_late(when, row["seen_at"], row["sold_at"], window):
            continue
        if not offers_such(store, when, row["provider_id"]):
            continue
        yield Match(
            object="early_sign",
            object_id=f"{row['sign_post']} {row['sign']} {row['sold']}",
            about=(
                row["sold_source"], row["sign_source"], row["post"], row["sign_post"],
                row["provider_id"],
            ),
            source_id=row["sold_source"],
            post_id=row["post"],
            at=row["sold_at"],
            seen=row["seen_at"],
            reason=f"{row['sold']} {row['days']:.0f} days after a sign of mining ({row['why']})",
            title=f"{plain(row['provider'], 60)} sells {row['sold']} after {row['sign']}",
            lines=(f"tie: {plain(row['tie'])}", f"sign: {row['intent']}, {row['sign_at'][:10]}"),
            path=f"/post/{row['post']}",
        )  # fmt: skip


def complaints(
    store: Store, when: When, window: Window, *, masked: bool = False
) -> Iterator[Match]:
    """Posts that accuse a seller, oldest first."""
    moment = "coalesce(p.posted_at, p.first_seen)" if window.posted else "k.seen_at"
    for row in store.rows(_COMPLAINTS.format(moment=moment), {"since": window.since}):
        if is_late(when, row["seen_at"], row["posted_at"], window):
            continue
        if when.on_listings and not offers_such(store, when, row["provider_id"] or ""):
            continue
        words = mask(row["detail"]) if masked else row["detail"]
        about = (row["source_id"], row["post_id"], row["account_id"], row["provider_id"])
        yield Match(
            object="complaint",
            object_id=row["id"],
            about=tuple(part for part in (*about, row["speaker"]) if part),
            source_id=row["source_id"],
            post_id=row["post_id"],
            at=row["posted_at"],
            seen=row["seen_at"],
            reason="complaint",
            title=f"complaint about {plain(row['provider'] or row['account'], 60)}",
            lines=(f"{plain(row['said_by'] or 'somebody', 60)} says: {plain(words)}",),
            path=f"/post/{row['post_id']}",
        )
