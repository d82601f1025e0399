"""What follows from all texts together: lives, ads, words, providers, marks, summaries."""

from crawler.ads import group_ads
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
    return relink(store)


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
