"""The boundary that every row of a shard passes, as imports do: ids, secrets, what is barred."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crawler.boundaries.text import clean_text
from crawler.clock import now
from crawler.ids import id_of
from crawler.intake import Guard, masked
from crawler.merging.values import ValueRefusedError, reader_of
from crawler.store.rows import content_hash
from crawler.store.walks import walk_id

Row = dict[str, Any]
SOURCE_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
RUN_ID = re.compile(r"[a-z][a-z0-9_]{1,39}-[0-9]{8}T[0-9]{6}Z(?:-[0-9a-f]{8})?")
PAGE_ID = re.compile(r"[0-9a-f]{24}")
EXAMPLES = 5
"""Refused rows that are shown with their reason."""

IDS: Mapping[str, Callable[[Row], str]] = {
    "threads": lambda row: id_of("thread", row["source_id"], row["native_id"]),
    "thread_reads": lambda row: id_of("thread", row["source_id"], row["native_id"]),
    "accounts": lambda row: id_of("account", row["source_id"], row["name"]),
    "posts": lambda row: id_of("post", row["source_id"], row["native_id"]),
    "drops": lambda row: id_of("drop", row["source_id"], row["url"]),
    "run_figures": lambda row: id_of("figure", row["run_id"], row["name"]),
    "walks": lambda row: walk_id(row["scope"], row["began_at"], row["low"], row["high"]),
    "issues": lambda row: id_of(
        "issue", row["source_id"], row["url"] or "", row["kind"], row["detail"]
    ),
}
"""How the ids of tables are made: an id that says something else is a forgery."""


@dataclass
class Refusals:
    """Rows that were not taken."""

    counts: dict[str, int] = field(default_factory=dict)
    """How many, by table."""
    examples: list[str] = field(default_factory=list)
    """Why, of the first ones."""

    def add(self, table: str, reason: str) -> None:
        """Count one."""
        self.counts[table] = self.counts.get(table, 0) + 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(f"{table}: {reason}")


@dataclass
class Boundary:
    """The checks of one merge."""

    guard: Guard
    refusals: Refusals
    moment: datetime = field(default_factory=now)
    readers: dict[str, Callable[[Row], Row]] = field(default_factory=dict)

    def row(self, table: str, raw: Row) -> Row | None:
        """A row of ours, its words clean and masked; None for one that is refused."""
        if table not in self.readers:
            self.readers[table] = reader_of(table, self.moment)
        try:
            row = self.readers[table](raw)
            self.check_id(table, row)
            return self.worded(table, row)
        except (ValueError, RecursionError) as error:
            self.refusals.add(table, clean_text(str(error))[:200])
            return None

    def check_id(self, table: str, row: Row) -> None:
        """Refuse an id that is not what its row says.

        Raises:
            ValueRefusedError: it is not.
        """
        if table in IDS and row["id"] != IDS[table](row):
            raise ValueRefusedError(f"id: '{row['id'][:40]}' is not that of its row")
        if table == "sources" and not SOURCE_ID.fullmatch(row["id"]):
            raise ValueRefusedError(f"id: '{row['id'][:60]}' is no id of a source")
        if table == "runs" and not is_run(row["id"], row["source_id"]):
            raise ValueRefusedError(f"id: '{row['id'][:60]}' is no run of {row['source_id']}")
        if table == "pages" and not is_page(row):
            raise ValueRefusedError(f"id: '{row['id'][:40]}' is no page at {row['warc_file']}")

    def worded(self, table: str, row: Row) -> Row:
        """A row with its words masked.

        Raises:
            ValueRefusedError: they must be kept nowhere.
        """
        if table == "post_versions":
            return self.version(row)
        for name in {"threads": ("title",), "accounts": ("signature", "rank")}.get(table, ()):
            if row[name]:
                row[name] = self.clean(row[name])
        return row

    def version(self, row: Row) -> Row:
        """A text with its parts cleaned, under the id that a crawl would give it.

        Raises:
            ValueRefusedError: it is not the text of its hash, or must be kept nowhere.
        """
        quoted = json.loads(row["quoted"] or "[]")
        stated = json.loads(row["fields"] or "{}")
        if not is_quoted(quoted) or not is_stated(stated):
            raise ValueRefusedError("quoted, fields: have not the form of such")
        digest = content_hash(row["title"], row["text"], quoted, stated)
        if digest != row["sha256"] or row["id"] != id_of("version", row["post_id"], digest):
            raise ValueRefusedError(f"sha256: '{row['sha256']}' is not that of its text")
        title = self.clean(row["title"]) if row["title"] else row["title"]
        text = self.clean(row["text"])
        new_quoted = [[who and clean_text(who)[:200], self.clean(said)] for who, said in quoted]
        new_stated = {name: self.clean(said) for name, said in stated.items()}
        if (title, text, new_quoted, new_stated) == (row["title"], row["text"], quoted, stated):
            return row
        digest = content_hash(title, text, new_quoted, new_stated)
        return row | {
            "id": id_of("version", row["post_id"], digest),
            "title": title,
            "text": text,
            "quoted": json.dumps(new_quoted, ensure_ascii=False) if new_quoted else None,
            "fields": json.dumps(new_stated, ensure_ascii=False) if new_stated else None,
            "sha256": digest,
        }

    def clean(self, text: str) -> str:
        """Words without control characters, secrets of third persons masked.

        Raises:
            ValueRefusedError: they must be kept nowhere.
        """
        if self.guard.is_forbidden(text):
            raise ValueRefusedError("words that are kept nowhere (intake guard)")
        return masked(clean_text(text))[0]


def is_run(run_id: str, source_id: str) -> bool:
    """Whether an id is one of a run of a source."""
    return bool(RUN_ID.fullmatch(run_id)) and run_id.rpartition("Z")[0][:-15] == f"{source_id}-"


def is_page(row: Row) -> bool:
    """Whether an archived response has the id of its place, in a file of its run.

    Of a purged one only the form of its id can be told.
    """
    if not row["warc_file"]:
        return bool(PAGE_ID.fullmatch(row["id"]))
    place = f"{row['source_id']}/{row['run_id']}.warc.gz"
    found = id_of("page", row["warc_file"], str(row["warc_offset"]))
    return bool(row["warc_file"] == place and row["id"] == found)


def is_quoted(value: Any) -> bool:
    """Whether a JSON value is a list of quotations."""
    return isinstance(value, list) and all(
        isinstance(each, list)
        and len(each) == 2
        and isinstance(each[0], str | None)
        and isinstance(each[1], str)
        for each in value
    )


def is_stated(value: Any) -> bool:
    """Whether a JSON value is an object of stated fields."""
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
