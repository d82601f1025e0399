"""Finds a Chromium to drive."""

import os
import shutil
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "chromium-headless-shell",
    "google-chrome",
    "google-chrome-stable",
)
DOWNLOADS = ("chromium_headless_shell-*/*/*headless*shell*", "chromium-*/*/chrome")


def find_chromium() -> Path | None:
    """A Chromium's executable; None when there is none.

    `RACKRENT_CHROMIUM` wins, then the system's, then Playwright's own download.
    """
    named = os.environ.get("RACKRENT_CHROMIUM")
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    own = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    cache = Path(own) if own else Path.home() / ".cache" / "ms-playwright"
    for pattern in DOWNLOADS:
        for path in sorted(cache.glob(pattern), reverse=True):
            if path.is_file() and os.access(path, os.X_OK):
                return path
    return None
