"""Where Rackrent keeps things: the repository's data and the operator's local state."""

import os
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
"""The data that the repository ships."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds all local state."""

    root: Path
    """`RACKRENT_HOME`, or `data/local` in the checkout."""

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "market.db"

    @property
    def evidence(self) -> Path:
        """The folder of WARC files."""
        return self.root / "evidence"

    @property
    def sources(self) -> Path:
        """The operator's private source files; they win over shipped ones of the same id."""
        return self.root / "sources"

    @property
    def rates(self) -> Path:
        """The operator's exchange rate files."""
        return self.root / "rates"

    @property
    def alerts(self) -> Path:
        """The operator's alert rules, which win over shipped ones of the same name; their feeds."""
        return self.root / "alerts"

    @property
    def sessions(self) -> Path:
        """Logged-in states, one a source; secret."""
        return self.root / "sessions"

    @property
    def locks(self) -> Path:
        """Lock files, one a source."""
        return self.root / "locks"

    @property
    def logs(self) -> Path:
        """Log files, one a source."""
        return self.root / "logs"

    @property
    def schedule(self) -> Path:
        """The scheduler's own SQLite file."""
        return self.root / "schedule.db"

    @property
    def backups(self) -> Path:
        """The folder of the database's backups."""
        return self.root / "backups"

    @property
    def manifests(self) -> Path:
        """The folder of the evidence's manifests, one a day."""
        return self.root / "manifests"

    def make(self) -> None:
        """Create the folders, readable by their owner only."""
        for folder in (
            self.root, self.evidence, self.sources, self.rates, self.alerts, self.sessions,
            self.locks, self.logs,
        ):  # fmt: skip
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def find_home() -> Home:
    """The home that the environment names, as an absolute path."""
    named = os.environ.get("RACKRENT_HOME")
    return Home(Path(named).expanduser().resolve() if named else DATA / "local")
