"""The help of `rackrent` itself: names of commands and what each does, without importing any.

Importing all commands takes seconds. The texts are the commands' own; a test holds them together.
"""

import typer

HELP = {
    "demo": "Crawl the bundled market on this machine, analyse it, and open it in Datasette.",
    "probe": "Tell what software made a page, and show what would be read of it.",
    "add": "Look at a site, ask what cannot be seen, and write its source file.",
    "crawl": "Read sources, keep evidence and rows, then analyse what is new.",
    "replay": "Rebuild threads, posts, versions and accounts from evidence, then analyse them.",
    "import": "Read a chat program's export into a source. Importing a file again adds nothing.",
    "analyse": "Find listings, prices, contacts and providers in stored posts.",
    "extract": "Print what the posts of a file offer, one JSON object a line.",
    "evaluate": "Score `extract` against labelled posts.",
    "serve": (
        "Open the database in Datasette: everybody on this machine reads, analysts may decide."
    ),
    "read": "Print what an engine reads from one saved page, as JSON.",
    "check": "Check source files, asset types, languages and views.",
    "fixture": "Write the last pages that could not be read as test cases: page, facts, no names.",
    "export": "Write offers and requests to a file, under their labels, and note what left.",
    "lake": "Write the database as Parquet by month and source, with the same views for DuckDB.",
    "purge": "Remove texts and evidence that are older than their source's file lets them be kept.",
    "merge": (
        "Fold databases of other machines, or a partner's, into the home's, with their evidence."
    ),
    "backup": (
        "Copy the database while it is in use, check the copy, and write its SHA-256 beside it."
    ),
    "restore": (
        "Put a backup in the database's place, after its sum and all of its pages were checked."
    ),
    "vacuum": "Give unused room of the database back to the disk, and check it.",
    "doctor": "Look for what is wrong with this set-up, and say how each fault is mended.",
    "status": (
        "Show every source: its last and next run, its health, and what to do where it is paused."
    ),
    "logs": "Print the end of a source's log, or of the scheduler's.",
    "init": (
        "Set up a home, a first source, a schedule and the desk. Run it again: it changes nothing."
    ),
    "schedule": "Read every source when it is due.",
    "session": "Logged-in state of sources: bring it, make it, check it.",
    "link": "Who is one seller: link anew, review proposals, merge, split, reject.",
    "analyst": "Who may sign in to the desk and decide.",
    "rates": "Exchange rates: the bundled table and newer days.",
    "label": "Posts for annotators, and their labels read back.",
    "alerts": "Rules that tell you what is new, by mail, chat, webhook or feed.",
    "frontier": "What a crawl still has to fetch, and what it gave up (dead letters).",
    "evidence": "Whether the evidence is what was written, and what a day of it consists of.",
    "sources": "The monitored sources: what their files say, pause, resume, edit.",
    "runs": "Crawls: what each brought.",
    "issues": "What parsers did not understand, and what stopped pages.",
}
"""Commands in the order of the help."""


def add_names(app: typer.Typer) -> None:
    """Add the commands with their names and texts, and nothing behind them."""
    for name, text in HELP.items():
        app.command(name, help=text)(nothing)


def nothing() -> None:
    """Stand for a command where only names are shown."""
