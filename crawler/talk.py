"""What Scrapy says in its log: addresses, never what stands on a page."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class Talk(LogFormatter):
    """Scrapy's messages without items, which hold pages."""

    def scraped(  # type: ignore[override]
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> None:
        """Nothing: `runs` counts what was read."""

    def item_error(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        """A page that could not be written, by its address."""
        where = getattr(getattr(item, "fetched", None), "url", "a page")
        return {"level": logging.ERROR, "msg": "%(url)s: was not kept", "args": {"url": where}}
