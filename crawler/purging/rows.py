"""Carries out what a purge does to rows: texts make way for empty or redacted ones."""

from collections.abc import Mapping

from crawler.purging.plan import Plan
from crawler.records import PostVersionRow
from crawler.store.database import Store
from crawler.store.findings import forget
from crawler.store.search import index_texts


def change_rows(store: Store, plan: Plan) -> None:
    """Take old texts, their findings, titles and signatures out. Call it inside a transaction.

    Post, author, dates and the archived page's hash stay. What is found in redacted texts is found
    again by the next analysis.
    """
    for old_id, new in (plan.withheld | plan.redacted).items():
        replace_text(store, old_id, new)
    store.conn.executemany(
        "update threads set title = ? where id = ?",
        [(new, key) for key, new in plan.titles.items()],
    )
    store.conn.executemany(
        "update accounts set signature = ? where id = ?",
        [(new, key) for key, new in plan.signatures.items()],
    )
    drop_signature_contacts(store, plan.signatures)
    if plan.withheld or plan.redacted:
        # row numbers of texts are what the index knows them by
        index_texts(store, everything=True)


def replace_text(store: Store, old_id: str, new: PostVersionRow) -> None:
    """Put a text in the place of another one of the same post."""
    store.upsert("post_versions", [new], {"page_id": "old", "seen_at": "earliest"})
    store.execute("update posts set version_id = ? where version_id = ?", (new.id, old_id))
    forget(store, old_id)
    leave_ad(store, old_id)
    store.execute("delete from post_versions where id = ?", (old_id,))
    # the row stays, so that nothing is told twice
    store.execute("update alerts set text = '', reason = '' where post_id = ?", (new.post_id,))


def leave_ad(store: Store, version_id: str) -> None:
    """Take a text out of its ad; an ad without texts goes."""
    store.execute("delete from ad_posts where post_version_id = ?", (version_id,))
    for row in store.rows("select id from ad_texts where post_version_id = ?", (version_id,)):
        heirs = store.rows(
            "select post_version_id as id from ad_posts where ad_id = ? order by likeness desc, 1",
            (row["id"],),
        )
        if heirs:
            store.execute(
                "update ad_texts set post_version_id = ? where id = ?", (heirs[0]["id"], row["id"])
            )
        else:
            store.execute("delete from ad_bands where ad_id = ?", (row["id"],))
            store.execute("delete from ad_texts where id = ?", (row["id"],))


def drop_signature_contacts(store: Store, signatures: Mapping[str, str | None]) -> None:
    """Forget the contacts of signatures that were changed; the next analysis finds the rest."""
    store.conn.executemany(
        "delete from contact_mentions where account_id = ? and part = 'signature'",
        [(account,) for account in signatures],
    )
    store.conn.executemany(
        "update analyses set nlp_version = '' where post_version_id in "
        "(select version_id from posts where account_id = ?)",
        [(account,) for account, left in signatures.items() if left],
    )


def drop_lone_contacts(store: Store) -> int:
    """Delete contacts that no text states any more; how many. Call it inside a transaction."""
    return store.execute(
        "delete from contacts where id not in (select contact_id from contact_mentions) "
        "and id not in (select member_id from provider_members where kind = 'contact')"
    )
