"""Pace, hours, bounds: a crawl asks gently, obeys "not now", and no list is endless."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.health import NOTICES
from crawler.home import Home
from crawler.source_fields import is_within
from tests.live.board import made_boards
from tests.live.crawls import Lab, lab_at
from tests.live.server import Site, serve
from tests.live.test_crawls import compare
from tests.live.test_skins import skin_named
from tests.market import rackrent, rows

Answer = Callable[[str], tuple[int, dict[str, str], str]]


@contextmanager
def answering(answer: Answer, asked: list[tuple[float, str]]) -> Iterator[str]:
    """A server that answers by a function; gives its host; `asked` collects times and targets."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((time.monotonic(), self.path))
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def plain_lab(folder: Path, host: str, extra: str = "") -> Lab:
    """A lab for a server that has no model."""
    site = Site(skin_named("mybb"), [])
    site.root = f"http://{host}"
    lab = lab_at(folder, site)
    lab.write_source(extra)
    return lab


def kinds(home: Home) -> set[str]:
    return {row["kind"] for row in rows(home.database, "select kind from issues")}


def test_too_many_requests_rests_the_whole_site_and_is_told(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(6))) as board:
        refused: list[float] = []

        def answer(target: str) -> tuple[int, dict[str, str], str]:
            if target.startswith("/showthread.php") and not refused:
                refused.append(time.monotonic())
                return 429, {"Retry-After": "3"}, "slow down"
            status, body = board.page(target, "")
            return status, {}, body.replace(board.root, "")

        asked: list[tuple[float, str]] = []
        with answering(answer, asked) as host:
            lab = plain_lab(tmp_path, host)
            run = lab.crawl()
            assert (run["status"], run["reason"]) == ("ok", None)
            lab.site.boards = board.boards
            compare(lab)
            after = [
                at for at, target in asked if at > refused[0] + 0.1 and target != "/robots.txt"
            ]
            assert min(after) >= refused[0] + 2
            assert kinds(lab.home) == {"rate_limited"}
            assert kinds(lab.home) <= set(NOTICES)


def test_robots_txt_sets_the_pace(tmp_path: Path) -> None:
    robots = "User-agent: *\nCrawl-delay: 1\nDisallow: /private\n"

    def answer(target: str) -> tuple[int, dict[str, str], str]:
        if target == "/robots.txt":
            return 200, {}, robots
        with_board = Site(skin_named("mybb"), made_boards(2), root="http://" + hosts[0])
        status, body = with_board.page(target, "")
        return status, {}, body

    hosts: list[str] = []
    asked: list[tuple[float, str]] = []
    with answering(answer, asked) as host:
        hosts.append(host)
        lab = plain_lab(tmp_path, host)
        text = (lab.home.sources / "live.yml").read_text()
        (lab.home.sources / "live.yml").write_text(text.replace("robots: ignore", "robots: obey"))
        assert lab.crawl()["status"] == "ok"
        moments = [at for at, target in asked if target != "/robots.txt"]
        gaps = [later - sooner for sooner, later in itertools.pairwise(moments)]
        assert len(gaps) >= 3
        # the first page is asked for before robots.txt is known
        assert min(gaps[1:]) >= 0.9


def endless(target: str) -> tuple[int, dict[str, str], str]:
    """A board whose pages always lead to one more page of new threads."""
    page = int(target.rpartition("page=")[2] or 1) if "page=" in target else 1
    if not target.startswith(("/index.php", "/forumdisplay.php")):
        return 404, {}, "<html><body>404</body></html>"
    row = "".join(
        f'<tr class="inline_row"><td><span id="tid_{number}">'
        f'<a href="showthread.php?tid={number}">Lot</a></span></td></tr>'
        for number in (page * 10, page * 10 + 1)
    )
    after = f'<a href="forumdisplay.php?fid=1&amp;page={page + 1}" class="pagination_next">Next</a>'
    body = (
        '<html><head><script>var my_post_key = "1";</script></head><body>'
        '<a href="forumdisplay.php?fid=1&amp;sortby=subject">Thread</a>'
        f"<table>{row}</table>{after}</body></html>"
    )
    return 200, {}, body


