"""A rule against the database: what is new since it last looked becomes rows of `alerts`."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime, timedelta

from crawler.alerting.labels import credibility_of, is_above, tlp_of
from crawler.alerting.listings import new_listings
from crawler.alerting.loading import RuleFile
from crawler.alerting.matches import Match, Window
from crawler.alerting.rules import Rule, Target
from crawler.alerting.sellers import complaints, early_signs, new_providers, rebrandings
from crawler.alerting.sources import sick_sources
from crawler.alerting.timing import due_at
from crawler.clock import moment_of, stamp
from crawler.ids import id_of
from crawler.records import AlertRow, AlertRuleRow
from crawler.store.database import Store

LOOKBACK = timedelta(days=3)
"""How late a text may be analysed after it was read, and still be news."""
ACTIVATION = timedelta(days=1)
"""How far back a new rule looks at most: its file may carry an old date."""
UNTIMED = ("proposal", "early_sign")
"""Things that may come of old posts at any time: told once, unless known before the rule."""
_KEPT = {field.name: "old" for field in fields(AlertRow)}


def matches_of(
    store: Store, rule: Rule, window: Window, *, untimed: Window | None = None, masked: bool = False
) -> Iterator[Match]:
    """What meets a rule's conditions in a time; each kind of thing oldest first.

    `untimed` is the time for things that may come of old posts; the same by default.
    """
    when, late = rule.when, untimed or window
    if not when.watched:
        yield from new_listings(store, when, window, masked=masked)
    if when.new_provider:
        yield from new_providers(store, when, window)
    if when.rebrand_proposal:
        yield from rebrandings(store, when, late)
    if when.early_sign:
        yield from early_signs(store, when, late)
    if when.complaint:
        yield from complaints(store, when, window, masked=masked)
    if when.source_health:
        yield from sick_sources(store, when, window)


def match_rules(
    store: Store,
    files: Iterable[RuleFile],
    moment: datetime,
    *,
    back_to: datetime | None = None,
    masked: bool = False,
) -> int:
    """Match all enabled rules, a transaction each; how many alerts are new.

    `back_to` lets them look at the past once more, `max_age` aside; what was told is not told
    again. A rule that is gone or disabled forgets where it stood.
    """
    enabled = [file for file in files if file.rule.enabled]
    with store.transaction():
        for row in store.rows("select id from alert_rules"):
            if row["id"] not in {file.rule.name for file in enabled}:
                store.execute("delete from alert_rules where id = ?", (row["id"],))
    new = 0
    for file in enabled:
        with store.transaction():
            new += match_rule(store, file, moment, back_to=back_to, masked=masked)
    return new


def match_rule(
    store: Store,
    file: RuleFile,
    moment: datetime,
    *,
    back_to: datetime | None = None,
    masked: bool = False,
) -> int:
    """Match one rule; how many alerts are new. Call it inside a transaction."""
    rule = file.rule
    known = state_of(store, rule.name)
    fresh = known is None or known.digest != rule.fingerprint
    since = start_of(file, known, moment)
    if back_to is not None:
        since = min(since, stamp(back_to))
    looked = known.last_run if known else since
    start = max(since, stamp(moment_of(looked) - LOOKBACK)) if back_to is None else since
    window = Window(start, whole=back_to is not None)
    untimed = Window("", whole=window.whole)
    new = 0
    for match in matches_of(store, rule, window, untimed=untimed, masked=masked):
        old = fresh and match.object in UNTIMED and match.seen < since
        new += keep_match(store, rule, match, moment, known_before=old)
    row = AlertRuleRow(rule.name, rule.fingerprint, since, stamp(moment))
    store.upsert("alert_rules", [row])
    return new


def state_of(store: Store, name: str) -> AlertRuleRow | None:
    """Where a rule stands; None for one that is new."""
    rows = store.rows("select * from alert_rules where id = ?", (name,))
    return AlertRuleRow(**dict(rows[0])) if rows else None


def start_of(file: RuleFile, known: AlertRuleRow | None, moment: datetime) -> str:
    """What was first seen before is no news for a rule, UTC.

    For a new rule when its file was written, a day back at most; for a changed one its last run.
    """
    if known is None:
        return stamp(min(moment, max(file.written, moment - ACTIVATION)))
    return known.since if known.digest == file.rule.fingerprint else known.last_run


def keep_match(
    store: Store, rule: Rule, match: Match, moment: datetime, *, known_before: bool = False
) -> int:
    """Write an alert for each target that has none of it yet; how many are to be sent."""
    tlp = tlp_of(store, match.about)
    trouble = None
    if known_before:
        trouble = "known before the rule"
    elif is_above(tlp, rule.tlp_max):
        trouble = f"TLP:{tlp.upper()} is above tlp_max {rule.tlp_max}"
    rows = [_row(store, rule, target, match, (tlp, trouble, moment)) for target in rule.to]
    known = {
        row["id"]
        for row in store.rows(
            "select id from alerts where rule = ? and object_id = ?", (rule.name, match.object_id)
        )
    }
    store.upsert("alerts", rows, _KEPT)
    return sum(row.id not in known and row.state == "pending" for row in rows)


def _row(
    store: Store, rule: Rule, target: Target, match: Match, told: tuple[str, str | None, datetime]
) -> AlertRow:
    tlp, trouble, moment = told
    return AlertRow(
        id=id_of("alert", rule.name, target.name, match.object, match.object_id),
        rule=rule.name,
        target=target.name,
        object=match.object,
        object_id=match.object_id,
        about=" ".join(match.about),
        source_id=match.source_id,
        post_id=match.post_id,
        reason=match.reason,
        title=match.title,
        text="\n".join(line for line in match.lines if line),
        path=match.path,
        tlp=tlp,
        credibility=credibility_of(store, match.source_id),
        at=match.at,
        matched_at=stamp(moment),
        state="suppressed" if trouble else "pending",
        delivery=None,
        tries=0,
        next_try=None if trouble else stamp(due_at(rule, moment)),
        sent_at=None,
        detail=trouble,
    )
