"""When a host that does not answer is left alone: for a growing while, then until the next run."""

import random
from dataclasses import dataclass, field

UNREACHED = 2
"""Weight of a failure to reach a host at all."""
ANSWERED_BADLY = 1
"""Weight of a page that came late, broken or not at all, from a host that takes connections."""
LIMIT = 40
"""Weight of failures in a row after which a host is dead for this run."""
REST_FROM = 10
"""Weight of failures in a row after which the crawl rests before the next try."""
FIRST_REST_S = 5.0
LONGEST_REST_S = 30.0
PATIENCE = 5
"""Failures in a row after which pages get half of their time, then a third, and so on."""
LEAST_SHARE = 0.25


@dataclass
class Breaker:
    """Failures in a row, by host."""

    dead: set[str] = field(default_factory=set)
    """Hosts that nothing more is asked of in this run."""
    _weights: dict[str, int] = field(default_factory=dict)
    _rests: dict[str, int] = field(default_factory=dict)
    _alive: set[str] = field(default_factory=set)

    def succeeded(self, host: str) -> None:
        """A page came."""
        self._weights.pop(host, None)
        self._rests.pop(host, None)
        self._alive.add(host)

    def failed(self, host: str, weight: int) -> float:
        """A page did not come; how long to rest before anything else is asked for, seconds."""
        total = self._weights[host] = self._weights.get(host, 0) + weight
        if total >= LIMIT:
            self.dead.add(host)
            self._alive.discard(host)
            return 0.0
        if weight < UNREACHED or total < REST_FROM:
            return 0.0
        rests = self._rests[host] = self._rests.get(host, 0) + 1
        return jittered(min(FIRST_REST_S * 2 ** (rests - 1), LONGEST_REST_S))

    def share(self, host: str) -> float:
        """Which share of the usual time a page of a host gets: less, the longer it fails."""
        return max(LEAST_SHARE, 1 / (1 + self._weights.get(host, 0) // PATIENCE))

    @property
    def is_alone(self) -> bool:
        """Whether every host that ever answered is dead, so that going on makes no sense."""
        return not self._alive


def jittered(seconds: float) -> float:
    """A pause varied by a fifth, so that many crawls do not come back at one moment."""
    return seconds * random.uniform(0.8, 1.2)
