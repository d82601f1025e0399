"""Readings as rows: threads, accounts, posts and versions."""

import json
from dataclasses import dataclass

from crawler.clock import stamp, stamp_or_none
from crawler.ids import id_of, sha256_of
from crawler.reading import PostRead, Reading, ThreadRead
from crawler.records import AccountRow, PostRow, PostVersionRow, ThreadRow
from crawler.store.fetched import Fetched, page_id


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as its rows refer to it."""

    source_id: str
    page_id: str
    seen: str
    """When it was fetched, UTC."""
    list_url: str | None
    """The list of products that it belongs to; None elsewhere than in a market."""


def sight_of(fetched: Fetched) -> Sight:
    """What the rows of a page have in common."""
    return Sight(
        fetched.source_id,
        page_id(fetched.page.ref),
        stamp(fetched.page.fetched_at),
        fetched.context.get("list") if fetched.kind == "market" else None,
    )


def thread_row(sight: Sight, thread: ThreadRead) -> ThreadRow:
    """A thread as its row."""
    return ThreadRow(
        id=id_of("thread", sight.source_id, thread.native_id),
        source_id=sight.source_id,
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
        list_url=sight.list_url,
        first_seen=sight.seen,
        last_seen=sight.seen,
    )


def is_first(fetched: Fetched, post: PostRead, place: int) -> bool:
    """Whether a post opens its thread."""
    if post.position is not None:
        return post.position == 1
    return fetched.kind == "thread" and place == 0 and "walk" not in fetched.context


def account_row(sight: Sight, post: PostRead) -> AccountRow | None:
    """A post's author as a row; None where the page names none."""
    if not post.author:
        return None
    return AccountRow(
        id=id_of("account", sight.source_id, post.author),
        source_id=sight.source_id,
        name=post.author,
        native_id=post.author_id,
        rank=post.author_rank,
        joined_at=stamp_or_none(post.author_joined_at),
        post_count=post.author_posts,
        reputation=post.author_reputation,
        signature=post.signature,
        first_seen=sight.seen,
        last_seen=sight.seen,
    )


def post_row(
    sight: Sight,
    post: PostRead,
    post_id: str,
    thread_id: str,
    account: AccountRow | None,
    version_id: str,
) -> PostRow:
    """A post as its row."""
    return PostRow(
        id=post_id,
        source_id=sight.source_id,
        thread_id=thread_id,
        native_id=post.native_id,
        position=post.position,
        account_id=account.id if account else None,
        posted_at=stamp_or_none(post.posted_at),
        posted_raw=post.posted_raw,
        edited_at=stamp_or_none(post.edited_at),
        url=post.url,
        version_id=version_id,
        first_seen=sight.seen,
        last_seen=sight.seen,
        gone_at=None,
    )


def version_row(
    sight: Sight, reading: Reading, post: PostRead, post_id: str, *, first: bool
) -> PostVersionRow:
    """A post's content as its row."""
    opens = first and not post.withheld
    title = post.title or (reading.thread.title if opens and reading.thread else None)
    quoted = [[quote.author, quote.text] for quote in post.quotes]
    stated = dict(sorted(post.fields.items()))
    digest = content_hash(title, post.text, quoted, stated)
    return PostVersionRow(
        id=id_of("version", post_id, digest),
        post_id=post_id,
        title=title,
        text=post.text,
        quoted=json.dumps(quoted, ensure_ascii=False) if quoted else None,
        fields=json.dumps(stated, ensure_ascii=False) if stated else None,
        sha256=digest,
        page_id=sight.page_id,
        seen_at=sight.seen,
    )


def content_hash(
    title: str | None, text: str, quoted: list[list[str | None]], stated: dict[str, str]
) -> str:
    """Hash of what a post says: title, text, quotations and stated fields."""
    return sha256_of(json.dumps([title, text, quoted, stated], ensure_ascii=True).encode())
