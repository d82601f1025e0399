"""How a process of ours ends: with which code, and never later than it may."""

import atexit
import os
from enum import IntEnum


class Code(IntEnum):
    """Exit codes by which a crawl's process tells what its run's row cannot say."""

    STORAGE = 6
    INTERRUPTED = 130


_asked: list[Code] = []


def leave_with(code: Code) -> None:
    """Have this process end with a code, whatever Scrapy thinks of it; the first one counts."""
    if not _asked:
        _asked.append(code)
        atexit.register(os._exit, code)
