"""Options of the test run, and homes with the demo market that several modules read."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from tests.browsing import chromium, served
from tests.hostile_desk import hostile_board
from tests.market import demo

DAYS = {"first": 1, "second": 1, "later": 2, "last": 3, "again": 3}
"""Homes of the demo market by name, and the day that each was read on, in order."""

LONGEST = (
    "tests/cases/test_ending.py", "tests/test_views.py", "tests/live/test_crawls.py",
    "tests/cases/test_browser.py", "tests/live/test_manners.py", "tests/test_tutorial.py",
    "tests/test_probe.py", "tests/test_import_large.py", "tests/test_flow.py",
    "tests/test_browser_faults.py", "tests/cases/test_networks.py",
    "tests/test_schedule_command.py", "tests/cases/test_fetching.py", "tests/test_crash.py",
)  # fmt: skip
"""Files that take longest, in order: they begin, so that no worker sits over one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest files begin; the order within a file stays."""
    places = {file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(places)))


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

    Costly: made once for all workers of a run, and copied for each.
    """
    made = tmp_path_factory.getbasetemp().parent / "homes"
    # without workers the base folder's parent holds other runs too
    if "PYTEST_XDIST_WORKER" not in os.environ:
        made = tmp_path_factory.getbasetemp() / "homes"
    with FileLock(f"{made}.lock"):
        if not (made / "again").exists():
            make_homes(made)
    folder = tmp_path_factory.mktemp("homes")
    shutil.copytree(made, folder, dirs_exist_ok=True)
    yield {name: folder / name for name in DAYS}
    shutil.rmtree(folder)


def make_homes(folder: Path) -> None:
    """Run the demo's days in one home, and keep a copy after each."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, day in DAYS.items():
        demo(folder / "home", day)
        shutil.copytree(folder / "home", folder / f"{name}.part")
        (folder / f"{name}.part").rename(folder / name)


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
    """A home whose market was written by hostile authors."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile_board(folder).store.close()
    yield folder
    shutil.rmtree(folder)
