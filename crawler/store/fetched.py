"""What a fetch brought: the responses that led to a page, and what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crawler.archive import PageRef
from crawler.clock import stamp
from crawler.ids import id_of
from crawler.retention import Retention


@dataclass(frozen=True, slots=True)
class Exchange:
    """One archived response: its place in the evidence and what was asked."""

    ref: PageRef
    url: str
    status: int
    fetched_at: datetime
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that came: the last exchange is the page, earlier ones led to it."""

    source_id: str
    run_id: str
    kind: str
    exchanges: tuple[Exchange, ...]
    context: Mapping[str, Any] = field(default_factory=dict)
    asked: str = ""
    """Canonical URL that the frontier knows the page by; empty where that is the page's own."""
    retention: Retention | None = None
    """What of the page may become rows; None: all of it."""

    @property
    def url(self) -> str:
        """The page's URL at the source's first address, whichever mirror served it."""
        return self.asked or self.page.url

    @property
    def page(self) -> Exchange:
        """The exchange that brought the page."""
        return self.exchanges[-1]

    @property
    def walk(self) -> str:
        """When the walk that this page belongs to began, UTC."""
        return str(self.context.get("walk") or stamp(self.page.fetched_at))


def page_id(ref: PageRef) -> str:
    """Id of an archived response."""
    return id_of("page", ref.warc_file, str(ref.warc_offset))
