"""Rows of providers, their members and links."""

from collections.abc import Sequence
from typing import Any

from crawler.records import ProviderLinkRow, ProviderMemberRow, ProviderRow
from crawler.store.database import Store


def keep_providers(
    store: Store,
    providers: Sequence[ProviderRow],
    members: Sequence[ProviderMemberRow],
    links: Sequence[ProviderLinkRow],
) -> None:
    """Make the tables say this and nothing else. Call it inside a transaction."""
    store.upsert("providers", providers)
    for table, rows in (("provider_members", members), ("provider_links", links)):
        drop_others(store, table, rows)
        store.upsert(table, rows)
    drop_others(store, "providers", providers)


def drop_others(store: Store, table: str, rows: Sequence[Any]) -> None:
    """Delete the rows of a table that are not among these."""
    kept = {row.id for row in rows}
    gone = [(row["id"],) for row in store.rows(f"select id from {table}") if row["id"] not in kept]
    store.conn.executemany(f"delete from {table} where id = ?", gone)
