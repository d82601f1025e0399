"""Pages on a large database against a small one: `make bench-db` prints both times and the ratio.

Medians of five requests through Datasette itself, after one that does not count. A page holds when
it takes at most three times as long as on the small database and stays under Datasette's time
limit (1,000 ms by default).
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.home import DATA  # noqa: E402
from crawler.serving import datasette_of  # noqa: E402
from scripts.bench_fill import filled  # noqa: E402
from scripts.bench_world import example_ids  # noqa: E402

SMALL, LARGE, SHORT = 10_000, 1_000_000, 50_000
"""Listings of the databases; SHORT stands in for the large one with `--small`."""
ROUNDS = 5
TIMES, LIMIT_MS = 3.0, 1000.0
PAGES = {
    "home": "/",
    "provider": "/provider/{provider}",
    "asset types": "/asset-types",
    "asset type": "/asset-type/hosting.bph.vps",
    "post": "/post/{post}",
    "listings, newest": "/search",
    "search, common words": "/search?q=server+panel",
    "search, rare word": "/search?q={rare}",
    "search, Chinese": "/search?q=独立服务器",
    "search of posts": "/search?what=posts&q=панель",
    "facet: asset type": "/search?asset_type=access.rdp&language=ru",
    "facet: country and band": "/search?country=DE&band=50+to+200",
    "facet: rare pair": "/search?asset_type=telephony.voip_spoof&language=ar&band=under+10",
    "proposals": "/proposals",
    "latest_listings": "/market/latest_listings?_nocount=1&_nofacet=1&_sort_desc=at",
    "provider_overview": "/market/provider_overview?_nocount=1&_nofacet=1",
    "price_changes": "/market/price_changes?_nocount=1&_nofacet=1&_sort_desc=seen_at",
    "recent_changes": "/market/recent_changes?_nocount=1&_nofacet=1",
    "early_signs of a provider": "/market/early_signs?_nofacet=1&provider_id={provider}",
    "who_offers": "/market/who_offers?asset_type=hosting.bph.vps",
    "price_by_month": "/market/price_by_month?asset_type=hosting.bph.vps",
}
"""Pages that are timed; {names} become ids of rows that both databases have."""


def main() -> None:
    """Make what is not there, time all pages, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help=f"{SHORT:,} listings are large enough")
    parser.add_argument("--fresh", action="store_true", help="make the databases anew")
    parser.add_argument("--folder", type=Path, default=DATA / "local" / "bench")
    options = parser.parse_args()
    sizes = (SMALL, SHORT if options.small else LARGE)
    times = []
    for size in sizes:
        path, world = filled(options.folder, size, fresh=options.fresh)
        rare = world.words.pool["en"][0].split()[-1].rstrip(".")
        times.append(asyncio.run(page_times(path, example_ids(world) | {"rare": rare})))
    print_table(sizes, times[0], times[1])


async def page_times(path: Path, names: Mapping[str, str]) -> dict[str, float | str]:
    """Median milliseconds of each page; what went wrong where there is none."""
    datasette = datasette_of(path)
    await datasette.invoke_startup()
    times: dict[str, float | str] = {}
    for name, address in PAGES.items():
        url = address.format(**names)
        rounds = []
        for _ in range(ROUNDS + 1):
            start = time.perf_counter()
            # Datasette prints the trace of a query that took too long
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                response = await datasette.client.get(url)
            rounds.append(1000 * (time.perf_counter() - start))
            if response.status_code != 200:
                break
        good = response.status_code == 200
        times[name] = statistics.median(rounds[1:]) if good else f"HTTP {response.status_code}"
    return times


def print_table(
    sizes: tuple[int, int], small: Mapping[str, float | str], large: Mapping[str, float | str]
) -> None:
    """Both columns, the ratio, and whether the bar holds."""
    print(f"{'page':28s} {sizes[0]:>12,} {sizes[1]:>12,}  ratio")
    for name in PAGES:
        one, other = small[name], large[name]
        if isinstance(one, str) or isinstance(other, str):
            print(f"{name:28s} {one!s:>12.12s} {other!s:>12.12s}         not there")
            continue
        holds = other <= TIMES * one and other <= LIMIT_MS
        mark = "holds" if holds else "TOO SLOW"
        print(f"{name:28s} {one:>9.1f} ms {other:>9.1f} ms  {other / one:5.2f}  {mark}")


if __name__ == "__main__":
    main()
