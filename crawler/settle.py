"""What follows from all texts together: lives, ads, words, providers, marks, summaries."""

import zlib
from pathlib import Path

from crawler.ads import group_ads
from crawler.home import DATA
from crawler.known import load_known
from crawler.link import link_providers
from crawler.marks import mark_sellers
from crawler.rebrands import propose
from crawler.store.database import Store
from crawler.store.lives import settle_listings
from crawler.store.search import index_texts
from crawler.store.summaries import summarise


def settle(store: Store) -> int:
    """Bring everything that follows from the texts up to date; how many providers there are.

    Call it inside a transaction.
    """
    settle_listings(store)
    group_ads(store)
    index_texts(store)
    providers = relink(store)
    store.keep_mark(rules_mark())
    return providers


def is_settled(store: Store) -> bool:
    """Whether nothing at all was written since `settle`, and by the same rules."""
    return store.mark == rules_mark()


def rules_mark() -> int:
    """A number for the code and the data files that `settle` goes by: another one, other rules."""
    code = Path(__file__).parent
    folders = (code, code / "store", DATA / "summaries", DATA)
    files = [path for folder in folders for path in folder.iterdir() if path.is_file()]
    stats = [(str(path), path.stat()) for path in sorted(files)]
    told = [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]
    return zlib.crc32(repr(told).encode()) & 0x7FFFFFFF or 1


def relink(store: Store) -> int:
    """Bring up to date what follows from analysts' decisions; how many providers there are.

    Call it inside a transaction.
    """
    known = load_known(store)
    providers = link_providers(store, known)
    propose(store, known)
    mark_sellers(store)
    summarise(store)
    return providers
