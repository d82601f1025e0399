"""`rackrent frontier`: what waits, what was given up."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import Annotated

import typer

from crawler.cli import screen
from crawler.crawl_lock import take_lock
from crawler.frontiers.address import address_of, open_queue, shown
from crawler.frontiers.contract import PageQueue
from crawler.frontiers.local import LocalQueue
from crawler.home import Home, find_home
from crawler.source import Source, find_source, source_files
from crawler.store.database import Store

frontier = typer.Typer(
    help="What a crawl still has to fetch, and what it gave up (dead letters).",
    epilog="Example: rackrent frontier dead my_board",
)
Address = Annotated[
    str | None,
    typer.Option("--frontier", help="The shared frontier (default: RACKRENT_FRONTIER, or here)."),
]
Sources = Annotated[list[str] | None, typer.Argument(help="Ids of sources; all by default.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
COLUMNS = ("source_id", "pending", "dead", "paused")
LETTERS = ("source_id", "kind", "tries", "url", "detail")


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(frontier, name="frontier", no_args_is_help=True)


@frontier.command(epilog="Example: rackrent frontier show")
def show(sources: Sources = None, address: Address = None, as_json: AsJson = False) -> None:
    """Pages to fetch, pages that were given up, and pauses, by source."""
    rows = []
    with queues(sources, address) as found:
        for source, queue in found:
            rows.append(
                {
                    "source_id": source.id,
                    "pending": queue.count_pending(),
                    "dead": len(queue.dead_letters()),
                    "paused": queue.paused_reason(),
                }
            )
    if as_json:
        screen.print_json(rows)
    else:
        screen.print_rows(place_of(address), COLUMNS, rows)


@frontier.command(epilog="Example: rackrent frontier dead my_board --json")
def dead(sources: Sources = None, address: Address = None, as_json: AsJson = False) -> None:
    """Pages that were given up, with what went wrong last; the next run tries them again."""
    with queues(sources, address) as found:
        rows = [asdict(letter) for _, queue in found for letter in queue.dead_letters()]
    if as_json:
        screen.print_json(rows)
    else:
        screen.print_rows("Dead letters", LETTERS, rows)


@frontier.command(epilog="Example: rackrent frontier retry my_board")
def retry(sources: Sources = None, address: Address = None) -> None:
    """Queue the dead letters again, for workers that are at work or the next run."""
    with queues(sources, address, writes=True) as found:
        for source, queue in found:
            screen.say(f"{source.id}: {queue.retry_dead()} pages queued again")


def place_of(named: str | None) -> str:
    """Which frontier is looked at, for people."""
    address = address_of(named)
    return f"Frontier at {shown(address)}" if address else "Frontier"


@contextmanager
def queues(
    named: list[str] | None, address: str | None, *, writes: bool = False
) -> Iterator[Iterator[tuple[Source, PageQueue]]]:
    """Frontiers of sources, one after the other.

    Raises:
        SourceBusyError: one that is to be written is being crawled.
    """
    home, shared = find_home(), address_of(address)
    home.make()
    with closing(Store(home.database)) as store:
        yield opened(home, store, named or list(source_files(home)), shared, writes=writes)


def opened(
    home: Home, store: Store, source_ids: list[str], shared: str | None, *, writes: bool
) -> Iterator[tuple[Source, PageQueue]]:
    """Each source with its frontier, open while it is looked at."""
    for source_id in source_ids:
        source = find_source(home, source_id)
        if shared:
            queue = open_queue(shared, source)
            try:
                yield source, queue
            finally:
                queue.end()
        elif writes:
            lock = take_lock(home.locks / f"{source_id}.lock", source_id)
            try:
                with store.transaction():
                    yield source, LocalQueue(store, source_id, "")
            finally:
                lock.release()
        else:
            yield source, LocalQueue(store, source_id, "")
