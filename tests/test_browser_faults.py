"""Faults of pages and processes that the browser must survive: slowness, kills, escapes, litter."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from crawler.browser import ROOT, Browser, BrowserError, Rendered, RenderJob
from crawler.chromium import find_chromium

pytestmark = [
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium: set RACKRENT_CHROMIUM"),
    pytest.mark.timeout(90),
]
LIST = """<ul id=l></ul><script>
let n = 0, busy = false;
async function more() {
  if (busy || n >= 60) return;
  busy = true;
  const rows = await (await fetch('/rows?from=' + n)).json();
  for (const row of rows) { const li = document.createElement('li');
    li.style.height = '120px'; li.textContent = row; l.append(li); n++; }
  busy = false;
}
addEventListener('scroll', () => {
  if (scrollY + innerHeight > document.body.scrollHeight - 50) more();
});
more();
</script>"""
ALONE = """
import asyncio, sys
from crawler.browser import Browser, RenderJob
url, host = sys.argv[1:]
asyncio.run(Browser().render(RenderJob(url=url, hosts=(host,), local=True, wait_for=None, scroll=1,
    timeout_s=60, user_agent="test")))
"""
HOSTILE = """<p id=here>here</p><iframe src="{canary}/frame"></iframe>
<img src="{canary}/img"><link rel=prefetch href="{canary}/prefetch">
<link rel=stylesheet href="/bounce"><script src="/twice"></script>
<script>
fetch('{canary}/fetch', {{mode: 'no-cors'}}).catch(() => 0);
fetch('/bounce', {{mode: 'no-cors'}}).catch(() => 0);
fetch('/twice', {{mode: 'no-cors'}}).catch(() => 0);
fetch('/slashes', {{mode: 'no-cors'}}).catch(() => 0);
fetch('/post', {{method: 'POST', body: 'x'}}).catch(() => 0);
try {{ new WebSocket('{canary}/socket'.replace('http', 'ws')); }} catch (e) {{}}
const inner = document.createElement('iframe'); document.body.append(inner);
try {{ new inner.contentWindow.WebSocket('{canary}/s2'.replace('http', 'ws')); }} catch (e) {{}}
try {{ window.open('{canary}/popup'); }} catch (e) {{}}
const link = document.createElement('a'); link.href = '{canary}/blank'; link.target = '_blank';
document.body.append(link); link.click();
navigator.sendBeacon('{canary}/beacon', 'x');
</script>"""


class Site:
    """A server on loopback that remembers what it was asked."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.pages: dict[str, str] = {}
        self.moves: dict[str, str] = {}
        self.delay_s = 0.0
        site = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                path = self.path.partition("?")[0]
                site.seen.append(f"{self.command} {path}")
                if path == "/rows":
                    time.sleep(site.delay_s)
                status = 302 if path in site.moves else 200 if path in site.pages else 404
                body = rows_of(self.path) if path == "/rows" else site.pages.get(path, "")
                self.send_response(200 if path == "/rows" else status)
                if path in site.moves:
                    self.send_header("Location", site.moves[path])
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

            do_GET = do_POST = do_HEAD = do_PUT = answer  # noqa: N815

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def rows_of(path: str) -> str:
    first = int(path.partition("from=")[2] or 0)
    return "[" + ",".join(f'"row {n}"' for n in range(first, min(first + 10, 60))) + "]"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def canary() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def job(site: Site, path: str, *, scroll: int = 0, timeout_s: float = 40) -> RenderJob:
    return RenderJob(
        url=site.url + path,
        hosts=(site.host,),
        local=True,
        wait_for=None,
        scroll=scroll,
        timeout_s=timeout_s,
        user_agent="Rackrent-Test/1.0",
    )


def render_once(one: RenderJob) -> Rendered:
    async def run() -> Rendered:
        browser = Browser()
        try:
            return await browser.render(one)
        finally:
            await browser.close()

    return asyncio.run(run())


async def asked(site: Site, line: str) -> None:
    """Wait until the site was asked for something."""
    async with asyncio.timeout(20):
        while line not in site.seen:
            await asyncio.sleep(0.1)


def chromiums() -> list[psutil.Process]:
    """The browser processes among our descendants."""
    return [p for p in psutil.Process().children(recursive=True) if "chrom" in p.name()]


@pytest.mark.parametrize("delay_s", [0.0, 1.5])
def test_a_list_that_grows_is_read_to_its_end(site: Site, delay_s: float) -> None:
    site.pages["/list"] = LIST
    site.delay_s = delay_s
    html = render_once(job(site, "/list", scroll=20)).html
    assert [n for n in range(60) if f">row {n}<" not in html] == []


