"""Records that were never finished, as after `kill -9` or a full disk, cut off evidence files."""

from pathlib import Path

from crawler.archived import sound_length
from crawler.crawl_lock import take_lock
from crawler.home import Home
from crawler.store.database import Store


def cut_tails(home: Home) -> list[Path]:
    """Cut records that were never finished off WARC files, into `.tail` files beside them; which.

    Raises:
        SourceBusyError: a source with such a file is being read.
    """
    torn = []
    for path in sorted(home.evidence.rglob("*.warc.gz")):
        if sound_length(path) == path.stat().st_size:
            continue
        lock = take_lock(home.locks / f"{path.parent.name}.lock", path.parent.name, wait_s=0)
        try:
            cut_tail(path, sound_length(path))
        finally:
            lock.release()
        torn.append(path)
    return torn


def cut_tail(path: Path, whole: int) -> None:
    """Move what lies beyond a file's last whole record into a `.tail` file beside it.

    Raises:
        OSError: there is no room for that; the file is as it was.
    """
    with path.open("rb+") as stream:
        stream.seek(whole)
        tail = path.with_name(f"{path.name}.tail")
        tail.touch(mode=0o600)
        with tail.open("ab") as aside:
            aside.write(stream.read())
        stream.truncate(whole)


def mend_run(evidence: Path, store: Store, run_id: str, source_id: str) -> int:
    """Cut the unfinished end off the file of a run that was cut off; how many bytes went.

    Nothing is cut where rows point into it: that is damage, which `rackrent evidence verify`
    tells. Call it with the source's lock.

    Raises:
        OSError: there is no room for the `.tail` file; nothing was cut.
    """
    name = f"{source_id}/{run_id}.warc.gz"
    path = evidence / name
    if not path.exists():
        return 0
    whole, size = sound_length(path), path.stat().st_size
    pointed = store.rows(
        "select 1 from pages where run_id = ? and warc_file = ? and warc_offset >= ? limit 1",
        (run_id, name, whole),
    )
    if whole == size or pointed:
        return 0
    cut_tail(path, whole)
    return size - whole