def circular(target: str) -> tuple[int, dict[str, str], str]:
    """A board that shows the same threads on every page."""
    page = int(target.rpartition("page=")[2]) if "page=" in target else 1
    status, headers, body = endless("/forumdisplay.php?fid=1")
    return status, headers, body.replace("page=2", f"page={page + 1}")


@pytest.mark.parametrize(
    ("answer", "kind", "most"), [(endless, "paging_limit", 8), (circular, "paging_repeats", 3)]
)
def test_paging_without_an_end_is_cut_and_told(
    answer: Answer, kind: str, most: int, tmp_path: Path
) -> None:
    asked: list[tuple[float, str]] = []
    with answering(answer, asked) as host:
        lab = plain_lab(tmp_path, host, "limits: {board_pages: 7}\n")
        text = (lab.home.sources / "live.yml").read_text()
        text = text.replace('/index.php"]', '/forumdisplay.php?fid=1"]')
        (lab.home.sources / "live.yml").write_text(text)
        assert lab.crawl()["status"] == "degraded"
        assert kind in kinds(lab.home)
        assert len([1 for _, target in asked if "forumdisplay" in target]) <= most


def test_a_source_rests_outside_of_its_hours(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    hours = f"{now + timedelta(hours=2):%H:%M}-{now + timedelta(hours=3):%H:%M}"
    with serve(Site(skin_named("mybb"), made_boards(4))) as site:
        lab = lab_at(tmp_path, site)
        lab.write_source(f'active_hours: "{hours}"\n')
        done = rackrent(tmp_path, "crawl", "live", "--json")
        assert done.returncode == 0, done.stderr
        assert f"active_hours {hours}" in done.stdout
        assert site.asked == []
        assert rackrent(tmp_path, "crawl", "live", "--now").returncode == 0
        compare(lab)


@pytest.mark.parametrize(
    ("hours", "clock", "inside"),
    [
        ("08:00-22:00", "08:00", True),
        ("08:00-22:00", "22:00", False),
        ("22:00-06:00", "23:30", True),
        ("22:00-06:00", "05:59", True),
        ("22:00-06:00", "12:00", False),
    ],
)
def test_hours_may_cross_midnight(hours: str, clock: str, inside: bool) -> None:
    moment = datetime.fromisoformat(f"2026-03-01T{clock}:00+00:00")
    assert is_within(hours, "UTC", moment) is inside
    # Kyiv is two hours ahead in winter
    assert is_within(hours, "Europe/Kyiv", moment - timedelta(hours=2)) is inside


def test_a_page_budget_ends_a_run_and_the_next_goes_on(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(10))) as site:
        lab = lab_at(tmp_path, site)
        lab.write_source("page_budget: 5\n")
        run = lab.crawl()
        assert run["status"] == "degraded"
        assert "page_budget 5" in run["reason"]
        assert len(site.asked) == 5
        lab.write_source()
        assert lab.crawl()["status"] == "ok"
        compare(lab)


def test_fields_that_get_emptier_degrade_a_run(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(40))) as site:
        lab = lab_at(tmp_path, site)
        assert lab.crawl()["status"] == "ok"
        figures = {
            row["name"]: (row["total"], row["filled"])
            for row in rows(lab.home.database, "select * from run_figures")
        }
        posts = sum(len(thread.posts) for board in site.boards for thread in board.threads)
        assert figures["posts.author"] == (posts, posts)
        assert figures["threads.replies"] == (40, 40)
        # the theme changed: names no longer stand where they stood
        lab.write_source('selectors: {author: ".nowhere", last_post: ".nowhere"}\n')
        run = lab.crawl(full=True)
        assert run["status"] == "degraded"
        assert f"posts.author is stated by 0% of {posts}" in run["reason"]
        assert "threads.last_post_at is stated by 0% of 40" in run["reason"]


def test_a_run_that_finds_far_fewer_posts_than_usual_is_degraded(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(40))) as site:
        lab = lab_at(tmp_path, site)
        lab.crawl()
        assert lab.crawl(full=True)["status"] == "ok"
        for board in site.boards:
            board.threads[:] = board.threads[:2]
        run = lab.crawl(full=True)
        assert run["status"] == "degraded"
        assert "are usual" in run["reason"]
