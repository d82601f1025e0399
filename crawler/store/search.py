"""Words of stored texts: the search index, which grows with every analysis."""

from collections.abc import Iterator

from crawler.folding import folded
from crawler.store.database import Store

_INSERT = "insert into post_versions_fts (rowid, title, text) values (?, ?, ?)"


def index_texts(store: Store, *, everything: bool = False) -> int:
    """Add the texts that the search index lacks; how many. Call it inside a transaction.

    A text never changes, and is deleted only by a purge, which fills the index anew; so those
    after the newest indexed one are missing.
    `everything` fills the index anew and packs it.
    """
    if everything:
        store.execute("insert into post_versions_fts (post_versions_fts) values ('delete-all')")
    last = store.rows("select max(rowid) as last from post_versions_fts")[0]["last"] or 0
    count = store.conn.executemany(_INSERT, _texts_after(store, last)).rowcount
    if everything:
        store.execute("insert into post_versions_fts (post_versions_fts) values ('optimize')")
    return max(count, 0)


def _texts_after(store: Store, last: int) -> Iterator[tuple[int, str, str]]:
    """Row number, title and text of newer texts, folded."""
    for rowid, title, text in store.conn.execute(
        "select rowid, coalesce(title, ''), text from post_versions where rowid > ? order by rowid",
        (last,),
    ):
        yield rowid, folded(title), folded(text)
