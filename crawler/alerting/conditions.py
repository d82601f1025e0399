"""The conditions of an alert rule."""

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from crawler.source_fields import Strict, minutes_of

_COUNTRY = re.compile(r"[A-Z]{2}|WORLD")
_CONTACT = re.compile(r"[a-z]{2,12}:\S.*")
Usd = Annotated[float, Field(gt=0)]
Percent = Annotated[float, Field(gt=0, lt=100)]
Health = Literal["paused", "failed", "degraded"]
SELLERS = ("new_provider", "rebrand_proposal", "early_sign", "complaint")
"""Conditions that watch sellers instead of listings."""
PRICES = (
    "usd_month_below", "usd_month_above", "usd_each_below", "usd_each_above",
    "below_provider_median", "below_market_median",
)  # fmt: skip
"""Conditions on prices."""
LISTINGS = (
    "asset_types", "intent", "providers", "contacts", "countries", "sources", "languages",
    "keywords", *PRICES,
)  # fmt: skip
"""Conditions on listings; of a rule that watches sellers, one listing of theirs must meet all."""


class When(Strict):
    """What a rule waits for: all conditions that are given must hold."""

    asset_types: tuple[str, ...] = ()
    """Ids of the taxonomy, or their beginnings: `hosting.bph` is all of `hosting.bph.*`."""
    intent: Literal["offer", "wanted"] | None = None
    """Only offers, or only requests."""
    usd_month_below: Usd | None = None
    """A price below so many US dollars a month."""
    usd_month_above: Usd | None = None
    """A price above so many US dollars a month."""
    usd_each_below: Usd | None = None
    """A price below so many US dollars for one."""
    usd_each_above: Usd | None = None
    """A price above so many US dollars for one."""
    below_provider_median: Percent | None = None
    """The lowest price is so many per cent below the median of the lowest prices of the provider's
    earlier offers of the type (three or more)."""
    below_market_median: Percent | None = None
    """The middle one of the prices is so many per cent below the type's median of all sources in
    the newest month before that has five or more prices."""
    providers: tuple[str, ...] = ()
    """Ids or names of providers, or names of accounts, in any case."""
    contacts: tuple[str, ...] = ()
    """Contacts as kind:value, such as `telegram:name`: in the post, or the provider's own."""
    countries: tuple[str, ...] = ()
    """ISO 3166 codes of where the goods are."""
    sources: tuple[str, ...] = ()
    """Ids of sources."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes of the text's main language."""
    keywords: tuple[str, ...] = ()
    """Words or phrases, one of which stands in title or text, in any ending."""
    reposts: Literal["alert", "ignore"] = "alert"
    """`ignore` leaves out an ad that its seller posted before, unless at another price that a
    price condition asks for."""
    max_age: str = "30d"
    """What was posted longer before it was first seen is no news, such as the past of a source
    that is read for the first time."""
    new_provider: bool = False
    """Providers whose first offer is new."""
    rebrand_proposal: bool = False
    """Proposals that a new name is a seller who fell silent."""
    early_sign: bool = False
    """Machines for mining first, access for sale afterwards: rows of the view early_signs."""
    complaint: bool = False
    """Posts that accuse a seller."""
    source_health: tuple[Health, ...] = ()
    """Sources that come to be paused, failed or degraded; goes with `sources` only."""

    @field_validator("countries", mode="before")
    @classmethod
    def check_countries(cls, value: object) -> object:
        """Refuse what is no code; YAML takes an unquoted NO for false."""
        for code in value if isinstance(value, list | tuple) else [value]:
            if not isinstance(code, str) or not _COUNTRY.fullmatch(code):
                raise ValueError(f"'{code}' is no country; write it like DE, and Norway as 'NO'")
        return value

    @field_validator("contacts")
    @classmethod
    def check_contacts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what is not kind:value."""
        for contact in value:
            if not _CONTACT.fullmatch(contact):
                raise ValueError(f"'{contact}' is no contact; write it like telegram:name")
        return value

    @field_validator("keywords")
    @classmethod
    def check_keywords(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse words without a letter or digit."""
        for word in value:
            if not any(map(str.isalnum, word)):
                raise ValueError(f"'{word}' holds no letter; remove it")
        return value

    @field_validator("max_age")
    @classmethod
    def check_age(cls, value: str) -> str:
        """Refuse what `minutes_of` cannot read."""
        minutes_of(value)
        return value

    @model_validator(mode="after")
    def check_whole(self) -> "When":
        """Refuse no condition at all, and conditions that a source's health cannot meet."""
        if not (self.on_listings or self.watched):
            raise ValueError("names no condition; add one, such as asset_types: [hosting.bph]")
        others = [name for name in self.on_listings if name != "sources"]
        if self.source_health and others:
            raise ValueError(
                f"source_health goes with sources only; put {others[0]} into a rule of its own"
            )
        return self

    @property
    def on_listings(self) -> list[str]:
        """Names of the conditions on listings that are given."""
        return [name for name in LISTINGS if getattr(self, name)]

    @property
    def watched(self) -> list[str]:
        """What is watched instead of listings; empty for a rule on listings."""
        return [name for name in (*SELLERS, "source_health") if getattr(self, name)]

    @property
    def priced(self) -> bool:
        """Whether there is a condition on prices."""
        return any(getattr(self, name) is not None for name in PRICES)
