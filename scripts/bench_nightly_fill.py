"""Rows of a board of any size, written after one block of it that was really crawled.

Blocks differ in names, words, numbers and times, so findings stand at the same places. What follows
from all texts together (ads, providers, summaries, the search index) is made by the real stage.
A test crawls two blocks and compares all rows with those that are written here.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from crawler.clock import stamp
from crawler.ids import id_of, sha256_of
from crawler.settle import settle
from crawler.store.database import Store
from crawler.store.findings import snippet_of
from crawler.store.queue import frontier_id
from crawler.store.rows import content_hash
from scripts.bench_nightly_board import BOARDS, POSTS_A_NUMBER, Market
from tests.live.board import POSTS_A_PAGE, THREADS_A_PAGE, Post, Thread, pages_of
from tests.live.skins.mybb import DATE

Row = dict[str, Any]
BANK = 2000
"""Threads written at a time."""
FAR = 10**9
"""Added to a place in the evidence for each block."""


@dataclass
class Shape:
    """The rows of one thread of the block that was crawled."""

    thread: Row = field(default_factory=dict)
    read: Row = field(default_factory=dict)
    fetched: list[tuple[Row, Row]] = field(default_factory=list)
    """Rows of `pages` and `frontier` of its pages, in order."""
    posts: list["PostShape"] = field(default_factory=list)


@dataclass
class PostShape:
    """The rows of one post; one text each, of one version."""

    post: Row
    version: Row
    analysis: Row
    listings: list[tuple[Row, list[Row], list[Row]]] = field(default_factory=list)
    """Listings with their prices and attributes."""
    mentions: list[Row] = field(default_factory=list)


def grow(database: Path, market: Market) -> None:
    """Write all blocks but the first one, which is there, and what follows from them."""
    with closing(Store(database)) as store:
        for pragma in ("synchronous=off", "foreign_keys=off", "cache_size=-400000"):
            store.conn.execute(f"pragma {pragma}")
        shapes = load_shapes(store, market.block)
        root = str(shapes[0].thread["url"]).partition("/showthread")[0]
        writer = Writer(market, shapes, root)
        for start in range(market.block + 1, market.threads + 1, BANK):
            for number in range(start, min(start + BANK, market.threads + 1)):
                writer.thread(number)
            with store.transaction():
                writer.flush(store.conn)
        with store.transaction():
            grow_lists(store, market, writer)
            writer.flush(store.conn)
        with store.transaction():
            settle(store)
        store.conn.execute("pragma wal_checkpoint(truncate)")


def load_shapes(store: Store, block: int) -> list[Shape]:
    """The threads of the first block, in the order of their numbers.

    Raises:
        ValueError: the crawl left rows that are not known here.
    """
    found = load(store.conn)
    if found["issues"] or found["drops"] or len(found["threads"]) != block:
        raise ValueError(f"{len(found['threads'])} threads, {len(found['issues'])} issues")
    shapes = [Shape() for _ in range(block)]
    for row in found["threads"]:
        shapes[int(row["native_id"]) - 1].thread = row
    for row in found["thread_reads"]:
        shapes[int(row["native_id"]) - 1].read = row
    queued = {row["url"]: row for row in found["frontier"]}
    for row in sorted(found["pages"], key=lambda row: (len(row["url"]), row["url"])):
        if row["kind"] == "thread":
            number = int(row["url"].partition("tid=")[2].partition("&")[0])
            shapes[number - 1].fetched.append((row, queued[row["url"]]))
    for post in post_shapes(found):
        shapes[int(post.post["native_id"]) // POSTS_A_NUMBER - 1].posts.append(post)
    return shapes


def load(conn: sqlite3.Connection) -> dict[str, list[Row]]:
    """All rows of the tables that a crawl and an analysis write."""
    tables = (
        "threads", "thread_reads", "frontier", "pages", "posts", "post_versions", "analyses",
        "listings", "prices", "attributes", "contact_mentions", "issues", "drops",
    )  # fmt: skip
    return {
        table: [dict(row) for row in conn.execute(f"select * from {table}")] for table in tables
    }


def post_shapes(found: dict[str, list[Row]]) -> Iterator[PostShape]:
    """Posts with all that belongs to them, in the order of their numbers."""
    versions = {row["id"]: row for row in found["post_versions"]}
    analyses = {row["post_version_id"]: row for row in found["analyses"]}
    listings = by(found["listings"], "post_version_id")
    prices, facts = by(found["prices"], "listing_id"), by(found["attributes"], "listing_id")
    mentions = by(found["contact_mentions"], "post_version_id")
    for post in sorted(found["posts"], key=lambda row: int(row["native_id"])):
        version = post["version_id"]
        offers = [(row, prices[row["id"]], facts[row["id"]]) for row in listings[version]]
        yield PostShape(post, versions[version], analyses[version], offers, mentions[version])


def by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    """Rows by what they belong to."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


