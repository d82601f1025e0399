"""`rackrent link`: who is one seller, what analysts decide of it."""

import getpass
from collections.abc import Callable
from contextlib import closing
from typing import Annotated, Any

import typer

from crawler.boundaries.terminal import safe_term
from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.decisions import DecisionError, merge, reject, split
from crawler.home import find_home
from crawler.settle import settle
from crawler.store.database import Store

link = typer.Typer(
    help="Who is one seller: link anew, review proposals, merge, split, reject.",
    epilog="Example: rackrent link review --kind rebrand",
)
KINDS = ("rebrand", "same seller", "impostor")
Actor = Annotated[str | None, typer.Option(help="Who decides; by default the system's user.")]
Note = Annotated[str, typer.Option(help="Why, in your words.")]
One = Annotated[str, typer.Argument(metavar="A", help="Id of a provider or account.")]
Other = Annotated[str, typer.Argument(metavar="B", help="Id of another one.")]
_OPEN = """
select p.*, a.source_id as source_a, b.source_id as source_b
from proposals p join accounts a on a.id = p.account_a join accounts b on b.id = p.account_b
where p.state = 'open' and (:kind is null or p.kind = :kind)
order by p.score desc, p.appeared_at desc, p.id limit :limit
"""


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(link, name="link")


@link.callback(invoke_without_command=True)
def run_by_default(context: typer.Context) -> None:
    """Who is one seller: link anew, review proposals, merge, split, reject."""
    if context.invoked_subcommand is None:
        run()


@link.command(epilog="Example: rackrent link run")
def run(as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Link anew from what is known, without reading texts again."""
    with closing(Store(find_home().database)) as store:
        with store.transaction():
            settle(store)
        found = counts(store)
    if as_json:
        screen.print_json(found)
    else:
        screen.say(
            " · ".join(f"{number} {what.replace('_', ' ')}" for what, number in found.items())
        )


@link.command(epilog="Example: rackrent link review --kind rebrand --limit 5")
def review(
    kind: Annotated[
        str | None, typer.Option(help="Only rebrand, 'same seller' or impostor.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most proposals.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show open proposals with their evidence, and how to accept or reject each."""
    if kind is not None and kind not in KINDS:
        fail(f"--kind '{kind}' is none of {', '.join(KINDS)}", Exit.USAGE)
    with closing(Store(find_home().database)) as store:
        rows = store.rows(_OPEN, {"kind": kind, "limit": limit})
    if as_json:
        screen.print_json([shown(dict(row)) for row in rows])
        return
    for row in rows:
        print_proposal(dict(row))
    if not rows:
        screen.say("no open proposals")


@link.command("merge", epilog="Example: rackrent link merge 3f2a… 9bc1… --note 'same PGP key'")
def merge_command(one: One, other: Other, note: Note = "", actor: Actor = None) -> None:
    """Decide that two providers or accounts are one."""
    decide(lambda store, who: merge(store, one, other, actor=who, note=note), actor)


@link.command("split", epilog="Example: rackrent link split 3f2a… --note 'an impostor'")
def split_command(
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="Id of the account.")],
    note: Note = "",
    actor: Actor = None,
) -> None:
    """Decide that an account is not of its provider."""
    decide(lambda store, who: split(store, account, actor=who, note=note), actor)


@link.command("reject", epilog="Example: rackrent link reject 3f2a… 9bc1…")
def reject_command(one: One, other: Other, note: Note = "", actor: Actor = None) -> None:
    """Decide that two providers or accounts are not one."""
    decide(lambda store, who: reject(store, one, other, actor=who, note=note), actor)


def decide(what: Callable[[Store, str], None], actor: str | None) -> None:
    """Carry out a decision and link anew; ends the command with exit 2 on a wrong id."""
    with closing(Store(find_home().database)) as store:
        try:
            with store.transaction():
                what(store, actor or getpass.getuser())
                settle(store)
        except DecisionError as error:
            fail(safe_term(str(error)), Exit.USAGE)
        found = counts(store)
    screen.say(
        f"decided · {found['providers']} providers · {found['open_proposals']} open proposals"
    )


def counts(store: Store) -> dict[str, int]:
    """Providers, links between accounts, ads and open proposals."""
    tables = {
        "providers": "providers",
        "links": "provider_links",
        "ads": "ad_texts",
        "open_proposals": "proposals where state = 'open'",
    }
    return {
        name: store.rows(f"select count(*) as n from {table}")[0]["n"]
        for name, table in tables.items()
    }


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A proposal as JSON shows it: reasons as a list, with the commands that decide it."""
    pair = f"{row['account_a']} {row['account_b']}"
    return row | {
        "reasons": row["reasons"].split("\n"),
        "accept": f"rackrent link merge {pair}",
        "reject": f"rackrent link reject {pair}",
    }


def print_proposal(row: dict[str, Any]) -> None:
    """A proposal on a terminal; what sellers wrote cannot move the cursor."""
    proposal = shown(row)
    screen.say(f"{row['score']:.2f} {row['kind']}: {named(row, 'a')} → {named(row, 'b')}")
    if row["silent_since"]:
        screen.say(f"     silent since {row['silent_since']}, appeared {row['appeared_at']}")
    for reason in proposal["reasons"]:
        screen.say(f"     - {safe_term(reason)}")
    screen.say(f"     accept: {proposal['accept']}")
    screen.say(f"     reject: {proposal['reject']}")
    screen.say()


def named(row: dict[str, Any], side: str) -> str:
    """A name with its source, without line ends and control characters."""
    name = safe_term(" ".join(str(row[f"name_{side}"]).split()))
    return f"{name} ({row[f'source_{side}']})"
