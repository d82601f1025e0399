"""Rows of alerts: what a rule matched, where it goes, and whether it got there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One thing that a rule matched, for one target of the rule."""

    id: str
    """Stable id of rule, target and thing: nothing is sent there twice."""
    rule: str
    """Name of the rule."""
    target: str
    """Where it goes: apprise or webhook with the environment variable of the address, or atom."""
    object: str
    """listing, provider, proposal, early_sign, complaint or run."""
    object_id: str
    """Which one; of a listing its post, asset type and intent, so that an edit is not a new one."""
    about: str
    """Ids of what it tells of (source, post, listing, account, provider), separated by blanks."""
    source_id: str | None
    """Where it was seen."""
    post_id: str | None
    """The post that says it."""
    reason: str
    """Which conditions were met, with their figures."""
    title: str
    """The message's first line, made harmless."""
    text: str
    """The message, made harmless."""
    path: str
    """Its page on the desk."""
    tlp: str
    """Strictest Traffic Light Protocol label of what it tells of."""
    credibility: str | None
    """Reliability of its source on the Admiralty scale."""
    at: str
    """When it happened, UTC."""
    matched_at: str
    """When the rule matched it first, UTC."""
    state: str
    """pending, sent, failed (given up), or suppressed (never to be sent)."""
    delivery: str | None
    """The message that carries it, also as `Idempotency-Key`; empty before the first try."""
    tries: int
    """How often it was tried to send it."""
    next_try: str | None
    """Earliest moment of the next try, UTC."""
    sent_at: str | None
    """When the target took it, UTC."""
    detail: str | None
    """Why it was suppressed, or what went wrong last."""


@dataclass(frozen=True, slots=True)
class AlertRuleRow:
    """An alert rule at work: from when on it looks."""

    id: str
    """Name of the rule."""
    digest: str
    """Hash of its conditions and targets, to notice that they changed."""
    since: str
    """What was first seen before is no news for it, UTC."""
    last_run: str
    """When it last looked, UTC."""
