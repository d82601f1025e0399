"""One page's rows: evidence index, threads, accounts, posts, versions, links, done mark."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crawler.archive import Original, PageRef
from crawler.clock import stamp, stamp_or_none
from crawler.ids import id_of, sha256_of
from crawler.reading import PostRead, Reading, ThreadRead
from crawler.records import AccountRow, PageRow, PostRow, PostVersionRow, ThreadRow
from crawler.store import queue, runs
from crawler.store.database import Store
from crawler.store.gone import mark_gone

ACCOUNT_MERGE = {
    "native_id": "fill",
    "rank": "fill",
    "joined_at": "first",
    "post_count": "fill",
    "reputation": "fill",
    "signature": "fill",
    "first_seen": "earliest",
    "last_seen": "latest",
}
THREAD_MERGE = {
    "board": "fill",
    "author": "fill",
    "posted_at": "first",
    "last_post_at": "fill",
    "replies": "fill",
    "list_url": "fill",
    "first_seen": "earliest",
    "last_seen": "latest",
}
POST_MERGE = {
    "position": "fill",
    "account_id": "fill",
    "posted_at": "first",
    "posted_raw": "first",
    "edited_at": "fill",
    "url": "fill",
    "first_seen": "earliest",
    "last_seen": "latest",
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One archived response: its place in the evidence and what was asked."""

    ref: PageRef
    url: str
    status: int
    fetched_at: datetime
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that came: the last exchange is the page, earlier ones led to it."""

    source_id: str
    run_id: str
    kind: str
    exchanges: tuple[Exchange, ...]
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def page(self) -> Exchange:
        """The exchange that brought the page."""
        return self.exchanges[-1]

    @property
    def walk(self) -> str:
        """When the walk that this page belongs to began, UTC."""
        return str(self.context.get("walk") or stamp(self.page.fetched_at))


@dataclass(frozen=True, slots=True)
class Changes:
    """What a page brought."""

    posts_seen: int = 0
    posts_new: int = 0
    posts_changed: int = 0
    posts_gone: int = 0
    threads_skipped: int = 0
    issues: int = 0


def page_id(ref: PageRef) -> str:
    """Id of an archived response."""
    return id_of("page", ref.warc_file, str(ref.warc_offset))


def find_original(store: Store, url: str, sha256: str) -> Original | None:
    """The record that holds this payload of this URL already."""
    rows = store.rows(
        "select url, fetched_at from pages where url = ? and sha256 = ? "
        "order by fetched_at limit 1",
        (url, sha256),
    )
    return Original(rows[0]["url"], rows[0]["fetched_at"]) if rows else None


def keep_exchanges(store: Store, fetched: Fetched, state: str | None = None) -> None:
    """Write the evidence index of a page and of what led to it. Call it inside a transaction."""
    last = len(fetched.exchanges) - 1
    store.upsert(
        "pages",
        [
            PageRow(
                id=page_id(exchange.ref),
                run_id=fetched.run_id,
                source_id=fetched.source_id,
                url=exchange.url,
                kind=fetched.kind if place == last else "other",
                state=state if place == last else None,
                fetched_at=stamp(exchange.fetched_at),
                status=exchange.status,
                sha256=exchange.ref.sha256,
                warc_file=exchange.ref.warc_file,
                warc_offset=exchange.ref.warc_offset,
            )
            for place, exchange in enumerate(fetched.exchanges)
        ],
    )


def keep_page(
    store: Store,
    fetched: Fetched,
    reading: Reading,
    links: Sequence[queue.Link] = (),
    *,
    frontier_id: str | None = None,
    full: bool = True,
) -> Changes:
    """Write everything that one page says, in one transaction; what it brought.

    Writing the same page twice changes nothing but `last_seen`.
    """
    with store.transaction():
        keep_exchanges(store, fetched, reading.state)
        threads = keep_threads(store, fetched, reading)
        new, changed = keep_posts(store, fetched, reading, threads)
        gone = mark_gone(store, fetched, reading, threads)
        issues = runs.keep_issues(
            store,
            fetched.source_id,
            fetched.run_id,
            fetched.page.url,
            reading.problems,
            moment=fetched.page.fetched_at,
        )
        skipped = queue.add_links(
            store, fetched.source_id, fetched.run_id, links, full=full
        )  # fmt: skip
        if frontier_id:
            queue.mark_done(store, frontier_id)
        changes = Changes(len(reading.posts), new, changed, gone, skipped, issues)
        count_page(store, fetched, changes)
    return changes


def count_page(store: Store, fetched: Fetched, changes: Changes) -> None:
    """Add a page to its run's figures."""
    store.execute(
        "update runs set pages = pages + 1, posts_seen = posts_seen + ?, "
        "posts_new = posts_new + ?, posts_changed = posts_changed + ?, "
        "threads_skipped = threads_skipped + ?, bytes = bytes + ? where id = ?",
        (
            changes.posts_seen,
            changes.posts_new,
            changes.posts_changed,
            changes.threads_skipped,
            sum(exchange.bytes for exchange in fetched.exchanges),
            fetched.run_id,
        ),
    )


