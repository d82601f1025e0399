"""A machine of paper for tests of the schedule: clock, sources and crawls are made up."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.scheduling.keeper import Keeper
from crawler.scheduling.ledger import Ledger
from crawler.scheduling.plan import Plan, plan_of
from tests.pages import source

START = datetime(2026, 3, 10, 7, 13, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def plan(source_id: str = "board", **changes: object) -> Plan:
    """A source's plan."""
    return plan_of(source(source_id, **changes))


@dataclass
class Crawl:
    """A crawl that ends at a moment of the made-up clock."""

    world: "World"
    source_id: str
    began: datetime
    ends: datetime
    code: int = 0
    ended: datetime | None = None
    """When it was over; None while it runs and after it was killed."""

    def poll(self) -> int | None:
        """Its exit code, once its time is over."""
        if self.world.now < self.ends:
            return None
        self.ended = self.ends
        return self.code

    def ask_to_end(self) -> None:
        """Stop it as SIGTERM does."""
        self.code, self.ends = 130, self.world.now

    def stop(self) -> int:
        """It is over."""
        self.poll()
        return self.code


@dataclass
class World:
    """Everything outside of the keeper, with a clock that tests move."""

    folder: Path
    sources: dict[str, Plan]
    now: datetime = START
    longest_min: int = 50
    """Longest crawl."""
    crawls: list[Crawl] = field(default_factory=list)
    analyses: list[Crawl] = field(default_factory=list)
    rules: bool = False
    """Whether there are alert rules."""
    rounds: list[Crawl] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    by_hand: dict[str, datetime] = field(default_factory=dict)
    """Runs that somebody else began, by source."""
    codes: dict[str, int] = field(default_factory=dict)
    """Exit codes of sources that fail."""
    dice: random.Random = field(default_factory=lambda: random.Random(6))

    def plans(self) -> Mapping[str, Plan]:
        """All sources."""
        return self.sources

    def is_held_back(self, source_id: str) -> bool:
        """Whether a test holds it."""
        return source_id in self.held

    def last_read(self, source_id: str) -> datetime | None:
        """When the last run that came to its end began."""
        own = [c.began for c in self.crawls if c.source_id == source_id and c.ended and not c.code]
        return max([*own, *filter(None, [self.by_hand.get(source_id)])], default=None)

    def crawl(self, source_id: str) -> Crawl:
        """Begin a crawl."""
        minutes = self.dice.randint(2, self.longest_min)
        crawl = Crawl(self, source_id, self.now, self.now + minutes * MINUTE)
        crawl.code = self.codes.get(source_id, 0)
        self.crawls.append(crawl)
        return crawl

    def chores(self) -> Crawl:
        """Begin an analysis."""
        self.analyses.append(Crawl(self, "analyse", self.now, self.now + 3 * MINUTE))
        return self.analyses[-1]

    def has_rules(self) -> bool:
        """Whether a test has something to tell."""
        return self.rules

    def tell(self) -> Crawl:
        """Begin a round of alerts."""
        self.rounds.append(Crawl(self, "alerts", self.now, self.now + MINUTE))
        return self.rounds[-1]

    def boot(self, jobs: int = 8) -> Keeper:
        """Start a scheduler on what the disk holds."""
        keeper = Keeper(Ledger(self.folder / "schedule.db"), self, lambda: self.now, jobs)
        keeper.ledger.conn.execute("pragma synchronous=off")
        keeper.resume()
        return keeper

    def die(self) -> None:
        """Lose power: crawls under way end without a word."""
        for crawl in self.crawls:
            if not crawl.ended:
                crawl.ends = self.now
                crawl.code = -9

    def let_pass(self, keeper: Keeper, span: timedelta) -> None:
        """Let time pass, a step a minute."""
        until = self.now + span
        while self.now < until:
            keeper.step()
            self.now += MINUTE

    def of(self, source_id: str) -> list[Crawl]:
        """A source's crawls, in order."""
        return [crawl for crawl in self.crawls if crawl.source_id == source_id]
