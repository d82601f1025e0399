"""One crawl of hosts with certificates of all kinds, and of a name that leads to this machine."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cases.boards import BoardSite, board_site
from tests.cases.certificates import Authority, context_of
from tests.cases.fetching import FAST, Outcome, crawl_board
from tests.cases.network import INSIDE
from tests.cases.server import Server, page, served
from tests.cases.tls import CERTIFICATES, NO_TLS, OPT_OUT, Certificate
from tests.live.board import View

NAME = "inside.test"
HOOK = """
import os, socket
real = socket.getaddrinfo
def looked_up(host, *rest, **more):
    if host in (b"inside.test", "inside.test"):
        with open(os.environ["RACKRENT_TEST_LOOKUPS"], "a") as out:
            out.write("asked\\n")
        host = "127.0.0.1"
    return real(host, *rest, **more)
socket.getaddrinfo = looked_up
"""


@dataclass
class Crawled:
    """The crawl and what it was of."""

    outcome: Outcome
    servers: dict[str, Server]
    """By case."""
    lookups: Path
    """A line for each time that the name of this machine was resolved."""

    def url(self, name: str) -> str:
        """The page of a case."""
        return f"https://{self.servers[name].host}/index.php"


def serving(site: BoardSite, server: Server) -> None:
    """Serve the board's index at another server too."""
    view = View(f"https://{server.host}", site.board.boards)
    server.answers["/index.php"] = page(site.board.skin.index(view))


def starts(hosts: list[str], urls: list[str], text: str) -> str:
    """A source's file with further hosts and start pages."""
    listed = "".join(f', "{url}"' for url in urls)
    text = text.replace('/index.php"]', f'/index.php"{listed}]')
    return text.replace("hosts: [", "hosts: [" + "".join(f'"{host}", ' for host in hosts))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The one crawl."""
    folder = tmp_path_factory.mktemp("tls")
    trusted, stranger = Authority("trusted"), Authority("stranger")
    (folder / "trusted.pem").write_bytes(trusted.pem)
    (folder / "sitecustomize.py").write_text(HOOK)
    lookups = folder / "lookups.txt"
    lookups.touch()
    with ExitStack() as stack:
        site = stack.enter_context(board_site(3))
        servers = {}
        for each in CERTIFICATES:
            context = context_of(folder, each, trusted, stranger)
            servers[each.case.name] = stack.enter_context(served(tls=context))
        servers[NO_TLS.name] = stack.enter_context(served())
        for server in servers.values():
            serving(site, server)
        urls = [f"https://{server.host}/index.php" for server in servers.values()]
        hosts = [NAME, *(server.host for server in servers.values())]
        outcome = crawl_board(
            folder / "home",
            site,
            change=lambda text: starts(hosts, [*urls, f"http://{NAME}/index.php"], text),
            environment={
                "SSL_CERT_FILE": str(folder / "trusted.pem"),
                "PYTHONPATH": str(folder),
                "RACKRENT_TEST_LOOKUPS": str(lookups),
            },
            settings=FAST,
        )
        yield Crawled(outcome, servers, lookups)


@pytest.mark.parametrize("certificate", CERTIFICATES, ids=lambda each: each.case.name)
def test_each_certificate(certificate: Certificate, crawled: Crawled) -> None:
    name = certificate.case.name
    issue = crawled.outcome.issue(crawled.url(name))
    if certificate.is_read:
        assert issue is None
        assert crawled.servers[name].times("/index.php") == 1
        return
    assert issue is not None
    assert issue[0] == "untrusted_certificate"
    assert certificate.detail in issue[1]
    assert "tls: unverified" in issue[1]
    assert crawled.servers[name].asked == []


def test_https_without_tls(crawled: Crawled) -> None:
    issue = crawled.outcome.issue(crawled.url(NO_TLS.name))
    assert issue is not None
    assert issue[0] == "fetch_failed"
    assert crawled.servers[NO_TLS.name].asked == []


def test_a_name_that_leads_to_this_machine(crawled: Crawled) -> None:
    assert INSIDE.holds.startswith("the crawl asks nothing")
    issue = crawled.outcome.issue(f"http://{NAME}/index.php")
    assert issue == ("refused", f"{NAME} is 127.0.0.1, which is not public")
    assert crawled.lookups.read_text() == "asked\n"


def test_the_opt_out_reads_and_says_so(tmp_path: Path) -> None:
    assert OPT_OUT.name == "tls-opt-out"
    by_itself = next(each for each in CERTIFICATES if each.issuer == "itself")
    context = context_of(tmp_path, by_itself, Authority("a"), Authority("b"))
    with board_site(3) as site, served(tls=context) as server:
        serving(site, server)
        url = f"https://{server.host}/index.php"
        outcome = crawl_board(
            tmp_path / "home",
            site,
            change=lambda text: starts([server.host], [url], text) + "tls: unverified\n",
        )
        assert server.times("/index.php") == 1
        assert outcome.run["status"] == "ok", outcome.run
        told = [kind for found in outcome.issues.values() for kind, _ in found]
        assert told == ["tls_unverified"]
