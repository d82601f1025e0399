"""Exports of a small desk, and exports read back."""

import json
from pathlib import Path
from typing import Any

from stix2validator import ValidationOptions, validate_string

from crawler.clock import now
from crawler.exporting.asked import Asked, since_of
from crawler.exporting.run import export
from crawler.home import Home
from crawler.records import ExportRow


def exported(home: Home, form: str, to: Path, **more: Any) -> ExportRow:
    """One export; `filters`, `since` (as typed), `tlp` and `partition` as they are asked for."""
    asked = Asked(
        form,
        more.pop("filters", {}),
        since_of(more.pop("since", None), now()),
        more.pop("tlp", None),
        more.pop("partition", False),
    )
    return export(home, asked, to=to, by="anna", **more)


def ndjson(home: Home, folder: Path, **more: Any) -> list[dict[str, Any]]:
    """What an NDJSON export tells."""
    file = folder / "offers.ndjson"
    exported(home, "ndjson", file, **more)
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def bundle(home: Home, folder: Path, **more: Any) -> list[dict[str, Any]]:
    """Objects of a STIX export."""
    file = folder / "bundle.json"
    exported(home, "stix", file, **more)
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8")).get("objects", [])
    return found


def of_type(objects: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Objects of one type."""
    return [each for each in objects if each["type"] == kind]


def faults_of_stix(file: Path) -> list[str]:
    """What OASIS's validator says of a bundle when it is strict; nothing of a sound one."""
    options = ValidationOptions(strict=True, enforce_refs=True, version="2.1")
    result = validate_string(file.read_text("utf-8"), options)
    found = [str(each) for each in (*(result.errors or ()), *(result.warnings or ()))]
    return found or ([] if result.is_valid else ["not valid"])