@dataclass
class Writer:
    """Makes the rows of further threads and keeps them until they are flushed."""

    market: Market
    shapes: list[Shape]
    root: str
    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    """Rows by table and key."""

    @property
    def source(self) -> str:
        """The source's id."""
        return str(self.shapes[0].thread["source_id"])

    def add(self, table: str, row: Row, **changes: Any) -> None:
        """Add a row that is like another one but for some columns."""
        made = row | changes
        self.rows[table][next(iter(made.values()))] = made

    def flush(self, conn: sqlite3.Connection) -> None:
        """Write the rows; accounts and contacts that are there stay."""
        for table, rows in self.rows.items():
            marks = ", ".join(f":{column}" for column in next(iter(rows.values())))
            conn.executemany(f"insert or ignore into {table} values ({marks})", rows.values())
        self.rows.clear()

    def thread(self, number: int) -> None:
        """Add the rows of a thread."""
        thread = self.market.thread(number)
        assert thread is not None
        block, turn = divmod(number - 1, self.market.block)
        shape = self.shapes[turn]
        native, last = str(number), thread.last_post.posted_at
        thread_id = id_of("thread", self.source, native)
        said = {"last_post_at": stamp(last), "native_id": native}
        url = self.thread_url(number)
        self.add(
            "threads", shape.thread, id=thread_id, url=url, title=thread.title,
            author=thread.posts[0].author, **said,
        )  # fmt: skip
        last_url = self.page_url(number, len(shape.fetched))
        raw = f"{last:{DATE}}"
        self.add(
            "thread_reads", shape.read, id=thread_id, last_post_raw=raw, last_url=last_url, **said
        )
        pages = [
            self.page(self.page_url(number, place), fetched, block)
            for place, fetched in enumerate(shape.fetched, 1)
        ]
        for place, (post, like) in enumerate(zip(thread.posts, shape.posts, strict=True)):
            self.post(thread, thread_id, post, like, pages[place // POSTS_A_PAGE])

    def thread_url(self, number: int) -> str:
        """A thread's address."""
        return f"{self.root}/showthread.php?tid={number}"

    def page_url(self, number: int, page: int) -> str:
        """The address of a page of a thread."""
        return self.thread_url(number) + (f"&page={page}" if page > 1 else "")

    def page(self, url: str, fetched: tuple[Row, Row], block: int) -> str:
        """Add a page that was fetched; its id."""
        page, queued = fetched
        offset = page["warc_offset"] + FAR * block
        page_id = id_of("page", page["warc_file"], str(offset))
        digest = sha256_of(url.encode())
        self.add("pages", page, id=page_id, url=url, warc_offset=offset, sha256=digest)
        self.add("frontier", queued, id=frontier_id(self.source, url), url=url)
        return page_id

    def post(
        self, thread: Thread, thread_id: str, post: Post, like: PostShape, page_id: str
    ) -> None:
        """Add the rows of a post."""
        native = str(post.number)
        post_id = id_of("post", self.source, native)
        account_id = id_of("account", self.source, post.author)
        title = thread.title if like.version["title"] else None
        digest = content_hash(title, post.text, [], {})
        version_id = id_of("version", post_id, digest)
        self.add("accounts", self.account, id=account_id, name=post.author)
        self.add(
            "posts", like.post, id=post_id, thread_id=thread_id, native_id=native,
            account_id=account_id, posted_at=stamp(post.posted_at),
            posted_raw=f"{post.posted_at:{DATE}}", version_id=version_id,
            url=f"{self.thread_url(thread.number)}#pid{native}",
        )  # fmt: skip
        self.add(
            "post_versions", like.version, id=version_id, post_id=post_id, title=title,
            text=post.text, sha256=digest, page_id=page_id,
        )  # fmt: skip
        self.add("analyses", like.analysis, post_version_id=version_id)
        for row, prices, facts in like.listings:
            self.listing(row, version_id, title or "", post, (prices, facts))
        for row in like.mentions:
            self.mention(row, version_id, account_id, post.author)

    @property
    def account(self) -> Row:
        """What all accounts share."""
        at = {"first_seen": self.shapes[0].thread["first_seen"]}
        same = dict.fromkeys(("rank", "joined_at", "post_count", "reputation", "signature"))
        head = {"id": "", "source_id": self.source, "name": "", "native_id": "5"}
        return head | same | at | {"last_seen": self.shapes[0].thread["last_seen"]}

    def listing(
        self, row: Row, version_id: str, title: str, post: Post, facts: tuple[list[Row], list[Row]]
    ) -> None:
        """Add a listing with its prices and attributes."""
        listing_id = id_of("listing", version_id, row["asset_type"], row["intent"])
        part = title if row["part"] == "title" else post.text
        span = SimpleNamespace(
            part=row["part"], start=row["start"], end=row["end"],
            quote=part[row["start"] : row["end"]],
        )  # fmt: skip
        said: Any = SimpleNamespace(title=title, text=post.text)
        snippet = snippet_of(said, SimpleNamespace(span=span))  # type: ignore[arg-type]
        self.add("listings", row, id=listing_id, post_version_id=version_id, snippet=snippet)
        day = f"{post.posted_at:%Y-%m-%d}"
        for price in facts[0]:
            key = id_of("price", listing_id, str(price["position"]))
            self.add("prices", price, id=key, listing_id=listing_id, rate_day=day)
        for fact in facts[1]:
            key = id_of("attribute", listing_id, fact["key"], fact["value"])
            self.add("attributes", fact, id=key, listing_id=listing_id)

    def mention(self, row: Row, version_id: str, account_id: str, name: str) -> None:
        """Add the seller's contact and where it stands."""
        contact_id = id_of("contact", "telegram", name)
        head, _, _ = row["raw"].rpartition("/")
        key = id_of("mention", contact_id, version_id, row["part"], str(row["start"]))
        contact = {"id": contact_id, "kind": "telegram", "value": name, "valid": None}
        self.add("contacts", contact)
        self.add(
            "contact_mentions", row, id=key, contact_id=contact_id, post_version_id=version_id,
            account_id=account_id, raw=f"{head}/{name}",
        )  # fmt: skip


def grow_lists(store: Store, market: Market, writer: Writer) -> None:
    """Add the boards' further pages, and what the run counted."""
    before = pages_of(market.block // BOARDS, THREADS_A_PAGE)
    after = pages_of(market.threads // BOARDS, THREADS_A_PAGE)
    for board in range(1, BOARDS + 1):
        first = f"{writer.root}/forumdisplay.php?fid={board}"
        page, queued = (
            dict(store.rows(f"select * from {table} where url = ?", (first,))[0])
            for table in ("pages", "frontier")
        )
        for number in range(before + 1, after + 1):
            writer.page(f"{first}&page={number}", (page, queued), number)
    times = market.threads // market.block
    store.execute(f"update run_figures set total = total * {times}, filled = filled * {times}")
    more = (after - before) * BOARDS
    store.execute(
        f"update runs set pages = (pages - {1 + before * BOARDS}) * {times} "
        f"+ {1 + before * BOARDS} + {more}, posts_seen = posts_seen * {times}, "
        f"posts_new = posts_new * {times}, bytes = bytes * {times}"
    )
