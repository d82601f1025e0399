"""Every promise of the threat model names tests that are there."""

import re

from tests.market import ROOT

PAGE = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
ROWS = re.findall(r"^\| (?!promise|---)(.+?) \| (.+?) \|$", PAGE, re.M)


def test_every_promise_names_a_test_that_is_there() -> None:
    assert len(ROWS) >= 25
    for promise, held_by in ROWS:
        files = re.findall(r"`(tests/[\w/]+\.py)`", held_by)
        assert files, promise
        for file in files:
            assert "def test_" in (ROOT / file).read_text("utf-8"), f"{promise}: {file}"


def test_every_area_of_cases_holds_a_promise() -> None:
    areas = sorted((ROOT / "tests" / "cases").glob("test_*.py"))
    held = " ".join(held_by for _, held_by in ROWS)
    unnamed = [
        path.name for path in areas if path.name != "test_cases.py" and path.name not in held
    ]
    assert unnamed == []
