"""Lists the licences of all pinned packages: `make licences`; exit 1 where one may not be used."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nlp.yamls import load_yaml
from scripts.locked import REASONS, Package, packages, reasons


def objections(found: Iterable[Package]) -> list[str]:
    """One line for each package whose licence is unknown, or not free and without a reason."""
    free, told = set(load_yaml(REASONS)["free"]), reasons()
    lines = []
    for each in found:
        named = set(re.split(r" (?:AND|OR) ", each.licence or ""))
        if each.licence is None:
            lines.append(f"{each.name} {each.version}: states no licence: add it to {REASONS.name}")
        elif not named <= free and not told.get(each.name, {}).get("reason"):
            lines.append(f"{each.name} {each.version}: {each.licence}: needs a reason")
    return lines


def main() -> None:
    """Print the list, and what may not be used."""
    found, told = packages(), reasons()
    for each in found:
        reason = told.get(each.name, {}).get("reason", "")
        print(
            f"{each.name:<28} {each.version:<14} {each.licence or 'unknown':<34} {reason}".rstrip()
        )
    wrong = objections(found)
    print(f"{len(found)} packages, {len(wrong)} without a licence that may be used")
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
