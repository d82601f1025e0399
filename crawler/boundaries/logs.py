"""Logs and tracebacks of this process: one line a message, nothing that steers, no secrets."""

import logging
import os
import re
import resource
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

from crawler.boundaries.secrets import hide_all, remember_environment

STEERING = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
    r"\ufeff\U000e0000-\U000e007f]"
)
LONGEST = 8000
"""Characters of one message; the rest is left out."""
TALKERS = ("httpx", "httpcore", "hpack", "urllib3", "asyncio", "filelock", "apprise", "aiosqlite")
"""Loggers of libraries that tell of headers and addresses; only their warnings are kept."""
TRACE_MARK = "  | "
"""What each line of a traceback begins with, so that none passes for a message."""


def safe_log(value: Any) -> str:
    """A value for a log: on one line, control characters written out, secrets hidden."""
    text = str(value)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}… ({len(text)} characters)"
    return STEERING.sub(_written, hide_all(text))


def safe_trace(text: str) -> str:
    """A traceback for a log: each line marked, control characters written out, secrets hidden."""
    return "\n".join(TRACE_MARK + safe_log(line) for line in text.rstrip("\n").split("\n"))


def guard_process() -> None:
    """Guard this process: its logs, tracebacks, files' modes and memory dumps."""
    # what is collected is nobody else's to read
    os.umask(0o077)
    # a dump of this process would hold sessions and passwords
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    remember_environment(os.environ)
    guard_logs()
    sys.excepthook = _tell
    threading.excepthook = _tell_thread


def guard_logs() -> None:
    """Have every record of every logger pass through `safe_log`, at any level."""
    for name in TALKERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.setLogRecordFactory(SafeRecord)


class SafeRecord(logging.LogRecord):
    """A log record whose text and traceback are safe, made so when a handler asks for them."""

    def getMessage(self) -> str:  # noqa: N802
        """The message on one line, without secrets."""
        try:
            return safe_log(super().getMessage())
        except (TypeError, ValueError, KeyError):
            # a message that does not fit its arguments is still told
            return safe_log(f"{self.msg} {self.args}")

    @property
    def exc_text(self) -> str | None:
        """The traceback, which formatters take from here when it is there."""
        if not self.exc_info or not self.exc_info[0]:
            return None
        return safe_trace("".join(traceback.format_exception(*self.exc_info)))

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        """Formatters keep theirs here, which is not wanted."""


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print the traceback of an error that nobody caught."""
    print(safe_trace("".join(traceback.format_exception(kind, error, trace))), file=sys.stderr)


def _tell_thread(told: threading.ExceptHookArgs) -> None:
    """The same for a thread."""
    if told.exc_value is not None:
        _tell(told.exc_type, told.exc_value, told.exc_traceback)


def _written(found: re.Match[str]) -> str:
    """A character by its number or name, as Python writes it."""
    return ascii(found[0])[1:-1]
