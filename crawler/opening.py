"""How a run begins: after all earlier ones, whatever the clock says, on evidence that is whole."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawler.clock import moment_of, never_before, now, stamp
from crawler.reading import Problem
from crawler.records import RunRow
from crawler.source import Source
from crawler.store import runs
from crawler.store.database import Store
from crawler.tails import mend_run

logger = logging.getLogger(__name__)

TICK = timedelta(seconds=1)
SLACK = timedelta(seconds=30)
"""How far a clock may be behind before that is worth a notice."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A run that has begun."""

    run: RunRow
    notices: tuple[Problem, ...]
    """What had to be mended first."""


def open_run(
    store: Store, evidence: Path, source: Source, *, full: bool, shared: bool = False
) -> Opened:
    """A new run, later than all that is known of the source. Call it inside a transaction.

    Moments of this process go on from there when the machine's clock is behind. `shared`: other
    machines may begin one in the same second, so its id must be its own.
    """
    notices = [*mended(store, evidence, source.id)]
    floor, said = latest_of(store, source.id), now()
    if floor is not None:
        # whole seconds: what was seen in the last run's last second is not seen in this run
        never_before(floor + TICK)
        if floor - said > SLACK:
            notices.append(clock_notice(said, floor))
    started = now()
    full = full or runs.is_sweep_due(store, source, started)
    return Opened(runs.start_run(store, source, started, full=full, shared=shared), tuple(notices))


def latest_of(store: Store, source_id: str) -> datetime | None:
    """The latest moment that rows of a source's runs and pages bear, UTC; None before the first."""
    newest = store.rows(
        "select id, started_at, finished_at from runs where source_id = ? "
        "order by started_at desc, id desc limit 1",
        (source_id,),
    )
    if not newest:
        return None
    (run,) = newest
    (page,) = store.rows("select max(fetched_at) as at from pages where run_id = ?", (run["id"],))
    return max(moment_of(at) for at in (run["started_at"], run["finished_at"], page["at"]) if at)


def clock_notice(said: datetime, floor: datetime) -> Problem:
    """What tells that the clock was set back."""
    return Problem(
        "clock_set_back",
        f"the clock says {stamp(said)}, but the last run was at {stamp(floor)}: "
        "moments go on from there; set the clock (`rackrent doctor`)",
    )


def mended(store: Store, evidence: Path, source_id: str) -> list[Problem]:
    """What was cut off the evidence of runs that never ended, one notice a file."""
    cut_off = store.rows(
        "select id from runs where source_id = ? and status = 'running'", (source_id,)
    )
    notices = []
    for row in cut_off:
        try:
            cut = mend_run(evidence, store, row["id"], source_id)
        except OSError as error:
            # no room for it now: the next run tries again, `rackrent evidence mend` too
            logger.warning("%s: its unfinished end stays for now: %s", row["id"], error)
            continue
        if cut:
            text = f"{row['id']}.warc.gz ended in a record that was never finished"
            notices.append(Problem("evidence_mended", text))
    return notices
