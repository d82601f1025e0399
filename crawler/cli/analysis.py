"""`rackrent analyse`, `extract` and `evaluate`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.analyse import Analysed, analyse
from crawler.boundaries.terminal import safe_json
from crawler.cli import screen
from crawler.cli.alerting import alert_after
from crawler.cli.exits import Exit, fail
from crawler.cli.progress import counting
from crawler.cluster import ClusterError
from crawler.home import Home, find_home
from crawler.soundness import open_sound
from nlp.evaluate import as_gold, error_lines, score
from nlp.findings import Document
from nlp.left_out import left_out

if TYPE_CHECKING:
    from nlp.pipeline import Analyser


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("analyse", epilog="Example: rackrent analyse --all")(analyse_command)
    app.command(epilog="Example: rackrent extract posts.jsonl > findings.jsonl")(extract)
    app.command(epilog="Example: rackrent evaluate gold.jsonl --by source --errors 20")(evaluate)


def analyse_shown(home: Home, *, everything: bool = False, cluster: str | None = None) -> Analysed:
    """Analyse with a progress display."""
    with counting("analyse", "texts") as progress:
        return analyse(home, everything=everything, cluster=cluster, progress=progress)


def analyse_command(
    everything: Annotated[
        bool, typer.Option("--all", help="Read all texts again, not only new ones.")
    ] = False,
    dask: Annotated[
        str | None,
        typer.Option(help="Have a Dask cluster read: its scheduler, such as tcp://host:8786."),
    ] = None,
    alerts: Annotated[
        bool, typer.Option("--alerts/--no-alerts", help="Tell afterwards what is new.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Find listings, prices, contacts and providers in stored posts."""
    home = find_home()
    open_sound(home).close()
    try:
        done = analyse_shown(home, everything=everything, cluster=dask)
    except ClusterError as error:
        fail(str(error), Exit.WAY_OUT)
    code = alert_after(home) if alerts else Exit.DONE
    if as_json:
        screen.print_json(
            {"texts": done.texts, "listings": done.listings, "providers": done.providers}
        )
    else:
        screen.say(
            f"{done.texts} texts read · {done.listings} listings · {done.providers} providers"
        )
    raise typer.Exit(code)


def load_analyser() -> "Analyser":
    """The analyser; imported here because it loads spaCy, which no other command needs."""
    from nlp.pipeline import Analyser

    return Analyser()


def extract(
    file: Annotated[Path, typer.Argument(help="Posts, one JSON object a line; - for stdin.")],
) -> None:
    """Print what the posts of a file offer, one JSON object a line."""
    analyser = load_analyser()
    for post in posts_of(file):
        findings = analyser.analyse(document_of(post))
        screen.say(safe_json(as_gold(str(post["id"]), findings)))


def evaluate(
    gold: Annotated[Path, typer.Argument(exists=True, help="Labelled posts, JSON lines.")],
    by: Annotated[
        str | None, typer.Option(help="Also score by a field: source, lang or kind.")
    ] = None,
    sources: Annotated[
        bool, typer.Option("--left-out", help="Also a row for each source left out, and the worst.")
    ] = False,
    errors: Annotated[int, typer.Option(min=0, help="Mistakes to list.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Score `extract` against labelled posts."""
    posts = list(posts_of(gold))
    whole, found = scored(posts)
    figures = {"all": whole}
    for name in sorted({str(post.get(by)) for post in posts}) if by else []:
        part = [post for post in posts if str(post.get(by or "")) == name]
        figures[f"{by} {name}"] = score(part, found)
    if as_json:
        screen.print_json(figures)
    else:
        for name, one in figures.items():
            print_figures(name, one)
        for line in left_out(whole) if sources else []:
            screen.say(line)
    for line in error_lines(posts, found, errors):
        screen.tell(line)


def scored(posts: list[dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Figures of today's findings against labelled posts, and the findings."""
    analyser = load_analyser()
    found = [as_gold(str(post["id"]), analyser.analyse(document_of(post))) for post in posts]
    return score(posts, found), found


def print_figures(name: str, figures: dict[str, Any]) -> None:
    """One block of figures; a dash where nothing was to be found."""
    screen.say()
    screen.say(
        f"{name}: {figures['posts']} posts   "
        f"intent accuracy {shown(figures['intent_accuracy'])}   "
        f"asset macro F1 {shown(figures['asset_macro_f1'])}"
    )
    for measure, one in figures.items():
        if isinstance(one, dict) and "f1" in one:
            screen.say(
                f"  {measure:22s} P {shown(one['p'])}  R {shown(one['r'])}  "
                f"F1 {shown(one['f1'])}   n={one['n']}"
            )


def shown(figure: float | None) -> str:
    """A figure with three decimals."""
    return "  -  " if figure is None or figure != figure else f"{figure:.3f}"


def posts_of(file: Path) -> Iterator[dict[str, Any]]:
    """Posts of a JSON-lines file; ends the command with exit 2 on a wrong line."""
    stream = sys.stdin if str(file) == "-" else open_text(file)
    with stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                post = json.loads(line)
            except json.JSONDecodeError as error:
                fail(f"{file}:{number}: is not JSON: {error}; write one object a line", Exit.USAGE)
            if not isinstance(post, dict) or "id" not in post or "text" not in post:
                fail(f"{file}:{number}: needs the keys id and text: {line[:60]!r}", Exit.USAGE)
            yield post


def open_text(file: Path) -> Any:
    """A text file, or the end of the command with exit 2."""
    try:
        return file.open(encoding="utf-8")
    except OSError as error:
        fail(f"{file}: cannot be read: {error.strerror}", Exit.USAGE)


def document_of(post: dict[str, Any]) -> Document:
    """A post of a JSON-lines file as the language stage takes it."""
    return Document(
        text=str(post.get("text") or ""),
        title=str(post.get("title") or ""),
        author=str(post.get("author") or ""),
        kind=str(post.get("kind") or "forum"),
        posted_on=post.get("posted_on"),
        signature=str(post.get("signature") or ""),
        fields={str(key): str(value) for key, value in (post.get("fields") or {}).items()},
        default_currency=post.get("default_currency"),
    )
