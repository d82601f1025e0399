"""What a site, a partner or somebody on the path learns of the reader, of two crawls."""

import getpass
import gzip
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.source import find_source
from spiders.login import visitor_of
from tests.cases.opsec import CASES
from tests.commands import ran
from tests.live.board import made_boards
from tests.live.crawls import Lab, lab_at
from tests.live.server import Site
from tests.live.test_skins import skin_named
from tests.live.test_ways_out import watched
from tests.market import ROOT

READER = {
    "USER": "agent-marlow",
    "LOGNAME": "agent-marlow",
    "HOSTNAME": "cert-desk-7",
    "LANG": "uk_UA.UTF-8",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "uk",
    "TZ": "Asia/Tokyo",
}
TELLING = ("agent-marlow", "cert-desk-7", "uk_UA", "Tokyo", socket.gethostname())
FREE = ("Host", "Cookie", "Content-Type", "Content-Length", "Connection")
"""Headers that differ by request."""


@dataclass
class Watched:
    """What the site and the machine of the environment's proxies saw."""

    site: Site
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """Method, target and headers of all requests, in order."""
    strangers: list[str] = field(default_factory=list)
    """What reached the machine of the environment's proxies."""


@dataclass
class Seen:
    """Two crawls of a site, and what was seen of them."""

    lab: Lab
    watched: Watched
    first: int
    """Requests of the first crawl."""


def handler_of(seen: Watched) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            seen.requests.append((self.command, self.path, dict(self.headers.items())))
            if self.path == "/robots.txt":
                self.answer(200, "User-agent: *\nDisallow: /private\n")
            elif self.path == "/showthread.php?tid=2":
                self.answer(302, "", Location="http://elsewhere.example/")
            else:
                self.answer(*seen.site.page(self.path, ""))

        def answer(self, status: int, body: str, **headers: str) -> None:
            data = body.encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Set-Cookie", "wide=everyone-0001; Domain=.0.0.1; Path=/")
            self.send_header("Set-Cookie", "other=elsewhere-0002; Domain=elsewhere.example")
            self.send_header("Set-Cookie", "mine=visitor-0003; Path=/")
            self.send_header("ETag", '"same"')
            self.send_header("Last-Modified", "Mon, 05 Jan 2026 08:00:00 GMT")
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    return Handler


def listen(strangers: list[str]) -> socket.socket:
    """A machine that notes whoever comes."""
    server = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                client, address = server.accept()
            except OSError:
                return
            strangers.append(str(address))
            client.close()

    threading.Thread(target=accept, daemon=True).start()
    return server


def proxies(port: int) -> dict[str, str]:
    """An environment that leads every request to a port."""
    names = ("http_proxy", "https_proxy", "all_proxy")
    url = f"http://someone:secret@127.0.0.1:{port}"
    return {name: url for each in names for name in (each, each.upper())} | {"no_proxy": ""}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    site = Site(skin_named("mybb"), made_boards(5))
    found = Watched(site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(found))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.root = f"http://127.0.0.1:{server.server_address[1]}"
    with closing(listen(found.strangers)) as stranger:
        lab = lab_at(tmp_path_factory.mktemp("opsec") / "home", site)
        file = lab.home.sources / "live.yml"
        file.write_text(re.sub(r"robots.*\n", "", file.read_text()))
        environment = READER | proxies(stranger.getsockname()[1])
        lab.crawl(environment=environment)
        first = len(found.requests)
        lab.crawl(full=True, environment=environment)
        yield Seen(lab, found, first)
    server.shutdown()
    server.server_close()


def test_proxies_of_the_environment(seen: Seen) -> None:
    assert seen.watched.strangers == []
    assert seen.lab.posts()


