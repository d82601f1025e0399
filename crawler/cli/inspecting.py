"""`rackrent runs`, `issues` and `logs`: what happened, and what was not understood."""

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.boundaries.paths import OutsideError, inside
from crawler.boundaries.terminal import safe_term_line
from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.cli.sources import AsJson, opened, source_ids
from crawler.home import find_home

runs = typer.Typer(help="Crawls: what each brought.", epilog="Example: rackrent runs list")
issues = typer.Typer(
    help="What parsers did not understand, and what stopped pages.",
    epilog="Example: rackrent issues list --source my_board",
)
RUN_COLUMNS = (
    "id", "status", "started_at", "finished_at", "pages", "posts_new", "posts_changed", "issues",
    "reason",
)  # fmt: skip
ISSUE_COLUMNS = ("last_seen", "source_id", "kind", "detail", "url")
FOLLOW_S = 0.5
OfSource = Annotated[
    str | None, typer.Option(help="Only of this source.", autocompletion=source_ids)
]
Number = Annotated[int, typer.Option(min=1, help="Newest rows.")]


def register(root: typer.Typer) -> None:
    """Add this module's commands."""
    root.add_typer(runs, name="runs", no_args_is_help=True)
    root.add_typer(issues, name="issues", no_args_is_help=True)
    root.command(epilog="Example: rackrent logs my_board -f")(logs)


@runs.command("list", epilog="Example: rackrent runs list --source my_board")
def list_runs(source: OfSource = None, number: Number = 20, as_json: AsJson = False) -> None:
    """List the newest runs."""
    with opened(find_home()) as store:
        rows = store.rows(
            "select * from runs where source_id = coalesce(?, source_id) "
            "order by started_at desc, id desc limit ?",
            (source, number),
        )
    print_table("Runs", RUN_COLUMNS, [dict(row) for row in rows], as_json=as_json)


@runs.command("show", epilog="Example: rackrent runs show my_board-20260301T033000Z --json")
def show_run(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Id of a run, or of a source.")],
    as_json: AsJson = False,
) -> None:
    """Show a run, or a source's newest one: its row, how often fields were stated, its issues."""
    with opened(find_home()) as store:
        found = store.rows(
            "select * from runs where id = ? or source_id = ? order by started_at desc limit 1",
            (run_id, run_id),
        )
        if not found:
            fail(f"{run_id}: no such run; `rackrent runs list` names them", Exit.USAGE)
        run = dict(found[0])
        figures = store.rows(
            "select name, total, filled from run_figures where run_id = ? order by name",
            (run["id"],),
        )
        met = store.rows("select * from issues where run_id = ? order by kind, url", (run["id"],))
    shown = run | {
        "figures": [dict(row) for row in figures],
        "issues_met": [dict(row) for row in met],
    }
    if as_json:
        screen.print_json(shown)
        return
    for name, value in run.items():
        screen.say(f"{name:<16} {safe_term_line(value)}".rstrip())
    print_table("Figures", ("name", "total", "filled"), shown["figures"])
    print_table("Issues", ISSUE_COLUMNS, shown["issues_met"])


@issues.command("list", epilog="Example: rackrent issues list --kind unknown_page --json")
def list_issues(
    source: OfSource = None,
    kind: Annotated[str | None, typer.Option(help="Only of this kind.")] = None,
    number: Number = 50,
    as_json: AsJson = False,
) -> None:
    """List the newest issues."""
    with opened(find_home()) as store:
        rows = store.rows(
            "select * from issues where source_id = coalesce(?, source_id) "
            "and kind = coalesce(?, kind) order by last_seen desc, id limit ?",
            (source, kind, number),
        )
    print_table("Issues", ISSUE_COLUMNS, [dict(row) for row in rows], as_json=as_json)


def print_table(
    heading: str, columns: tuple[str, ...], rows: list[dict[str, Any]], *, as_json: bool = False
) -> None:
    """Print rows as a table or as JSON; nothing but a word where there are none."""
    if as_json:
        screen.print_json(rows)
    elif rows:
        screen.print_rows(heading, columns, rows)
    else:
        screen.tell(f"{heading.lower()}: none")


def logs(
    source: Annotated[
        str | None,
        typer.Argument(
            help="Id of a source; the scheduler's log by default.", autocompletion=source_ids
        ),
    ] = None,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Wait for new lines until Ctrl-C.")
    ] = False,
    lines: Annotated[int, typer.Option(min=0, help="Last lines to begin with.")] = 40,
) -> None:
    """Print the end of a source's log, or of the scheduler's."""
    try:
        path = inside(find_home().logs, f"{source or 'schedule'}.log")
    except OutsideError as error:
        fail(str(error), Exit.USAGE)
    if not path.exists():
        there = ", ".join(sorted(each.stem for each in path.parent.glob("*.log"))) or "none"
        fail(f"{path}: no such log; there are: {there}", Exit.USAGE)
    for line in followed(path, lines) if follow else last_lines(path, lines)[0]:
        screen.say(line.rstrip())


def last_lines(path: Path, number: int) -> tuple[list[str], int]:
    """The last lines of a file, and where it ends, bytes."""
    with path.open("rb") as stream:
        kept = deque(stream, maxlen=number)
        return [line.decode("utf-8", "replace") for line in kept], stream.tell()


def followed(path: Path, number: int) -> Iterator[str]:
    """The last lines of a file, then new ones as they come; begins anew when it was emptied."""
    begun, at = last_lines(path, number)
    yield from begun
    while True:
        time.sleep(FOLLOW_S)
        at = at if path.stat().st_size >= at else 0
        with path.open("rb") as stream:
            stream.seek(at)
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                at += len(line)
                yield line.decode("utf-8", "replace")
