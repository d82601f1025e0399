"""What analysts decide of links: it outranks the rules, survives them, and stands in the audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crawler.clock import now, stamp
from crawler.ids import id_of
from crawler.records import AuditRow, LinkDecisionRow
from crawler.store.database import Store


class DecisionError(ValueError):
    """A decision names what is not there; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Pairs of accounts, each sorted."""

    merged: frozenset[tuple[str, str]] = frozenset()
    """They are one provider."""
    split: frozenset[tuple[str, str]] = frozenset()
    """They are not, whatever they share."""


def pair_of(one: str, other: str) -> tuple[str, str]:
    """Two account ids, sorted."""
    return (one, other) if one <= other else (other, one)


def load_decisions(store: Store) -> Decisions:
    """All decisions that stand."""
    pairs: dict[str, set[tuple[str, str]]] = {"merge": set(), "split": set()}
    for row in store.rows("select action, account_a, account_b from link_decisions"):
        pairs[row["action"]].add(pair_of(row["account_a"], row["account_b"]))
    return Decisions(frozenset(pairs["merge"]), frozenset(pairs["split"]))


def merge(store: Store, one: str, other: str, *, actor: str, note: str = "") -> None:
    """Decide that two providers (or accounts) are one. Call it inside a transaction.

    Earlier splits between any of their accounts are withdrawn. Of one provider already, the
    decision holds them together when the evidence goes.

    Raises:
        DecisionError: no provider and no account has such an id, or both are the same account.
    """
    ours, theirs = accounts_of(store, one), accounts_of(store, other)
    pair = pair_of(ours[0], theirs[0])
    if pair[0] == pair[1]:
        raise DecisionError(f"{one} and {other}: are the same account; name two")
    _withdraw(store, _between(siblings_of(store, ours[0]), siblings_of(store, theirs[0])))
    _decide(store, "merge", [pair], actor, note)


def split(store: Store, account: str, *, actor: str, note: str = "") -> None:
    """Decide that an account is not of its provider. Call it inside a transaction.

    Raises:
        DecisionError: there is no such account, or it is its provider's only one.
    """
    pairs = [pair_of(account, other) for other in siblings_of(store, account) if other != account]
    if not pairs:
        raise DecisionError(
            f"{account}: is no account that shares its provider with another one; "
            "`rackrent link review` shows ids"
        )
    _withdraw(store, pairs)
    _decide(store, "split", pairs, actor, note)


def reject(store: Store, one: str, other: str, *, actor: str, note: str = "") -> None:
    """Decide that two providers (or accounts) are not one. Call it inside a transaction.

    It holds for all accounts of two providers; of one provider only the two accounts are parted.

    Raises:
        DecisionError: no provider and no account has such an id, or both are the same account.
    """
    mine, other_ones = accounts_of(store, one)[0], accounts_of(store, other)[0]
    if mine == other_ones:
        raise DecisionError(f"{one} and {other}: are the same account; name two")
    ours, theirs = siblings_of(store, mine), siblings_of(store, other_ones)
    pairs = [pair_of(mine, other_ones)] if mine in theirs else _between(ours, theirs)
    _withdraw(store, pairs)
    _decide(store, "split", pairs, actor, note)


def siblings_of(store: Store, account: str) -> list[str]:
    """Accounts of an account's provider, itself among them; alone where it has no provider."""
    rows = store.rows(
        "select o.member_id as id from provider_members m join provider_members o "
        "on o.provider_id = m.provider_id and o.kind = 'account' "
        "where m.kind = 'account' and m.member_id = ? order by o.member_id",
        (account,),
    )
    return [row["id"] for row in rows] or [account]


def accounts_of(store: Store, any_id: str) -> list[str]:
    """Account ids of a provider, oldest first; an account's own id.

    Raises:
        DecisionError: no provider and no account has this id.
    """
    rows = store.rows(
        "select a.id from provider_members m join accounts a on a.id = m.member_id "
        "where m.kind = 'account' and m.provider_id = ? order by a.first_seen, a.id",
        (any_id,),
    ) or store.rows("select id from accounts where id = ?", (any_id,))
    if not rows:
        raise DecisionError(
            f"{any_id}: is the id of no provider and no account; see `rackrent link review`"
        )
    return [row["id"] for row in rows]


def _between(ours: Iterable[str], theirs: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of an account of the one and an account of the other."""
    others = list(theirs)
    return sorted({pair_of(a, b) for a in ours for b in others if a != b})


def audit(
    store: Store, actor: str, action: str, objects: Iterable[str], detail: str, at: datetime
) -> None:
    """Write down what an analyst did."""
    things = " ".join(objects)
    row_id = id_of("audit", stamp(at), actor, action, things, detail)
    store.upsert("audit", [AuditRow(row_id, stamp(at), actor, action, things, detail)])


def _decide(store: Store, action: str, pairs: list[tuple[str, str]], actor: str, note: str) -> None:
    at = now()
    rows = [
        LinkDecisionRow(id_of("decision", *pair), action, *pair, note, actor, stamp(at))
        for pair in pairs
    ]
    store.upsert("link_decisions", rows)
    audit(store, actor, action, dict.fromkeys(x for pair in pairs for x in pair), note, at)


def _withdraw(store: Store, pairs: Iterable[tuple[str, str]]) -> None:
    """Forget what was decided of these pairs before."""
    ids = [(id_of("decision", *pair),) for pair in pairs]
    store.conn.executemany("delete from link_decisions where id = ?", ids)
