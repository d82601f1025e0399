"""What is worked out for words is kept, within bounds."""

import pytest

from nlp.remembered import Remembered


def test_a_value_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Remembered(length)
    assert [lengths["ab"], lengths["ab"], lengths["abc"]] == [2, 2, 3]
    assert asked == ["ab", "abc"]


def test_many_words_are_forgotten_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.remembered.KNOWN", 3)
    lengths = Remembered(len)
    assert [lengths["a" * number] for number in range(5)] == [0, 1, 2, 3, 4]
    assert len(lengths) == 2
