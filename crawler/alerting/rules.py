"""Alert rules: when to tell whom. The only reader of `alerts/*.yml`."""

import hashlib
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, field_validator, model_validator

from crawler.alerting.conditions import When
from crawler.source_fields import Strict, hours_of

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,60}")
_DAILY = re.compile(r"daily@([01][0-9]|2[0-3]):[0-5][0-9]")


def _variable(value: str) -> str:
    """The name of an environment variable. The value is not repeated: it may be a secret."""
    if not _VARIABLE.fullmatch(value):
        raise ValueError(
            "is no name of an environment variable; keep the secret out of this file: put it into "
            "the environment as, say, RACKRENT_ALERT_MAIL and write that name here"
        )
    return value


Variable = Annotated[str, AfterValidator(_variable)]


class Webhook(Strict):
    """A signed JSON POST."""

    url_env: Variable
    """Environment variable that holds the address."""
    secret_env: Variable
    """Environment variable that holds the secret that signs."""


class Target(Strict):
    """Where alerts go: exactly one of the three."""

    apprise: Variable | None = None
    """Environment variable that holds an Apprise URL: mail, Slack, Mattermost, Teams, Telegram…"""
    webhook: Webhook | None = None
    """A web service of the operator's."""
    atom: bool = False
    """The file `alerts/<rule>.atom` of the home, which the desk serves too."""

    @model_validator(mode="after")
    def check_one(self) -> "Target":
        """Refuse none and several."""
        if [self.apprise is not None, self.webhook is not None, self.atom].count(True) != 1:
            raise ValueError("name one of apprise, webhook, atom for each target")
        return self

    @property
    def name(self) -> str:
        """What rows call it; it holds no secret."""
        if self.apprise:
            return f"apprise {self.apprise}"
        return f"webhook {self.webhook.url_env}" if self.webhook else "atom"

    @property
    def variables(self) -> tuple[str, ...]:
        """The environment variables that it needs."""
        if self.webhook:
            return (self.webhook.url_env, self.webhook.secret_env)
        return (self.apprise,) if self.apprise else ()


class Rule(Strict):
    """One alert rule."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    """Lower snake case; equals the file's stem."""
    enabled: bool = True
    """Whether it is at work; a back-test works either way."""
    when: When
    """What it waits for."""
    to: tuple[Target, ...]
    """Where it tells it."""
    digest: str = "immediate"
    """immediate, hourly, or daily@08:00: when its alerts leave, together where there are many."""
    quiet_hours: str | None = None
    """Hours in which nothing leaves, such as `22:00-07:00`; it leaves afterwards."""
    timezone: str = "UTC"
    """IANA zone of its hours."""
    tlp_max: Literal["clear", "green", "amber", "amber+strict", "red"] = "amber"
    """What is labelled more strictly does not leave; it becomes a suppressed row."""
    desk: str = "http://127.0.0.1:8001"
    """Address of the desk, for links."""

    @field_validator("digest")
    @classmethod
    def check_digest(cls, value: str) -> str:
        """Refuse other rhythms."""
        if value not in ("immediate", "hourly") and not _DAILY.fullmatch(value):
            raise ValueError(f"'{value}': write immediate, hourly or daily@08:00")
        return value

    @field_validator("quiet_hours")
    @classmethod
    def check_hours(cls, value: str | None) -> str | None:
        """Refuse what `hours_of` cannot read."""
        if value is not None:
            hours_of(value)
        return value

    @field_validator("timezone")
    @classmethod
    def check_zone(cls, value: str) -> str:
        """Refuse an unknown time zone."""
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"'{value}' is not a time zone like Europe/Vienna") from error
        return value

    @field_validator("desk")
    @classmethod
    def check_desk(cls, value: str) -> str:
        """Refuse what is no address; the last slash is taken off."""
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise ValueError("is no address of a desk; write it like http://127.0.0.1:8001")
        return value.rstrip("/")

    @model_validator(mode="after")
    def check_targets(self) -> "Rule":
        """Refuse no target, and one that is named twice."""
        if not self.to:
            raise ValueError("to: names no target; add one, such as atom: true")
        names = [target.name for target in self.to]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"to: '{name}' stands there twice; remove one")
        return self

    def target_named(self, name: str) -> Target | None:
        """The target of that name."""
        return next((target for target in self.to if target.name == name), None)

    @property
    def fingerprint(self) -> str:
        """Hash of conditions and targets; it changes when they do."""
        said: Any = (self.when.model_dump_json(), [target.name for target in self.to])
        return hashlib.sha256(repr(said).encode()).hexdigest()[:24]
