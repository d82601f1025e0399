"""Questions to the database, as Datasette asks them: read-only, with its time limit."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

NAME = "market"
"""The database's name in Datasette."""
Row = dict[str, Any]
"""One row by column."""
Params = Mapping[str, Any] | Sequence[Any]


class Asking(Protocol):
    """Anything that answers a query with rows."""

    async def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """All rows of a query."""
        ...

    async def row(self, sql: str, params: Params = ()) -> Row | None:
        """The first row of a query."""
        ...


class Desk:
    """The database behind a running Datasette."""

    def __init__(self, datasette: Any) -> None:
        """Ask the database of a Datasette."""
        self._database = datasette.get_database(NAME)

    async def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """All rows of a query; Datasette cuts at its `max_returned_rows`."""
        found = await self._database.execute(sql, params)
        return [dict(row) for row in found.rows]

    async def row(self, sql: str, params: Params = ()) -> Row | None:
        """The first row of a query; None without one."""
        found = await self.rows(sql, params)
        return found[0] if found else None
