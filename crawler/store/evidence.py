"""One page's rows: evidence index, threads, accounts, posts, versions, links, done mark."""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.archive import Original
from crawler.clock import stamp
from crawler.ids import id_of
from crawler.reading import PostRead, Reading, ThreadRead
from crawler.records import AccountRow, PageRow, PostRow, PostVersionRow, ThreadRow
from crawler.store import queue, runs
from crawler.store.database import Store
from crawler.store.drops import keep_drop
from crawler.store.fetched import Fetched, page_id
from crawler.store.figures import keep_figures
from crawler.store.gone import mark_gone, still_gone
from crawler.store.reads import keep_read
from crawler.store.retained import retained
from crawler.store.rows import account_row, is_first, post_row, sight_of, thread_row, version_row
from crawler.store.walks import keep_walk

ACCOUNT_MERGE = {
    # its id is made of these
    "source_id": "old",
    "name": "old",
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
    "source_id": "old",
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
    "source_id": "old",
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
class Changes:
    """What a page brought."""

    posts_seen: int = 0
    posts_new: int = 0
    posts_changed: int = 0
    posts_gone: int = 0
    threads_skipped: int = 0
    issues: int = 0
    dropped: int = 0
    masked: int = 0


def find_original(store: Store, url: str, sha256: str) -> Original | None:
    """The record that holds this payload of this URL already."""
    rows = store.rows(
        "select url, fetched_at from pages where url = ? and sha256 = ? and warc_file <> '' "
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
            # what the intake guard dropped lies nowhere
            if exchange.ref.warc_file
        ],
    )


def keep_page(
    store: Store,
    fetched: Fetched,
    reading: Reading,
    plan: queue.Plan = queue.Plan(),  # noqa: B008 (frozen)
    *,
    frontier_id: str | None = None,
    shared: bool = False,
) -> Changes:
    """Write everything that one page says, in one transaction; what it brought.

    Writing the same page twice changes nothing but `last_seen`. `shared`: other machines read the
    source too, so the queue lies elsewhere, and what is gone is judged when all rows are merged.
    """
    with store.transaction():
        # the health of parsers is judged by what they read, not by what may be kept
        whole, reading = reading, retained(store, fetched, reading)
        keep_exchanges(store, fetched, reading.state)
        threads = keep_threads(store, fetched, reading)
        new, changed = keep_posts(store, fetched, reading, threads)
        gone = 0 if shared else mark_gone(store, fetched, reading, threads)
        if shared:
            keep_walk(store, fetched, reading, shown_in(fetched, reading, threads))
        issues = runs.keep_issues(
            store,
            fetched.source_id,
            fetched.run_id,
            fetched.url,
            reading.problems,
            moment=fetched.page.fetched_at,
        )
        skipped = plan.skipped
        if not shared:
            skipped += queue.add_links(
                store, fetched.source_id, fetched.run_id, plan.links, full=plan.full
            )
        keep_read(store, fetched, reading)
        keep_figures(store, fetched, whole)
        if frontier_id and not shared:
            queue.mark_done(store, frontier_id)
        dropped = keep_drop(store, fetched, reading)
        changes = Changes(
            len(reading.posts), new, changed, gone, skipped, issues, dropped, reading.masked
        )
        count_page(store, fetched, changes)
    return changes


def count_page(store: Store, fetched: Fetched, changes: Changes) -> None:
    """Add a page to its run's figures."""
    store.execute(
        "update runs set pages = pages + 1, posts_seen = posts_seen + ?, "
        "posts_new = posts_new + ?, posts_changed = posts_changed + ?, "
        "threads_skipped = threads_skipped + ?, bytes = bytes + ?, dropped = dropped + ?, "
        "masked = masked + ? where id = ?",
        (
            changes.posts_seen,
            changes.posts_new,
            changes.posts_changed,
            changes.threads_skipped,
            sum(exchange.bytes for exchange in fetched.exchanges),
            changes.dropped,
            changes.masked,
            fetched.run_id,
        ),
    )


def keep_threads(store: Store, fetched: Fetched, reading: Reading) -> dict[str, str]:
    """Write the page's threads; their ids by native id."""
    stated = [*reading.threads, *([reading.thread] if reading.thread else [])]
    sight = sight_of(fetched)
    rows = {thread.native_id: thread_row(sight, thread) for thread in stated}
    if reading.threads:
        rows = still_gone(store, rows)
    merge = dict(THREAD_MERGE)
    if not reading.threads:
        # a thread page may not tell what only its board shows
        merge |= {"sticky": "latest", "state": "new" if is_closed(reading) else "old"}
    store.upsert("threads", rows.values(), merge)
    unstated = {
        native: thread_row(sight, ThreadRead(native, "", fetched.page.url))
        for native in (thread_of(fetched, reading, post) for post in reading.posts)
        if native not in rows
    }
    store.upsert("threads", unstated.values(), dict.fromkeys(ThreadRow.__slots__, "old"))
    return {native: row.id for native, row in (unstated | rows).items()}


def thread_of(fetched: Fetched, reading: Reading, post: PostRead) -> str:
    """Native id of a post's thread; the page's URL where nothing names the thread."""
    shown = reading.thread.native_id if reading.thread else None
    return post.thread or shown or str(fetched.context.get("thread") or fetched.page.url)


def shown_in(fetched: Fetched, reading: Reading, threads: Mapping[str, str]) -> str | None:
    """Id of the thread that a page shows, or that its posts belong to; None for other pages."""
    if reading.thread:
        return threads[reading.thread.native_id]
    return threads[thread_of(fetched, reading, reading.posts[0])] if reading.posts else None


def is_closed(reading: Reading) -> bool:
    """Whether a thread page shows that its thread is closed."""
    return reading.thread is not None and reading.thread.locked


def keep_posts(
    store: Store, fetched: Fetched, reading: Reading, threads: Mapping[str, str]
) -> tuple[int, int]:
    """Write accounts, posts and versions; how many posts are new, how many changed."""
    sight = sight_of(fetched)
    accounts: dict[str, AccountRow] = {}
    posts: dict[str, PostRow] = {}
    versions: dict[str, PostVersionRow] = {}
    for place, post in enumerate(reading.posts):
        thread_id = threads[thread_of(fetched, reading, post)]
        account = account_row(sight, post)
        if account:
            accounts[account.id] = account
        post_id = id_of("post", fetched.source_id, post.native_id)
        version = version_row(sight, reading, post, post_id, first=is_first(fetched, post, place))
        versions[version.id] = version
        posts[post_id] = post_row(sight, post, post_id, thread_id, account, version.id)
    store.upsert("accounts", accounts.values(), ACCOUNT_MERGE)
    new = store.add("posts", posts.values())
    if new == len(posts):
        # mostly: a page whose posts are all new has none of their versions either
        store.add("post_versions", versions.values())
        return new, 0
    changed = changed_posts(store, posts)
    store.upsert("posts", posts.values(), POST_MERGE)
    store.upsert("post_versions", versions.values(), {"page_id": "old", "seen_at": "earliest"})
    return new, changed


def changed_posts(store: Store, posts: Mapping[str, PostRow]) -> int:
    """How many posts say something else than their row."""
    rows = store.rows(
        f"select id, version_id from posts where id in ({queue.marks(len(posts))})", tuple(posts)
    )
    return sum(1 for row in rows if posts[row["id"]].version_id != row["version_id"])
