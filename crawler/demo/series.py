"""Ads that a seller posts again and again, at prices that drift: from `history.yml`."""

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

HOUR = 60


def drawn(series: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The posts of one series, oldest first; the same series gives the same posts.

    Each has `seller`, `text` and `back`: its age before the market's anchor. `prices` of a series
    are rows of first price, last price and step; `{0}` in its texts is the first row's price.
    """
    rng = random.Random(f"series/{series['id']}")
    times = series["times"]
    step = (series["oldest"] - series["newest"]) / (times - 1)
    for place in range(times):
        share = place / (times - 1)
        jitter = rng.uniform(-0.3, 0.3) if 0 < place < times - 1 else 0
        prices = [price_at(share, row, rng) for row in series["prices"]]
        yield {
            "seller": series["seller"],
            "text": series["texts"][place % len(series["texts"])].format(*prices),
            "back": timedelta(
                days=series["oldest"] - step * (place + jitter), minutes=rng.randrange(9 * HOUR)
            ),
        }


def price_at(share: float, row: Iterable[float], rng: random.Random) -> str:
    """A price on its way from the first to the last, off by up to 6 %, in whole steps."""
    first, last, step = row
    wanted = (first + (last - first) * share) * rng.uniform(0.94, 1.06)
    amount = round(wanted / step) * step
    return f"{amount:.0f}" if abs(amount - round(amount)) < 0.01 else f"{amount:.2f}"
