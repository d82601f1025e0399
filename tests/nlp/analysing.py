"""One analyser for all tests, and short ways to ask it."""

from functools import lru_cache

from nlp.findings import Document, Findings, Listing
from nlp.pipeline import Analyser


@lru_cache(maxsize=1)
def analyser() -> Analyser:
    return Analyser()


def findings(text: str, title: str = "", *, kind: str = "forum", author: str = "") -> Findings:
    return analyser().analyse(Document(text=text, title=title, kind=kind, author=author))


def only_listing(found: Findings) -> Listing:
    assert len(found.listings) == 1, [x.asset_type for x in found.listings]
    return found.listings[0]


def facts(listing: Listing) -> set[tuple[str, str | int | float]]:
    return {(a.key, a.value) for a in listing.attributes}
