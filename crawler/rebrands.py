"""Names that may be one seller: proposals with their evidence, for an analyst to decide.

What speaks for two accounts: the same ad, the same prices for the same goods, names that are equal
or alike, a contact or a claim that the rules did not trust. Names alone never join anybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import SequenceMatcher

from crawler.claims import GRACE, claims_of
from crawler.clock import moment_of
from crawler.decisions import Decisions
from crawler.ids import id_of
from crawler.known import Known, load_known
from crawler.likenesses import claimed, same_ads, same_contacts, same_names, same_prices
from crawler.records import ProposalRow
from crawler.sellers import (
    Seller,
    is_one_letter_apart,
    name_key,
)
from crawler.store.database import Store
from crawler.store.providers import drop_others

PROPOSED = 0.5
"""Score from which on two accounts are proposed."""
ALIKE_NAMES, SUCCESSION, LATER = 0.2, 0.15, 0.05
"""What names that are alike add, a new name soon after the silence of the old one, and later."""
ALIKE = 0.84
"""Likeness of two names from which on it is told."""
SOON = timedelta(days=90)
"""How soon a seller comes back under another name."""

Pair = tuple[str, str]


@dataclass(slots=True)
class Case:
    """What speaks for two accounts being one seller."""

    score: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, score: float, reason: str) -> None:
        """One more piece of evidence, said once."""
        if reason not in self.reasons:
            self.score += score
            self.reasons.append(reason)


def propose(store: Store, known: Known | None = None) -> int:
    """Bring the proposals up to date; how many are open.

    `known` is what `load_known` says now, where that was read already. Call it inside a
    transaction, after providers.
    """
    known, owners = known or load_known(store), owners_of(store)
    cases = cases_of(store, known, owners)
    rows = list(proposal_rows(known.sellers, owners, cases, known.decisions))
    drop_others(store, "proposals", rows)
    store.upsert("proposals", rows)
    return sum(row.state == "open" for row in rows)


def cases_of(store: Store, known: Known, owners: Mapping[str, str]) -> dict[Pair, Case]:
    """What speaks for each pair of accounts, pairs sorted."""
    sellers = known.sellers
    claims = claims_of(store, sellers, owners, known.brands)
    cases: dict[Pair, Case] = defaultdict(Case)
    for found in (
        same_ads(store, sellers),
        same_prices(store),
        same_contacts(known.evidence),
        claimed(claims),
        same_names(sellers),
    ):
        for pair, score, reason in found:
            if pair[0] in sellers and pair[1] in sellers:
                cases[pair].add(score, reason)
    return cases


def owners_of(store: Store) -> dict[str, str]:
    """The provider of each account."""
    rows = store.rows("select member_id, provider_id from provider_members where kind = 'account'")
    return {row["member_id"]: row["provider_id"] for row in rows}


def proposal_rows(
    sellers: Mapping[str, Seller],
    owners: Mapping[str, str],
    cases: Mapping[Pair, Case],
    decisions: Decisions,
) -> Iterator[ProposalRow]:
    """Proposals: of two providers the pair of accounts for which most speaks.

    Of accounts that are one provider already, those whose name changed.
    """
    best: dict[Pair, tuple[float, ProposalRow]] = {}
    apart = {_of(owners, pair) for pair in decisions.split}
    for pair, case in sorted(cases.items()):
        linked = owners[pair[0]] == owners[pair[1]]
        row = _row(sellers, pair, case, _state(pair, linked, _of(owners, pair) in apart, decisions))
        if case.score < PROPOSED:
            continue
        if linked:
            if row.kind == "rebrand":
                yield row
        elif case.score > best.get(_of(owners, pair), (0.0, row))[0]:
            best[_of(owners, pair)] = case.score, row
    yield from (row for _, row in best.values())


def _of(owners: Mapping[str, str], pair: Iterable[str]) -> Pair:
    """The providers of two accounts, sorted."""
    one, other = sorted(owners.get(account, account) for account in pair)
    return one, other


def _row(sellers: Mapping[str, Seller], pair: Pair, case: Case, state: str) -> ProposalRow:
    """A proposal; names and times are added to what speaks for it."""
    older, newer = sorted((sellers[pair[0]], sellers[pair[1]]), key=lambda s: (s.opened, s.id))
    renamed = name_key(older.name) != name_key(newer.name)
    if renamed:
        _add_names(case, older.name, newer.name)
    gap = moment_of(newer.opened) - moment_of(older.spoke)
    succeeds = older.opened < newer.opened and gap >= -GRACE
    if succeeds:
        said = f"{older.name} offered nothing new after {newer.name} appeared"
        case.add(SUCCESSION if gap <= SOON else LATER, said)
    return ProposalRow(
        id=id_of("proposal", *pair),
        kind=_kind(older.name, newer.name, succeeds=succeeds),
        state=state,
        score=round(min(case.score, 0.99), 2),
        account_a=older.id,
        account_b=newer.id,
        name_a=older.name,
        name_b=newer.name,
        reasons="\n".join(case.reasons),
        silent_since=older.spoke if succeeds else None,
        appeared_at=newer.opened,
    )


def _kind(one: str, other: str, *, succeeds: bool) -> str:
    """What a pair may be, by its names and times."""
    if is_one_letter_apart(one, other):
        return "impostor"
    return "rebrand" if succeeds and name_key(one) != name_key(other) else "same seller"


def _add_names(case: Case, one: str, other: str) -> None:
    """What two different names say."""
    if is_one_letter_apart(one, other):
        case.add(ALIKE_NAMES, f"{one} and {other} are one letter apart: perhaps an impostor")
    elif SequenceMatcher(None, name_key(one), name_key(other)).ratio() >= ALIKE:
        case.add(ALIKE_NAMES, f"the names {one} and {other} are alike")


def _state(pair: Pair, linked: bool, apart: bool, decisions: Decisions) -> str:
    if pair in decisions.merged:
        return "accepted"
    if linked:
        return "linked"
    return "rejected" if apart else "open"
