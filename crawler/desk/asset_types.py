"""One asset type: what it is, what it costs over time, who sells it, where."""

from functools import cache
from typing import Any

from crawler.desk.asking import Asking, Row
from crawler.home import DATA
from nlp.yamls import load_yaml

_SELLERS = """
select x.*, n.name, n.sources, n.accused, n.praised from asset_sellers x
join providers_now n on n.id = x.provider_id
where x.asset_type = ? order by x.active desc, x.offers desc limit 50
"""
_BANDS = """
select month, measure, n, low, q1, median, q3, high from month_prices
where asset_type = ? and source_id = '' order by measure desc, month
"""
_MARKETS = """
select source_id, measure, sum(n) as n, max(month) as month,
    (select median from month_prices x where x.asset_type = m.asset_type
        and x.source_id = m.source_id and x.measure = m.measure order by x.month desc limit 1)
    as median
from month_prices m where asset_type = ? and source_id <> ''
group by source_id, measure order by n desc, source_id limit 60
"""
_NEW = """
select month, source_id, sum(n) as n from month_counts
where asset_type = ? and intent = 'offer' group by 1, 2 order by 1 desc, n desc limit 24
"""
_LATEST = """
select * from listings_now where asset_type = ? order by at desc limit 15
"""
_WORDS_SHOWN = 12


@cache
def taxonomy() -> dict[str, dict[str, Any]]:
    """The asset types by id, as their files define them."""
    return {path.stem: load_yaml(path) for path in sorted((DATA / "assets").glob("*.yml"))}


def asset_names() -> dict[str, str]:
    """Names of the asset types by id."""
    return {key: entry["name"] for key, entry in taxonomy().items()}


def asset_name(asset_type: str) -> str:
    """The name of an asset type; its id where it has none."""
    return asset_names().get(asset_type, asset_type)


async def asset_type_page(desk: Asking, asset_type: str) -> Row | None:
    """What the page of an asset type shows; None for an unknown id."""
    entry = taxonomy().get(asset_type)
    if entry is None:
        return None
    bands = await desk.rows(_BANDS, (asset_type,))
    return {
        "id": asset_type,
        "entry": entry,
        "words": words_of(entry),
        "bands": {
            measure: [row for row in bands if row["measure"] == measure]
            for measure in ("month", "each")
        },
        "sellers": await desk.rows(_SELLERS, (asset_type,)),
        "markets": await desk.rows(_MARKETS, (asset_type,)),
        "appeared": await desk.rows(_NEW, (asset_type,)),
        "latest": await desk.rows(_LATEST, (asset_type,)),
    }


def words_of(entry: Row) -> dict[str, list[str]]:
    """Attested words by language, some of each; others where none is attested."""
    shown = {}
    for code, words in (entry.get("words") or {}).items():
        terms = [w["term"] for w in words if w.get("attested")] or [w["term"] for w in words]
        shown[code] = terms[:_WORDS_SHOWN]
    return shown
