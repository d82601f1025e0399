"""`rackrent crawl` and `replay`."""

import os
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from crawler.archived import Archived
from crawler.cli import screen
from crawler.cli.alerting import alert_after
from crawler.cli.analysis import analyse_shown
from crawler.cli.exits import Exit, exit_of, fail, gravest
from crawler.cli.progress import counting
from crawler.cli.running import Mode, crawl_sources
from crawler.frontiers.address import VARIABLE, address_of, open_queue
from crawler.home import Home, find_home
from crawler.intake import guard_at
from crawler.reading import Reading
from crawler.replay import replay
from crawler.source import Source, find_source, source_files
from crawler.store.database import Store
from crawler.store.runs import resume_source
from spiders.intake import guarded
from spiders.parsing import read_archived

RUN_COLUMNS = (
    "source_id", "status", "pages", "posts_seen", "posts_new", "posts_changed",
    "threads_skipped", "issues", "reason",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: rackrent crawl demo_mybb --full")(crawl)
    app.command("replay", epilog="Example: rackrent replay data/local/evidence --db rebuilt.db")(
        replay_command
    )  # fmt: skip


def crawl(  # noqa: PLR0913
    sources: Annotated[
        list[str] | None, typer.Argument(help="Ids of sources; all of the operator's by default.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Open every thread again: finds edits and deletions.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Take up paused sources again.")] = False,
    now: Annotated[
        bool, typer.Option("--now", help="Read outside of the sources' active hours too.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, max=32, help="Sources read at a time.")] = 2,
    frontier: Annotated[
        str | None,
        typer.Option(help="Share the work with other machines: postgresql://user@host/database."),
    ] = None,
    analyse: Annotated[
        bool, typer.Option("--analyse/--no-analyse", help="Analyse what is new afterwards.")
    ] = True,
    alerts: Annotated[
        bool, typer.Option("--alerts/--no-alerts", help="Tell afterwards what is new.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the runs as JSON.")] = False,
) -> None:
    """Read sources, keep evidence and rows, then analyse what is new."""
    home = find_home()
    ids = sources or [
        source_id for source_id in source_files(home) if not source_id.startswith("demo_")
    ]
    if not ids:
        screen.tell(f"no source of yours yet: put one in {home.sources}, or try `rackrent demo`")
        raise typer.Exit(Exit.USAGE)
    found = {source_id: find_source(home, source_id) for source_id in ids}
    imports = [source_id for source_id, source in found.items() if source.access == "import"]
    if imports and sources:
        fail(f"{imports[0]}: is filled by `rackrent import`, not by a crawl", Exit.USAGE)
    ids = [source_id for source_id in ids if source_id not in imports]
    if address := address_of(frontier):
        # children find it there: arguments are everybody's to see
        os.environ[VARIABLE] = address
    if resume:
        resume_sources(home, [found[source_id] for source_id in ids], address)
    rows = crawl_sources(home, ids, Mode(full=full, now=now, jobs=jobs))
    if analyse:
        analyse_shown(home)
    if as_json:
        screen.print_json(rows)
    else:
        screen.print_rows("Runs", RUN_COLUMNS, rows)
    codes = [exit_of(row["status"], row["reason"]) for row in rows]
    raise typer.Exit(gravest([*codes, alert_after(home) if alerts else Exit.DONE]))


def resume_sources(home: Home, sources: list[Source], frontier: str | None) -> None:
    """Take up paused sources again, here and in a shared frontier."""
    with closing(Store(home.database)) as store, store.transaction():
        for source in sources:
            resume_source(store, source.id)
    for source in sources if frontier else []:
        shared = open_queue(str(frontier), source)
        shared.pause(None)
        shared.end()


def replay_command(
    warcs: Annotated[list[Path], typer.Argument(exists=True, help="WARC files or folders.")],
    db: Annotated[Path, typer.Option("--db", help="Database to rebuild.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Rebuild threads, posts, versions and accounts from evidence, then analyse them."""
    home = find_home()
    guard = guard_at(home)

    def read(source: Source, archived: Archived, body: bytes) -> Reading:
        return guarded(read_archived(source, archived, body), guard, dropped=False)

    with counting("replay", "files") as progress:
        done = replay(home, warcs, db, read, progress)
    if as_json:
        screen.print_json(done)
    else:
        screen.say(" · ".join(f"{value} {key}" for key, value in done.items()))
    raise typer.Exit(Exit.DEGRADED if done["torn"] or done["unreadable"] else Exit.DONE)
