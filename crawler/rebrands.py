"""Names that may be one seller: proposals with their evidence, for an analyst to decide.

What speaks for two accounts: the same ad, the same prices for the same goods, names that are alike,
a contact that the rules did not trust. Names alone never join anybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import SequenceMatcher
from itertools import combinations

from crawler.clock import moment_of
from crawler.decisions import Decisions, load_decisions, pair_of
from crawler.ids import id_of
from crawler.link import Seller, age_of, load_sellers, name_key
from crawler.records import ProposalRow
from crawler.store.database import Store

PROPOSED = 0.5
"""Score from which on two accounts are proposed."""
QUIET = timedelta(hours=1)
"""How long after a newer name's first offer an older name may still be seen and count as silent."""
SAME_AD, SAME_PRICES, ALIKE_NAMES, SAME_CONTACT, SUCCESSION = 0.55, 0.3, 0.25, 0.5, 0.15
"""What each kind of evidence adds."""
GRID = 3
"""Equal prices for the same goods from which on two price lists are one."""
ALIKE = 0.84
"""Likeness of two names from which on it is told."""
CROWD = 6
"""Accounts that share an ad or a price from which on it tells nothing of any two."""


@dataclass(slots=True)
class Case:
    """What speaks for two accounts being one seller."""

    score: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, score: float, reason: str) -> None:
        """One more piece of evidence."""
        self.score += score
        self.reasons.append(reason)


def propose(store: Store) -> int:
    """Bring the proposals up to date; how many are open. Call it inside a transaction."""
    sellers = load_sellers(store)
    owners = owners_of(store)
    cases: dict[tuple[str, str], Case] = defaultdict(Case)
    for gather in (same_ads, same_prices, same_contacts):
        for pair, score, reason in gather(store):
            if pair[0] in sellers and pair[1] in sellers:
                cases[pair].add(score, reason)
    rows = list(proposal_rows(sellers, owners, cases, load_decisions(store)))
    kept = {row.id for row in rows}
    gone = [(r["id"],) for r in store.rows("select id from proposals") if r["id"] not in kept]
    store.conn.executemany("delete from proposals where id = ?", gone)
    store.upsert("proposals", rows)
    return sum(row.state == "open" for row in rows)


Evidence = tuple[tuple[str, str], float, str]
"""Two account ids, sorted; what it adds; in words."""


def same_ads(store: Store) -> Iterable[Evidence]:
    """Accounts that posted the same ad."""
    for row in store.rows(
        f"""
        with posters as (
            select distinct a.ad_id, p.account_id from ad_posts a
            join post_versions v on v.id = a.post_version_id join posts p on p.id = v.post_id
            join ad_texts t on t.id = a.ad_id and t.signature <> ''
            where p.account_id is not null
        ),
        few as (select ad_id from posters group by ad_id having count(*) between 2 and {CROWD - 1})
        select x.account_id as one, y.account_id as other, count(*) as ads from posters x
        join few on few.ad_id = x.ad_id
        join posters y on y.ad_id = x.ad_id and y.account_id > x.account_id
        group by one, other order by one, other
        """
    ):
        several = "an ad" if row["ads"] == 1 else f"{row['ads']} ads"
        yield pair_of(row["one"], row["other"]), SAME_AD, f"{several} in the same words"


def same_prices(store: Store) -> Iterable[Evidence]:
    """Accounts that ask the same prices for the same goods."""
    grids: dict[str, set[tuple[str, str, str, float]]] = defaultdict(set)
    users: dict[tuple[str, str, str, float], set[str]] = defaultdict(set)
    for row in store.rows(
        """
        select distinct p.account_id, l.asset_type, r.per, r.currency,
            coalesce(r.amount_min, r.amount_max) as amount
        from prices r join listings l on l.id = r.listing_id
        join post_versions v on v.id = l.post_version_id join posts p on p.id = v.post_id
        where l.intent = 'offer' and r.per is not null and r.currency is not null
            and p.account_id is not null
        """
    ):
        price = (row["asset_type"], row["per"], row["currency"], row["amount"])
        grids[row["account_id"]].add(price)
        users[price].add(row["account_id"])
    together: dict[tuple[str, str], int] = defaultdict(int)
    for accounts in users.values():
        if 2 <= len(accounts) < CROWD:
            for one, other in combinations(sorted(accounts), 2):
                together[one, other] += 1
    for (one, other), number in sorted(together.items()):
        smaller = min(len(grids[one]), len(grids[other]))
        if number >= GRID and number * 2 >= smaller:
            yield (one, other), SAME_PRICES, f"{number} equal prices for the same goods"


def same_contacts(store: Store) -> Iterable[Evidence]:
    """Accounts in whose offers the same contact stands, whether it is their own or not."""
    for row in store.rows(
        f"""
        with named as (
            select distinct m.contact_id, m.account_id from contact_mentions m
            join analyses n on n.post_version_id = m.post_version_id and n.intent = 'offer'
            where m.account_id is not null
        ),
        few as (
            select contact_id from named group by contact_id
            having count(*) between 2 and {CROWD - 1}
        )
        select x.account_id as one, y.account_id as other, min(c.kind || ' ' || c.value) as contact
        from named x join few on few.contact_id = x.contact_id
        join named y on y.contact_id = x.contact_id and y.account_id > x.account_id
        join contacts c on c.id = x.contact_id
        group by one, other order by one, other
        """
    ):
        pair = pair_of(row["one"], row["other"])
        yield pair, SAME_CONTACT, f"{row['contact']} stands in offers of both"


def owners_of(store: Store) -> dict[str, str]:
    """The provider of each account."""
    rows = store.rows("select member_id, provider_id from provider_members where kind = 'account'")
    return {row["member_id"]: row["provider_id"] for row in rows}


def proposal_rows(
    sellers: Mapping[str, Seller],
    owners: Mapping[str, str],
    cases: Mapping[tuple[str, str], Case],
    decisions: Decisions,
) -> Iterable[ProposalRow]:
    """Proposals of all pairs for which enough speaks; linked ones only when the name changed."""
    for pair, case in sorted(cases.items()):
        older, newer = sorted((sellers[pair[0]], sellers[pair[1]]), key=age_of)
        likeness = SequenceMatcher(None, name_key(older.name), name_key(newer.name)).ratio()
        if likeness >= ALIKE:
            case.add(ALIKE_NAMES, f"the names {older.name} and {newer.name} are alike")
        succeeds = moment_of(older.last_offer) <= moment_of(newer.first_offer) + QUIET
        if succeeds and older.first_offer < newer.first_offer:
            case.add(SUCCESSION, f"{older.name} offered nothing new after {newer.name} appeared")
        linked = owners.get(older.id) == owners.get(newer.id)
        renamed = name_key(older.name) != name_key(newer.name)
        if case.score < PROPOSED or (linked and not renamed):
            continue
        yield ProposalRow(
            id=id_of("proposal", *pair),
            kind="rebrand" if succeeds and renamed else "same seller",
            state=_state(pair, linked=linked, decisions=decisions),
            score=round(min(case.score, 0.99), 2),
            account_a=older.id,
            account_b=newer.id,
            name_a=older.name,
            name_b=newer.name,
            reasons="\n".join(case.reasons),
            silent_since=older.last_offer if succeeds else None,
            appeared_at=newer.first_offer,
        )


def _state(pair: tuple[str, str], *, linked: bool, decisions: Decisions) -> str:
    if pair in decisions.split:
        return "rejected"
    if pair in decisions.merged:
        return "accepted"
    return "linked" if linked else "open"
