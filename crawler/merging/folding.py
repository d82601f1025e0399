"""The rows of one shard, table by table, into the home's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from crawler.home import Home
from crawler.merging import gone
from crawler.merging.checking import Boundary, Row
from crawler.merging.joins import JOINS, fold
from crawler.merging.kept import Kept
from crawler.merging.shard import Shard
from crawler.records import PostRow
from crawler.source import SourceError, find_source, source_files
from crawler.store.database import Store
from crawler.store.queue import marks
from crawler.store.runs import keep_source

FIRST = ("runs", "run_figures", "pages", "threads", "accounts")
LAST = ("thread_reads", "drops", "issues", "walks")
TLP = ("clear", "green", "amber", "amber+strict", "red")
BATCH = 500
UNFINISHED = "was at work when it was merged"


@dataclass
class Folding:
    """One shard on its way in; everything inside one transaction."""

    home: Home
    store: Store
    shard: Shard
    boundary: Boundary
    progress: Callable[[int, int], None] | None = None
    source_ids: list[str] = field(default_factory=list)
    """Sources that are taken."""
    kept: dict[str, Kept] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    """New ids of texts whose words were masked, withheld or redacted."""

    def take_sources(self, only: Sequence[str]) -> None:
        """Take the shard's sources. What the home's own file says of one outranks the shard."""
        own = source_files(self.home)
        for batch in self.shard.rows("sources"):
            for raw in batch:
                row = self.boundary.row("sources", raw | {"paused_reason": None})
                if row is None or (only and row["id"] not in only):
                    continue
                row["tlp"] = row["tlp"] if row["tlp"] in TLP else "red"
                if row["id"] not in own or not self.keep_own(row["id"]):
                    self.fold("sources", [row])
                self.source_ids.append(row["id"])

    def keep_own(self, source_id: str) -> bool:
        """Write what the home's file says of a source; whether it can be read."""
        try:
            keep_source(self.store, find_source(self.home, source_id))
        except SourceError:
            return False
        return True

    def take_rows(self, files: set[str]) -> None:
        """Take all other rows; `files` are the shard's WARC files that the home has."""
        gone.note_own(self.store, self.source_ids)
        for table in FIRST:
            for rows in self.checked(table):
                self.fold(table, [self.placed(table, row, files) for row in rows])
        self.gather_posts()
        self.take_texts()
        self.take_posts()
        for table in LAST:
            for rows in self.checked(table):
                self.fold(table, rows)
        gone.judge(self.store, self.source_ids)

    def placed(self, table: str, row: Row, files: set[str]) -> Row:
        """A row with what is not here taken off: evidence, an end of its run."""
        if table == "pages" and row["warc_file"] not in files:
            return row | {"warc_file": "", "warc_offset": 0}
        if table == "runs" and row["status"] == "running":
            return row | {"status": "interrupted", "reason": UNFINISHED}
        if table == "threads":
            self.fold_walks("threads", [row])
            return row | {"state": "open"}
        return row

    def gather_posts(self) -> None:
        """Put the shard's posts that passed aside: texts are asked for by them."""
        names = [each.name for each in fields(PostRow)]
        self.store.execute("drop table if exists temp.arriving")
        self.store.execute(
            f"create temp table arriving (id text primary key, {', '.join(names[1:])})"
        )
        values = ", ".join(f":{name}" for name in names)
        for rows in self.checked("posts"):
            self.store.conn.executemany(f"insert or replace into arriving values ({values})", rows)

    def take_texts(self) -> None:
        """Take texts of arriving posts, in the words in which they may be kept."""
        for batch in self.shard.rows("post_versions"):
            posts = {
                row["id"]: row
                for row in self.store.rows(
                    "select id, source_id, coalesce(posted_at, first_seen) as at "
                    f"from temp.arriving where id in ({marks(len(batch))})",
                    tuple(str(raw["post_id"]) for raw in batch),
                )
            }
            rows = []
            for raw in batch:
                post = posts.get(raw["post_id"])
                row = self.boundary.row("post_versions", raw) if post else None
                if post is None or row is None:
                    continue
                kept = self.kept.get(post["source_id"])
                row = kept.text(row, post["at"]) if kept else row
                if row["id"] != raw["id"]:
                    self.changed[raw["id"]] = row["id"]
                rows.append(row)
            self.fold("post_versions", self.with_parents("post_versions", rows, ("post_id",)))

    def take_posts(self) -> None:
        """Take the posts, each with a text that is here; texts without a post go again."""
        cursor = self.store.conn.execute("select * from temp.arriving")
        while batch := [dict(row) for row in cursor.fetchmany(BATCH)]:
            rows = self.with_parents("posts", batch)
            self.fold_walks("posts", rows)
            news = [self.changed.get(row["version_id"], row["version_id"]) for row in rows]
            self.fold(
                "posts",
                [
                    row | {"gone_at": None, "version_id": new}
                    for row, new in zip(rows, news, strict=True)
                ],
            )
        for statement in MENDING:
            self.store.execute(statement)

    def checked(self, table: str) -> Iterator[list[Row]]:
        """Batches of a table's rows that passed the boundary, of sources that are taken."""
        for batch in self.shard.rows(table):
            wanted = [raw for raw in batch if raw["source_id"] in self.source_ids]
            passed = [row for raw in wanted if (row := self.boundary.row(table, raw))]
            yield passed if table == "posts" else self.with_parents(table, passed)

    def with_parents(self, table: str, rows: list[Row], apart: tuple[str, ...] = ()) -> list[Row]:
        """Rows whose parents are here and of the same source; others are refused."""
        for column, parent in JOINS[table].parents:
            if column in apart:
                continue
            asked = {row[column] for row in rows if row[column] is not None}
            name = "id" if parent == "sources" else "source_id"
            found = {
                row["id"]: row["source"]
                for row in self.store.rows(
                    f"select id, {name} as source from {parent} where id in ({marks(len(asked))})",
                    tuple(asked),
                )
            }
            good = []
            for row in rows:
                source = row.get("source_id", found.get(row[column]))
                if row[column] is None or (row[column] in found and found[row[column]] == source):
                    good.append(row)
                else:
                    self.boundary.refusals.add(table, f"{column}: {row[column]} is not here")
            rows = good
        return rows

    def fold(self, table: str, rows: list[Row]) -> None:
        """Join rows with the home's."""
        self.written[table] = self.written.get(table, 0) + fold(self.store, table, rows)
        if self.progress and rows:
            self.progress(sum(self.written.values()), 0)

    def fold_walks(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Keep what rows say of being gone or closed."""
        self.fold("walks", list(gone.walks_of(table, rows)))


MENDING = (
    # a text that was refused leaves its post with the newest of the others
    "update posts set version_id = (select v.id from post_versions v where v.post_id = posts.id "
    "order by v.seen_at desc, v.id desc limit 1) where id in (select id from temp.arriving) "
    "and not exists (select 1 from post_versions v where v.id = posts.version_id) "
    "and exists (select 1 from post_versions v where v.post_id = posts.id)",
    "delete from posts where id in (select id from temp.arriving) "
    "and not exists (select 1 from post_versions v where v.post_id = posts.id)",
    "delete from post_versions where post_id in (select id from temp.arriving) "
    "and post_id not in (select id from posts)",
    "drop table temp.arriving",
)
