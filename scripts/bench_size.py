"""Bytes of the database a post, against the bytes of the posts' raw texts.

The database is packed (`vacuum`) before it is measured: after the crawl, and after the analysis
with all findings, summaries and the search index. The bar is held against the latter. Prints what
takes the room.
"""

import argparse
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.analyse import analyse  # noqa: E402
from crawler.home import Home  # noqa: E402
from crawler.store.database import Store  # noqa: E402
from scripts.bench_posts import filled  # noqa: E402
from scripts.measure import Measure, report  # noqa: E402

BAR = 4.0
POSTS = 2_000
SHOWN = 24
ROOM = """
select case when name like 'sqlite_autoindex%' then m.tbl_name || ' (key)'
    when m.type = 'index' then m.tbl_name || ' (' || substr(name, length(m.tbl_name) + 6) || ')'
    else name end as what, pgsize from dbstat s left join sqlite_master m using (name)
where aggregate = 1 order by pgsize desc
"""


@dataclass(frozen=True, slots=True)
class Size:
    """What a packed database takes."""

    texts: int
    """Bytes of the raw texts and titles, UTF-8."""
    file: int
    """Bytes of the file."""
    room: list[tuple[str, int]]
    """Bytes by table or index, the largest first."""

    @property
    def ratio(self) -> float:
        """Bytes of the file for each byte of text."""
        return self.file / self.texts


def size_of(home: Home) -> Size:
    """The size of a home's database, after it was packed."""
    with closing(Store(home.database)) as store:
        store.execute("vacuum")
        store.execute("pragma wal_checkpoint(truncate)")
        (texts,) = store.rows(
            "select sum(length(cast(text as blob)) + coalesce(length(cast(title as blob)), 0)) "
            "from post_versions"
        )[0]
        room = [(str(row["what"]), int(row["pgsize"])) for row in store.rows(ROOM)]
    return Size(int(texts), home.database.stat().st_size, room)


def print_room(size: Size, posts: int) -> None:
    """Print what takes the room."""
    for what, room in size.room[:SHOWN]:
        print(f"  {room / posts:7.0f} bytes a post  {room / size.texts:5.2f} × texts  {what}")
    rest = sum(room for _, room in size.room[SHOWN:])
    print(f"  {rest / posts:7.0f} bytes a post  {rest / size.texts:5.2f} × texts  all others")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rr-") as name:
        home = filled(Path(name), asked.posts)
        before = size_of(home)
        analyse(home)
        after = size_of(home)
    print(f"{asked.posts:,} posts of {after.texts / asked.posts:.0f} bytes of text")
    print(f"crawled: {before.file / asked.posts:,.0f} bytes a post, {before.ratio:.2f} × texts")
    print(f"analysed: {after.file / asked.posts:,.0f} bytes a post, {after.ratio:.2f} × texts")
    print_room(after, asked.posts)
    measure = Measure(
        "database / raw text, bytes a post",
        after.ratio,
        "ratio",
        BAR,
        "lower",
        (after.ratio,),
        f"{asked.posts:,} posts of {after.texts / asked.posts:.0f} bytes, packed, with all "
        f"findings and indexes; {before.ratio:.2f} before the analysis",
    )
    report([measure], asked.json)


if __name__ == "__main__":
    main()
