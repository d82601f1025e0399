"""Rows of who sells: providers, their members, and why they are one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """Who sells: accounts and contacts that belong together, with reasons."""

    id: str
    """Stable id of its oldest account."""
    name: str
    """The brand most used in its offers, else the account's name."""
    first_seen: str
    """When its first offer was seen, UTC."""
    last_seen: str
    """When its newest offer was seen, UTC."""


@dataclass(frozen=True, slots=True)
class ProviderMemberRow:
    """An account or contact of a provider."""

    id: str
    """Stable id."""
    provider_id: str
    """Which provider."""
    kind: str
    """account or contact."""
    member_id: str
    """Id in `accounts` or `contacts`."""


@dataclass(frozen=True, slots=True)
class ProviderLinkRow:
    """Why two accounts are the same provider. Reversible."""

    id: str
    """Stable id."""
    provider_id: str
    """Which provider."""
    account_a: str
    """The older account."""
    account_b: str
    """The other account."""
    kind: str
    """What they share: the kind of contact."""
    value: str
    """The shared contact."""
    score: float
    """0 to 1: how strong this evidence is."""
    reason: str
    """In words."""
    decided_by: str
    """rule or analyst."""
    decided_at: str
    """When, UTC."""
