"""The process that parses large pages: `python -m spiders.parse_worker`, started by `Parser`."""

import sys

from selectolax.lexbor import SelectolaxError

from crawler.working import serve
from spiders.asked import reading_packed, unpacked
from spiders.parsing import FAULT
from spiders.reading import read_asked


def answer(question: bytes) -> bytes:
    """The reading of a page as JSON, or what failed."""
    try:
        return reading_packed(read_asked(unpacked(question)))
    except MemoryError:
        raise
    except SelectolaxError as error:
        if "parse" in str(error):
            # Lexbor's way to say that memory did not suffice
            raise MemoryError from error
        return fault(error)
    except Exception as error:  # noqa: BLE001 -- whatever an engine does, the parent tells it
        return fault(error)


def fault(error: Exception) -> bytes:
    """An answer that tells of an error."""
    return FAULT + f"{type(error).__name__}: {error}"[:300].encode("utf-8", "replace")


if __name__ == "__main__":
    serve(answer, sys.argv[1:])
