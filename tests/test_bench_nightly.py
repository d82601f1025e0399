"""The homes of `make bench-nightly` hold what a real crawl of the same board leaves."""

import shutil
import socket
from pathlib import Path

import pytest

from crawler.home import Home
from scripts.bench_nightly import first_crawl, rows_changed
from scripts.bench_nightly_board import Market, night_of
from scripts.bench_nightly_fill import grow
from tests.live.board import THREADS_A_PAGE
from tests.market import dump

BLOCK = 40
TABLES = (
    "sources", "runs", "run_figures", "threads", "thread_reads", "accounts", "posts",
    "post_versions", "frontier", "pages", "analyses", "listings", "prices", "attributes",
    "contacts", "contact_mentions", "ad_texts", "ad_posts", "ad_bands", "providers",
    "provider_members", "provider_links", "marks", "proposals", "listings_now", "providers_now",
    "asset_sellers", "month_prices",
)  # fmt: skip
WHEN_AND_WHERE = frozenset(
    {
        "first_seen", "last_seen", "seen_at", "read_at", "fetched_at", "run_id", "page_id",
        "warc_file", "warc_offset", "started_at", "finished_at", "version_rowid", "bytes",
    }
)  # fmt: skip
"""Columns that tell when a page came and where its evidence lies."""
OF_TABLES = {
    "pages": {"id", "sha256"},
    "runs": {"id"},
    "run_figures": {"id"},
    "listings_now": {"ended_at"},
}
"""More such columns."""
EMPTY = {"provider_links", "proposals"}
"""Tables that such a board leaves empty."""


def test_a_board_lists_every_thread_once_and_the_newest_answers_first() -> None:
    market = Market(1000, night_of(1000, 100))
    numbers = []
    for board in market.boards():
        listed = board.newest_first()
        threads = [listed[place] for place in range(len(listed))]
        moments = [thread.last_post.posted_at for thread in threads]
        assert moments == sorted(moments, reverse=True)
        assert {thread.board for thread in threads} == {board.number}
        numbers += [thread.number for thread in threads]
    assert sorted(numbers) == list(range(1, 1041))
    changed = {*market.night.answered, *market.night.sold}
    assert len(changed) == 60
    tops = [board.newest_first()[:THREADS_A_PAGE] for board in market.boards()]
    assert sum(t.number > 1000 or t.number in changed for top in tops for t in top) >= 60


@pytest.mark.timeout(600)
def test_written_rows_are_those_of_a_real_crawl(tmp_path: Path) -> None:
    small, large = Home(tmp_path / "small"), Home(tmp_path / "large")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    first_crawl(small, Market(BLOCK, block=BLOCK), port)
    written = tmp_path / "written.db"
    shutil.copy(small.database, written)
    grow(written, Market(2 * BLOCK, block=BLOCK))
    assert rows_changed(small.database, written) > 100
    first_crawl(large, Market(2 * BLOCK, block=BLOCK), port)
    for table in TABLES:
        left_out = WHEN_AND_WHERE | OF_TABLES.get(table, set())
        found, wanted = (dump(path, table, left_out) for path in (written, large.database))
        assert found == wanted, table
        assert found or table in EMPTY, table
