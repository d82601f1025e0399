"""The process that looks at large pages of new sites: `python -m spiders.look_worker`."""

import sys

from crawler.working import serve
from spiders.asked import unpacked
from spiders.looking import probed_packed
from spiders.probe import probed


def answer(question: bytes) -> bytes:
    """The first look at a page, as JSON."""
    return probed_packed(probed(unpacked(question)))


if __name__ == "__main__":
    serve(answer, sys.argv[1:])