def keep_threads(store: Store, fetched: Fetched, reading: Reading) -> dict[str, str]:
    """Write the page's threads; their ids by native id."""
    stated = [*reading.threads, *([reading.thread] if reading.thread else [])]
    rows = {thread.native_id: thread_row(fetched, thread) for thread in stated}
    merge = dict(THREAD_MERGE)
    if not reading.threads:
        # a thread page may not tell what only its board shows
        merge |= {"sticky": "latest", "state": "new" if is_closed(reading) else "old"}
    store.upsert("threads", rows.values(), merge)
    unstated = {
        native: thread_row(fetched, ThreadRead(native, "", fetched.page.url))
        for native in (thread_of(fetched, reading, post) for post in reading.posts)
        if native not in rows
    }
    store.upsert("threads", unstated.values(), dict.fromkeys(ThreadRow.__slots__, "old"))
    return {native: row.id for native, row in (unstated | rows).items()}


def thread_of(fetched: Fetched, reading: Reading, post: PostRead) -> str:
    """Native id of a post's thread; the page's URL where nothing names the thread."""
    shown = reading.thread.native_id if reading.thread else None
    return post.thread or shown or str(fetched.context.get("thread") or fetched.page.url)


def is_closed(reading: Reading) -> bool:
    """Whether a thread page shows that its thread is closed."""
    return reading.thread is not None and reading.thread.locked


def thread_row(fetched: Fetched, thread: ThreadRead) -> ThreadRow:
    """A thread as its row."""
    seen = stamp(fetched.page.fetched_at)
    return ThreadRow(
        id=id_of("thread", fetched.source_id, thread.native_id),
        source_id=fetched.source_id,
        native_id=thread.native_id,
        board=thread.board,
        title=thread.title,
        author=thread.author,
        url=thread.url,
        posted_at=stamp_or_none(thread.posted_at),
        last_post_at=stamp_or_none(thread.last_post_at),
        replies=thread.replies,
        sticky=int(thread.sticky),
        state="closed" if thread.locked else "open",
        list_url=fetched.context.get("list") if fetched.kind == "market" else None,
        first_seen=seen,
        last_seen=seen,
    )


def keep_posts(
    store: Store, fetched: Fetched, reading: Reading, threads: Mapping[str, str]
) -> tuple[int, int]:
    """Write accounts, posts and versions; how many posts are new, how many changed."""
    accounts: dict[str, AccountRow] = {}
    posts: dict[str, PostRow] = {}
    versions: dict[str, PostVersionRow] = {}
    for place, post in enumerate(reading.posts):
        thread_id = threads[thread_of(fetched, reading, post)]
        account = account_row(fetched, post)
        if account:
            accounts[account.id] = account
        post_id = id_of("post", fetched.source_id, post.native_id)
        version = version_row(fetched, reading, post, post_id, first=is_first(fetched, post, place))
        versions[version.id] = version
        posts[post_id] = post_row(fetched, post, post_id, thread_id, account, version.id)
    known = {
        row["id"]: row["version_id"]
        for row in store.rows(
            f"select id, version_id from posts where id in ({queue.marks(len(posts))})",
            tuple(posts),
        )
    }
    store.upsert("accounts", accounts.values(), ACCOUNT_MERGE)
    store.upsert("posts", posts.values(), POST_MERGE)
    store.upsert("post_versions", versions.values(), {"page_id": "old", "seen_at": "earliest"})
    changed = sum(1 for key, old in known.items() if posts[key].version_id != old)
    return len(posts) - len(known), changed


def is_first(fetched: Fetched, post: PostRead, place: int) -> bool:
    """Whether a post opens its thread."""
    if post.position is not None:
        return post.position == 1
    return fetched.kind == "thread" and place == 0 and "walk" not in fetched.context


def account_row(fetched: Fetched, post: PostRead) -> AccountRow | None:
    """A post's author as a row; None where the page names none."""
    if not post.author:
        return None
    seen = stamp(fetched.page.fetched_at)
    return AccountRow(
        id=id_of("account", fetched.source_id, post.author),
        source_id=fetched.source_id,
        name=post.author,
        native_id=post.author_id,
        rank=post.author_rank,
        joined_at=stamp_or_none(post.author_joined_at),
        post_count=post.author_posts,
        reputation=post.author_reputation,
        signature=post.signature,
        first_seen=seen,
        last_seen=seen,
    )


def post_row(
    fetched: Fetched,
    post: PostRead,
    post_id: str,
    thread_id: str,
    account: AccountRow | None,
    version_id: str,
) -> PostRow:
    """A post as its row."""
    seen = stamp(fetched.page.fetched_at)
    return PostRow(
        id=post_id,
        source_id=fetched.source_id,
        thread_id=thread_id,
        native_id=post.native_id,
        position=post.position,
        account_id=account.id if account else None,
        posted_at=stamp_or_none(post.posted_at),
        posted_raw=post.posted_raw,
        edited_at=stamp_or_none(post.edited_at),
        url=post.url,
        version_id=version_id,
        first_seen=seen,
        last_seen=seen,
        gone_at=None,
    )


def version_row(
    fetched: Fetched, reading: Reading, post: PostRead, post_id: str, *, first: bool
) -> PostVersionRow:
    """A post's content as its row."""
    title = post.title or (reading.thread.title if first and reading.thread else None)
    quoted = [[quote.author, quote.text] for quote in post.quotes]
    stated = dict(sorted(post.fields.items()))
    digest = sha256_of(
        json.dumps([title, post.text, quoted, stated], ensure_ascii=True).encode()
    )  # fmt: skip
    return PostVersionRow(
        id=id_of("version", post_id, digest),
        post_id=post_id,
        title=title,
        text=post.text,
        quoted=json.dumps(quoted, ensure_ascii=False) if quoted else None,
        fields=json.dumps(stated, ensure_ascii=False) if stated else None,
        sha256=digest,
        page_id=page_id(fetched.page.ref),
        seen_at=stamp(fetched.page.fetched_at),
    )
