"""Labels on what leaves: TLP 2.0 (FIRST) and the Admiralty scale."""

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.store.database import Store

LEVELS = ("clear", "green", "amber", "amber+strict", "red")
"""Labels of TLP 2.0, from open to closed."""
CONFIDENCE = {"A": 90, "B": 70, "C": 50, "D": 30, "E": 10}
"""STIX confidence by the source's letter: the values that STIX 2.1, appendix A, gives to the five
steps of the Admiralty credibility scale, by rank; F cannot be judged and has none."""
UNJUDGED = "6"
"""Admiralty credibility of every advert: nobody verified it."""


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """What a source's file says of what is collected there."""

    tlp: str
    """Its TLP label, lower case."""
    reliability: str
    """Its letter on the Admiralty scale, A to F."""
    kind: str
    """forum, channel, market or feed."""
    name: str
    """The site's own name."""


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels of a database, and how much may leave."""

    sources: dict[str, SourceLabel]
    """By source."""
    raised: dict[str, str]
    """Highest label that analysts gave, by id of provider, account, listing or post."""
    raised_at: dict[str, str]
    """When the newest of them was given, UTC, by the same ids."""
    cap: str | None
    """Highest label that may leave; None: each source's own."""

    def label(self, source_id: str, *ids: str | None) -> str:
        """The label of something: its source's, raised by what analysts gave to these ids."""
        own = self.sources[source_id].tlp
        return highest([own, *(self.raised[each] for each in ids if each in self.raised)])

    def lets_out(self, source_id: str, label: str) -> bool:
        """Whether something under this label may leave."""
        return level(label) <= level(self.cap or self.sources[source_id].tlp)


def load_labels(store: Store, cap: str | None) -> Labels:
    """The labels of a database."""
    sources = {
        row["id"]: SourceLabel(row["tlp"], row["credibility"], row["kind"], row["name"])
        for row in store.rows("select id, tlp, credibility, kind, name from sources")
    }
    raised: dict[str, str] = {}
    raised_at: dict[str, str] = {}
    for row in store.rows("select object_id, value, at from annotations where kind = 'tlp'"):
        key, value = row["object_id"], row["value"].lower()
        raised[key] = highest([raised.get(key, "clear"), value])
        raised_at[key] = max(raised_at.get(key, ""), row["at"])
    return Labels(sources, raised, raised_at, cap)


def level(label: str) -> int:
    """How closed a label is, from 0; an unknown one counts as red."""
    return LEVELS.index(label) if label in LEVELS else len(LEVELS) - 1


def highest(labels: Iterable[str]) -> str:
    """The most closed of some labels; clear of none."""
    return max(labels, key=level, default="clear")


def best(letters: Iterable[str]) -> str:
    """The most reliable of some letters, A to F; F of none."""
    return min(letters, default="F")


def machine_tags(tlp: str, reliability: str) -> list[str]:
    """The labels as machine tags of MISP's taxonomies tlp and admiralty-scale."""
    return [
        f"tlp:{tlp}",
        f'admiralty-scale:source-reliability="{reliability.lower()}"',
        f'admiralty-scale:information-credibility="{UNJUDGED}"',
    ]
