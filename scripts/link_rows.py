"""Writes the world of bench-link into a database, as a crawl would, and reads it by rule."""

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from crawler.ads import group_ads
from crawler.clock import stamp
from crawler.ids import id_of, sha256_of
from crawler.link import link_providers
from crawler.marks import mark_sellers
from crawler.rates import Rates
from crawler.rebrands import propose
from crawler.records import (
    AccountRow,
    PageRow,
    PostRow,
    PostVersionRow,
    RunRow,
    SourceRow,
    ThreadRow,
)
from crawler.store.database import Store
from crawler.store.findings import Text, keep_findings
from crawler.store.lives import settle_listings
from nlp.findings import Document
from nlp.pipeline import Analyser
from scripts.link_world import END, Account, Post, World, url_of

RUN = "run"


def kind_of(source: str) -> str:
    """forum, market or channel."""
    return next((k for k in ("forum", "market") if source.startswith(k)), "channel")


def account_id(account: Account) -> str:
    """The row's id."""
    return id_of("account", account.source, account.name)


def version_id(number: int) -> str:
    """Id of the text of the world's n-th post."""
    return id_of("version", str(number))


def write(world: World, store: Store) -> None:
    """Sources, accounts, threads, posts and their texts."""
    with store.transaction():
        sources = sorted({a.source for a in world.accounts})
        store.upsert("sources", [source_row(world, source) for source in sources])
        store.upsert("runs", [RunRow(RUN, sources[0], stamp(END), None, "ok", None, 1, *[0] * 7)])
        store.upsert("pages", [PageRow("page", RUN, sources[0], "http://x.example", "thread", "ok",
                                       stamp(END), 200, "0" * 64, "x.warc.gz", 0)])  # fmt: skip
        store.upsert("accounts", account_rows(world))
        store.upsert("threads", thread_rows(world))
        posts = list(post_rows(world))
        store.upsert("posts", [post for post, _ in posts])
        store.upsert("post_versions", [version for _, version in posts])


def source_row(world: World, source: str) -> SourceRow:
    """A source."""
    handle = world.channels.get(source)
    url = f"https://t.me/s/{handle}" if handle else f"http://{source}.example/"
    return SourceRow(source, source, kind_of(source), "mybb", url, "en ru", "clear", "public",
                     "TLP:AMBER", "C", "6h", None)  # fmt: skip


def account_rows(world: World) -> Iterator[AccountRow]:
    """Accounts, first seen with their first post."""
    first: dict[int, datetime] = {}
    for post in world.posts:
        first[post.account] = min(post.at, first.get(post.account, END))
    for account in world.accounts:
        if account.number in first:
            seen = stamp(first[account.number])
            yield AccountRow(account_id(account), account.source, account.name, None, account.rank,
                             None, None, None, account.signature, seen, seen)  # fmt: skip


def thread_rows(world: World) -> Iterator[ThreadRow]:
    """Threads that hold a post."""
    opened: dict[int, Post] = {}
    for post in sorted(world.posts, key=lambda p: p.at):
        opened.setdefault(post.thread, post)
    for thread, post in sorted(opened.items()):
        source, at = world.threads[thread], stamp(post.at)
        yield ThreadRow(id_of("thread", str(thread)), source, str(thread), "Market",
                        post.title or source, world.accounts[post.account].name,
                        url_of(source, thread), at, at, None, 0, "open", None, at, at)  # fmt: skip


def post_rows(world: World) -> Iterator[tuple[PostRow, PostVersionRow]]:
    """Posts with their texts, each thread's in the order of time."""
    places: dict[int, int] = defaultdict(int)
    for number in sorted(range(len(world.posts)), key=lambda n: (world.posts[n].at, n)):
        post = world.posts[number]
        places[post.thread] += 1
        account, at = world.accounts[post.account], stamp(post.at)
        post_id, version = id_of("post", str(number)), version_id(number)
        yield (
            PostRow(post_id, account.source, id_of("thread", str(post.thread)), str(number),
                    places[post.thread], account_id(account), at, None, None,
                    url_of(account.source, post.thread), version, at, at, None),
            PostVersionRow(version, post_id, post.title if places[post.thread] == 1 else None,
                           post.text, json.dumps([post.quoted]) if post.quoted else None,
                           json.dumps(post.fields) if post.fields else None,
                           sha256_of(post.text.encode()), "page", at),
        )  # fmt: skip


def read(world: World, store: Store) -> None:
    """The language stage over every text, as `analyse` does it."""
    analyser, rates = Analyser(), Rates()
    titles = {row["id"]: row["title"] for row in store.rows("select id, title from post_versions")}
    with store.transaction():
        for number, post in enumerate(world.posts):
            account = world.accounts[post.account]
            at, title = stamp(post.at), titles[version_id(number)] or ""
            document = Document(post.text, title, account.name, kind_of(account.source), at[:10],
                                account.signature or "", post.fields)  # fmt: skip
            text = Text(
                version_id(number), account.source, None, document.kind, title, post.text,
                account.name, account_id(account), document.signature, None, at[:10], at,
            )  # fmt: skip
            keep_findings(store, text, analyser.analyse(document), rates, "bench", END)


STEPS = {
    "lives": settle_listings,
    "ads": group_ads,
    "links": link_providers,
    "proposals": propose,
    "marks": mark_sellers,
}
"""What follows from all texts, in order."""


def settled(store: Store) -> dict[str, float]:
    """Bring lives, ads, providers, proposals and marks up to date; seconds of each step."""
    took = {}
    with store.transaction():
        for name, step in STEPS.items():
            began = time.process_time()
            step(store)
            took[name] = time.process_time() - began
    return took
