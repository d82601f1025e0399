"""How long a site may make us wait, what its robots.txt may do, and when a run gives up."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.breaker import LIMIT, LONGEST_REST_S, UNREACHED, Breaker
from crawler.redirecting import fault_of
from crawler.store.database import Store
from spiders.faults import LONGEST_HOLD_S, wait_s
from spiders.setbacks import HOLDS_S, Setbacks
from tests.cases.answers import ROBOTS, WAITS, RobotsFile, Wait
from tests.cases.boards import board_site
from tests.cases.fetching import Outcome, crawl_board
from tests.cases.server import Server, page, served
from tests.cases.test_tls import starts
from tests.live.board import View

URL = "http://board.example/t?id="


@pytest.mark.parametrize("wait", WAITS, ids=lambda each: each.case.name)
def test_each_wait(wait: Wait) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=10), usegmt=True)
    value = wait.value.format(soon=soon).encode()
    response = Response(URL, status=429, headers={"Retry-After": value})
    assert wait.least_s <= wait_s(response) <= wait.most_s


@dataclass
class Crawled:
    """The crawl of all hosts with a robots.txt of their own."""

    outcome: Outcome
    servers: dict[str, Server] = field(default_factory=dict)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The one crawl."""
    with ExitStack() as stack:
        site = stack.enter_context(board_site(3))
        servers = {}
        for each in ROBOTS:
            server = servers[each.case.name] = stack.enter_context(served())
            view = View(f"http://{server.host}", site.board.boards)
            server.answers["/index.php"] = page(site.board.skin.index(view))
            server.answers["/robots.txt"] = each.answer
        hosts = [server.host for server in servers.values()]

        def change(text: str) -> str:
            text = text.replace("robots: ignore", "robots: obey")
            return starts(hosts, [f"http://{host}/index.php" for host in hosts], text)

        outcome = crawl_board(tmp_path_factory.mktemp("robots"), site, change=change)
        yield Crawled(outcome, servers)


@pytest.mark.parametrize("file", ROBOTS, ids=lambda each: each.case.name)
def test_each_robots_file(file: RobotsFile, crawled: Crawled) -> None:
    server = crawled.servers[file.case.name]
    assert server.times("/index.php") == (1 if file.allows else 0)
    assert 1 <= server.times("/robots.txt") <= 6
    issue = crawled.outcome.issue(f"http://{server.host}/index.php")
    assert (issue is None) is file.allows
    if issue is not None:
        assert "robots.txt" in issue[1]


def test_a_host_that_is_down_with_its_robots_file_has_a_mirror(tmp_path: Path) -> None:
    dead = "127.0.0.1:1"
    with board_site(4) as site:
        root = site.board.root

        def change(text: str) -> str:
            text = text.replace(f'start: ["{root}', f'start: ["http://{dead}')
            text = text.replace("hosts: [", f'hosts: ["{dead}", ') + f"mirrors: ['{root}']\n"
            return text.replace("robots: ignore", "robots: obey")

        outcome = crawl_board(tmp_path, site, change=change)
        assert site.good() == outcome.texts
        assert [kind for found in outcome.issues.values() for kind, _ in found] == ["mirror_used"]


class Crawl:
    """What a run does when pages do not come, without a run."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "market.db")
        self.hold_until: datetime | None = None
        self.held: list[float] = []
        self.noted: list[str] = []
        self.ended: list[str] = []
        self.failed: list[float] = []
        self.crawl = self
        self.setbacks = Setbacks(self)  # type: ignore[arg-type]

    def hold(self, _: str, wait: float, __: int) -> None:
        """Rest."""
        self.held.append(wait)

    def note(self, _: str, problems: Any, __: datetime) -> None:
        """An issue."""
        self.noted += [problem.kind for problem in problems]

    def fail(self, _: Any, __: Any, wait: float = 0) -> None:
        """A page failed."""
        self.failed.append(wait)

    def next_address(self, _: str) -> bool:
        """No mirror."""
        return False

    def end(self, reason: str) -> None:
        """The run is over."""
        self.ended.append(reason)

    def miss(self, number: int) -> None:
        """A page whose host does not answer."""
        failure: Any = Failure(DownloadConnectionRefusedError("refused"))  # type: ignore[no-untyped-call]
        failure.request = Request(f"{URL}{number}", meta=meta_of(number))
        self.setbacks.on_fetch_error(failure)


def meta_of(number: int) -> dict[str, Any]:
    """What a request knows of its page."""
    return {
        "frontier_id": str(number),
        "asked": f"{URL}{number}",
        "kind": "thread",
        "exchanges": [],
    }


def test_a_storm_rests_longer_and_longer_and_ends_the_run(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path)
    rests: list[float] = []
    for number in range(100):
        crawl.hold_until = None
        crawl.miss(number)
        if crawl.ended:
            break
        if crawl.hold_until:
            rests.append((crawl.hold_until - datetime.now(UTC)).total_seconds())
    assert number + 1 == LIMIT / UNREACHED
    assert rests[0] < 7
    assert rests[0] < rests[1] < rests[2] <= LONGEST_REST_S * 1.2
    assert sum(rests) < 600
    assert crawl.noted == ["host_down"]
    assert "does not answer" in crawl.ended[0]


def test_one_page_says_once_that_its_host_fails(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path)
    for _ in range(100):
        crawl.miss(7)
    assert not crawl.ended
    assert len(crawl.failed) == 100


def test_a_page_that_comes_ends_the_row_and_slow_hosts_get_less_time() -> None:
    breaker = Breaker()
    for _ in range(1000):
        for _ in range(9):
            breaker.failed("a.example", 1)
        assert breaker.share("a.example") == 0.5
        breaker.succeeded("a.example")
        assert breaker.share("a.example") == 1
    assert not breaker.dead
    for _ in range(LIMIT):
        breaker.failed("b.example", 1)
    assert breaker.share("b.example") == 0.25
    assert breaker.dead == {"b.example"}
    # another host still answers: only the dead one is left alone
    assert not breaker.is_alone


def test_waits_are_clamped_and_come_to_an_end(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path)
    answer = {"Retry-After": b"999999999"}
    for number in range(100):
        request = Request(f"{URL}{number}", meta=meta_of(number))
        crawl.setbacks.put_off(Response(URL, status=429, headers=answer, request=request))
        if crawl.ended:
            break
    assert max(crawl.held) <= LONGEST_HOLD_S * 1.2
    assert len({round(held, 3) for held in crawl.held}) > 1
    assert sum(crawl.held) <= HOLDS_S + LONGEST_HOLD_S * 1.2
    assert "asks again and again" in crawl.ended[0]


def test_no_redirect_leads_from_https_to_http() -> None:
    assert "from https to" in str(fault_of("https://a.example/x", "http://a.example/x", 1))
    assert fault_of("http://a.example/x", "https://a.example/x", 5) is None
    assert "more than 5" in str(fault_of("http://a.example/x", "https://a.example/x", 6))
