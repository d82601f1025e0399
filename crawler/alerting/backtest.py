"""What a rule would have sent: its conditions against the history that is in the database."""

from datetime import datetime
from itertools import groupby
from typing import Any

from crawler.alerting.labels import credibility_of, is_above, tlp_of
from crawler.alerting.matches import Match, Window
from crawler.alerting.matching import matches_of
from crawler.alerting.rules import Rule
from crawler.clock import stamp
from crawler.exporting.labels import UNJUDGED
from crawler.store.database import Store


def backtest(
    store: Store, rule: Rule, since: datetime, *, masked: bool = False
) -> list[dict[str, Any]]:
    """Days (UTC) with what the rule would have told, oldest first, each day once.

    Moments are those of the posts, as if each had been read when it was written; providers,
    proposals and signs are those that are known now. Nothing is sent, nothing is written.
    """
    found = [
        told_of(store, rule, match)
        for match in matches_of(store, rule, Window(stamp(since), posted=True), masked=masked)
    ]
    found.sort(key=lambda one: (one["at"], one["object_id"]))
    return [
        {"day": day, "alerts": list(group)}
        for day, group in groupby(found, key=lambda one: one["at"][:10])
    ]


def told_of(store: Store, rule: Rule, match: Match) -> dict[str, Any]:
    """One alert as the back-test shows it."""
    tlp = tlp_of(store, match.about)
    return {
        "at": match.at,
        "object": match.object,
        "object_id": match.object_id,
        "title": match.title,
        "reason": match.reason,
        "text": "\n".join(line for line in match.lines if line),
        "source": match.source_id,
        "admiralty": f"{credibility_of(store, match.source_id) or 'F'}{UNJUDGED}",
        "tlp": tlp,
        "suppressed": is_above(tlp, rule.tlp_max),
        "link": f"{rule.desk}{match.path}",
    }
