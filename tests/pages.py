"""Small pages for tests of the store: readings without any markup."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.archive import PageRef
from crawler.reading import PostRead, Reading, ThreadRead
from crawler.source import Source
from crawler.store import runs
from crawler.store.database import Store
from crawler.store.evidence import Changes, keep_page
from crawler.store.fetched import Exchange, Fetched

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
HOST = "http://board.example"


def source(source_id: str = "board", **changes: Any) -> Source:
    """A source for tests."""
    return Source.model_validate(
        {
            "id": source_id,
            "name": "Board",
            "kind": "forum",
            "engine": "mybb",
            "url": f"{HOST}/index.php",
            "start": [f"{HOST}/index.php"],
            "hosts": ["board.example"],
            "basis": "public",
        }
        | changes
    )


@dataclass
class Board:
    """A store with one source, and a clock that moves an hour a run."""

    store: Store
    source: Source = field(default_factory=source)
    hour: int = 0

    @property
    def now(self) -> datetime:
        """The present moment of this run."""
        return START + timedelta(hours=self.hour)

    def begin(self, *, full: bool = True) -> str:
        """Start the next run; its id."""
        self.hour += 1
        with self.store.transaction():
            runs.keep_source(self.store, self.source)
            return runs.start_run(self.store, self.source, self.now, full=full).id

    def thread_page(
        self, run_id: str, posts: Sequence[PostRead], *, kind: str = "thread", **context: Any
    ) -> Changes:
        """Keep a page that shows one thread and these posts."""
        thread = ThreadRead("7", "Fresh RDP", f"{HOST}/t?id=7")
        fetched = self.fetched(run_id, kind, context)
        return keep_page(self.store, fetched, Reading("ok", thread=thread, posts=tuple(posts)))

    def fetched(self, run_id: str, kind: str, context: dict[str, Any]) -> Fetched:
        """A page of this run."""
        ref = PageRef(f"{self.source.id}/{run_id}.warc.gz", self.hour * 1000, "0" * 64)
        exchange = Exchange(ref, f"{HOST}/t?id=7", 200, self.now, 900)
        return Fetched(self.source.id, run_id, kind, (exchange,), context)


def board_at(folder: Path) -> Board:
    """A board with an empty database."""
    return Board(Store(folder / "market.db"))


def post(number: int, text: str = "RDP 5$", **changes: Any) -> PostRead:
    """A post; its native id is its number."""
    values: dict[str, Any] = {"author": "seller", "position": number, "posted_at": START} | changes
    return PostRead(str(number), text, **values)


def dump(store: Store, table: str, *leave_out: str) -> list[dict[str, Any]]:
    """A table's rows without some columns, in a fixed order."""
    rows = [dict(row) for row in store.rows(f"select * from {table}")]
    kept = [{key: row[key] for key in row if key not in leave_out} for row in rows]
    return sorted(kept, key=lambda row: str(row.get("id")))
