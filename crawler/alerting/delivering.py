"""Alerts on their way: put down before they leave, marked right after they were taken.

A crash in between sends that one message again, with the same delivery id.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.alerting.channels import DeliveryError, Way, send
from crawler.alerting.labels import is_above, tlp_of
from crawler.alerting.rules import Rule, Target
from crawler.alerting.timing import TRIES, is_quiet, next_try
from crawler.alerting.wording import Message, message_of
from crawler.clock import stamp
from crawler.ids import id_of
from crawler.reading import Problem
from crawler.store.database import Store
from crawler.store.queue import marks
from crawler.store.runs import keep_issues

BURST = 10
"""Immediate alerts that leave one by one; more leave together."""
MOST = 500
"""Alerts that leave together at most."""
Sender = Callable[[Way, Rule, Target, Message], None]
"""Hands a message to a target, or raises DeliveryError."""
_DUE = """
select * from alerts where state = 'pending' and next_try <= ?
order by rule, target, delivery is null, delivery, at, id
"""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of alerts that were due."""

    sent: int = 0
    """Alerts that their targets took."""
    failed: int = 0
    """Alerts that they did not take this time."""
    suppressed: int = 0
    """Alerts that are not sent any more."""


def deliver(way: Way, rules: Mapping[str, Rule], sender: Sender = send) -> Delivered:
    """Send what is due, oldest messages first; what became of it."""
    suppressed = suppress(way.store, rules, stamp(way.moment))
    sent = failed = 0
    rows = way.store.rows(_DUE, (stamp(way.moment),))
    for (name, target_name), group in groupby(rows, lambda row: (row["rule"], row["target"])):
        rule = rules[name]
        target = rule.target_named(target_name)
        if target is None or is_quiet(rule, way.moment):
            continue
        for batch in batches_of(rule, list(group)):
            if carry(way, rule, target, batch, sender):
                sent += len(batch)
            else:
                failed += len(batch)
    return Delivered(sent, failed, suppressed)


def batches_of(rule: Rule, rows: Sequence[sqlite3.Row]) -> list[list[sqlite3.Row]]:
    """Alerts of a rule and target by message: those on their way as they were, then new ones."""
    under_way = [row for row in rows if row["delivery"]]
    batches = [list(group) for _, group in groupby(under_way, lambda row: row["delivery"])]
    new = [row for row in rows if not row["delivery"]]
    size = 1 if rule.digest == "immediate" and len(new) <= BURST else MOST
    return batches + [new[start : start + size] for start in range(0, len(new), size)]


def carry(
    way: Way, rule: Rule, target: Target, batch: Sequence[sqlite3.Row], sender: Sender
) -> bool:
    """Send one message; whether its target took it."""
    ids = tuple(row["id"] for row in batch)
    delivery = batch[0]["delivery"] or id_of("delivery", *ids)
    with way.store.transaction():
        way.store.execute(
            f"update alerts set delivery = ?, tries = tries + 1 where id in ({marks(len(ids))})",
            (delivery, *ids),
        )
    try:
        sender(way, rule, target, message_of(rule, delivery, batch))
    except DeliveryError as error:
        with way.store.transaction():
            put_off(way, rule, batch, str(error))
        return False
    with way.store.transaction():
        way.store.execute(
            "update alerts set state = 'sent', sent_at = ?, next_try = null, detail = null "
            f"where id in ({marks(len(ids))})",
            (stamp(way.moment), *ids),
        )
    return True


def put_off(way: Way, rule: Rule, batch: Sequence[sqlite3.Row], why: str) -> None:
    """Try again later, or give up with an issue. Call it inside a transaction."""
    ids = tuple(row["id"] for row in batch)
    tries = batch[0]["tries"] + 1
    over = tries >= TRIES
    way.store.execute(
        f"update alerts set state = ?, next_try = ?, detail = ? where id in ({marks(len(ids))})",
        (
            "failed" if over else "pending",
            None if over else stamp(next_try(rule, tries, way.moment)),
            why,
            *ids,
        ),
    )
    source = next((row["source_id"] for row in batch if row["source_id"]), None)
    if over and source:
        detail = f"rule {rule.name}: {why}; then run `rackrent alerts send --failed`"
        problem = Problem("alert_failed", detail)
        keep_issues(way.store, source, None, None, [problem], moment=way.moment)


def suppress(store: Store, rules: Mapping[str, Rule], moment: str) -> int:
    """Label what is due anew, and take back what is not to be sent any more; how many alerts."""
    taken = 0
    with store.transaction():
        for row in store.rows(_DUE, (moment,)):
            # analysts may have labelled it since it matched
            tlp = tlp_of(store, row["about"].split())
            store.execute("update alerts set tlp = ? where id = ?", (tlp, row["id"]))
            if why := objection(rules.get(row["rule"]), row["target"], tlp):
                taken += store.execute(
                    "update alerts set state = 'suppressed', next_try = null, detail = ? "
                    "where id = ?",
                    (why, row["id"]),
                )
    return taken


def objection(rule: Rule | None, target: str, tlp: str) -> str | None:
    """Why a due alert must not leave; None where it may."""
    if rule is None or not rule.enabled:
        return "the rule is gone or disabled"
    if rule.target_named(target) is None:
        return "the rule names this target no more"
    if is_above(tlp, rule.tlp_max):
        return f"TLP:{tlp.upper()} is above tlp_max {rule.tlp_max}"
    return None


def retry_failed(store: Store, moment: str) -> int:
    """Let what was given up be tried anew; how many alerts."""
    with store.transaction():
        return store.execute(
            "update alerts set state = 'pending', tries = 0, next_try = ? where state = 'failed'",
            (moment,),
        )
