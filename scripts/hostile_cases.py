"""Writes docs/hostile-cases.md from tests/cases: `make cases`; `--check` only compares."""

import importlib
import pkgutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import cases  # noqa: E402
from tests.cases import Case  # noqa: E402

PAGE = ROOT / "docs" / "hostile-cases.md"
HEAD = """# Hostile cases

What pages, servers, names, files and machines do to Rackrent in its tests, and what it does then.
Each row is a test in `tests/cases/`; `make cases` writes this page from them.
"""


def areas() -> dict[str, tuple[Case, ...]]:
    """The cases of each area, by its name, areas in the order of their modules."""
    found: dict[str, tuple[Case, ...]] = {}
    for module in sorted(pkgutil.iter_modules(cases.__path__), key=lambda module: module.name):
        if module.name.startswith("test_"):
            continue
        area = importlib.import_module(f"tests.cases.{module.name}")
        if hasattr(area, "CASES"):
            found[(area.__doc__ or module.name).splitlines()[0].rstrip(".")] = area.CASES
    return found


def page() -> str:
    """The page: a table for each area."""
    found = areas()
    total = sum(map(len, found.values()))
    parts = [HEAD, f"{total} cases in {len(found)} areas.\n"]
    for name, listed in found.items():
        rows = [f"| `{case.name}` | {cell(case.does)} | {cell(case.holds)} |" for case in listed]
        table = "\n".join(["| case | somebody does | Rackrent does |", "|---|---|---|", *rows])
        parts.append(f"## {name}\n\n{table}\n")
    return "\n".join(parts)


def cell(text: str) -> str:
    """A text as a table's cell takes it."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    """Write the page, or tell that it is not what the cases say."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), "utf-8")
    elif not PAGE.exists() or PAGE.read_text("utf-8") != page():
        sys.exit(f"{PAGE} is not what tests/cases say: run `make cases`")


if __name__ == "__main__":
    main()
