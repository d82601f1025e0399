"""Rows of the collection: sources, runs, archived pages, the frontier, issues."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A monitored site or channel."""

    id: str
    """Short name, equal to its file's stem."""
    name: str
    """The site's own name."""
    kind: str
    """forum, channel, market or feed."""
    engine: str
    """Which engine reads its pages."""
    url: str
    """Address. Do not visit it from an unprotected machine."""
    languages: str
    """ISO 639-1 codes, most used first, separated by spaces."""
    access: str
    """clear, tor or import."""
    basis: str
    """Why it may be read: public or authorised."""
    tlp: str
    """Traffic Light Protocol 2.0 label of what was collected."""
    credibility: str
    """Reliability of the source on the Admiralty scale, A (best) to F (cannot be judged)."""
    every: str
    """How often it is read."""
    paused_reason: str | None
    """Why it is not read any more: login, captcha, ban; empty while it is active."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One crawl of one source."""

    id: str
    """Source and start time."""
    source_id: str
    """Which source."""
    started_at: str
    """When it began, UTC."""
    finished_at: str | None
    """When it ended, UTC; empty while it runs and after a crash."""
    status: str
    """running, ok, degraded, failed, paused, interrupted, or replayed from evidence."""
    reason: str | None
    """Why it is not ok, and what to do."""
    full: int
    """1 when every thread was opened, not only changed ones."""
    pages: int
    """Pages read."""
    posts_seen: int
    """Posts on those pages, new or known."""
    posts_new: int
    """Posts never seen before."""
    posts_changed: int
    """Posts whose text or fields changed."""
    threads_skipped: int
    """Threads not opened because nothing had changed."""
    bytes: int
    """Bytes of all responses."""
    issues: int
    """Rows in `issues` that it wrote or met again."""
    dropped: int = 0
    """Pages whose content the intake guard kept nowhere."""
    masked: int = 0
    """Secrets of third persons (cards, credentials, keys) that the intake guard masked."""


@dataclass(frozen=True, slots=True)
class DropRow:
    """A page whose content the intake guard kept nowhere: abuse of children."""

    id: str
    """Stable id of source and URL."""
    source_id: str
    """Which source."""
    url: str
    """Address of the page, for a report to the authorities. Never visit it."""
    thread: str | None
    """The software's id of its thread, which is not opened again."""
    sha256: str
    """Hash of the page's bytes."""
    times: int
    """How often it was met."""
    first_seen: str
    """When it was first met, UTC."""
    last_seen: str
    """When it was last met, UTC."""


@dataclass(frozen=True, slots=True)
class RunFigureRow:
    """How often a run met something, and how often it was filled: the health of its parsers."""

    id: str
    """Stable id of run and name."""
    run_id: str
    """Which run."""
    source_id: str
    """Which source."""
    name: str
    """What was counted, such as posts.author or threads.last_post_at."""
    total: int
    """How many were met."""
    filled: int
    """How many of them state it."""


@dataclass(frozen=True, slots=True)
class ThreadReadRow:
    """A thread as its board described it when it was last read to its end: what a later run
    compares with to open only what changed."""

    id: str
    """The thread's id."""
    source_id: str
    """Which source."""
    native_id: str
    """The software's own id of the thread."""
    replies: int | None
    """Replies that its board stated then."""
    last_post_at: str | None
    """Time of its newest post that its board stated then, UTC."""
    last_post_raw: str | None
    """The same as the board wrote it."""
    last_url: str
    """The last page that was read: the first one that can hold an answer."""
    read_at: str
    """When it was read, UTC."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One archived response: where its bytes lie in the evidence."""

    id: str
    """Stable id."""
    run_id: str
    """The run that fetched it."""
    source_id: str
    """Which source."""
    url: str
    """The URL that was asked for."""
    kind: str
    """index, board, thread, channel, market, item, or other for redirects and robots.txt."""
    state: str | None
    """What it turned out to be: ok, empty, login, forbidden, challenge, banned, maintenance,
    seized, wrong_site, rate_limited, not_found, dropped, error, unknown."""
    fetched_at: str
    """When, UTC."""
    status: int
    """HTTP status."""
    sha256: str
    """Hash of the payload."""
    warc_file: str
    """File under `evidence/`; empty once it was purged."""
    warc_offset: int
    """Where its record starts in the file, in bytes."""


@dataclass(frozen=True, slots=True)
class FrontierRow:
    """A page to fetch, or fetched: the crawl's own state."""

    id: str
    """Stable id of source and URL."""
    source_id: str
    """Which source."""
    url: str
    """Canonical URL."""
    kind: str
    """What it is expected to be."""
    priority: int
    """Higher is fetched earlier."""
    state: str
    """pending, done or failed."""
    tries: int
    """Fetches that failed in this run."""
    not_before: str | None
    """Earliest moment of the next try, UTC."""
    run_id: str
    """The run that queued it last."""
    mark: str | None
    """What the list said of a product when it was queued last: unchanged, it is not opened
    again."""
    context: str
    """JSON: what the walk knew when it queued the page."""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """Something that a parser met and did not understand, or that stopped a page."""

    id: str
    """Stable id."""
    source_id: str
    """Which source."""
    url: str | None
    """On which page."""
    kind: str
    """Short name, such as post_without_id or no_rate."""
    detail: str
    """What was met."""
    first_seen: str
    """When it was first met, UTC."""
    last_seen: str
    """When it was last met, UTC."""
    run_id: str | None
    """The run that met it last."""
