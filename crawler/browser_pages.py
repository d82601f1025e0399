"""What is asked of the browser for a source's page, and what its answer says of the page."""

import asyncio
from collections.abc import Callable
from urllib.parse import urldefrag, urlsplit

from crawler.browser import Browser, Rendered, RenderJob
from crawler.crawl import Crawl
from crawler.reading import Problem
from crawler.session import load_state
from crawler.upstream import upstream_of

LOOK_S = 0.5
"""How often to see whether the crawl was told to end, seconds."""


def job_for(crawl: Crawl, url: str) -> RenderJob:
    """A page of a source that has a `browser` part, as the browser is asked for it."""
    source, need = crawl.source, crawl.source.browser
    if need is None:
        raise ValueError(f"{source.id}: browser: is missing; only sources with it are rendered")
    return RenderJob(
        url=url,
        hosts=source.hosts,
        local=source.local,
        wait_for=need.wait_for,
        scroll=need.scroll,
        timeout_s=need.timeout_s,
        user_agent=source.user_agent,
        upstream=upstream_of(source),
        more=need.more,
        more_times=need.more_times,
        memory_mb=need.memory_mb,
        state=load_state(crawl.home, source.id) if source.session else None,
        isolation=need.isolation,
        verify=source.tls == "verified",
    )


async def rendered_unless(
    browser: Browser, job: RenderJob, is_ending: Callable[[], bool]
) -> Rendered | None:
    """The rendered page; None when the crawl was told to end meanwhile.

    Raises:
        ProxyDownError: the proxy does not answer.
        BrowserError: the page is not to be had.
    """
    asked = asyncio.ensure_future(browser.render(job))
    try:
        while not (await asyncio.wait({asked}, timeout=LOOK_S))[0]:
            if is_ending():
                return None
        return asked.result()
    finally:
        asked.cancel()


def problems_of(url: str, rendered: Rendered) -> list[Problem]:
    """What the browser refused, what is missing, and that the page is not where it was asked."""
    problems = [Problem("refused", f"page asked for {line}") for line in rendered.refused]
    problems += [Problem("rendered_in_part", note) for note in rendered.notes]
    if place(rendered.final_url) != place(url):
        problems.append(Problem("moved", f"it calls itself {rendered.final_url}"[:300]))
    return problems


def place(url: str) -> str:
    """A URL as two of them are compared: without fragment, with a path."""
    bare = urldefrag(url).url
    return bare if urlsplit(bare).path else f"{bare}/"
