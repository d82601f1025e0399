"""Feeds mutated pages to `read` and mutated texts to `extract`: `make fuzz`.

`fuzz.py MINUTES [SEED]` runs for so many minutes of processor time (10 by default). Hypothesis
chooses the edits, steers them towards what takes long, and shrinks what does harm; that is kept
in tests/fuzz/finds, which the tests feed again. The exit code is 1 when something was found.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings, target  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from tests.fuzz.finds import TEXTS, keep  # noqa: E402
from tests.fuzz.judging import judge_page, judge_text  # noqa: E402
from tests.fuzz.mutating import EDITS, Edit, Seed, mutated, seeds, texts  # noqa: E402

ROUND = 60
"""Inputs made of one seed before the next one's turn."""


class Tally:
    """What was fed and what was found."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.fed = 0
        self.slowest = 0.0
        self.finds: list[str] = []
        self.last = b""

    def count(self, took: float) -> None:
        """Count an input by its processor time, seconds."""
        self.fed += 1
        self.slowest = max(self.slowest, took)
        target(took, label="seconds")


def round_of(
    tally: Tally, number: int, name: str, first: str, judge: Callable[[bytes], float]
) -> None:
    """Feed a number of inputs made of one seed; what does harm is shrunk and kept."""

    @seed(number)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.target, Phase.shrink),
    )
    @given(edits=EDITS, other=st.sampled_from([each.text for each in seeds()]))
    def feed(edits: list[Edit], other: str) -> None:
        tally.last = as_bytes(name, mutated(first, other, edits))
        tally.count(judge(tally.last))

    try:
        feed()
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is what is looked for
        where = keep(name, tally.last)
        tally.finds.append(f"{where.relative_to(ROOT)}: {type(error).__name__}: {error}"[:300])
        print(tally.finds[-1], flush=True)


def as_bytes(name: str, text: str) -> bytes:
    """A mutated page as its bytes, a mutated text as UTF-8."""
    if name == TEXTS:
        return text.encode("utf-8", "ignore")
    return text.encode("latin-1", "xmlcharrefreplace") if text.isascii() else mixed(text)


def mixed(text: str) -> bytes:
    """Bytes of a page, and pieces beyond them as UTF-8."""
    return b"".join(
        one.encode("latin-1") if ord(one) < 256 else one.encode("utf-8", "surrogatepass")
        for one in text
    )


def judge_of(page: Seed) -> Callable[[bytes], float]:
    """What judges pages made of a seed."""
    return lambda body: judge_page(page, body)


def main() -> None:
    """Feed until the time is over, then say what came of it."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    number = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    tally, turn = Tally(), 0
    while time.process_time() < minutes * 60:
        page = seeds()[turn % len(seeds())]
        round_of(tally, number + turn, page.name, page.text, judge_of(page))
        ad = texts()[turn % len(texts())]
        round_of(tally, number + turn, TEXTS, ad, lambda data: judge_text(data.decode("utf-8")))
        turn += 1
    print(
        f"{tally.fed} inputs in {time.process_time() / 60:.1f} minutes of processor time, "
        f"seed {number}: slowest {tally.slowest:.2f} s, {len(tally.finds)} finds"
    )
    sys.exit(1 if tally.finds else 0)


if __name__ == "__main__":
    main()
