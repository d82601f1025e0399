"""Keeps the schedule: starts what is due, notes what ended, has it analysed once.

It knows neither clock nor processes: both are handed in, so tests run a month in a second.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from crawler.clock import moment_of, stamp
from crawler.scheduling.due import Due, next_due, retry_after
from crawler.scheduling.ledger import AGAIN, OPEN, Ledger, Slot
from crawler.scheduling.plan import Plan
from crawler.scheduling.world import Process, World

logger = logging.getLogger(__name__)

CHORES = "chores"
"""Analysis of new texts, then alerts."""
TELLING = "alerts"
"""Alerts alone: digests, quiet hours that ended, further tries."""
ROUND = timedelta(minutes=10)
"""Pause between two rounds of alerts."""
QUIET = timedelta(minutes=1)
"""Pause after the last run before texts are analysed."""
PATIENCE = timedelta(minutes=15)
"""Longest wait for analysis while other sources are still read."""
LONGEST = timedelta(days=1)
"""How long a run or a chore may take before it is ended; the next one goes on where it stopped."""


@dataclass
class Keeper:
    """The schedule at work."""

    ledger: Ledger
    world: World
    clock: Callable[[], datetime]
    jobs: int = 2
    """Sources read at a time."""
    pid: int = 0
    """The process that keeps the schedule."""
    quiet: timedelta = QUIET
    """Pause after the last run before texts are analysed."""
    running: dict[str, tuple[Slot, Process]] = field(default_factory=dict)
    chore: tuple[str, datetime, Process] | None = None
    """What is done beside crawls, and since when."""
    told: datetime | None = None
    """When alerts were seen to last."""
    nexts: dict[str, tuple[Plan, datetime]] = field(default_factory=dict)
    """When each source is due, while its plan stays."""
    latest: datetime | None = None
    """When it stepped last."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing is at work and nothing is wanted."""
        return not (self.running or self.chore or self.ledger.wanted(CHORES))

    def resume(self) -> None:
        """Take up runs that a crash or a reboot cut off. Call it once, before the first step."""
        for slot in self.ledger.reopen(self.clock()):
            logger.warning("%s: its run of %s was cut off; once more", slot.source_id, slot.slot)

    def step(self) -> None:
        """Note what ended and start what is due."""
        moment = self.clock()
        self.heed_the_clock(moment)
        self.reap(moment)
        for due in sorted(self.waiting(moment), key=lambda due: (due.at, due.source_id)):
            if len(self.running) >= self.jobs:
                break
            self.begin(due, moment)
        self.see_to_chores(moment)
        self.ledger.beat(moment, self.pid, len(self.running))

    def stop(self) -> None:
        """End all children; their slots are tried again at the next start."""
        children = [process for _, process in self.running.values()]
        for process in [*children, *([self.chore[2]] if self.chore else [])]:
            process.ask_to_end()
        for source_id, (_, process) in list(self.running.items()):
            self.end(source_id, process.stop(), self.clock())
        if self.chore:
            self.chore[2].stop()
            self.chore = None

    def heed_the_clock(self, moment: datetime) -> None:
        """Plan anew when the clock was set back: nothing waits for moments that it has left."""
        if self.latest is not None and self.latest <= moment:
            self.latest = moment
            return
        if self.latest is not None:
            logger.warning("the clock was set back from %s to %s", self.latest, moment)
        self.latest, self.told = moment, None
        self.nexts.clear()
        self.ledger.forget_future(moment)

    def waiting(self, moment: datetime) -> Iterator[Due]:
        """Runs that are due and may start."""
        for source_id, plan in self.world.plans().items():
            known = self.nexts.get(source_id)
            if source_id in self.running or (known and known[0] == plan and known[1] > moment):
                continue
            due = self.due_of(plan, moment)
            self.nexts[source_id] = (plan, due.at)
            if due.at <= moment and not self.world.is_held_back(source_id):
                yield due

    def due_of(self, plan: Plan, moment: datetime) -> Due:
        """The next run of a source; one that was read before goes on from there."""
        read = self.world.last_read(plan.source_id)
        since = read + plan.first_pause if read else moment
        anchor = self.ledger.anchor(plan.source_id, since)
        return next_due(plan, anchor, self.ledger.last(plan.source_id), moment)

    def begin(self, due: Due, moment: datetime) -> None:
        """Give a slot to a run; none is started where a run by hand stands for it."""
        plan = self.nexts.pop(due.source_id)[0]
        slot = Slot(
            due.source_id, stamp(due.slot), OPEN, due.attempt, due.missed, stamp(moment)
        )  # fmt: skip
        read = self.world.last_read(due.source_id)
        if due.attempt == 1 and read and due.slot - plan.fresh <= read <= moment:
            reason = f"read already at {stamp(read)}"
            self.ledger.keep(replace(slot, state="fresh", finished_at=stamp(moment), reason=reason))
            return
        self.ledger.keep(slot)
        self.running[due.source_id] = (slot, self.world.crawl(due.source_id))

    def reap(self, moment: datetime) -> None:
        """Note the runs that ended."""
        for source_id, (slot, process) in list(self.running.items()):
            if (code := process.poll()) is not None:
                self.end(source_id, code, moment)
            elif moment - moment_of(slot.started_at) > LONGEST:
                logger.warning("%s: its run takes longer than %s; ended", source_id, LONGEST)
                self.end(source_id, ended(process), moment)

    def end(self, source_id: str, code: int, moment: datetime) -> None:
        """Note a run's end; its texts are wanted to be analysed."""
        slot, _ = self.running.pop(source_id)
        wait = retry_after(code, slot.attempt)
        self.ledger.keep(
            replace(
                slot,
                state="done" if wait is None else AGAIN,
                finished_at=stamp(moment),
                exit_code=code,
                retry_at=None if wait is None else stamp(moment + wait),
            )
        )
        self.ledger.want(CHORES, moment)
        if code:
            logger.warning("%s: ended with exit code %d", source_id, code)

    def see_to_chores(self, moment: datetime) -> None:
        """Have new texts analysed once the last run is over, or after a while; tell what waits."""
        if self.chore and not self.is_chore_over(*self.chore):
            return
        wanted = self.ledger.wanted(CHORES)
        if wanted and self.is_time_for_chores(*wanted, moment):
            self.chore = (CHORES, moment, self.world.chores())
        elif not wanted and self.is_time_to_tell(moment) and self.world.has_rules():
            self.chore = (TELLING, moment, self.world.tell())
        if self.chore:
            self.told = moment

    def is_time_to_tell(self, moment: datetime) -> bool:
        """Whether alerts were not seen to for a while."""
        return self.told is None or moment - self.told >= ROUND

    def is_chore_over(self, name: str, begun: datetime, process: Process) -> bool:
        """Whether the chore at work has ended; what was asked for before it began is done."""
        if (code := process.poll()) is None:
            if self.clock() - begun <= LONGEST:
                return False
            code = ended(process)
        self.chore = None
        self.ledger.did(name, begun)
        if code:
            logger.warning("%s ended with exit code %d", name, code)
        return True

    def is_time_for_chores(self, first: datetime, last: datetime, moment: datetime) -> bool:
        """Whether nothing is read any more, or texts have waited long enough."""
        quiet = not self.running and moment - last >= self.quiet
        return quiet or moment - first >= PATIENCE


def ended(process: Process) -> int:
    """End a child that does not end by itself; its exit code."""
    process.ask_to_end()
    return process.stop()
