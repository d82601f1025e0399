"""Rows from evidence: rebuilds a database from WARC files alone."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from crawler.analyse import analyse_store
from crawler.archive import Run
from crawler.archived import Archived, TornArchiveError, body_at, responses_in
from crawler.clock import moment_of, now
from crawler.crawl import RETRY_STATUS
from crawler.home import Home
from crawler.reading import Problem, Reading
from crawler.source import Source, find_source
from crawler.store import runs
from crawler.store.database import Store
from crawler.store.evidence import keep_exchanges, keep_page
from crawler.store.fetched import Exchange, Fetched

logger = logging.getLogger(__name__)

Progress = Callable[..., None]
"""Called with how much is done, how much there is, and of what (`note`)."""
ReadArchived = Callable[[Source, Archived, bytes], Reading]
"""Reads a page of the evidence with its source's engine; the command hands it in."""


@dataclass
class Replayed:
    """What a replay read."""

    files: int = 0
    """WARC files."""
    pages: int = 0
    """Pages read again."""
    posts: int = 0
    """Posts on them."""
    torn: int = 0
    """Files cut off in the middle of a record."""
    unreadable: int = 0
    """Pages whose payload is in none of the files."""


@dataclass
class Replay:
    """One replay at work."""

    home: Home
    store: Store
    read: ReadArchived
    done: Replayed = field(default_factory=Replayed)
    sources: dict[str, Source] = field(default_factory=dict)
    bodies: dict[tuple[str, str], tuple[Path, int]] = field(default_factory=dict)
    """Where the payload of a URL and hash lies."""

    def file(self, path: Path) -> None:
        """Read one WARC file."""
        self.done.files += 1
        run: Run | None = None
        try:
            for archived in responses_in(path):
                if archived.run != run:
                    run = archived.run
                    self.open_run(run)
                self.page(path, archived)
        except TornArchiveError as error:
            self.done.torn += 1
            logger.warning("%s", error)
            if run:
                self.note(run, Problem("torn_archive", str(error.__class__.__name__)), path.name)

    def open_run(self, run: Run) -> None:
        """Write the rows of a run and of its source."""
        source = self.sources.setdefault(run.source_id, find_source(self.home, run.source_id))
        with self.store.transaction():
            runs.keep_source(self.store, source)
            row = runs.run_row(
                run.id,
                run.source_id,
                run.started_at,
                full=run.full,
                status="replayed",
                reason="rebuilt from evidence",
            )
            self.store.upsert("runs", [row])

    def page(self, path: Path, archived: Archived) -> None:
        """Read one response again and write its rows."""
        source = self.sources[archived.run.source_id]
        fetched = fetched_of(source, archived)
        body = self.body_of(path, archived)
        if archived.kind == "other" or archived.status in RETRY_STATUS or body is None:
            if body is None and not is_past(source, archived):
                self.done.unreadable += 1
                problem = Problem("revisit_without_original", f"sha256 {archived.ref.sha256}")
                self.note(archived.run, problem, archived.url)
            with self.store.transaction():
                keep_exchanges(self.store, fetched)
            return
        reading = self.read(source, archived, body)
        keep_page(self.store, fetched, reading)
        self.done.pages += 1
        self.done.posts += len(reading.posts)

    def body_of(self, path: Path, archived: Archived) -> bytes | None:
        """A response's body; that of the original for a revisit; None when it is not here."""
        key = (archived.url, archived.ref.sha256)
        if archived.body is not None:
            self.bodies.setdefault(key, (path, archived.ref.warc_offset))
            return archived.body
        return body_at(*self.bodies[key]) if key in self.bodies else None

    def note(self, run: Run, problem: Problem, url: str) -> None:
        """Write an issue."""
        with self.store.transaction():
            runs.keep_issues(
                self.store, run.source_id, run.id, url, [problem], moment=moment_of(run.started_at)
            )


def replay(
    home: Home,
    warcs: Sequence[Path],
    database: Path,
    read: ReadArchived,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Rebuild a database from WARC files or folders of them, and analyse it; what was read.

    `progress` is called after each file, then while texts are analysed.

    Raises:
        SourceError: the evidence names a source whose file is not there.
    """
    with closing(Store(database)) as store:
        work = Replay(home, store, read)
        paths = sorted(warc_files(warcs), key=lambda path: path.name)
        for path in paths:
            work.file(path)
            if progress:
                progress(work.done.files, len(paths), "files")
        tell = partial(progress, note="texts") if progress else None
        analyse_store(home, store, progress=tell)
    return asdict(work.done)


def is_past(source: Source, archived: Archived) -> bool:
    """Whether a record is older than its source keeps evidence: its payload may be purged."""
    start = source.retention.evidence_from(now()) if source.retention else None
    return start is not None and archived.fetched_at < start


def warc_files(paths: Sequence[Path]) -> Iterator[Path]:
    """WARC files among the paths and in the folders among them."""
    for path in paths:
        if path.is_dir():
            yield from path.rglob("*.warc.gz")
        else:
            yield path


def fetched_of(source: Source, archived: Archived) -> Fetched:
    """A response of the evidence as the store takes it."""
    exchange = Exchange(
        archived.ref,
        archived.url,
        archived.status,
        archived.fetched_at,
        len(archived.body or b""),
    )
    return Fetched(
        archived.run.source_id,
        archived.run.id,
        archived.kind,
        (exchange,),
        archived.context,
        asked=source.canonical(archived.url),
        retention=source.retention,
    )
