"""Opens pages of cases: one site, one browser, one page a case."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from crawler.browser import Browser, BrowserError, Rendered, RenderJob
from crawler.chromium import find_chromium
from tests.cases.canary import Canary, canary
from tests.cases.server import Server, page, served
from tests.cases.traps import Trap

BROWSING = [
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium: set RACKRENT_CHROMIUM"),
    pytest.mark.timeout(240),
]
"""Marks of tests that need a Chromium."""
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@dataclass
class Outcome:
    """What became of a case."""

    tries: list[Rendered | BrowserError] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Method and target of each request."""
    touched: list[str] = field(default_factory=list)

    @property
    def last(self) -> Rendered:
        """The page that was kept."""
        kept = self.tries[-1]
        assert isinstance(kept, Rendered), kept
        return kept


def put(server: Server, case: Trap, trap: Canary) -> None:
    """Have the site serve a case's page."""

    def filled(text: str) -> str:
        return text.replace("CANARY", trap.host).replace("HOST", server.host)

    body = f"<!doctype html><body><p id=good>good {case.name}</p>{filled(case.page)}</body>"
    head = "".join(f"{name}: {filled(value)}\r\n" for name, value in case.headers)
    start, _, rest = page(body).partition(b"\r\n")
    server.answers[f"/{case.name}"] = start + b"\r\n" + head.encode() + rest


def opened(cases: Sequence[Trap]) -> dict[str, Outcome]:
    """What becomes of the pages of cases, by their names."""
    with served() as server, canary() as trap:
        server.answers |= {
            "/never": lambda talk: talk.stall(60),
            "/auth": page("", 401, www_authenticate='Basic realm="x"'),
            "/attached": page("x", content_disposition="attachment; filename=x.exe"),
        }
        for case in cases:
            put(server, case, trap)
        return asyncio.run(run_all(cases, server, trap))


async def run_all(cases: Sequence[Trap], server: Server, trap: Canary) -> dict[str, Outcome]:
    """Open the page of every case, twice where the first try must fail."""
    outcomes = {}
    browser = Browser()
    for case in cases:
        outcome = outcomes[case.name] = Outcome()
        before, touched = len(server.asked), len(trap.touched)
        job = job_of(server, case)
        outcome.tries.append(await tried(browser, job))
        if case.without_scripts:
            outcome.tries.append(await tried(browser, replace(job, timeout_s=30)))
        outcome.asked = [f"{one.method} {one.target}" for one in server.asked[before:]]
        outcome.touched = trap.touched[touched:]
    await browser.close()
    return outcomes


def job_of(server: Server, case: Trap) -> RenderJob:
    return RenderJob(
        url=f"http://{server.host}/{case.name}",
        hosts=(server.host,),
        local=True,
        wait_for=None,
        scroll=case.scroll,
        timeout_s=case.timeout_s,
        user_agent=FIREFOX,
    )


async def tried(browser: Browser, job: RenderJob) -> Rendered | BrowserError:
    try:
        return await browser.render(job)
    except BrowserError as error:
        return error


def check(case: Trap, outcome: Outcome) -> None:
    """Assert that a case's page was kept, and that nothing left."""
    assert f"good {case.name}" in outcome.last.html
    assert case.shows in outcome.last.html
    assert outcome.touched == []
    assert [line for line in outcome.asked if "/trap" in line or "=logout" in line] == []
    assert [line for line in outcome.asked if not line.startswith(("GET", "HEAD"))] == []
    told = " ".join((*outcome.last.refused, *outcome.last.notes))
    assert (case.told or "") in told
    assert isinstance(outcome.tries[0], BrowserError) == case.without_scripts
