"""What speaks for two accounts being one seller without proving it, pair by pair."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from operator import itemgetter

from crawler.claims import Claim
from crawler.decisions import pair_of
from crawler.own_contacts import Mention
from crawler.sellers import Seller, name_key
from crawler.store.database import Store

SAME_AD, CLAIMED, SAME_NAME = 0.55, 0.5, 0.3
"""What an ad in the same words, a claim without proof, and an equal name add."""
CONTACT, DOUBTFUL = 0.5, 0.2
"""What a contact adds that both give; one at which many may be."""
GRID, EACH, MOST = 0.16, 0.12, 0.48
"""What `PRICES` equal prices for the same goods add, each further one, and all of them at most."""
PRICES, MANY = 3, 40
"""Prices of a list that can tell something; more are compared at no list."""
CROWD = 6
"""Accounts that share an ad, a price or a name from which on it tells nothing of any two."""
LONG = 6
"""Letters of a name that is not everybody's."""

Price = tuple[str | float, ...]
"""What is sold, per what, in which currency, for how much."""
Evidence = tuple[tuple[str, str], float, str]
"""Two account ids, sorted; what it adds; in words."""
_ADS = f"""
with posters as (
    select distinct a.ad_id, p.account_id from ad_posts a
    join post_versions v on v.id = a.post_version_id join posts p on p.id = v.post_id
    join ad_texts t on t.id = a.ad_id and t.signature <> ''
    where p.account_id is not null and coalesce(v.fields, '') not like '%"forwarded%'
),
few as (select ad_id from posters group by ad_id having count(*) between 2 and {CROWD - 1})
select x.account_id as one, y.account_id as other, count(*) as ads from posters x
join few on few.ad_id = x.ad_id
join posters y on y.ad_id = x.ad_id and y.account_id > x.account_id
group by one, other order by one, other
"""
_PRICES = """
select distinct v.id as version_id, p.account_id, l.asset_type, r.per, r.currency,
    coalesce(r.amount_min, r.amount_max) as amount
from prices r join listings l on l.id = r.listing_id
join post_versions v on v.id = l.post_version_id join posts p on p.id = v.post_id
where l.intent = 'offer' and r.per is not null and r.currency is not null
    and p.account_id is not null and coalesce(v.fields, '') not like '%"forwarded%'
order by v.id, l.asset_type, amount, r.per, r.currency
"""


def same_ads(store: Store, sellers: Mapping[str, Seller]) -> Iterator[Evidence]:
    """Accounts that posted the same ad; channels pass on the ads of others."""
    channels = {seller.id for seller in sellers.values() if seller.broadcast}
    for row in store.rows(_ADS):
        if row["one"] in channels or row["other"] in channels:
            continue
        several = "an ad" if row["ads"] == 1 else f"{row['ads']} ads"
        yield pair_of(row["one"], row["other"]), SAME_AD, f"{several} in the same words"


def same_prices(store: Store) -> Iterator[Evidence]:
    """Accounts with a list of the same prices for the same goods; one price may differ."""
    users: dict[int, set[str]] = defaultdict(set)
    sizes: dict[int, int] = {}
    rows = store.conn.execute(_PRICES)
    for _, text in groupby(rows, key=itemgetter("version_id")):
        prices = [tuple(row)[1:] for row in text]
        for part in parts_of([price[1:] for price in prices]):
            key = hash(part)
            users[key].add(prices[0][0])
            sizes[key] = len(part)
    equal: dict[tuple[str, str], int] = {}
    for key, accounts in users.items():
        if 2 <= len(accounts) < CROWD:
            for pair in combinations(sorted(accounts), 2):
                equal[pair] = max(equal.get(pair, 0), sizes[key])
    for pair, number in sorted(equal.items()):
        score = min(GRID + EACH * (number - PRICES), MOST)
        yield pair, score, f"{number} equal prices for the same goods"


def parts_of(prices: Sequence[Price]) -> Iterator[tuple[Price, ...]]:
    """A price list, and it without each of its prices; nothing that is too short to tell."""
    if PRICES <= len(prices) <= MANY:
        yield tuple(prices)
    if PRICES < len(prices) <= MANY:
        yield from (tuple(prices[:n]) + tuple(prices[n + 1 :]) for n in range(len(prices)))


def same_contacts(evidence: Iterable[list[Mention]]) -> Iterator[Evidence]:
    """Accounts that give the same contact, whether it is their own or not."""
    for group in evidence:
        for one, other in combinations(group[: 2 * CROWD], 2):
            score = DOUBTFUL if one.place or other.place else CONTACT
            reason = f"{one.kind} {one.value} stands in offers of both"
            yield pair_of(one.account_id, other.account_id), score, reason


def same_names(sellers: Mapping[str, Seller]) -> Iterator[Evidence]:
    """Accounts with equal names, where few have that name."""
    named: dict[str, list[str]] = defaultdict(list)
    for seller in sellers.values():
        named[name_key(seller.name)].append(seller.id)
    for key, accounts in named.items():
        if len(key) >= LONG and len(accounts) < CROWD:
            for pair in combinations(sorted(accounts), 2):
                yield pair, SAME_NAME, f"both are called {sellers[pair[0]].name}"


def claimed(claims: Iterable[Claim]) -> Iterator[Evidence]:
    """Accounts of which one says that it is the other, without proof."""
    for claim in claims:
        if not claim.proof:
            pair = pair_of(claim.speaker.id, claim.other.id)
            reason = f"{claim.speaker.name} says that he is {claim.name}, which still sells"
            yield pair, CLAIMED, reason
