"""Alerts as messages: for people and for programs."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.alerting.rules import Rule
from crawler.exporting.labels import UNJUDGED, highest

TOLD = 30
"""Alerts that a message spells out; of more it tells the number."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to one target at once."""

    delivery: str
    """The same whenever it is tried again."""
    rule: str
    tlp: str
    """Strictest label of its alerts."""
    subject: str
    """One line."""
    body: str
    """Plain text."""
    payload: bytes
    """The same for programs, JSON; the same bytes whenever it is tried again."""


def message_of(rule: Rule, delivery: str, rows: Sequence[sqlite3.Row]) -> Message:
    """The message that carries some alerts of a rule, oldest first."""
    tlp = highest(row["tlp"] for row in rows)
    what = rows[0]["title"] if len(rows) == 1 else f"{len(rows)} alerts"
    parts = [text_of(rule, row) for row in rows[:TOLD]]
    if len(rows) > TOLD:
        parts.append(f"… and {len(rows) - TOLD} more: rackrent alerts log --rule {rule.name}")
    told = {
        "delivery": delivery,
        "rule": rule.name,
        "tlp": tlp,
        "alerts": [told_of(rule, row) for row in rows],
    }
    return Message(
        delivery=delivery,
        rule=rule.name,
        tlp=tlp,
        subject=f"[TLP:{tlp.upper()}] {rule.name}: {what}",
        body=f"TLP:{tlp.upper()} · rule {rule.name}\n\n" + "\n\n".join(parts),
        payload=json.dumps(told, ensure_ascii=False, sort_keys=True).encode(),
    )


def text_of(rule: Rule, row: sqlite3.Row) -> str:
    """One alert for people; its labels, and a link to its page on the desk."""
    return "\n".join(
        (
            row["title"],
            *(f"  {line}" for line in (f"why: {row['reason']}", *row["text"].splitlines())),
            f"  {labels_of(row)}",
            f"  {rule.desk}{row['path']}",
        )
    )


def labels_of(row: sqlite3.Row) -> str:
    """Source, reliability, label and day of an alert."""
    admiralty = f"{row['credibility'] or 'F'}{UNJUDGED}"
    source = f"source {row['source_id']} · Admiralty {admiralty} · " if row["source_id"] else ""
    return f"{source}TLP:{row['tlp'].upper()} · {day_of(row['at'])}"


def day_of(moment: str) -> str:
    """A moment as people read it."""
    return f"{moment[:16].replace('T', ' ')} UTC"


def told_of(rule: Rule, row: sqlite3.Row) -> dict[str, Any]:
    """One alert for programs."""
    told = {
        name: row[name]
        for name in (
            "id", "object", "object_id", "title", "reason", "text", "tlp", "at", "matched_at"
        )
    }  # fmt: skip
    return told | {
        "source": row["source_id"],
        "admiralty": f"{row['credibility'] or 'F'}{UNJUDGED}",
        "link": f"{rule.desk}{row['path']}",
    }
