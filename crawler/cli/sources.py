"""`rackrent sources list | show | pause | resume | edit`."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.boundaries.terminal import safe_term_line
from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.home import Home, find_home
from crawler.source import SourceError, find_source, load_source, source_files
from crawler.store.database import Store
from crawler.store.runs import keep_source, pause_source, paused_reason, resume_source

app = typer.Typer(
    help="The monitored sources: what their files say, pause, resume, edit.",
    epilog="Example: rackrent sources list",
)
COLUMNS = ("source", "kind", "engine", "access", "every", "tlp", "basis", "note")


def source_ids(incomplete: str) -> Iterator[str]:
    """Ids of sources that begin so, for the shell's completion."""
    return (name for name in source_files(find_home()) if name.startswith(incomplete))


SourceId = Annotated[
    str, typer.Argument(metavar="SOURCE", help="Id of the source.", autocompletion=source_ids)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def register(root: typer.Typer) -> None:
    """Add this module's commands."""
    root.add_typer(app, name="sources", no_args_is_help=True)


@contextmanager
def opened(home: Home) -> Iterator[Store]:
    """The home's database, closed afterwards."""
    home.make()
    with closing(Store(home.database)) as store:
        yield store


@app.command("list", epilog="Example: rackrent sources list --json")
def list_(as_json: AsJson = False) -> None:
    """List all sources with what their files say, the shipped demo's too."""
    home = find_home()
    with opened(home) as store:
        rows = [line_of(store, name, path) for name, path in source_files(home).items()]
    if as_json:
        screen.print_json(rows)
    else:
        screen.print_rows("Sources", COLUMNS, rows)


def line_of(store: Store, source_id: str, path: Path) -> dict[str, Any]:
    """One source's line; of a file that cannot be used, why."""
    try:
        source = load_source(path)
    except SourceError as error:
        return dict.fromkeys(COLUMNS, "") | {"source": source_id, "note": str(error)}
    reason = paused_reason(store, source_id)
    stated = {name: getattr(source, name) for name in COLUMNS[1:-1]}
    return {"source": source_id, **stated, "note": f"paused: {reason}" if reason else ""}


@app.command(epilog="Example: rackrent sources show my_board --json")
def show(source_id: SourceId, as_json: AsJson = False) -> None:
    """Show all that is set for a source, defaults too, its file, and why it is paused."""
    home = find_home()
    source = find_source(home, source_id)
    with opened(home) as store:
        reason = paused_reason(store, source_id)
    shown = source.model_dump(mode="json") | {
        "file": str(source_files(home)[source_id]),
        "paused_reason": reason,
    }
    if as_json:
        screen.print_json(shown)
        return
    for name, value in shown.items():
        screen.say(f"{name:<18} {safe_term_line(value)}".rstrip())


@app.command(epilog="Example: rackrent sources pause my_board --reason 'site asked us to'")
def pause(
    source_id: SourceId,
    reason: Annotated[str, typer.Option(help="Why, for your colleagues.")] = "paused by hand",
) -> None:
    """Read a source no more until it is resumed. A run that is at work goes on."""
    home = find_home()
    source = find_source(home, source_id)
    with opened(home) as store, store.transaction():
        keep_source(store, source)
        pause_source(store, source_id, reason)
    screen.say(f"{source_id}: paused; `rackrent sources resume {source_id}` takes it up again")


@app.command(epilog="Example: rackrent sources resume my_board")
def resume(source_id: SourceId) -> None:
    """Read a paused source again, at its next slot or by hand."""
    home = find_home()
    find_source(home, source_id)
    with opened(home) as store, store.transaction():
        reason = paused_reason(store, source_id)
        resume_source(store, source_id)
    what = f"no longer paused ({reason})" if reason else "was not paused"
    screen.say(f"{source_id}: {what}")
    screen.say(f"next: rackrent crawl {source_id}, or wait for the scheduler")


@app.command(epilog="Example: EDITOR=nano rackrent sources edit my_board")
def edit(source_id: SourceId) -> None:
    """Edit a source's file in $VISUAL or $EDITOR; it is put in place only if it is sound.

    A shipped source is copied into the home first.
    """
    home = find_home()
    files = source_files(home)
    if source_id not in files:
        find_source(home, source_id)
    home.make()
    target = home.sources / f"{source_id}.yml"
    # the editor's file has the same name, which the id is held against
    with tempfile.TemporaryDirectory(dir=home.root, prefix="edit-") as folder:
        draft = Path(folder) / target.name
        draft.write_bytes(files[source_id].read_bytes())
        open_editor(draft)
        try:
            load_source(draft)
        except SourceError as error:
            kept = target.with_suffix(".yml.draft")
            draft.replace(kept)
            text = str(error).replace(str(draft), str(kept))
            fail(f"{text}\nnothing was changed; your text lies in {kept}", Exit.USAGE)
        if draft.read_bytes() == files[source_id].read_bytes():
            screen.say(f"{source_id}: nothing was changed")
            return
        draft.replace(target)
    screen.say(f"{source_id}: {target} is in place; the next run reads by it")


def open_editor(path: Path) -> None:
    """Open a file in the operator's editor and wait until it is closed."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(command), str(path)])
    except OSError as error:
        fail(f"EDITOR: '{command}' cannot be started: {error.strerror}; set another", Exit.USAGE)
    if done.returncode:
        fail(f"EDITOR: '{command}' ended with {done.returncode}; nothing was changed", Exit.USAGE)
