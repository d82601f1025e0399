"""robots.txt by RFC 9309: what a site asks crawlers not to read, and how fast to read the rest.

A site that cannot say (5xx, no answer) forbids everything; one that says nothing (4xx) nothing.
"""

import asyncio
import logging
import math
import re
from dataclasses import dataclass

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotConfigured,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.fetching import RunEndedError
from crawler.source_fields import root_of

logger = logging.getLogger(__name__)

LIMIT = 512 * 1024
"""Bytes of the file that are read; RFC 9309 asks for at least 500 KiB."""
TOTAL_S = 20.0
"""How long the file may take, seconds."""
LONGEST_LINE = 2000
MAX_DELAY_S = 60.0
"""Longest `Crawl-delay` that is kept, seconds."""
UNREACHABLE = (
    OSError,
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
WAITS_S = (1.0, 5.0)
"""Pauses before a file that the server could not give is asked for again, seconds."""
AGENT = re.compile(r"(?i)[ \t]*user[- ]?agent[ \t]*:?[ \t]*(?P<name>[^#\r\n]*)")
SOMEBODY_ELSE = "User-agent: somebody-else"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host says."""

    parsed: Protego | None = None
    """Its file; None where it has none or cannot say."""
    unknown: str | None = None
    """Why it cannot say, which forbids everything."""

    def refusal(self, url: str, agent: str) -> str | None:
        """Why a URL must not be read; None when it may."""
        if self.unknown:
            return f"robots.txt cannot be read ({self.unknown}), which forbids all (RFC 9309)"
        if self.parsed is not None and not self.parsed.can_fetch(url, agent):
            return "Forbidden by robots.txt"
        return None


class Robots:
    """Downloader middleware: asks each host once, before its first page."""

    def __init__(self, scrapy_crawler: ScrapyCrawler) -> None:
        """Remember whose crawl it is.

        Raises:
            NotConfigured: the source does not obey robots.txt.
        """
        if not scrapy_crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._scrapy = scrapy_crawler
        self._agent = scrapy_crawler.settings["USER_AGENT"]
        self._rules: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: ScrapyCrawler) -> "Robots":
        """Scrapy's way to make one."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or not.

        Raises:
            IgnoreRequest: the site forbids it.
            OSError: the host, or the source's proxy, does not answer.
            RunEndedError: the run is over.
        """
        if request.meta.get("robots"):
            return
        root = root_of(request.url)
        if root not in self._rules:
            self._rules[root] = asyncio.ensure_future(self._load(root))
        reason = (await self._rules[root]).refusal(request.url, self._agent)
        if reason:
            raise IgnoreRequest(reason)

    async def _load(self, root: str) -> Rules:
        rules = await self._ask(root)
        for wait_s in WAITS_S:
            if not rules.unknown:
                break
            await asyncio.sleep(wait_s)
            rules = await self._ask(root)
        if rules.parsed is not None:
            self._keep_pace(rules.parsed)
        return rules

    async def _ask(self, root: str) -> Rules:
        request = Request(
            f"{root}/robots.txt",
            priority=1000,
            callback=NO_CALLBACK,
            meta={"robots": True, "cut": True, "download_maxsize": LIMIT, "left_s": TOTAL_S},
        )
        engine = self._scrapy.engine
        try:
            return rules_in(await engine.download_async(request), self._agent)
        except (*UNREACHABLE, RunEndedError):
            # not the file but the host is at fault: its pages fail, and are tried again elsewhere
            del self._rules[root]
            raise
        except IgnoreRequest as error:
            # a redirect to where we may not ask: as good as none (RFC 9309, 2.3.1.2)
            logger.info("%s/robots.txt: %s", root, error)
            return Rules()
        except Exception as error:  # noqa: BLE001 (whatever it was, the site did not say)
            return Rules(unknown=f"{type(error).__name__}: {error}"[:200])

    def _keep_pace(self, parsed: Protego) -> None:
        delay = parsed.crawl_delay(self._agent)
        if delay is not None and math.isfinite(delay) and delay > 0:
            crawl = self._scrapy.spider.crawl  # type: ignore[union-attr]
            crawl.robots_delay_s = min(float(delay), MAX_DELAY_S)


def rules_in(response: Response, agent: str) -> Rules:
    """What an answer to /robots.txt says."""
    if response.status >= 500 or response.status == 429:
        return Rules(unknown=f"status {response.status}")
    if response.status >= 300:
        return Rules()
    text = response.body[:LIMIT].decode("utf-8-sig", "replace").replace("\0", "")
    lines = (line[:LONGEST_LINE] for line in text.splitlines())
    return Rules(Protego.parse("\n".join(own_line(line, agent.lower()) for line in lines)))


def own_line(line: str, agent: str) -> str:
    """A line, with the name of a crawler that we are not replaced: thousands of names take long."""
    match = AGENT.match(line)
    if match is None:
        return line
    name = match["name"].strip().lower()
    return line if name.strip("*") in agent else SOMEBODY_ELSE
