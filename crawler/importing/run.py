"""One import: a file's chunks go the way of crawled pages, evidence first."""

import hashlib
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from crawler.archive import PageRef, Response, Run
from crawler.archived import Archived
from crawler.clock import moment_of, now
from crawler.crawl import Crawl
from crawler.home import Home
from crawler.importing.chunks import Chunk, Chunker
from crawler.importing.formats import FORMATS, ExportError, Format, format_of
from crawler.importing.guarding import Rules
from crawler.importing.stream import BrokenJson, items_in
from crawler.reading import Problem, Reading
from crawler.records import RunRow
from crawler.replay import ReadArchived
from crawler.source import Source
from crawler.store.database import Store
from crawler.store.evidence import find_original, keep_page
from crawler.store.fetched import Exchange, Fetched

JSON = "application/json; charset=utf-8"
KIND = "channel"
CONTEXT = {"partial": True}
"""An export may leave out messages: what it lacks is not gone."""
READ = 1 << 20

Progress = Callable[[int, int, int], None]
"""Called with bytes read, bytes in all and messages kept."""


@dataclass
class Imported:
    """What an import brought."""

    format: str
    """The export's format, for people."""
    sha256: str
    """Hash of the file."""
    bytes: int
    """Size of the file."""
    messages: int = 0
    """Messages read, notices included."""
    notices: int = 0
    """Notices of the service (joined, pinned, renamed): no posts."""
    chats: int = 0
    """Chats."""
    missing: str | None = None
    """What could not be read, in words; None for a whole file."""


@dataclass
class Import:
    """One import at work."""

    crawl: Crawl
    read: ReadArchived
    done: Imported

    def chunk(self, chunk: Chunk) -> None:
        """Keep one chunk: its bytes in the evidence, then its rows in one transaction."""
        url = f"import://{self.crawl.source.id}/{self.done.sha256}/{chunk.place}"
        self.done.messages += chunk.messages
        self.done.notices += chunk.notices
        for name, digest, size in chunk.drops:
            ref = PageRef("", 0, digest)
            self.keep(url_of(url, name), ref, now(), size, Reading("dropped"))
        if chunk.messages > len(chunk.drops) or not chunk.drops:
            self.page(url, chunk)
        if chunk.problems:
            with self.crawl.store.transaction():
                self.crawl.note(url, chunk.problems, now())

    def page(self, url: str, chunk: Chunk) -> None:
        """Archive a chunk's bytes, read them back as a page, write its rows."""
        moment = now()
        response = Response(
            url=url,
            fetched_at=moment,
            status=200,
            headers=(("Content-Type", JSON),),
            payload=chunk.body,
            kind=KIND,
            context=CONTEXT,
            masked=chunk.masked,
        )
        digest = hashlib.sha256(chunk.body).hexdigest()
        ref = self.crawl.archive.keep(response, find_original(self.crawl.store, url, digest))
        run = self.crawl.run
        archived = Archived(
            run=Run(run.id, run.source_id, run.started_at, bool(run.full)),
            ref=ref,
            url=url,
            fetched_at=moment,
            status=200,
            content_type=JSON,
            body=chunk.body,
            kind=KIND,
            context=CONTEXT,
        )
        reading = self.read(self.crawl.source, archived, chunk.body)
        # the chunk's bytes are masked already: reading them finds no more
        reading = replace(reading, masked=max(reading.masked, chunk.masked))
        self.keep(url, ref, moment, len(chunk.body), reading)

    def keep(self, url: str, ref: PageRef, moment: datetime, size: int, reading: Reading) -> None:
        """Write the rows of one page, dated as its evidence is."""
        exchange = Exchange(ref, url, 200, moment, size)
        run = self.crawl.run
        fetched = Fetched(
            run.source_id,
            run.id,
            KIND,
            (exchange,),
            CONTEXT,
            retention=self.crawl.source.retention,
        )
        keep_page(self.crawl.store, fetched, reading)


def url_of(chunk_url: str, message: str) -> str:
    """The URL of one message of a chunk."""
    return f"{chunk_url}#{''.join(sign for sign in message if sign.isalnum())}"


def import_file(
    home: Home, source: Source, path: Path, read: ReadArchived, progress: Progress
) -> tuple[RunRow, Imported]:
    """Import a chat program's export into a source; the run's row, and what the file held.

    A file that breaks off keeps what was read and gives a run that is `degraded`. Ids are stable:
    importing a file again, or going on after an interruption, doubles nothing.

    Raises:
        ExportError: the file is no export, or none that the source's engine reads.
        SourceBusyError: the source is at work elsewhere.
        SourcePausedError: the source is paused.
        StorageError: the database cannot be used.
    """
    form = format_for(source, path)
    with path.open("rb") as file:
        digest, size = digest_of(file)
        file.seek(0)
        work = Import(open_crawl(home, source), read, Imported(form.label, digest, size))
        ending = "shutdown"
        try:
            read_file(work, form, file, progress)
            ending = work.done.missing or "finished"
        except KeyboardInterrupt:
            work.crawl.finish(ending)
            raise
        except BaseException:
            work.crawl.close()
            raise
        return work.crawl.finish(ending), work.done


def read_file(work: Import, form: Format, file: BinaryIO, progress: Progress) -> None:
    """Keep all chunks of a file; where it breaks off, say so in the run's issues."""
    crawl, done = work.crawl, work.done
    chunker = Chunker(Rules(form, crawl.guard, crawl.source.evidence == "masked"))
    try:
        for chunk in chunker.chunks(items_in(file)):
            work.chunk(chunk)
            done.chats = chunker.chat
            progress(file.tell(), done.bytes, done.messages)
    except BrokenJson as error:
        done.missing = (
            f"the file breaks off or is broken near byte {file.tell()} of {done.bytes}, in chat "
            f"'{chunker.title}' after its message {chunker.told}: what follows is missing; "
            "export it again and import that"
        )
        first_line = str(error).strip().partition("\n")[0]
        with crawl.store.transaction():
            crawl.note(
                f"import://{crawl.source.id}/{done.sha256}",
                [Problem("broken_export", f"{done.missing} ({first_line})")],
                now(),
            )
    progress(done.bytes, done.bytes, done.messages)


def format_for(source: Source, path: Path) -> Format:
    """The format of a file that a source is to take.

    Raises:
        ExportError: the file is no export, or the source has another engine.
    """
    engines = sorted(each.engine for each in FORMATS)
    if source.engine not in engines:
        raise ExportError(
            f"{path}: source '{source.id}' has the engine {source.engine}, which reads no exports; "
            f"name a source with one of: {', '.join(engines)}"
        )
    form = format_of(path)
    if form.engine != source.engine:
        raise ExportError(
            f"{path}: is {form.label}, but source '{source.id}' has the engine {source.engine}; "
            f"name a source with `engine: {form.engine}`"
        )
    return form


def open_crawl(home: Home, source: Source) -> Crawl:
    """A run of the source that never counts as a sweep, with an id of its own."""
    home.make()
    with closing(Store(home.database)) as store:
        rows = store.rows("select max(started_at) from runs where source_id = ?", (source.id,))
    # run ids have whole seconds
    while rows[0][0] and now() < moment_of(rows[0][0]) + timedelta(seconds=1):
        time.sleep(0.05)
    return Crawl(home, source.model_copy(update={"sweep_every": None}), full=False)


def digest_of(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    digest, size = hashlib.sha256(), 0
    while block := file.read(READ):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size
