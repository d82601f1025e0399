"""Would a trained model help? `make model-trial` asks it of sources it has not seen.

For each source a classifier is trained on all others. Printed are the rules alone, the model alone,
and both together: the model speaks only where the rules are unsure of the intent, or found no type.
The table is written into docs/extraction.md.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.cli.analysis import document_of, posts_of  # noqa: E402
from nlp.pipeline import Analyser  # noqa: E402
from scripts.textcat import Classifier, train  # noqa: E402

GOLD = (ROOT / "../shared/gold/dev.jsonl", ROOT / "tests/nlp/gold/channels.jsonl")
PAGE = ROOT / "docs/extraction.md"
FEW = 6
"""Sources of fewer posts are left out together."""
UNSURE = 1.0
"""Points between the two best intents up to which the rules are unsure."""
SURE = 0.9
"""Probability from which the model speaks beside the rules."""
EVEN = 0.3
"""Probability from which a type counts when the model speaks alone."""
INTENTS = ("offer", "wanted", "other")
WAYS = ("rules", "model", "both")


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled post, or what one way of reading says of it."""

    source: str
    text: str
    intent: str
    types: frozenset[str]
    unsure: bool = False
    """Whether the two best intents are near each other."""


Pairs = list[tuple[Case, Case]]
"""Labelled posts with what was read."""


def read(files: Sequence[Path]) -> Pairs:
    """All posts of the files that are there, each with what the rules say; small sources joined."""
    analyser = Analyser()
    pairs = [
        (_labelled(path.stem, post), _ruled(analyser, post))
        for path in files
        if path.exists()
        for post in posts_of(path)
    ]
    sizes: dict[str, int] = defaultdict(int)
    for gold, _ in pairs:
        sizes[gold.source] += 1
    return [
        (gold if sizes[gold.source] >= FEW else replace(gold, source=_rest(gold.source)), ruled)
        for gold, ruled in pairs
    ]


def _rest(source: str) -> str:
    return f"{source.split('/')[0]}/small ones"


def _labelled(stem: str, post: Mapping[str, Any]) -> Case:
    return Case(
        f"{stem}/{post['source']}",
        f"{post.get('title') or ''}\n{post['text']}",
        str(post["intent"]),
        frozenset(str(x["asset_type"]) for x in post["listings"]),
    )


def _ruled(analyser: Analyser, post: dict[str, Any]) -> Case:
    document = document_of(post)
    findings, judged = analyser.analyse(document), analyser.judge(document)
    best = sorted((judged.offer, judged.wanted, judged.other))
    types = frozenset(x.asset_type for x in findings.listings)
    return Case("", "", findings.intent, types, unsure=best[-1] - best[-2] < UNSURE)


def left_out(pairs: Pairs, source: str, *, deep: bool) -> dict[str, Pairs]:
    """The posts of one source as each way reads them; the model has seen the other sources."""
    seen = [gold for gold, _ in pairs if gold.source != source]
    types = sorted({t for gold in seen for t in gold.types})
    intents = train([(g.text, frozenset({g.intent})) for g in seen], INTENTS, one=True, deep=deep)
    goods = train([(g.text, g.types) for g in seen], types, one=False, deep=deep)
    ways: dict[str, Pairs] = {way: [] for way in WAYS}
    for gold, ruled in pairs:
        if gold.source == source:
            alone, sure = _modelled(gold.text, intents, goods)
            ways["rules"].append((gold, ruled))
            ways["model"].append((gold, alone))
            ways["both"].append((gold, _joined(ruled, sure)))
    return ways


def _modelled(text: str, intents: Classifier, goods: Classifier) -> tuple[Case, Case]:
    """What the model says, and what of it is sure; an empty intent where none is."""
    wants, types = intents.probabilities(text), goods.probabilities(text)
    best = max(wants, key=lambda intent: wants[intent])
    listed = frozenset(t for t, p in types.items() if p >= EVEN) if best != "other" else frozenset()
    sure = frozenset(t for t, p in types.items() if p >= SURE)
    alone = Case("", "", best, listed)
    return alone, Case("", "", best if wants[best] >= SURE else "", sure)


def _joined(ruled: Case, sure: Case) -> Case:
    """The rules, with the model's word where they are unsure or found no type."""
    intent = sure.intent if ruled.unsure and sure.intent else ruled.intent
    if intent == "other":
        return replace(ruled, intent=intent, types=frozenset())
    return replace(ruled, intent=intent, types=ruled.types or sure.types)


def accuracy(pairs: Pairs) -> float:
    """Share of posts with the right intent."""
    return sum(gold.intent == said.intent for gold, said in pairs) / len(pairs)


def f1(pairs: Pairs) -> float:
    """Micro F1 of asset types; 1 where there are none and none were said."""
    right = sum(len(gold.types & said.types) for gold, said in pairs)
    total = sum(len(gold.types) + len(said.types) for gold, said in pairs)
    return 2 * right / total if total else 1.0


def table(found: Mapping[str, Mapping[str, Pairs]]) -> str:
    """The figures of each source left out, the worst and the mean, as a Markdown table."""
    measures = [(way, measure) for measure in (accuracy, f1) for way in WAYS]
    rows = {s: [measure(ways[way]) for way, measure in measures] for s, ways in found.items()}
    columns = list(zip(*rows.values(), strict=True))
    head = "| left out | posts | intent: rules | model | both | type F1: rules | model | both |"
    lines = [
        _line(source, len(found[source]["rules"]), figures) for source, figures in rows.items()
    ]
    lines.append(_line("**worst source**", "", [min(c) for c in columns]))
    lines.append(_line("**mean of sources**", "", [sum(c) / len(c) for c in columns]))
    return "\n".join([head, "|---|" + "---|" * 7, *lines])


def _line(name: str, posts: int | str, figures: Sequence[float]) -> str:
    return f"| {name} | {posts} | " + " | ".join(f"{x:.3f}" for x in figures) + " |"


def write(text: str) -> None:
    """Put the table into the docs, between its marks."""
    page = PAGE.read_text("utf-8")
    block = f"<!-- model trial -->\n{text}\n<!-- /model trial -->"
    marked = re.compile(r"<!-- model trial -->.*<!-- /model trial -->", re.DOTALL)
    PAGE.write_text(marked.sub(lambda _: block, page), "utf-8")


def main() -> None:
    """Train, measure, print, and record what the project's own posts say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="more labelled posts, JSON lines")
    parser.add_argument("--deep", action="store_true", help="with a small network; slow")
    options = parser.parse_args()
    pairs = read([*GOLD, *options.files])
    sources = sorted({gold.source for gold, _ in pairs})
    found = {source: left_out(pairs, source, deep=options.deep) for source in sources}
    text = table(found)
    if not options.files and not options.deep:
        write(text)
    print(text)


if __name__ == "__main__":
    main()
