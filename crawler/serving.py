"""The database in Datasette: read-only, described, and inert."""

import asyncio
import re
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from datasette.app import Datasette

from crawler.desk.analysts import load_analysts, secret_of, sign_in_config
from crawler.home import DATA, Home
from crawler.records import TABLES
from crawler.schema import texts_of, view_files
from nlp.yamls import load_yaml

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
    "latest_listings": "at",
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
        "databases": {NAME: {"tables": tables, "queries": queries_of()}},
    }


def queries_of() -> dict[str, dict[str, Any]]:
    """The canned queries of data/queries.yml; `example` holds their defaults as a query string."""
    written = load_yaml(DATA / "queries.yml")
    return {
        name: {
            "title": query["title"],
            "description": query["description"],
            "sql": query["sql"],
            "params": list(query["params"]),
            "example": urlencode(query["params"]),
        }
        for name, query in written.items()
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


def datasette_of(database: Path, *, public: bool = False) -> Datasette:
    """Datasette over a home's database; a crawl may write meanwhile.

    It reads, but for what the home's analysts decide once they have signed in. A `public` one shows
    nothing to anybody else.

    Raises:
        AnalystError: the analysts' file is wrong.
    """
    home = Home(database.parent)
    known = load_analysts(home)
    names = list(known.analysts)
    metadata = metadata_of()
    metadata["plugins"] = {
        "rackrent": {"analysts": names, "mask_victims": known.mask_victims},
        "datasette-auth-passwords": sign_in_config(home, known),
    }
    if public:
        metadata["allow"] = {"id": names}
    return Datasette(
        files=[str(database)],
        metadata=metadata,
        secret=secret_of(home) if names else None,
        plugins_dir=str(FOLDER / "plugins"),
        template_dir=str(FOLDER / "templates"),
        static_mounts=[("rackrent", str(FOLDER / "static"))],
        settings=SETTINGS,
    )


def serve(database: Path, *, host: str, port: int, public: bool = False) -> None:
    """Serve a database until interrupted; a taken port is replaced by a free one."""
    datasette = datasette_of(database, public=public)
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
