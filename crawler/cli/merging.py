"""`rackrent merge`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli import screen
from crawler.cli.analysis import analyse_shown
from crawler.cli.exits import Exit, fail
from crawler.cli.progress import counting
from crawler.cli.storage import at_rest
from crawler.home import find_home
from crawler.merging.run import Merged, merge
from crawler.merging.shard import ShardError


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("merge", epilog="Example: rackrent merge /mnt/worker1 /mnt/worker2")(merge_command)


def merge_command(
    shards: Annotated[
        list[Path], typer.Argument(help="Homes of workers, or single databases (market.db).")
    ],
    source: Annotated[
        list[str] | None, typer.Option(help="Take only this source; may be given several times.")
    ] = None,
    analyse: Annotated[
        bool, typer.Option("--analyse/--no-analyse", help="Analyse what is new afterwards.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Fold databases of other machines, or a partner's, into the home's, with their evidence.

    Any order and any repetition give the same rows. What analysts decided, alerts and sessions
    stay where they are; offers and providers are found anew in the texts.
    """
    home = find_home()
    home.make()
    try:
        with at_rest(home), counting("merge", "rows") as tell:
            done = merge(home, shards, source or (), tell)
    except ShardError as error:
        fail(str(error), Exit.USAGE)
    if analyse:
        analyse_shown(home)
    if as_json:
        screen.print_json([asdict(one) for one in done])
    else:
        for one in done:
            report(one)
    raise typer.Exit(Exit.DEGRADED if any(one.reasons for one in done) else Exit.DONE)


def report(done: Merged) -> None:
    """Print what a shard brought."""
    written = " · ".join(f"{count} {name}" for name, count in done.written.items())
    screen.say(
        f"{done.shard}: {len(done.sources)} sources: {written or 'nothing new'}"
        f" · {done.files} WARC files"
    )
    for name, count in done.refused.items():
        screen.say(f"  refused: {count} rows of {name}")
    for reason in done.reasons:
        screen.say(f"  {reason}")
