"""Runs the real command against the demo market."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

EVIDENCE = ("sources", "threads", "accounts", "posts", "post_versions")
FINDINGS = (
    "analyses", "listings", "prices", "attributes", "contacts", "contact_mentions", "providers",
    "provider_members", "provider_links", "issues",
)  # fmt: skip
RUN_COLUMNS = frozenset({"last_seen", "run_id"})


def rackrent(
    home: Path, *arguments: str, timeout: float = 240
) -> "subprocess.CompletedProcess[str]":
    """Run the command in a home."""
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments],
        cwd=ROOT,
        env=os.environ | {"RACKRENT_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def demo(home: Path, day: int) -> list[dict[str, Any]]:
    """Crawl and analyse a day of the demo market; its runs."""
    done = rackrent(home, "demo", "--no-serve", "--json", "--day", str(day))
    assert done.returncode == 0, done.stderr + done.stdout
    runs: list[dict[str, Any]] = json.loads(done.stdout)
    return runs


def rows(database: Path, sql: str, *values: Any) -> list[dict[str, Any]]:
    """Rows of a query."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, values)]


def dump(database: Path, table: str, leave_out: frozenset[str] = RUN_COLUMNS) -> list[str]:
    """A table's rows as text without some columns, in a fixed order."""
    kept = [
        {key: value for key, value in row.items() if key not in leave_out}
        for row in rows(database, f"select * from {table}")
    ]
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in kept)
