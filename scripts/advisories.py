"""Asks the package index for known weaknesses of what the lock pins: `make advisories`.

Exit codes: 0 asked about every package, none has a known weakness; 1 some have; 3 not checked, in
whole or in part: no connection, or an answer that is none. Nothing but names and versions leaves.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.locked import Package, packages

INDEX = "https://pypi.org/pypi/{name}/{version}/json"
"""PyPI's own JSON, which carries the advisories of OSV under `vulnerabilities`."""
TIMEOUT_S = 20.0
CLEAN, WEAK, NOT_CHECKED = 0, 1, 3
GIVE_UP = 3
"""Failures in a row after which there is no connection."""
Ask = Callable[[Package], Any]
"""The index's JSON of a package; raises httpx.HTTPError or ValueError."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of the questions."""

    weak: tuple[str, ...]
    """One line for each weakness."""
    unchecked: tuple[str, ...]
    """Packages that could not be asked about, and why."""

    @property
    def code(self) -> int:
        """The exit code: a weakness outranks what was not checked."""
        return WEAK if self.weak else NOT_CHECKED if self.unchecked else CLEAN


def check(found: Iterable[Package], ask: Ask) -> Checked:
    """Ask about each package; without a connection the rest is not asked about."""
    weak: list[str] = []
    unchecked: list[str] = []
    failed = 0
    for each in found:
        if failed >= GIVE_UP:
            unchecked.append(f"{each.name}: not asked")
            continue
        try:
            weak += weaknesses(each, ask(each))
            failed = 0
        except (httpx.HTTPError, ValueError, TypeError, KeyError) as error:
            failed += 1
            unchecked.append(f"{each.name}: {type(error).__name__}: {str(error).splitlines()[0]}")
    return Checked(tuple(weak), tuple(unchecked))


def weaknesses(package: Package, answer: Any) -> list[str]:
    """One line for each weakness that an answer names and that was not withdrawn.

    Raises:
        KeyError, TypeError: the answer has another form.
    """
    if answer["info"]["version"] != package.version:
        raise ValueError(f"an answer about version {answer['info']['version']}")
    return [
        f"{package.name} {package.version}: {each['id']}: fixed in "
        f"{', '.join(each.get('fixed_in') or ['no version'])}: {each.get('link') or ''}"
        for each in answer["vulnerabilities"]
        if not each.get("withdrawn")
    ]


def ask_index(client: httpx.Client, package: Package) -> Any:
    """The index's JSON of a package."""
    answer = client.get(INDEX.format(name=package.name, version=package.version))
    answer.raise_for_status()
    return json.loads(answer.content)


def main() -> None:
    """Ask, and say plainly what was not checked."""
    found = packages()
    with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False) as client:
        checked = check(found, lambda package: ask_index(client, package))
    for line in checked.weak:
        print(line)
    if checked.unchecked:
        print(
            f"not checked: {len(checked.unchecked)} of {len(found)} packages: no connection? "
            f"{checked.unchecked[0]}",
            file=sys.stderr,
        )
    else:
        print(f"{len(found)} packages asked about, {len(checked.weak)} known weaknesses")
    sys.exit(checked.code)


if __name__ == "__main__":
    main()
