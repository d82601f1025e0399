"""What requirements.lock pins: names, versions, hashes, and the licences that packages state."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from nlp.yamls import load_yaml  # noqa: E402

LOCK = ROOT / "requirements.lock"
REASONS = ROOT / "scripts" / "licences.yml"
_PIN = re.compile(
    r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?: *; *([^\\\n]+?))? *"
    r"(\\\n(?: +--hash=\S+(?: \\)?\n?)*)?$",
    re.M,
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
SPDX = (
    (
        "Apache-2.0",
        r"apache(?: software)?(?: licen[cs]e)?,?(?: version)?[ -]?2(?:\.0)?|apache software",
    ),
    ("LGPL-3.0-only", r"lgpl ?v?3|lesser general public license v3"),
    ("LGPL-2.1-or-later", r"^lgpl$|lesser general public license v2"),
    ("MPL-2.0", r"mozilla public license 2|mpl-?2"),
    ("BSD-2-Clause", r"bsd[ -]2"),
    ("BSD-3-Clause", r"bsd[ -]3|^bsd(?: license)?$"),
    ("ISC", r"^isc\b"),
    ("PSF-2.0", r"^psf|python software foundation"),
    ("MIT", r"^mit(?: license)?$|^mit-0$"),
    ("Unlicense", r"public domain|unlicense"),
    ("ZPL-2.1", r"^zpl"),
)
"""Ids of https://spdx.org/licenses by what packages write."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that the lock pins."""

    name: str
    version: str
    marker: str | None
    """Where it is installed; None for everywhere."""
    hashes: tuple[str, ...]
    """SHA-256 of its files, of which one is installed."""
    licence: str | None
    """SPDX expression; None where neither the package nor licences.yml tells."""
    needs: tuple[str, ...] = ()
    """Names of the packages that it requires."""


def packages() -> list[Package]:
    """All pinned packages, by name; a package that differs by machine stands once a version."""
    told = load_yaml(REASONS)["licences"]
    found = {}
    for pin in _PIN.finditer(LOCK.read_text("utf-8")):
        name, version, marker, block = pin.groups()
        hashes = tuple(_HASH.findall(block or ""))
        licence = (told.get(name) or {}).get("licence") or licence_of(name)
        found[name, version] = Package(name, version, marker, hashes, licence, needs_of(name))
    return sorted(found.values(), key=lambda each: (each.name, each.version))


def licence_of(name: str) -> str | None:
    """The licence that an installed package states, as SPDX; None where it states none."""
    try:
        facts = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if stated := facts.get_all("License-Expression"):
        return str(stated[0])
    classified = [
        line.rpartition(" :: ")[2]
        for line in facts.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    words = [*(str(each).split("\n")[0] for each in facts.get_all("License") or []), *classified]
    found = dict.fromkeys(spdx for each in words if (spdx := spdx_of(each)))
    return next(iter(found), None)


def spdx_of(words: str) -> str | None:
    """The SPDX id that words mean; an id or expression means itself."""
    if re.fullmatch(
        r"(?:[A-Za-z]+-[0-9.]+(?:-[A-Za-z-]+)?|MIT)(?: (?:AND|OR) [A-Za-z0-9.-]+)*", words
    ):
        return words
    return next((spdx for spdx, form in SPDX if re.search(form, words.strip(), re.I)), None)


def needs_of(name: str) -> tuple[str, ...]:
    """Names of what an installed package requires, optional parts left out."""
    try:
        stated = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return ()
    bare = (re.match(r"[A-Za-z0-9._-]+", each) for each in stated if "extra ==" not in each)
    return tuple(sorted({re.sub(r"[-_.]+", "-", each[0]).lower() for each in bare if each}))


def reasons() -> Mapping[str, Mapping[str, str]]:
    """Packages under licences that need a reason, by name."""
    told: Mapping[str, Mapping[str, str]] = load_yaml(REASONS)["licences"]
    return told