def test_a_page_that_keeps_changing_is_taken_as_it_is(site: Site) -> None:
    site.pages["/tick"] = (
        "<p>content</p><script>setInterval(() => document.body.append("
        "document.createElement('i')), 50)</script>"
    )
    assert "content" in render_once(job(site, "/tick", scroll=1)).html


def test_a_looping_script_ends_at_the_deadline_and_the_next_page_works(site: Site) -> None:
    site.pages |= {"/loop": "<script>setTimeout(() => { for (;;); }, 50)</script>", "/ok": "fine"}

    async def run() -> tuple[float, str]:
        browser = Browser()
        try:
            started = time.monotonic()
            with pytest.raises(BrowserError):
                await browser.render(job(site, "/loop", timeout_s=5))
            taken_s = time.monotonic() - started
            return taken_s, (await browser.render(job(site, "/ok"))).html
        finally:
            await browser.close()

    taken_s, html = asyncio.run(run())
    assert taken_s < 11
    assert "fine" in html


def test_a_killed_chromium_costs_no_page(site: Site) -> None:
    site.pages["/list"] = LIST
    site.delay_s = 1

    async def run() -> str:
        browser = Browser()
        try:
            task = asyncio.create_task(browser.render(job(site, "/list", scroll=20)))
            await asked(site, "GET /rows")
            for process in chromiums():
                process.kill()
            return (await task).html
        finally:
            await browser.close()

    html = asyncio.run(run())
    assert [n for n in range(60) if f">row {n}<" not in html] == []


def test_a_cancelled_page_never_answers_for_the_next_one(site: Site) -> None:
    site.pages |= {"/list": LIST, "/ok": "fine"}
    site.delay_s = 2

    async def run() -> str:
        browser = Browser()
        try:
            task = asyncio.create_task(browser.render(job(site, "/list", scroll=5)))
            await asked(site, "GET /rows")
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return (await browser.render(job(site, "/ok"))).html
        finally:
            await browser.close()

    assert "fine" in asyncio.run(run())


def test_nothing_out_of_scope_is_asked_and_nothing_is_posted(site: Site, canary: Site) -> None:
    site.pages["/hostile"] = HOSTILE.format(canary=canary.url)
    site.moves |= {
        "/bounce": f"{canary.url}/bounced",
        "/twice": "/bounce",
        "/slashes": f"/\\{canary.host}/slashes",
    }
    page = render_once(job(site, "/hostile", scroll=1))
    assert "here" in page.html
    assert canary.seen == []
    assert [line for line in site.seen if not line.startswith(("GET", "HEAD"))] == []
    assert any("/fetch" in line for line in page.refused)
    assert any(line.startswith("POST ") for line in page.refused)
    assert not any("/img" in line for line in page.refused)


@pytest.mark.parametrize("hops", [1, 2])
def test_a_redirect_out_of_scope_is_an_error(site: Site, canary: Site, hops: int) -> None:
    site.moves |= {"/1": f"{canary.url}/", "/2": "/1"}
    with pytest.raises(BrowserError):
        render_once(job(site, f"/{hops}"))
    assert canary.seen == []


def test_a_redirect_in_scope_is_followed(site: Site) -> None:
    site.moves |= {"/a": "/b", "/b": f"{site.url}/c"}
    site.pages["/c"] = "arrived"
    page = render_once(job(site, "/a"))
    assert (page.final_url, page.status) == (f"{site.url}/c", 200)
    assert "arrived" in page.html


def test_a_killed_crawl_takes_a_looping_browser_along(site: Site) -> None:
    site.pages["/loop"] = "<script>setTimeout(() => { for (;;); }, 50)</script>"
    command = [sys.executable, "-c", ALONE, f"{site.url}/loop", site.host]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as crawl:
        asyncio.run(asked(site, "GET /loop"))
        family = psutil.Process(crawl.pid).children(recursive=True)
        crawl.kill()
    _, left = psutil.wait_procs(family, timeout=15)
    for process in left:
        process.kill()
    assert left == []


def test_nothing_is_left_after_close(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    # a short path: Chromium puts a socket into it, whose path may have 107 bytes
    with TemporaryDirectory(prefix="rk") as name:
        monkeypatch.setattr("tempfile.tempdir", name)
        monkeypatch.setenv("TMPDIR", name)
        site.pages["/ok"] = "fine"
        before = {*psutil.Process().children(recursive=True)}
        render_once(job(site, "/ok"))
        assert {*psutil.Process().children(recursive=True)} - before == set()
        assert list(Path(name).iterdir()) == []
