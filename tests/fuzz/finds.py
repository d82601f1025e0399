"""Inputs that once did harm: kept, and fed again in every run of the tests."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.judging import judge_page, judge_text
from tests.fuzz.mutating import Seed, seeds

FOLDER = Path(__file__).parent / "finds"
TEXTS = "text"
"""Folder of texts; pages lie in folders named after their seeds."""


def keep(name: str, data: bytes) -> Path:
    """Keep an input under its hash; where."""
    path = FOLDER / name.replace("/", "__") / f"{hashlib.sha256(data).hexdigest()[:12]}.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def kept() -> list[Path]:
    """All inputs that are kept, by name."""
    return sorted(FOLDER.glob("*/*.bin"))


def replay(path: Path) -> float:
    """Feed an input again; its processor time, seconds.

    Raises:
        Wrong: it still does harm.
    """
    data = path.read_bytes()
    if path.parent.name == TEXTS:
        return judge_text(data.decode("utf-8"))
    (seed,) = seeds_named(path.parent.name.replace("__", "/"))
    return judge_page(seed, data)


def seeds_named(name: str) -> Iterator[Seed]:
    """The seed of that name."""
    return (seed for seed in seeds() if seed.name == name)
