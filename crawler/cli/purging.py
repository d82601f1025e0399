"""`rackrent purge`."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.home import find_home
from crawler.purging.plan import Plan
from crawler.purging.run import planned, purge

COLUMNS = (
    "source_id", "texts_before", "posts", "texts", "redacted", "titles", "signatures", "listings",
    "prices", "contact_mentions", "evidence_before", "files", "bytes", "files_held",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("purge", epilog="Example: rackrent purge --dry-run --source my_board")(
        purge_command
    )


def purge_command(
    source: Annotated[
        str | None, typer.Option(help="Only this source (default: all with `retention`).")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would go, and change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Remove texts and evidence that are older than their source's file lets them be kept."""
    home = find_home()
    try:
        plans = planned(home, source) if dry_run else purge(home, source)
    except OSError as error:
        fail(f"{error}; mend that and purge again: the rest is done", Exit.STORAGE)
    if as_json:
        screen.print_json([in_full(plan) for plan in plans])
    elif not plans:
        screen.say(
            "no source has `retention` in its file: nothing is ever purged; see docs/exports.md"
        )
    else:
        screen.print_rows("Purge", COLUMNS, [plan.counts() for plan in plans])
        print_things(plans, "would go" if dry_run else "gone")


def print_things(plans: Sequence[Plan], what: str) -> None:
    """One line for each thing that goes or went."""
    for plan in plans:
        for name, ids in things(plan).items():
            for each in ids:
                screen.say(f"{what}: {plan.source_id} {name} {each}")


def things(plan: Plan) -> dict[str, list[str]]:
    """All things of a plan by what they are."""
    return {
        "text": list(plan.withheld),
        "words of the text": list(plan.redacted),
        "title of the thread": list(plan.titles),
        "signature of the account": list(plan.signatures),
        "evidence": [file.name for file in plan.removed],
    }


def in_full(plan: Plan) -> dict[str, Any]:
    """A plan with its counts and all ids and files."""
    held = [file.name for file in plan.files if file.held]
    return plan.counts() | {"things": things(plan), "held": held}
