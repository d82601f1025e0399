"""What a merge may not bring back: what was purged here, and what a source's rules keep out."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.clock import stamp_or_none
from crawler.home import Home
from crawler.purging.plan import Plan, mapped, rewritten, texts_to_change, words_to_change
from crawler.purging.rows import change_rows
from crawler.records import PostVersionRow
from crawler.redaction import redacted
from crawler.retention import Retention
from crawler.source import SourceError, find_source, source_files
from crawler.store.database import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a source is kept."""

    rules: Retention
    """What its file says today."""
    texts_before: str | None
    """Texts from before this moment are not taken, UTC."""
    evidence_before: str | None
    """Nor is evidence from before this one, UTC."""

    def text(self, row: dict[str, Any], at: str) -> dict[str, Any]:
        """A text as it may be kept: as it is, redacted, or withheld because it is too old."""
        old = PostVersionRow(**row)
        if self.texts_before and at < self.texts_before:
            new = rewritten(old, None, "", [], {})
        elif self.rules.redact:
            new = mapped(old, lambda text: redacted(text, self.rules.redact))
        else:
            return row
        return {name: getattr(new, name) for name in PostVersionRow.__slots__}


def kept_at(
    home: Home, store: Store, source_ids: Iterable[str], moment: datetime
) -> dict[str, Kept]:
    """What is kept of sources that have rules or were purged once, by source."""
    own = source_files(home)
    kept = {}
    for source_id in source_ids:
        rules = Retention()
        if source_id in own:
            try:
                rules = find_source(home, source_id).retention or rules
            except SourceError:
                # a file with a fault rules nothing; what was purged stays purged
                rules = Retention()
        texts, evidence = purged_before(store, source_id)
        texts = later(texts, rules.texts_from(moment))
        evidence = later(evidence, rules.evidence_from(moment))
        if texts or evidence or rules.redact:
            kept[source_id] = Kept(rules, texts, evidence)
    return kept


def later(one: str | None, other: datetime | None) -> str | None:
    """The later one of two moments, UTC; None where there is neither."""
    return max((each for each in (one, stamp_or_none(other)) if each), default=None)


def purged_before(store: Store, source_id: str) -> tuple[str | None, str | None]:
    """Up to when texts and evidence of a source were ever purged here, UTC; None: never."""
    rows = store.rows(
        "select detail from audit where action = 'purge' and object = ?", (source_id,)
    )
    told = [json.loads(row["detail"]) for row in rows]
    texts = max((one["texts_before"] for one in told if "texts_before" in one), default=None)
    files = max((one["evidence_before"] for one in told if "evidence_before" in one), default=None)
    return texts, files


def keep_out(store: Store, kept: Mapping[str, Kept]) -> None:
    """Take out of rows whatever slipped in with a younger date. Call it inside a transaction."""
    for source_id, one in kept.items():
        withheld, changed = texts_to_change(store, source_id, one.rules, one.texts_before)
        titles, signatures = words_to_change(store, source_id, one.rules, one.texts_before)
        plan = Plan(
            source_id=source_id,
            texts_before=one.texts_before,
            evidence_before=None,
            withheld=withheld,
            redacted=changed,
            titles=titles,
            signatures=signatures,
            findings={},
            files=(),
        )
        change_rows(store, plan)
