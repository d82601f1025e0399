"""What is killed: crawls, analyses, links, exports and backups, each in a forked process.

The processes are forks of one that has everything loaded, so a stage takes its own time only.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from crawler.analyse import analyse  # noqa: E402
from crawler.analyse_worker import read_documents  # noqa: E402
from crawler.backup import make_backup  # noqa: E402
from crawler.clock import now  # noqa: E402
from crawler.exporting.asked import Asked  # noqa: E402
from crawler.exporting.run import export  # noqa: E402
from crawler.home import Home  # noqa: E402
from crawler.settle import settle  # noqa: E402
from crawler.store.database import Store  # noqa: E402
from nlp.findings import Document  # noqa: E402
from scripts.chaos_site import SOURCE  # noqa: E402

LONGEST_S = 60.0
"""A stage that is not over then hangs, seconds."""
STEP_S = 0.002


class StageError(RuntimeError):
    """A stage that nobody disturbed did not end well."""


def crawl(home: Home) -> int:
    """Read every thread of the board."""
    from scrapy.cmdline import execute

    os.environ |= {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "RACKRENT_HOME": str(home.root)}
    try:
        execute(["scrapy", "crawl", "forum", "-a", f"source={SOURCE}", "-a", "full=1"])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def read_new(home: Home) -> int:
    """Read the texts that are new."""
    analyse(home)
    return 0


def read_all(home: Home) -> int:
    """Read all texts again."""
    analyse(home, everything=True)
    return 0


def link(home: Home) -> int:
    """Link anew."""
    with closing(Store(home.database)) as store, store.transaction():
        settle(store)
    return 0


def tell(home: Home) -> int:
    """Export what is new."""
    export(home, Asked(format="ndjson", since="last"), by="chaos")
    return 0


def back_up(home: Home) -> int:
    """Make a backup."""
    make_backup(home.database, home.backups, now(), keep=2)
    return 0


STAGES: dict[str, Callable[[Home], int]] = {
    "crawl": crawl,
    "analyse": read_new,
    "link": link,
    "analyse all": read_all,
    "export": tell,
    "backup": back_up,
}
"""In the order in which a day runs them."""


def warm_up() -> None:
    """Load what the stages need, without threads."""
    read_documents([Document(text="Fresh RDP, 5$")])
    import scrapy.crawler

    import spiders.forum

    assert scrapy.crawler and spiders.forum


@dataclass(frozen=True, slots=True)
class Ended:
    """How a stage ended."""

    killed: bool
    seconds: float


def run(home: Home, stage: str, kill_after_s: float | None = None) -> Ended:
    """Run a stage in a fork; killed with its whole group after so long, where that is given.

    Raises:
        StageError: nobody killed it, and it failed or hung.
    """
    began = time.monotonic()
    pid = fork(home, stage)
    while not (done := os.waitpid(pid, os.WNOHANG))[0]:
        took = time.monotonic() - began
        if kill_after_s is not None and took >= kill_after_s:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return Ended(True, took)
        if took > LONGEST_S:
            os.killpg(pid, signal.SIGKILL)
            raise StageError(f"{home.root}: {stage} hangs")
        time.sleep(STEP_S)
    code = os.waitstatus_to_exitcode(done[1])
    if code:
        raise StageError(f"{home.root}: {stage} ended with {code}: {home.logs / 'chaos.log'}")
    return Ended(False, time.monotonic() - began)


def fork(home: Home, stage: str) -> int:
    """Start a stage; the child's process id, which is its group's too."""
    sys.stdout.flush()
    if pid := os.fork():
        # both sides, so that the group is there whoever comes first
        os.setpgid(pid, pid)
        return pid
    code = 1
    try:
        os.setpgid(0, 0)
        random.seed()
        log = os.open(home.logs / "chaos.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for stream in (1, 2):
            os.dup2(log, stream)
        code = STAGES[stage](home)
    except BaseException:  # noqa: BLE001 (a fork must not go on as its parent)
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)
