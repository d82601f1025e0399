"""Runs the cases of leaks: every page is kept, and nothing leaves."""

import pytest

from tests.cases import leaks
from tests.cases.opening import BROWSING, Outcome, check, opened
from tests.cases.traps import Trap

pytestmark = BROWSING


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return opened(leaks.CASES)


@pytest.mark.parametrize("case", leaks.CASES, ids=lambda case: case.name)
def test_the_page_is_kept_and_nothing_leaves(case: Trap, outcomes: dict[str, Outcome]) -> None:
    check(case, outcomes[case.name])
