"""What was worked out for words, in a table of bounded size."""

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")

KNOWN = 50_000
"""Words that are remembered; with more, all are forgotten at once."""


class Remembered(dict[str, Value]):
    """The value of each word, worked out when it is first asked for by `[word]`."""

    def __init__(self, work: Callable[[str], Value]) -> None:
        """Know nothing yet."""
        super().__init__()
        self._work = work

    def __missing__(self, word: str) -> Value:
        if len(self) >= KNOWN:
            self.clear()
        value = self[word] = self._work(word)
        return value
