"""Rows of texts that are posted again and again: one ad, many posts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdTextRow:
    """One ad: texts that are the same but for figures, contacts and a few words."""

    id: str
    """Stable id of the text that was seen first."""
    post_version_id: str
    """That text."""
    signature: str
    """Its MinHash over pairs of words, hex; empty for texts too short to compare."""


@dataclass(frozen=True, slots=True)
class AdBandRow:
    """A part of an ad's signature, to find ads that are alike."""

    id: str
    """Stable id of ad and part."""
    band: str
    """Number and content of the part."""
    ad_id: str
    """Which ad."""


@dataclass(frozen=True, slots=True)
class AdPostRow:
    """A text that states an ad."""

    post_version_id: str
    """The text."""
    ad_id: str
    """The ad."""
    likeness: float
    """0 to 1: share of word pairs that it has in common with the ad's first text."""
