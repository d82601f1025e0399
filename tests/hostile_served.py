"""The analysts' desk over a hostile market."""

import asyncio
from pathlib import Path

import httpx

from crawler.records import TABLES
from crawler.schema import view_files
from crawler.serving import datasette_of, queries_of
from crawler.store.database import Store

TABLE_PAGES = [f"/market/{name}" for name in (*TABLES, *view_files())]
"""Every table and view."""
QUERY_PAGES = [f"/market/{name}?{query['example']}" for name, query in queries_of().items()]
"""Every question with its defaults."""


class Served:
    """A desk over a database, asked without a network."""

    def __init__(self, database: Path) -> None:
        """Serve a database."""
        self.database = database
        self._datasette = datasette_of(database)

    def get(self, path: str) -> httpx.Response:
        """A page."""
        response: httpx.Response = asyncio.run(self._datasette.client.get(path))
        return response

    def ids(self, sql: str) -> list[str]:
        """First values of rows."""
        store = Store(self.database)
        found = [str(row[0]) for row in store.rows(sql)]
        store.close()
        return found


def joined(path: str, more: str) -> str:
    """A path with more arguments."""
    return f"{path}{'&' if '?' in path else '?'}{more}"
