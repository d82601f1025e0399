"""Options of the test run."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update`, which rewrites the expected files of saved pages."""
    parser.addoption(
        "--update", action="store_true", help="rewrite tests/engines/*/*/expected.json"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be rewritten."""
    return bool(request.config.getoption("--update"))
