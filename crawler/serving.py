"""The database in Datasette: read-only, described, and inert."""

import asyncio
import re
import socket
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

from crawler.home import DATA
from crawler.records import TABLES
from crawler.schema import texts_of, view_files

FOLDER = DATA / "datasette"
NAME = "market"
COLUMN_LINE = re.compile(r"-- ([a-z_0-9]+): (.+)")
SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 1000,
    "allow_download": False,
    "suggest_facets": False,
    "truncate_cells_html": 1500,
    "default_cache_ttl": 0,
}
LABELS = {
    "sources": "name",
    "threads": "title",
    "accounts": "name",
    "providers": "name",
    "contacts": "value",
    "posts": "native_id",
    "listings": "asset_type",
}
FACETS = {
    "latest_listings": ["asset_type", "intent", "state", "source"],
    "listing_prices": ["asset_type", "currency", "per", "kind"],
    "price_history": ["asset_type", "source"],
    "posts_now": ["source", "intent"],
    "recent_changes": ["what", "source"],
    "contacts": ["kind"],
    "issues": ["source_id", "kind"],
    "runs": ["source_id", "status"],
}
NEWEST_FIRST = {
    "latest_listings": "posted_at",
    "listing_prices": "posted_at",
    "posts_now": "posted_at",
    "recent_changes": "at",
    "price_history": "seen_at",
    "provider_overview": "active",
    "asset_type_overview": "offers",
    "runs": "started_at",
    "issues": "last_seen",
    "post_versions": "seen_at",
}
SEARCH = {
    "post_versions": ("post_versions_fts", "rowid"),
    "posts_now": ("post_versions_fts", "version_rowid"),
    "latest_listings": ("post_versions_fts", "version_rowid"),
}
QUERIES = {
    "who_offers": {
        "title": "Who offers this asset type now?",
        "sql": "select * from latest_listings where asset_type = :asset_type "
        "and intent = 'offer' and state = 'active' order by usd_month, usd_low",
    },
    "price_by_month": {
        "title": "What did this asset type cost, month by month?",
        "sql": "select substr(posted_at, 1, 7) as month, count(*) as prices, "
        "round(min(usd_min), 2) as lowest, round(avg(usd_min), 2) as mean, "
        "round(max(usd_min), 2) as highest from listing_prices where asset_type = :asset_type "
        "and intent = 'offer' and usd_min is not null group by month order by month desc",
    },
    "who_uses_contact": {
        "title": "Who uses this contact?",
        "sql": "select c.kind, c.value, a.name as account, a.source_id as source, "
        "count(*) as mentions from contacts c join contact_mentions m on m.contact_id = c.id "
        "left join accounts a on a.id = m.account_id where c.value like '%' || :contact || '%' "
        "group by c.id, a.id order by mentions desc",
    },
}


def metadata_of() -> dict[str, Any]:
    """Datasette's metadata: every table, view and column described, facets, sorting, search."""
    tables: dict[str, dict[str, Any]] = {}
    for name, record in TABLES.items():
        text, columns = texts_of(record)
        tables[name] = {"description": text, "columns": columns}
    for name, path in view_files().items():
        text, columns = view_texts(path)
        tables[name] = {"description": text, "columns": columns}
    for name, label in LABELS.items():
        tables[name]["label_column"] = label
    for name, facets in FACETS.items():
        tables[name]["facets"] = facets
    for name, column in NEWEST_FIRST.items():
        tables[name]["sort_desc"] = column
    for name, (index, key) in SEARCH.items():
        tables[name] |= {"fts_table": index, "fts_pk": key}
    return {
        "title": "Rackrent",
        "description": "The underground hosting market: who offers what, at which price.",
        "databases": {NAME: {"tables": tables, "queries": QUERIES}},
    }


def view_texts(path: Path) -> tuple[str, dict[str, str]]:
    """A view's description and its columns' texts, from the comments that its file starts with."""
    about: list[str] = []
    columns: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("-- "):
            break
        if about and (match := COLUMN_LINE.fullmatch(line)):
            columns[match[1]] = match[2]
        else:
            about.append(line[3:])
    return " ".join(about), columns


def datasette_of(database: Path) -> Datasette:
    """Datasette over a database, which it can only read; a crawl may write meanwhile."""
    return Datasette(
        files=[str(database)],
        metadata=metadata_of(),
        plugins_dir=str(FOLDER / "plugins"),
        template_dir=str(FOLDER / "templates"),
        static_mounts=[("rackrent", str(FOLDER / "static"))],
        settings=SETTINGS,
    )


def serve(database: Path, *, host: str, port: int) -> None:
    """Serve a database until interrupted; a taken port is replaced by a free one."""
    datasette = datasette_of(database)
    port = free_port(host, port)
    print(f"Rackrent is open at http://{host}:{port}/  (Ctrl-C ends it)", flush=True)

    async def run() -> None:
        await datasette.invoke_startup()
        config = uvicorn.Config(datasette.app(), host=host, port=port, log_level="warning")
        await uvicorn.Server(config).serve()

    asyncio.run(run())


def free_port(host: str, port: int) -> int:
    """The port itself, or a free one where it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            print(f"port {port} is taken; a free one is used", flush=True)
            probe.bind((host, 0))
        return int(probe.getsockname()[1])
