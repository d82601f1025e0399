"""The first look at a page, in a process that can be killed where the page is not small."""

from contextlib import closing

from pydantic import TypeAdapter

from crawler.clock import now
from crawler.visit import Visited, VisitError
from crawler.worker import Limits, Worker, WorkerLostError
from spiders.asked import AUTO, Asked, packed
from spiders.probe import Probed, probed
from spiders.small import is_small

WORKER = "spiders.look_worker"
PROBED = TypeAdapter(Probed)


def asked_for(visited: Visited, engine: str = AUTO) -> Asked:
    """A visited page, to be read by an engine."""
    return Asked(
        engine, visited.url, visited.body, visited.content_type, now(), status=visited.status
    )


def look_at(visited: Visited) -> Probed:
    """The first look at a visited page.

    Raises:
        VisitError: looking at it takes too much time or memory.
    """
    asked = asked_for(visited)
    if is_small(asked.body):
        return probed(asked)
    with closing(Worker(WORKER, Limits())) as worker:
        try:
            return PROBED.validate_json(worker.ask(packed(asked)))
        except WorkerLostError as error:
            raise VisitError(f"{visited.url}: it cannot be looked at: {error}") from error


def probed_packed(found: Probed) -> bytes:
    """A look as JSON."""
    return PROBED.dump_json(found)
