"""One bad document costs only itself."""

import signal
import threading

from nlp.findings import Document, Findings
from nlp.guarded import read_safely


class Faulty:
    """Reads `spin` for ever, fails on `break`, and all else at once."""

    def analyse(self, document: Document) -> Findings:
        while document.text == "spin":
            pass
        if document.text == "break":
            raise KeyError("no such rule")
        return Findings("offer")


def read(*texts: str) -> list[Findings]:
    return read_safely(Faulty(), [Document(text=text) for text in texts], budget=0.1)


def test_a_document_over_its_budget_is_given_up_and_the_next_is_read() -> None:
    assert read("a", "spin", "b") == [
        Findings("offer"),
        Findings("other", problems=("not read: it takes more than 0.1 s",)),
        Findings("offer"),
    ]
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_an_error_of_a_rule_becomes_a_problem() -> None:
    assert [found.problems for found in read("break", "a")] == [
        ("not read: KeyError: 'no such rule'",),
        (),
    ]


def test_other_threads_read_without_a_limit() -> None:
    found: list[Findings] = []
    thread = threading.Thread(target=lambda: found.extend(read("a")))
    thread.start()
    thread.join()
    assert found == [Findings("offer")]
