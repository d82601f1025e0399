"""What a site learns of the browser: headers, scripts and frames say the same."""

import asyncio
import html
import json
import re
from typing import Any

import pytest

from crawler.browser import Browser, RenderJob
from crawler.chromium import find_chromium
from crawler.rendering.identity import LANGUAGES
from tests.cases.server import Server, page, served
from tests.test_browser_left import CHROME, FIREFOX

pytestmark = [
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium: set RACKRENT_CHROMIUM"),
    pytest.mark.timeout(120),
]
ASKS = """<pre id=said></pre><script>
(async () => {
  await fetch('/xhr');
  const f = document.createElement('iframe'); document.body.append(f);
  const of = (n) => ({agent: n.userAgent, platform: n.platform, languages: n.languages,
    vendor: n.vendor, hinted: 'userAgentData' in n && n.userAgentData.toJSON(),
    driven: n.webdriver});
  document.getElementById('said').textContent = JSON.stringify([of(navigator),
    of(f.contentWindow.navigator), Intl.DateTimeFormat().resolvedOptions().timeZone,
    typeof window.chrome, ['Worker', 'WebSocket', 'RTCPeerConnection'].filter((x) => x in window)]);
})();
</script>"""


def said_to(server: Server, user_agent: str) -> list[Any]:
    """What scripts of a page find."""

    async def run() -> str:
        browser = Browser()
        job = RenderJob(
            url=f"http://{server.host}/", hosts=(server.host,), local=True, wait_for=None,
            scroll=0, timeout_s=40, user_agent=user_agent,
        )  # fmt: skip
        try:
            return (await browser.render(job)).html
        finally:
            await browser.close()

    found = re.search('<pre id="said">(.*?)</pre>', asyncio.run(run()))
    assert found
    said: list[Any] = json.loads(html.unescape(found[1]))
    return said


@pytest.mark.parametrize("user_agent", [FIREFOX, CHROME], ids=["firefox", "chrome"])
def test_headers_and_scripts_tell_one_identity(user_agent: str) -> None:
    with served() as server:
        server.answers |= {"/": page(ASKS), "/xhr": page("x")}
        own, framed, zone, chrome, doors = said_to(server, user_agent)
        headers = [server.headers_of("/"), server.headers_of("/xhr")]
    assert own == framed
    assert {each["user-agent"] for each in headers} == {own["agent"]} == {user_agent}
    assert {each["accept-language"] for each in headers} == {LANGUAGES}
    assert own["languages"] == ["en-US", "en"]
    assert (zone, own["driven"], doors) == ("UTC", False, [])
    hints = {each.get("sec-ch-ua") for each in headers}
    if user_agent == FIREFOX:
        assert hints == {None}
        assert (own["hinted"], own["vendor"], chrome) == (False, "", "undefined")
    else:
        assert hints == {
            ", ".join(f'"{b["brand"]}";v="{b["version"]}"' for b in own["hinted"]["brands"])
        }
        assert (own["hinted"]["platform"], own["platform"]) == ("Windows", "Win32")
    assert "Headless" not in str([headers, own])
