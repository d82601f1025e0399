"""Source files: what may be read, how gently, and what a healthy run looks like.

The only reader of `data/sources/*.yml` and of the operator's own `sources/*.yml`.
"""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from crawler.home import DATA, Home

DURATION = re.compile(r"(?P<number>[1-9][0-9]{0,4})(?P<unit>[mhdw])")
MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10080}
HOST = re.compile(r"[a-z0-9.-]{1,253}(:[0-9]{1,5})?")


class SourceError(ValueError):
    """A source file that cannot be used; its text names file, field, value and remedy."""


class Strict(BaseModel):
    """A model that refuses unknown keys and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Expect(Strict):
    """What a healthy run finds at least; a run that finds less is `degraded`."""

    pages: int = Field(default=0, ge=0)
    """Pages read."""
    posts: int = Field(default=0, ge=0)
    """Posts seen, new or known. Only a full run is held against it."""


class BrowserNeed(Strict):
    """How a page that needs scripts is rendered."""

    wait_for: str | None = None
    """CSS selector that shows that the content is there."""
    scroll: int = Field(default=0, ge=0, le=500)
    """How often at most to scroll to the bottom, for endless lists."""
    timeout_s: float = Field(default=45, gt=0, le=65)
    """Deadline for one page, seconds, enforced from outside of the browser."""


class Source(Strict):
    """One monitored site or channel."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    """Lower snake case; equals the file's stem."""
    name: str = Field(min_length=1, max_length=80)
    """The site's own name, for people."""
    kind: Literal["forum", "channel", "market"]
    """Which walk reads it."""
    engine: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    """Which engine reads its pages."""
    url: str
    """Address for people."""
    start: tuple[str, ...] = Field(min_length=1)
    """Where the walk begins: index, boards, channel or list pages."""
    hosts: tuple[str, ...] = Field(min_length=1)
    """Exact hosts (with port, where it is not the scheme's own) that may be asked."""
    local: bool = False
    """Whether the hosts may be on this machine; for the demo and for tests."""
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...] = ()
    """ISO 639-1 codes, most used first."""
    timezone: str = "UTC"
    """IANA zone of dates on its pages."""
    access: Literal["clear", "tor", "import"] = "clear"
    """How it is reached."""
    basis: Literal["public", "authorised"]
    """Why it may be read."""
    tlp: Literal["clear", "green", "amber", "amber+strict", "red"] = "amber"
    """Traffic Light Protocol 2.0 label of what is collected."""
    credibility: Literal["A", "B", "C", "D", "E", "F"] = "F"
    """Reliability of the source on the Admiralty scale."""
    delay_s: float = Field(default=5, ge=0, le=600)
    """Pause between two requests, seconds; varied by half."""
    robots: Literal["obey", "ignore"] = "obey"
    """Whether robots.txt is obeyed; `ignore` needs `robots_reason`."""
    robots_reason: str | None = None
    """Why robots.txt is not obeyed."""
    user_agent: str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    """What every request says it is; one identity a source."""
    every: str = "24h"
    """How often to read it: a number and m, h, d or w."""
    page_budget: int = Field(default=20_000, ge=1)
    """Most pages that one run asks for."""
    default_currency: str | None = Field(default=None, pattern=r"^[A-Z]{3,4}$")
    """ISO 4217 code of bare numbers in price position."""
    expect: Expect = Expect()
    """What a healthy run finds."""
    browser: BrowserNeed | None = None
    """Set where pages need scripts."""
    selectors: dict[str, Any] = Field(default_factory=dict)
    """For `declared`: how to read the site; for other engines: overrides of single selectors."""

    @field_validator("url", "start")
    @classmethod
    def check_urls(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        """Refuse what is not an absolute http(s) URL."""
        for url in (value,) if isinstance(value, str) else value:
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError(f"'{url}' is not a URL; write http:// or https:// and a host")
            if parts.username or parts.password:
                raise ValueError(f"'{parts.hostname}': a URL holds no user name or password")
        return value

    @field_validator("hosts")
    @classmethod
    def check_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what is not a plain host or host:port."""
        for host in value:
            if not HOST.fullmatch(host):
                raise ValueError(f"'{host}' is not a host; write it like forum.example:8080")
        return value

    @field_validator("timezone")
    @classmethod
    def check_zone(cls, value: str) -> str:
        """Refuse an unknown time zone."""
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"'{value}' is not a time zone like Europe/Kyiv") from error
        return value

    @field_validator("every")
    @classmethod
    def check_duration(cls, value: str) -> str:
        """Refuse what `minutes_of` cannot read."""
        minutes_of(value)
        return value

    @model_validator(mode="after")
    def check_whole(self, info: ValidationInfo) -> "Source":
        """Refuse start pages outside the hosts, and silence about robots.txt."""
        for url in self.start:
            if host_of(url) not in self.hosts:
                raise ValueError(f"start: '{url}' is on no host of hosts: add '{host_of(url)}'")
        if self.robots == "ignore" and not self.robots_reason:
            raise ValueError("robots: 'ignore' needs robots_reason: say why it may be ignored")
        return self


def minutes_of(duration: str) -> int:
    """Minutes of a duration like `30m`, `6h`, `2d` or `1w`.

    Raises:
        ValueError: anything else.
    """
    match = DURATION.fullmatch(duration)
    if not match:
        raise ValueError(f"'{duration}' is not a duration; write it like 30m, 6h, 2d or 1w")
    return int(match["number"]) * MINUTES[match["unit"]]


def host_of(url: str) -> str:
    """Host of a URL, lower case, with its port where the URL states one."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def load_source(path: Path) -> Source:
    """The source that a file describes.

    Raises:
        SourceError: the file cannot be read or a field is wrong; one line for each fault.
    """
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise SourceError(f"{path}: is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(raw, dict):
        raise SourceError(f"{path}: holds no mapping; start it with `id: {path.stem}`")
    try:
        source = Source.model_validate(raw)
    except ValidationError as error:
        raise SourceError("\n".join(fault_lines(path, error))) from error
    if source.id != path.stem:
        raise SourceError(f"{path}: id: '{source.id}' is not the file's name; write {path.stem}")
    return source


def fault_lines(path: Path, error: ValidationError) -> list[str]:
    """One line for each fault: file, field, value, remedy."""
    lines = []
    for fault in error.errors():
        field = ".".join(str(part) for part in fault["loc"]) or "file"
        if fault["type"] == "extra_forbidden":
            known = ", ".join(sorted(Source.model_fields))
            text = f"unknown key (value {fault['input']!r}); remove it or use one of: {known}"
        elif fault["type"] == "missing":
            text = "is missing; add it"
        elif fault["type"] == "value_error":
            text = str(fault["ctx"]["error"])
        else:
            text = f"{fault['input']!r}: {fault['msg']}"
        lines.append(f"{path}: {field}: {text}" if field != "file" else f"{path}: {text}")
    return lines


def source_files(home: Home) -> dict[str, Path]:
    """Source files by id: the shipped ones, replaced by the operator's of the same name."""
    paths = sorted((DATA / "sources").glob("*.yml")) + sorted(home.sources.glob("*.yml"))
    return {path.stem: path for path in paths}


def find_source(home: Home, source_id: str) -> Source:
    """The source of that id.

    Raises:
        SourceError: there is none, or its file is wrong.
    """
    files = source_files(home)
    if source_id not in files:
        known = ", ".join(files) or "none"
        raise SourceError(
            f"{home.sources}: source '{source_id}' is unknown; known sources: {known}"
        )
    return load_source(files[source_id])
