"""Readings as rows: threads, accounts, posts and versions."""

import json

from crawler.clock import stamp, stamp_or_none
from crawler.ids import id_of, sha256_of
from crawler.reading import PostRead, Reading, ThreadRead
from crawler.records import AccountRow, PostRow, PostVersionRow, ThreadRow
from crawler.store.fetched import Fetched, page_id


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
        page_id=page_id(fetched.page.ref),
        seen_at=stamp(fetched.page.fetched_at),
    )


def content_hash(
    title: str | None, text: str, quoted: list[list[str | None]], stated: dict[str, str]
) -> str:
    """Hash of what a post says: title, text, quotations and stated fields."""
    return sha256_of(json.dumps([title, text, quoted, stated], ensure_ascii=True).encode())
