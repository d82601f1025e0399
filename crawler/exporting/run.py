"""One export: chosen, written to a file beside its place, moved there, noted."""

import getpass
import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from crawler.clock import now, stamp
from crawler.desk.analysts import load_analysts
from crawler.exporting.asked import FORMATS, Asked, AskedError, check
from crawler.exporting.labels import load_labels
from crawler.exporting.log import Told, begin, keep
from crawler.exporting.offers import Offer
from crawler.exporting.selection import Selection
from crawler.home import Home
from crawler.records import ExportRow
from crawler.storage import StorageError, is_lost
from crawler.storage import told as said
from crawler.store.database import Store

READ = 1 << 20


def export(
    home: Home,
    asked: Asked,
    *,
    to: Path | None = None,
    by: str | None = None,
    victims: bool = False,
) -> ExportRow:
    """Write what is asked for and note it; the export's row.

    `to` is the file (with a partition: the folder); by default one in the home's `exports`.
    `victims` shows the victims of access sales even where the home masks them.

    Raises:
        AskedError: nothing can match, or the file cannot be written there.
        StorageError: its disk is full, read-only or broken.
    """
    with closing(Store(home.database)) as store:
        check(store, asked)
        told = Told(asked, begin(store, asked, now()))
        target = (to or place_for(home, told)).expanduser().absolute()
        masks = load_analysts(home).mask_victims and not victims
        try:
            with one_moment(store):
                choice = Selection(store, asked, load_labels(store, asked.tlp), mask_victims=masks)
                digest = write(target, choice, told)
        except OSError as error:
            if is_lost(error):
                raise StorageError(said(target, error)) from error
            raise AskedError(
                f"{target}: cannot be written: {error.strerror}; name another place with --to"
            ) from error
        return keep(store, told, target, digest, by or getpass.getuser())


def place_for(home: Home, told: Told) -> Path:
    """A place in the home's `exports` that is not taken yet."""
    folder = home.root / "exports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    day = stamp(told.before.at).replace("-", "").replace(":", "")
    ending = "" if told.asked.partition else f".{FORMATS[told.asked.format]}"
    name = f"rackrent-{told.asked.format}-{day}"
    places = (folder / f"{name}{more}{ending}" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(place for place in places if not place.exists())


@contextmanager
def one_moment(store: Store) -> Iterator[None]:
    """Everything inside sees the database as it is now, whoever writes meanwhile."""
    store.conn.execute("begin")
    try:
        yield
    finally:
        store.conn.rollback()


def write(target: Path, choice: Selection, told: Told) -> str:
    """Write the file, or the folder of a parted export; its SHA-256.

    Raises:
        OSError: the place cannot be written.
    """
    offers = told.passing(choice.offers())
    if told.asked.partition:
        # pyarrow takes a while to load
        from crawler.exporting.parquet import write_folder

        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder_hash(target, write_folder(target, offers, told.before.export_id))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        write_file(part, offers, choice, told)
        part.chmod(0o600)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return file_hash(target)


def write_file(path: Path, offers: Iterator[Offer], choice: Selection, told: Told) -> None:
    """Write offers in the format that is asked for; its library is loaded only then."""
    form = told.asked.format
    if form == "parquet":
        from crawler.exporting import parquet

        parquet.write_file(path, offers)
        return
    with path.open("wb") as out:
        if form == "stix":
            from crawler.exporting import stix
            from crawler.exporting.stix_frame import stix_id

            stix.write_stix(out, offers, choice.sellers, stix_id("bundle", told.before.export_id))
        elif form == "misp":
            from crawler.exporting import misp

            misp.write_misp(out, offers, choice.sellers)
        else:
            from crawler.exporting import tables

            (tables.write_csv if form == "csv" else tables.write_ndjson)(out, offers)


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(READ):
            digest.update(block)
    return digest.hexdigest()


def folder_hash(folder: Path, files: list[Path]) -> str:
    """SHA-256 over hash and name of each file, one a line, as `sha256sum` prints them."""
    lines = [f"{file_hash(file)}  {file.relative_to(folder)}\n" for file in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
