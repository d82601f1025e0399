"""Options of the test run, and homes with the demo market that several modules read."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import chromium, served
from tests.hostile_desk import hostile_board
from tests.market import demo


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update`, which rewrites the expected files of saved pages."""
    parser.addoption(
        "--update", action="store_true", help="rewrite tests/engines/*/*/expected.json"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Homes after each day of the demo market, and after its first and last day twice.

    Costly: modules that read them belong to the xdist group `flow`.
    """
    folder = tmp_path_factory.mktemp("homes")
    days = {"first": 1, "second": 1, "later": 2, "last": 3, "again": 3}
    found = {}
    for name, day in days.items():
        demo(folder / "home", day)
        found[name] = folder / name
        shutil.copytree(folder / "home", found[name])
    yield found
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def demo_desk(homes: dict[str, Path]) -> Iterator[str]:
    """Address of a desk over the demo market after day 3."""
    with served(homes["last"] / "market.db") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of one module, which cannot use asyncio meanwhile."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose market was written by hostile authors, for the xdist group `hostile`."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile_board(folder).store.close()
    yield folder
    shutil.rmtree(folder)
