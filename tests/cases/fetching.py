"""Hostile threads of one board that is crawled once, and what came of each."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cases import Case
from tests.cases.boards import BoardSite
from tests.cases.server import Answer, page
from tests.live.crawls import lab_at
from tests.market import ROOT, rows

FAST = {
    "FETCH_CONNECT_S": "3",
    "FETCH_STALL_S": "1.5",
    "FETCH_TOTAL_S": "8",
    "CONCURRENT_REQUESTS": "12",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "12",
}
"""Deadlines of the crawls of these tests, seconds; many pages wait for theirs at once."""


@dataclass(frozen=True, slots=True)
class Good:
    """The page that a hostile thread would have been, and whom its answer may name."""

    body: bytes
    """HTML."""
    host: str
    """Host and port of the board."""
    other: str
    """Host and port of a second server that the source names."""
    canary: str
    """Host and port of a listener that nobody must reach."""
    put: Callable[[str, Answer], None]
    """Gives a further target of the board's server an answer."""

    def page(self, **headers: str) -> bytes:
        """The good page with further headers."""
        return page(self.body, 200, **headers)


@dataclass(frozen=True, slots=True)
class Hostile:
    """A case that is a thread of the board."""

    case: Case
    answer: Callable[[Good], Answer]
    """What the server does when the thread is asked for."""
    kind: str | None
    """Kind of the issue that its thread has; None where it is read whole."""
    detail: str = ""
    """What stands in the issue."""
    times: int = 3
    """How often it is asked for."""
    read: bool | None = None
    """Whether its posts are read; by default where it has no issue."""

    @property
    def is_read(self) -> bool:
        """Whether its posts are read."""
        return self.kind is None if self.read is None else self.read


@dataclass
class Outcome:
    """What a crawl brought."""

    run: Mapping[str, Any]
    """The run's row."""
    log: str
    """Scrapy's log."""
    issues: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Kinds and details by URL."""
    texts: set[str] = field(default_factory=set)
    """Texts of all posts."""
    states: dict[str, str] = field(default_factory=dict)
    """States of the frontier by URL."""

    def issue(self, url: str) -> tuple[str, str] | None:
        """The issue of a page; None where it has none."""
        found = self.issues.get(url, [])
        return found[-1] if found else None


def crawl_board(
    folder: Path,
    site: BoardSite,
    *,
    change: Callable[[str], str] = str,
    settings: Mapping[str, str] = FAST,
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Crawl a board with short deadlines; `change` edits the source's file."""
    lab = lab_at(folder, site.board)
    file = lab.home.sources / "live.yml"
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "forum", "-a", "source=live", *options],
        cwd=ROOT,
        env=os.environ | {"RACKRENT_HOME": str(folder)} | dict(environment or {}),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    database = lab.home.database
    runs = rows(database, "select * from runs order by started_at desc limit 1")
    outcome = Outcome(dict(runs[0]), done.stderr)
    for row in rows(database, "select url, kind, detail from issues order by rowid"):
        outcome.issues.setdefault(row["url"], []).append((row["kind"], row["detail"]))
    outcome.texts = {row["text"] for row in rows(database, "select text from post_versions")}
    states = rows(database, "select url, state from frontier")
    outcome.states = {row["url"]: row["state"] for row in states}
    return outcome


def numbered(cases: Sequence[Hostile]) -> dict[str, int]:
    """The number of each case's thread, by name; threads before the first are good ones."""
    return {each.case.name: place + 5 for place, each in enumerate(cases)}


def place_cases(site: BoardSite, cases: Sequence[Hostile], other: str, canary: str) -> None:
    """Give each case its thread."""
    for each in cases:
        number = numbered(cases)[each.case.name]
        _, body = site.board.page(site.target(number), "")
        put = site.server.answers.__setitem__
        good = Good(body.encode(), site.server.host, other, canary, put)
        site.hostile(number, each.answer(good))
