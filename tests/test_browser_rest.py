"""When a page has come to rest: what its content starts is waited for, and then no longer."""

import json
import re

import pytest

from crawler.browser import Rendered
from crawler.chromium import find_chromium
from tests.site import site
from tests.test_browser import job, render

pytestmark = [
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium: set RACKRENT_CHROMIUM"),
    pytest.mark.timeout(120),
]
ROWS = json.dumps([f"row {n}" for n in range(20_000)])
ADD = "const add = (text) => document.body.append(Object.assign(document.createElement('i'), "
ADD += "{textContent: text}));"
STARTS = {
    "seen": "new IntersectionObserver((all, me) => { me.disconnect(); add('late one'); })"
    ".observe(here);",
    "sized": "new ResizeObserver((all, me) => { me.disconnect(); add('late one'); })"
    ".observe(here);",
    "framed": "const step = (n) => requestAnimationFrame(() => n ? step(n - 1) : add('late one'));"
    "step(1);",
    "idle": "requestIdleCallback(() => add('late one'));",
    "timed": "setTimeout(() => setTimeout(() => add('late one'), 300), 300);",
    "fetched": "fetch('/rows').then((a) => a.json()).then((all) => "
    "{ for (const one of all.slice(-1)) add(one); add('late one'); });",
    "chained": "(async () => { for (let n = 0; n < 50; n++) await 0; add('late one'); })();",
}
"""Scripts that bring more after the content that a source waits for is there."""
LEFT = """<p>kept</p><script>
for (const name of ['pagehide', 'unload', 'beforeunload', 'visibilitychange'])
  for (const where of [window, document]) where.addEventListener(name, () => { for (;;); }, true);
onbeforeunload = onpagehide = () => { for (;;); };
</script>"""


def test_what_content_starts_is_read_to_its_end() -> None:
    pages = {
        f"/{name}": (200, f"<body><p id=here>here</p><script>{ADD}{code}</script></body>")
        for name, code in STARTS.items()
    }
    with site({**pages, "/rows": (200, ROWS)}, []) as host:
        read = render(*(job(host, path, wait_for="#here") for path in pages))
    texts = dict(zip(STARTS, read, strict=True))
    assert [n for n, page in texts.items() if not isinstance(page, Rendered)] == []
    assert [n for n, page in texts.items() if "<i>late one</i>" not in str(page)] == []


def test_a_page_cannot_keep_the_next_one_from_coming() -> None:
    asked: list[str] = []
    with site({"/left": (200, LEFT), "/next": (200, "<p>next</p>")}, asked) as host:
        read = render(job(host, "/left"), job(host, "/next"), job(host, "/left"))
    assert [bool(re.search("kept|next", str(page))) for page in read] == [True] * 3
    assert all(isinstance(page, Rendered) and page.notes == () for page in read)
    # each was asked for once: nothing was lost and tried again
    assert [path for path in asked if path != "/favicon.ico"] == ["/left", "/next", "/left"]
