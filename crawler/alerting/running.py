"""The whole way of alerts in a home: match, then deliver; one process at a time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

from filelock import FileLock, Timeout

from crawler.alerting.atom import refresh_feeds
from crawler.alerting.channels import Way, send
from crawler.alerting.delivering import Delivered, Sender, deliver, retry_failed
from crawler.alerting.loading import Rules, load_rules
from crawler.alerting.matching import match_rules
from crawler.clock import stamp
from crawler.desk.analysts import load_analysts
from crawler.home import Home
from crawler.store.database import Store

WAIT_S = 60.0
"""Seconds to wait for another process that sends alerts."""


class AlertsBusyError(RuntimeError):
    """Another process sends alerts of this home; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Alerted:
    """What one pass did."""

    matched: int
    """Alerts that are new."""
    delivered: Delivered
    """What became of those that were due."""
    faults: tuple[str, ...]
    """What is wrong with rule files and feeds, one line each."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a pass is to do beside the usual."""

    back_to: datetime | None = None
    """Look at what was first seen since then once more."""
    failed: bool = False
    """Try what was given up anew."""


NOTHING_MORE = Wish()


def alert(
    home: Home, moment: datetime, wish: Wish = NOTHING_MORE, sender: Sender = send
) -> Alerted:
    """Match all enabled rules of a home and deliver what is due.

    Interrupted anywhere, the next pass goes on where it stopped.

    Raises:
        AlertsBusyError: another process is at it.
    """
    rules = load_rules(home)
    with locked(home), closing(Store(home.database)) as store:
        return alert_store(home, store, rules, moment, wish, sender)


def alert_store(
    home: Home, store: Store, rules: Rules, moment: datetime, wish: Wish, sender: Sender
) -> Alerted:
    """Like `alert`, on an open database and with rules that are read already."""
    masked = load_analysts(home).mask_victims
    new = match_rules(store, rules.files.values(), moment, back_to=wish.back_to, masked=masked)
    if wish.failed:
        retry_failed(store, stamp(moment))
    by_name = {name: file.rule for name, file in rules.files.items()}
    delivered = deliver(Way(home, store, moment), by_name, sender)
    faults = refresh_feeds(home, store, by_name.values())
    return Alerted(new, delivered, (*rules.faults, *faults))


@contextmanager
def locked(home: Home) -> Iterator[None]:
    """Only one process sends alerts of a home; the kernel frees the lock when it dies.

    Raises:
        AlertsBusyError: another one holds it for long.
    """
    path = home.locks / "alerts.lock"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=WAIT_S)
    except Timeout as error:
        raise AlertsBusyError(
            f"{path}: another process sends alerts; they leave with the next pass"
        ) from error
    try:
        yield
    finally:
        lock.release()
