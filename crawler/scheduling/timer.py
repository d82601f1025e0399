"""The scheduler's process: a timer that survives reboots, signals, one scheduler a home.

The timer's thread only rings; everything is decided and started in the main thread, because the
kernel ties children to the thread that started them.
"""

import logging
import queue
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from filelock import FileLock, Timeout

from crawler.home import Home
from crawler.scheduling.keeper import Keeper

logger = logging.getLogger(__name__)

TICK_S = 5.0
"""How often the keeper looks, seconds."""
TICK = 0
BELL: "queue.SimpleQueue[int]" = queue.SimpleQueue()
"""What the main thread is told: a tick of the timer, or the number of a signal."""


class ScheduleRunsError(RuntimeError):
    """Another scheduler works on the same home."""


def ring() -> None:
    """Have the keeper look. The job store keeps this function by name."""
    BELL.put(TICK)


def keep_schedule(home: Home, keeper: Keeper, *, once: bool = False) -> int | None:
    """Step until a signal comes, or with `once` until all is done that is due; the signal.

    Raises:
        ScheduleRunsError: another scheduler works on the same home.
    """
    with only_scheduler(home), ringing(home), heeding_signals():
        keeper.resume()
        try:
            while True:
                keeper.step()
                if once and keeper.is_idle:
                    return None
                rung = next_ring()
                if rung != TICK:
                    logger.info("stopped by %s", signal.Signals(rung).name)
                    return rung
        finally:
            keeper.stop()


def next_ring() -> int:
    """The next tick or signal; a tick too when the timer is silent, as after a clock set back."""
    try:
        return BELL.get(timeout=3 * TICK_S)
    except queue.Empty:
        return TICK


@contextmanager
def only_scheduler(home: Home) -> Iterator[None]:
    """Hold the lock that says that a scheduler runs; the kernel frees it when we die."""
    lock = FileLock(home.root / "schedule.lock")
    try:
        lock.acquire(timeout=1)
    except Timeout as error:
        raise ScheduleRunsError(
            f"{home.root}: another `rackrent schedule run` is at work; stop that first"
        ) from error
    try:
        yield
    finally:
        lock.release()


def is_scheduler_alive(home: Home) -> bool:
    """Whether a scheduler works on the home now."""
    lock = FileLock(home.root / "schedule.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


@contextmanager
def ringing(home: Home) -> Iterator[None]:
    """Ring every few seconds; rings that were slept through are one."""
    store = SQLAlchemyJobStore(url=f"sqlite:///{home.root / 'schedule.db'}")
    timer = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    timer.start()
    timer.add_job(
        ring,
        "interval",
        seconds=TICK_S,
        id="tick",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
        replace_existing=True,
    )
    try:
        yield
    finally:
        timer.shutdown(wait=False)


@contextmanager
def heeding_signals() -> Iterator[None]:
    """Put SIGTERM and SIGINT into the bell, where they end the schedule between two steps."""

    def stop(signum: int, frame: FrameType | None) -> None:
        BELL.put(signum)

    before = {each: signal.signal(each, stop) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
