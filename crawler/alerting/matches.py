"""What a rule found, before it is known whether that was told already."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that meets a rule's conditions."""

    object: str
    """listing, provider, proposal, early_sign, complaint or run."""
    object_id: str
    """Which one; the same however often it is found."""
    about: tuple[str, ...]
    """Ids of what it tells of: source, post, listing, account, provider."""
    source_id: str | None
    post_id: str | None
    at: str
    """When it happened, UTC."""
    seen: str
    """When it was seen, UTC."""
    reason: str
    title: str
    """One harmless line."""
    lines: tuple[str, ...]
    """Further harmless lines; empty ones are left out."""
    path: str
    """Its page on the desk."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which moments are asked for."""

    since: str
    """From when on, UTC."""
    posted: bool = False
    """Whether moments are those of the posts (back-test), not those of the reading."""
    whole: bool = False
    """Whether `max_age` does not count, because the operator asked for the past."""
