"""The browser: complete pages, a deadline from outside, and no way to anywhere else."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from crawler.browser import Browser, BrowserError, Rendered, RenderJob
from crawler.chromium import find_chromium
from tests.site import site

pytestmark = pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")

LIST = """<html><body><div id="list"></div><script>
let n = 0;
function more() {
  for (let i = 0; i < 10 && n < 45; i++, n++) {
    const item = document.createElement("p");
    item.className = "item"; item.style.height = "80px"; item.textContent = "item " + n;
    document.getElementById("list").appendChild(item);
  }
}
addEventListener("scroll", () => setTimeout(more, 50));
more();
</script></body></html>"""
ESCAPES = """<html><head>
<link rel="prefetch" href="http://{canary}/prefetch"><link rel="preconnect" href="http://{canary}">
<link rel="stylesheet" href="http://{canary}/style.css">
</head><body><p class="here">here</p>
<img src="http://{canary}/pixel.gif"><iframe src="http://{canary}/frame"></iframe>
<script>
const go = (f) => {{ try {{ f(); }} catch (e) {{}} }};
go(() => fetch("http://{canary}/fetch").catch(() => 0));
go(() => fetch("/moved").catch(() => 0));
go(() => fetch("/hop").catch(() => 0));
go(() => fetch("/post", {{method: "POST", body: "x"}}).catch(() => 0));
go(() => new WebSocket("ws://{canary}/socket"));
go(() => new EventSource("http://{canary}/events"));
go(() => new RTCPeerConnection({{iceServers: [{{urls: "stun:{canary}"}}]}}));
go(() => navigator.sendBeacon("http://{canary}/beacon", "x"));
go(() => window.open("http://{canary}/popup"));
go(() => navigator.serviceWorker.register("/worker.js").catch(() => 0));
go(() => {{ const f = document.createElement("form"); f.method = "post"; f.action = "/post";
  f.target = "x"; document.body.appendChild(f); f.submit(); }});
</script></body></html>"""


@contextmanager
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """A port that nobody may touch; what arrived there."""
    touched: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    peer, _ = server.accept()
                except OSError:
                    return
                peer.settimeout(0.5)
                with peer:
                    try:
                        touched.append(peer.recv(200))
                    except OSError:
                        touched.append(b"connected")

        threading.Thread(target=listen, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}", touched


def job(host: str, path: str = "/", **changes: object) -> RenderJob:
    values: dict[str, object] = {
        "url": f"http://{host}{path}", "hosts": (host,), "local": True, "wait_for": None,
        "scroll": 0, "timeout_s": 30.0, "user_agent": "Mozilla/5.0 (test)",
    }  # fmt: skip
    return RenderJob(**(values | changes))  # type: ignore[arg-type]


def render(*jobs: RenderJob) -> list[Rendered | BrowserError]:
    """What one browser makes of jobs, one after the other."""

    async def run() -> list[Rendered | BrowserError]:
        browser = Browser()
        results: list[Rendered | BrowserError] = []
        for one in jobs:
            try:
                results.append(await browser.render(one))
            except BrowserError as error:
                results.append(error)
        await browser.close()
        return results

    return asyncio.run(run())


def chromiums() -> set[int]:
    """Processes of Chromium below this one."""
    return {
        child.pid
        for child in psutil.Process().children(recursive=True)
        if "chrom" in child.name() and child.status() != psutil.STATUS_ZOMBIE
    }


def test_an_endless_list_is_read_to_its_end_and_nothing_is_left_running() -> None:
    before = chromiums()
    with site({"/": (200, LIST)}, []) as host:
        (page,) = render(job(host, wait_for=".item", scroll=20))
    assert isinstance(page, Rendered)
    assert page.html.count('class="item"') == 45
    assert page.status == 200
    assert chromiums() <= before


def test_content_that_does_not_appear_is_noted() -> None:
    with site({"/": (200, "<p>empty</p>")}, []) as host:
        (page,) = render(job(host, wait_for=".never", timeout_s=8.0))
    assert isinstance(page, Rendered)
    assert "empty" in page.html
    assert len(page.notes) == 1
    assert ".never" in page.notes[0]


def test_a_page_reaches_no_other_host_and_sends_nothing() -> None:
    asked: list[str] = []
    with canary() as (trap, touched):
        pages = {
            "/": (200, ESCAPES.format(canary=trap)),
            "/moved": (302, f"http://{trap}/moved"),
            "/hop": (302, "/moved"),
            "/worker.js": (200, f"fetch('http://{trap}/worker')"),
        }
        with site(pages, asked) as host:
            (page,) = render(job(host, wait_for=".here"))
    assert isinstance(page, Rendered)
    assert "here" in page.html
    assert touched == []
    assert "/post" not in asked
    refused = " ".join(page.refused)
    for path in ("/fetch", "/frame", "/moved", "POST"):
        assert path in refused


@pytest.mark.parametrize(("most_mb", "starts"), [(4096, 1), (600, 3)])
def test_a_browser_that_holds_half_of_what_it_may_is_replaced_before_the_next_page(
    monkeypatch: pytest.MonkeyPatch, most_mb: int, starts: int
) -> None:
    monkeypatch.setattr("crawler.browser.LOOK_EVERY", 1)
    monkeypatch.setattr("crawler.browser.memory_mb_of", lambda pid: 301 if pid else 0)
    begun: list[int] = []

    async def run(host: str) -> list[Rendered]:
        browser = Browser()
        found = []
        for _ in range(3):
            found.append(await browser.render(job(host, memory_mb=most_mb)))
            begun.append(browser._process.pid if browser._process else 0)
        await browser.close()
        return found

    with site({"/": (200, "<p>here</p>")}, []) as host:
        assert all("here" in page.html for page in asyncio.run(run(host)))
    assert len(set(begun)) == starts
