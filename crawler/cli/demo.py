"""`rackrent demo`: the whole way, from a bundled market to Datasette."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from crawler.chromium import find_chromium
from crawler.cli import screen
from crawler.cli.analysis import analyse_shown
from crawler.cli.crawling import RUN_COLUMNS
from crawler.cli.exits import Exit, exit_of, gravest
from crawler.cli.running import Mode, crawl_sources
from crawler.cli.serving import serve_home
from crawler.clock import moment_of, now, stamp
from crawler.demo.market import LAST_DAY
from crawler.demo.server import serve_market
from crawler.home import DATA, Home, find_home
from crawler.store.database import Store
from nlp.yamls import load_yaml

SOURCES = ("demo_mybb", "demo_xenforo", "demo_telegram", "demo_shop")
NEEDS_BROWSER = "demo_shop"
COUNTS = {
    "posts": "select count(*) from posts",
    "listings": "select count(*) from latest_listings",
    "asset types": "select count(distinct asset_type) from listings where asset_type <> 'other'",
    "prices in USD": "select count(*) from prices where usd_min is not null",
    "providers": "select count(*) from providers",
    "contacts": "select count(*) from contacts",
}


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(epilog="Example: rackrent demo --day 2 --no-serve")(demo)


def demo(
    day: Annotated[
        int, typer.Option(min=1, max=LAST_DAY, help="2 and 3 are the same market, later.")
    ] = 1,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Open the result in Datasette.")
    ] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of Datasette.")] = 8001,
    as_json: Annotated[bool, typer.Option("--json", help="Print the runs as JSON.")] = False,
) -> None:
    """Crawl the bundled market on this machine, analyse it, and open it in Datasette."""
    home = find_home()
    home.make()
    state = load_state(home)
    with serve_market(state["ports"], anchor=moment_of(state["anchor"]), day=day) as market:
        save_state(home, moment_of(state["anchor"]), market.ports)
        move_sources(home, market.ports)
        rows = crawl_sources(home, usable_sources(), Mode(full=True))
    analyse_shown(home)
    if as_json:
        screen.print_json(rows)
    else:
        screen.print_rows(f"Demo market, day {day}", RUN_COLUMNS, rows)
        screen.say(" · ".join(f"{count} {name}" for name, count in counts_of(home).items()))
    code = gravest([exit_of(row["status"], row["reason"]) for row in rows])
    if serve and code is not Exit.INTERRUPTED:
        serve_home(home, port=port)
    raise typer.Exit(code)


def usable_sources() -> list[str]:
    """The demo's sources, without the one that needs a browser where there is none."""
    if find_chromium():
        return list(SOURCES)
    screen.tell("no Chromium found: the shop is left out; `apt-get install chromium` brings it")
    return [source for source in SOURCES if source != NEEDS_BROWSER]


def load_state(home: Home) -> dict[str, Any]:
    """Anchor and ports of this home's demo; new ones at the first time."""
    path = home.root / "demo.json"
    if path.exists():
        state: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return state
    shipped = {source: port_of(source) for source in SOURCES}
    return {"anchor": stamp(now().replace(second=0)), "ports": shipped}


def save_state(home: Home, anchor: datetime, ports: Mapping[str, int]) -> None:
    """Keep anchor and ports, so that a second demo serves the same market at the same place."""
    state = {"anchor": stamp(anchor), "ports": dict(ports)}
    (home.root / "demo.json").write_text(json.dumps(state, indent=1) + "\n", "utf-8")


def port_of(source: str) -> int:
    """The port that the shipped source file names."""
    raw = load_yaml(DATA / "sources" / f"{source}.yml")
    return int(raw["hosts"][0].rpartition(":")[2])


def move_sources(home: Home, ports: Mapping[str, int]) -> None:
    """Where a shipped port was taken, put a source file with the port in use into the home."""
    for source, port in ports.items():
        shipped = port_of(source)
        moved = home.sources / f"{source}.yml"
        if port == shipped:
            moved.unlink(missing_ok=True)
            continue
        text = (DATA / "sources" / f"{source}.yml").read_text("utf-8")
        moved.write_text(text.replace(f"127.0.0.1:{shipped}", f"127.0.0.1:{port}"), "utf-8")


def counts_of(home: Home) -> dict[str, int]:
    """What the database holds, in a few figures."""
    store = Store(home.database)
    counts = {name: int(store.rows(sql)[0][0]) for name, sql in COUNTS.items()}
    store.close()
    return counts
