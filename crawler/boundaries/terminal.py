"""Text for a terminal: nothing of it steers the terminal or pretends to be a line of ours."""

import json
import re
from typing import Any

CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)


def safe_term(value: Any) -> str:
    """A value for a terminal: without control sequences and direction marks; empty for None.

    Everything that strangers wrote passes through here before it is printed.
    """
    return "" if value is None else CONTROLS.sub("\ufffd", str(value))


def safe_term_line(value: Any) -> str:
    """Like `safe_term`, on one line, so that a text cannot pretend to be a line of ours."""
    return " ".join(safe_term(value).split())


def safe_json(value: Any, indent: int | None = None) -> str:
    """A value as JSON in which characters that steer a terminal are escaped: it reads the same."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return CONTROLS.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    """A character as JSON escapes it."""
    return json.dumps(found[0])[1:-1]
