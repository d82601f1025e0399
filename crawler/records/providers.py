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


@dataclass(frozen=True, slots=True)
class LinkDecisionRow:
    """What an analyst decided of two accounts; it outranks the rules and survives them."""

    id: str
    """Stable id of the two accounts."""
    action: str
    """merge: they are one provider; split: they are not."""
    account_a: str
    """One account."""
    account_b: str
    """The other one."""
    note: str
    """Why, in the analyst's words."""
    decided_by: str
    """Who decided."""
    decided_at: str
    """When, UTC."""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """Two names that may be one seller: for an analyst to accept or reject."""

    id: str
    """Stable id of the two accounts."""
    kind: str
    """rebrand: one fell silent and another appeared; same seller: both are active; impostor: the
    names are one letter apart."""
    state: str
    """open, linked (the rules joined them), accepted or rejected (an analyst did)."""
    score: float
    """0 to 1: how much speaks for it."""
    account_a: str
    """The older account."""
    account_b: str
    """The newer one."""
    name_a: str
    """Name of the older one."""
    name_b: str
    """Name of the newer one."""
    reasons: str
    """What speaks for it, separated by line ends."""
    silent_since: str | None
    """When the older one wrote last, UTC."""
    appeared_at: str
    """When the newer one's first offer was written, UTC."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What others say of a seller, or what he shows to be trusted."""

    id: str
    """Stable id."""
    account_id: str
    """The seller's account."""
    post_id: str | None
    """The post that says it."""
    kind: str
    """review, complaint, escrow, deposit or rank."""
    sign: int
    """1 speaks for the seller, -1 against."""
    detail: str
    """The words."""
    seen_at: str
    """When it was seen, UTC."""


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """What an analyst wrote on something: a note, a tag, a judgement, a TLP label."""

    id: str
    """Stable id of thing, kind, value and analyst."""
    object: str
    """provider, listing, post or account."""
    object_id: str
    """Which one."""
    kind: str
    """note; tag; label: right or wrong, of a listing; tlp: a label of TLP 2.0."""
    value: str
    """The words."""
    by: str
    """Who wrote it."""
    at: str
    """When, UTC."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """What an analyst did."""

    id: str
    """Stable id."""
    at: str
    """When, UTC."""
    actor: str
    """Who."""
    action: str
    """What: merge, split, note and so on."""
    object: str
    """On what: ids separated by blanks."""
    detail: str
    """The words."""
