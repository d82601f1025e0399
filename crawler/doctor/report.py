"""A report on a set-up for people who help: versions, sizes, faults; no names of sources."""

import platform
import re
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata

from crawler.doctor.finding import Finding
from crawler.home import Home
from crawler.source import source_files

PACKAGES = ("rackrent", "scrapy", "playwright", "spacy", "datasette", "sqlite-utils", "warcio")
PLACES = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,24}\b(?::[0-9]+)?", re.IGNORECASE)
"""Host names: which sites are read is nobody's business."""
KEPT = ("market.db", "schedule.db", "warc.gz", "rackrent.service")


def report_of(home: Home, findings: Sequence[Finding]) -> str:
    """The report, in Markdown; the home's path, sources and hosts are replaced."""
    lines = [
        "## Rackrent report",
        f"- Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}",
        f"- {platform.platform()}",
        f"- {', '.join(versions())}",
        f"- {len(source_files(home))} source files, database {size_of(home)}",
        "",
        "| check | status | what | remedy |",
        "|---|---|---|---|",
    ]
    for one in findings:
        cells = (one.check, one.status, one.text, one.remedy or "")
        lines.append(f"| {' | '.join(anonymous(home, cell) for cell in cells)} |")
    return "\n".join(lines) + "\n"


def versions() -> Iterator[str]:
    """Names and versions of the packages that matter."""
    for name in PACKAGES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"{name} missing"


def size_of(home: Home) -> str:
    """The database's size in words."""
    return f"{home.database.stat().st_size >> 20} MB" if home.database.exists() else "missing"


def anonymous(home: Home, text: str) -> str:
    """A text without the home's path, names of sources, hosts and line breaks."""
    text = text.replace(str(home.root), "HOME").replace("\n", " ").replace("|", "/")
    for number, source_id in enumerate(sorted(source_files(home)), start=1):
        text = re.sub(rf"(?<![a-z0-9]){re.escape(source_id)}(?![a-z0-9])", f"source-{number}", text)
    return PLACES.sub(lambda found: found[0] if found[0].endswith(KEPT) else "HOST", text)
