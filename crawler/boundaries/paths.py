"""Paths whose names come from a database, an archive or a person: they stay in their folder."""

import re
from pathlib import Path

PART = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|]{1,255}")
"""A name that every file system takes as one name."""
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""Names that mean devices on Windows."""
LONGEST = 1000


class OutsideError(ValueError):
    """A name that leads out of its folder, or is none; its text says which."""


def inside(folder: Path, name: str) -> Path:
    """The path of a name under a folder, links followed; the name may have parts parted by `/`.

    Raises:
        OutsideError: the name is absolute, climbs, is no name, or a link on its way leads out.
    """
    parts = name.split("/")
    if len(name) > LONGEST or not all(is_name(part) for part in parts):
        raise OutsideError(f"{name[:80]!a} is no name of a file under {folder.name}")
    path = folder.joinpath(*parts)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise OutsideError(f"{name[:80]!a} leads out of {folder.name}")
    return path


def is_name(part: str) -> bool:
    """Whether one part of a path is a plain name."""
    plain = PART.fullmatch(part) is not None and part.isprintable() and part == part.strip()
    return plain and not part.endswith(".") and not RESERVED.fullmatch(part)
