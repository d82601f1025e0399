"""A word of the lexicon found in a text."""

from typing import NamedTuple


class Hit(NamedTuple):
    """One term of the lexicon in a text, in clean coordinates."""

    kind: str
    """asset, country, or a kind of cue."""
    name: str
    """Asset id or country code; empty for cues."""
    number: int
    """Position of the term among its asset type's words."""
    start: int
    end: int
