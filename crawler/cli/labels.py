"""`rackrent label export` and `check`: posts for annotators, and their work read back."""

import random
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from crawler.analyse import default_currencies, document_of, texts_to_read
from crawler.boundaries.terminal import safe_json
from crawler.cli import screen
from crawler.cli.analysis import load_analyser, posts_of, print_figures, scored
from crawler.cli.exits import Exit, fail
from crawler.home import find_home
from crawler.store.database import Store
from nlp.labels import draft, faults
from nlp.lexicon import load_lexicon

label_app = typer.Typer(
    help="Posts for annotators, and their labels read back.",
    epilog="Example: rackrent label export --number 100 > draft.jsonl",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(label_app, name="label")


@label_app.command(
    epilog="Example: rackrent label export --source rackyard --number 50 > draft.jsonl"
)
def export(
    number: Annotated[int, typer.Option(min=1, help="How many posts.")] = 100,
    source: Annotated[str | None, typer.Option(help="Only posts of this source.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed draws the same posts.")] = 1,
) -> None:
    """Print a random draw of stored posts with what was found in them, one JSON object a line.

    An annotator corrects intent, listings, contacts and provider; the format is that of the gold
    posts that `rackrent evaluate` takes.
    """
    home, analyser = find_home(), load_analyser()
    with closing(Store(home.database)) as store:
        texts = [t for t in texts_to_read(store, everything=True) if source in (None, t.source_id)]
    if not texts:
        fail(f"no stored posts{f' of {source}' if source else ''}; crawl first", Exit.USAGE)
    drawn = random.Random(seed).sample(texts, min(number, len(texts)))
    currencies = default_currencies(home, {text.source_id for text in drawn})
    for text in sorted(drawn, key=lambda each: each.version_id):
        document = document_of(text, currencies[text.source_id])
        row = draft(text.version_id, document, analyser.analyse(document))
        screen.say(safe_json(row | {"source": text.source_id}))


@label_app.command(epilog="Example: rackrent label check corrected.jsonl")
def check(
    file: Annotated[Path, typer.Argument(help="Labelled posts, JSON lines.")],
) -> None:
    """Check labelled posts (quotes, types, units), then score today's findings against them."""
    rows, lexicon = list(posts_of(file)), load_lexicon()
    found = [f"{file}: {row['id']}: {fault}" for row in rows for fault in faults(row, lexicon)]
    for line in found:
        screen.tell(line)
    if found:
        fail(f"{len(found)} faults in {len(rows)} posts; correct them first", Exit.USAGE)
    print_figures(str(file), scored(rows)[0])
