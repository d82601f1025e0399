"""What a purge would remove of one source, found without changing anything."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from crawler.clock import stamp
from crawler.home import Home
from crawler.ids import id_of
from crawler.purging.evidence import OldFile, old_files
from crawler.records import PostVersionRow
from crawler.redaction import redacted
from crawler.retention import Retention
from crawler.store.database import Store
from crawler.store.rows import content_hash

_VERSIONS = """
select v.*, coalesce(p.posted_at, p.first_seen) as at
from post_versions v join posts p on p.id = v.post_id
where p.source_id = ? order by v.seen_at, v.id
"""
_SPOKEN_LAST = """
not exists (select 1 from posts p where p.{key} = x.id and coalesce(p.posted_at, p.first_seen)
    >= :start)
"""
_THREADS = f"""
select x.id from threads x where x.source_id = :source and x.title <> ''
and coalesce(x.last_post_at, x.posted_at, x.last_seen) < :start
and {_SPOKEN_LAST.format(key="thread_id")}
"""
_ACCOUNTS = f"""
select x.id from accounts x where x.source_id = :source and x.signature is not null
and {_SPOKEN_LAST.format(key="account_id")}
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes of one source."""

    source_id: str
    texts_before: str | None
    """Texts from before this moment go, UTC; None: none do."""
    evidence_before: str | None
    """Evidence from before this moment goes, UTC; None: none does."""
    withheld: dict[str, PostVersionRow]
    """Empty texts by the id of the old text that they take the place of."""
    redacted: dict[str, PostVersionRow]
    """Redacted texts by the id of the text that they take the place of."""
    titles: dict[str, str]
    """New titles by thread: empty for threads without a younger post."""
    signatures: dict[str, str | None]
    """New signatures by account: None for accounts without a younger post."""
    findings: dict[str, int]
    """Rows of findings that go with the old texts, by table."""
    files: tuple[OldFile, ...]
    """WARC files with nothing younger in them."""

    @property
    def removed(self) -> tuple[OldFile, ...]:
        """The files that go."""
        return tuple(file for file in self.files if not file.held)

    def counts(self) -> dict[str, Any]:
        """What goes, counted."""
        return {
            "source_id": self.source_id,
            "texts_before": self.texts_before,
            "posts": len({row.post_id for row in self.withheld.values()}),
            "texts": len(self.withheld),
            "redacted": len(self.redacted),
            "titles": len(self.titles),
            "signatures": len(self.signatures),
            **self.findings,
            "evidence_before": self.evidence_before,
            "files": len(self.removed),
            "bytes": sum(file.bytes for file in self.removed),
            "files_held": len(self.files) - len(self.removed),
        }


def plan_for(home: Home, store: Store, source_id: str, rules: Retention, now: datetime) -> Plan:
    """What a purge of a source removes now."""
    start = rules.texts_from(now)
    evidence_start = rules.evidence_from(now)
    before = stamp(start) if start else None
    withheld, changed = texts_to_change(store, source_id, rules, before)
    titles, signatures = words_to_change(store, source_id, rules, before)
    return Plan(
        source_id=source_id,
        texts_before=before,
        evidence_before=stamp(evidence_start) if evidence_start else None,
        withheld=withheld,
        redacted=changed,
        titles=titles,
        signatures=signatures,
        findings=findings_of(store, [*withheld, *changed]),
        files=tuple(old_files(home, store, source_id, evidence_start)) if evidence_start else (),
    )


def texts_to_change(
    store: Store, source_id: str, rules: Retention, before: str | None
) -> tuple[dict[str, PostVersionRow], dict[str, PostVersionRow]]:
    """Texts that are withheld and texts that are redacted, each by the id of the old one."""
    withheld, changed = {}, {}
    for row in store.conn.execute(_VERSIONS, (source_id,)):
        old = PostVersionRow(**{name: row[name] for name in PostVersionRow.__slots__})
        if before and row["at"] < before:
            new = rewritten(old, None, "", [], {})
            if new.id != old.id:
                withheld[old.id] = new
        elif rules.redact:
            new = mapped(old, lambda text: redacted(text, rules.redact))
            if new.id != old.id:
                changed[old.id] = new
    return withheld, changed


def mapped(old: PostVersionRow, change: Callable[[str], str]) -> PostVersionRow:
    """A text with each of its parts changed."""
    quoted = [[author, change(text)] for author, text in json.loads(old.quoted or "[]")]
    stated = {name: change(text) for name, text in json.loads(old.fields or "{}").items()}
    title = change(old.title) if old.title else old.title
    return rewritten(old, title, change(old.text), quoted, stated)


def rewritten(
    old: PostVersionRow,
    title: str | None,
    text: str,
    quoted: list[list[str | None]],
    stated: dict[str, str],
) -> PostVersionRow:
    """A text in other words, with the id that a crawl would give it."""
    digest = content_hash(title, text, quoted, stated)
    return replace(
        old,
        id=id_of("version", old.post_id, digest),
        title=title,
        text=text,
        quoted=json.dumps(quoted, ensure_ascii=False) if quoted else None,
        fields=json.dumps(stated, ensure_ascii=False) if stated else None,
        sha256=digest,
    )


def words_to_change(
    store: Store, source_id: str, rules: Retention, before: str | None
) -> tuple[dict[str, str], dict[str, str | None]]:
    """New titles of threads and new signatures of accounts, by id."""
    titles: dict[str, str] = {}
    signatures: dict[str, str | None] = {}
    if rules.redact:
        for table, column, found in (("threads", "title", titles),
                                     ("accounts", "signature", signatures)):  # fmt: skip
            sql = f"select id, {column} as words from {table} where source_id = ?"
            for row in store.rows(f"{sql} and {column} <> ''", (source_id,)):
                new = redacted(row["words"], rules.redact)
                if new != row["words"]:
                    found[row["id"]] = new
    if before:
        params = {"source": source_id, "start": before}
        titles |= {row["id"]: "" for row in store.rows(_THREADS, params)}
        signatures |= {row["id"]: None for row in store.rows(_ACCOUNTS, params)}
    return titles, signatures


def findings_of(store: Store, versions: list[str]) -> dict[str, int]:
    """How many listings, prices and contacts stand on these texts."""
    store.execute("create temp table if not exists going (id text primary key)")
    store.execute("delete from temp.going")
    store.conn.executemany("insert into temp.going values (?)", [(each,) for each in versions])
    listed = "listing_id in (select id from listings where post_version_id in temp.going)"
    where = {
        "listings": "post_version_id in temp.going",
        "prices": listed,
        "contact_mentions": "post_version_id in temp.going",
    }
    return {
        table: int(store.rows(f"select count(*) as n from {table} where {condition}")[0]["n"])
        for table, condition in where.items()
    }
