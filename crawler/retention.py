"""How long what a source brought is kept, and what of it is never kept in rows."""

import re
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

AGE = re.compile(r"(?P<number>[1-9][0-9]{0,4})(?P<unit>[dwy])")
DAYS = {"d": 1, "w": 7, "y": 365}
Kind = Literal["email", "phone", "ip", "card", "id", "password", "key"]


class Retention(BaseModel):
    """What becomes of old texts and evidence of a source; by default all is kept for ever."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    posts: str | None = None
    """Age from which on texts and what was found in them go, such as `2y`."""
    evidence: str | None = None
    """Age from which on WARC files go, such as `5y`: whole files, once all of one is older."""
    redact: tuple[Kind, ...] = ()
    """Kinds that never stand in rows: email, phone, ip, card, id, password, key."""

    @field_validator("posts", "evidence")
    @classmethod
    def check_age(cls, value: str | None) -> str | None:
        """Refuse what `days_of` cannot read."""
        if value is not None:
            days_of(value)
        return value

    def texts_from(self, now: datetime) -> datetime | None:
        """Texts from before this moment go; None: none do."""
        return now - timedelta(days=days_of(self.posts)) if self.posts else None

    def evidence_from(self, now: datetime) -> datetime | None:
        """Evidence from before this moment goes; None: none does."""
        return now - timedelta(days=days_of(self.evidence)) if self.evidence else None


def days_of(age: str) -> int:
    """Days of an age like `90d`, `8w` or `2y` (years of 365 days).

    Raises:
        ValueError: anything else.
    """
    match = AGE.fullmatch(age)
    if not match:
        raise ValueError(f"'{age}' is not an age; write it like 90d, 8w or 2y")
    return int(match["number"]) * DAYS[match["unit"]]
