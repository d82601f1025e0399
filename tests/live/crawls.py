"""Crawls of made-up boards in child processes, and what they brought."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.home import Home
from tests.live.server import Site
from tests.market import ROOT, rows

SOURCE = """\
id: {source_id}
name: Live board
kind: forum
engine: {engine}
url: {root}{start}
start: ["{root}{start}"]
hosts: ["{host}"]
local: true
basis: public
delay_s: 0
robots: ignore
robots_reason: a server of the tests
"""


@dataclass
class Lab:
    """A home with one source: the board that is being served."""

    home: Home
    site: Site
    source_id: str = "live"

    def write_source(self, extra: str = "") -> None:
        """Write the source's file."""
        self.home.make()
        text = SOURCE.format(
            source_id=self.source_id,
            engine=self.site.skin.NAME,
            root=self.site.root,
            start=self.site.skin.START,
            host=self.site.host,
        )
        (self.home.sources / f"{self.source_id}.yml").write_text(text + extra, "utf-8")

    def crawl(
        self, *, full: bool = False, environment: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Crawl once; the run's row. `site.asked` holds what this crawl asked for."""
        self.site.asked.clear()
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "forum",
             "-a", f"source={self.source_id}", "-a", f"full={int(full)}"],
            cwd=ROOT,
            env=os.environ | {"RACKRENT_HOME": str(self.home.root)} | dict(environment or {}),
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )  # fmt: skip
        self.log = done.stderr
        newest = "select * from runs order by started_at desc, rowid desc limit 1"
        return dict(rows(self.home.database, newest)[0])

    def posts(self, where: str = "1") -> list[dict[str, Any]]:
        """Rows of posts with their texts."""
        sql = (
            "select posts.*, post_versions.text from posts "
            f"join post_versions on post_versions.id = posts.version_id where {where}"
        )
        return [dict(row) for row in rows(self.home.database, sql)]


def lab_at(folder: Path, site: Site) -> Lab:
    """A lab with an empty home."""
    lab = Lab(Home(folder), site)
    lab.write_source()
    return lab
