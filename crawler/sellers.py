"""Accounts that offer something: who they are, since when they offer, when they last wrote."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.store.database import Store


@dataclass(frozen=True, slots=True)
class Seller:
    """An account that offers something. All times are UTC."""

    id: str
    name: str
    source_id: str
    first_seen: str
    first_offer: str
    """When its first offer was seen."""
    last_offer: str
    """When its newest offer was last seen."""
    opened: str
    """When its first offer was written, else seen."""
    spoke: str
    """When it last wrote anything or edited an offer."""
    broadcast: str = ""
    """Address of the channel in which it is the only voice; empty for everybody else."""
    texts: int = 0
    """Texts in which it offers something."""


_OFFERS = """
select a.id, a.name, a.source_id, a.first_seen, min(l.first_seen) as first_offer,
    max(l.last_seen) as last_offer,
    min(min(coalesce(p.posted_at, v.seen_at), v.seen_at)) as opened,
    max(case when v.seen_at > p.first_seen then v.seen_at else '' end) as edited,
    count(distinct v.id) as texts
from listings l join post_versions v on v.id = l.post_version_id
join posts p on p.id = v.post_id join accounts a on a.id = p.account_id
where l.intent = 'offer' group by a.id order by a.id
"""
_SPOKE = """
select account_id, max(min(coalesce(posted_at, first_seen), first_seen)) as at
from posts where account_id is not null group by account_id
"""
_BROADCASTS = """
select min(a.id), s.url from sources s join accounts a on a.source_id = s.id
where s.kind = 'channel' group by s.id having count(*) = 1
"""
_BRANDS = """
select p.account_id, n.provider_name, count(*) as texts from analyses n
join post_versions v on v.id = n.post_version_id join posts p on p.id = v.post_id
where n.provider_name is not null and p.account_id is not null
group by p.account_id, n.provider_name
"""


def load_sellers(store: Store) -> dict[str, Seller]:
    """Accounts with at least one offer, by id.

    A text that stays readable says nothing of its seller being there: what counts as a sign of
    life is what was written, not that an old offer was seen again.
    """
    spoke = dict(store.conn.execute(_SPOKE))
    channels = dict(store.conn.execute(_BROADCASTS))
    sellers = {}
    for row in store.rows(_OFFERS):
        last = max(spoke.get(row["id"], ""), row["edited"], row["opened"])
        channel = channels.get(row["id"], "")
        sellers[row["id"]] = Seller(
            id=row["id"],
            name=row["name"],
            source_id=row["source_id"],
            first_seen=row["first_seen"],
            first_offer=row["first_offer"],
            last_offer=row["last_offer"],
            opened=row["opened"],
            spoke=last,
            broadcast=channel,
            texts=row["texts"],
        )
    return sellers


def brand_names(store: Store) -> dict[str, Counter[str]]:
    """How often each account traded under which brand."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for row in store.rows(_BRANDS):
        names[row["account_id"]][row["provider_name"]] += row["texts"]
    return names


def name_key(name: str) -> str:
    """A name without case, blanks and marks."""
    return "".join(filter(str.isalnum, name.lower()))


def is_one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter was changed, doubled or left out, as in the names of impostors.

    One letter more at the end is another thing: sellers whose name is taken do that.
    """
    short, long = sorted((one.lower(), other.lower()), key=len)
    if short == long or len(long) - len(short) > 1:
        return False
    pairs = enumerate(zip(short, long, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), len(short))
    if len(short) == len(long):
        return short[same + 1 :] == long[same + 1 :]
    return same < len(short) and short[same:] == long[same + 1 :]


def age_of(seller: Seller) -> tuple[str, str]:
    """Sorts the oldest account first, ids break ties."""
    return seller.first_seen, seller.id


def best_brand(group: Sequence[Seller], names: Mapping[str, Counter[str]]) -> str:
    """The brand most used by these accounts, else the first one's name."""
    brands: Counter[str] = Counter()
    for seller in group:
        brands.update(names.get(seller.id, {}))
    return min(brands, key=lambda name: (-brands[name], name)) if brands else group[0].name