def test_one_identity(seen: Seen) -> None:
    source = find_source(seen.lab.home, "live")
    with visitor_of(source) as visitor:
        # as the login form and the check of a session are asked for
        visitor.get(source.start[0])
    targets = [target for _, target, _ in seen.watched.requests]
    assert "/robots.txt" in targets
    pages = [
        {name: value for name, value in headers.items() if name not in FREE}
        for _, target, headers in seen.watched.requests
    ]
    assert len({tuple(sorted(each.items())) for each in pages}) == 1, pages[:2]
    told = " ".join(f"{name} {value}" for name, value in pages[0].items()).lower()
    for name in ("rackrent", "scrapy", "python", "httpx", "twisted", "headless", "bot"):
        assert name not in told
    assert pages[0]["User-Agent"].startswith("Mozilla/5.0")


def test_where_from(seen: Seen) -> None:
    names = {name.lower() for _, _, headers in seen.watched.requests for name in headers}
    assert names & {"referer", "origin", "via", "x-forwarded-for", "forwarded", "from"} == set()


def test_who_reads(seen: Seen) -> None:
    everything = str(seen.watched.requests)
    for word in (*TELLING, "uk;", "+0900", str(seen.lab.home.root)):
        assert word not in everything


def test_seen_before(seen: Seen) -> None:
    later = seen.watched.requests[seen.first :]
    assert len(later) > 5
    names = {name.lower() for _, _, headers in later for name in headers}
    assert [name for name in names if name.startswith("if-")] == []


def test_cookies_of_another_site(seen: Seen) -> None:
    cookies = {headers.get("Cookie", "") for _, _, headers in seen.watched.requests}
    assert any("visitor-0003" in cookie for cookie in cookies)
    assert [cookie for cookie in cookies if "everyone" in cookie or "elsewhere" in cookie] == []


def test_what_evidence_tells(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    home = seen.lab.home.root
    for name, value in READER.items():
        if name not in ("TZ", "LANG", "LC_ALL"):
            monkeypatch.setenv(name, value)
    told = [gzip.decompress(path.read_bytes()) for path in home.rglob("*.warc.gz")]
    for form in ("csv", "ndjson", "stix", "misp"):
        assert ran(home, "export", form).code == 0
    told += [path.read_bytes() for path in (home / "exports").iterdir()]
    told.append(ran(home, "doctor", "--report").out.encode())
    assert len(told) >= 7
    mine = {*TELLING, str(home), getpass.getuser() + "@"}
    for data in told:
        assert [word for word in mine if word.encode() in data] == []


def test_libraries_that_call_home(seen: Seen, tmp_path: Path) -> None:
    environment, log = watched(tmp_path)
    home = seen.lab.home.root
    script = (
        "import asyncio; from pathlib import Path; from crawler.cli.parts import command_of\n"
        "app = command_of()\n"
        "for words in (['analyse', '--all'], ['export', 'csv'], ['backup'], ['status']):\n"
        "    try: app(words)\n"
        "    except SystemExit as end: assert not end.code, (words, end.code)\n"
        "from crawler.serving import datasette_of\n"
        "async def look():\n"
        f"    desk = datasette_of(Path({str(home / 'market.db')!r}))\n"
        "    for path in ('/', '/search', '/market/posts'): await desk.client.get(path)\n"
        "asyncio.run(look())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env=os.environ | environment | {"RACKRENT_HOME": str(home)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert log.read_text() == ""


def test_desk_and_docs_of_others() -> None:
    site = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert re.search(r"^  font: false$", site, re.M)
    assert not re.search(r"extra_(?:css|javascript)|analytics|https?://(?!.*example)", site)
    loading = re.compile(
        r"(?i)(?:src|srcset|action|poster)=[\"']?(?:https?:)?//|<link[^>]+//|url\(.?//|@import"
    )
    folder = ROOT / "data" / "datasette"
    files = [*folder.rglob("*.html"), *folder.rglob("*.css"), *folder.glob("static/*.js")]
    assert len(files) > 10
    assert [path.name for path in files if loading.search(path.read_text("utf-8"))] == []


def test_each_case_is_run() -> None:
    here = {name.removeprefix("test_").replace("_", "-") for name in globals()}
    assert [case.name for case in CASES if case.name not in here] == []
