"""Source files: what may be read, how gently, and what a healthy run looks like.

The only reader of `data/sources/*.yml` and of the operator's own `sources/*.yml`.
"""

from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator

from crawler.addresses import Scope
from crawler.home import DATA, Home
from crawler.retention import Retention
from crawler.source_fields import (
    HIDDEN,
    HOST,
    BrowserNeed,
    Expect,
    Limits,
    SessionNeed,
    Strict,
    check_at,
    host_of,
    hours_of,
    minutes_of,
    proxy_url,
    root_of,
    times_of,
    web_url,
)
from nlp.yamls import load_yaml


class SourceError(ValueError):
    """A source file that cannot be used; its text names file, field, value and remedy."""


class Source(Strict):
    """One monitored site or channel."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    """Lower snake case; equals the file's stem."""
    name: str = Field(min_length=1, max_length=80)
    """The site's own name, for people."""
    kind: Literal["forum", "channel", "market", "feed"]
    """Which walk reads it."""
    engine: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    """Which engine reads its pages."""
    url: str
    """Address for people."""
    start: tuple[str, ...] = ()
    """Where the walk begins: index, boards, channel or list pages; none for an import."""
    hosts: tuple[str, ...] = ()
    """Exact hosts (with port, where it is not the scheme's own) that may be asked."""
    mirrors: tuple[str, ...] = ()
    """Other addresses of the same site, such as `https://second.example`: tried in order when the
    first one does not answer. Threads and posts stay the same whichever served them."""
    local: bool = False
    """Whether the exact `host:port` entries of `hosts` may be on this machine or in a private
    network; for the demo and for tests."""
    tls: Literal["verified", "unverified"] = "verified"
    """Whether certificates are verified; `unverified` is told in the issues of every run."""
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...] = ()
    """ISO 639-1 codes, most used first."""
    timezone: str | None = None
    """IANA zone of dates on its pages; without it the zone that a page states, else UTC."""
    access: Literal["clear", "tor", "import"] = "clear"
    """How it is reached."""
    basis: Literal["public", "authorised"]
    """Why it may be read."""
    tlp: Literal["clear", "green", "amber", "amber+strict", "red"] = "amber"
    """Traffic Light Protocol 2.0 label of what is collected."""
    credibility: Literal["A", "B", "C", "D", "E", "F"] = "F"
    """Reliability of the source on the Admiralty scale."""
    proxy: str | None = None
    """The only way out, such as `socks5h://127.0.0.1:9050` for Tor; it resolves all names."""
    delay_s: float = Field(default=5, ge=0, le=600)
    """Least pause between two requests, seconds; varied by half, and longer for a slow site."""
    active_hours: str | None = None
    """Hours in which it may be read, such as `08:00-23:00`, in its time zone."""
    robots: Literal["obey", "ignore"] = "obey"
    """Whether robots.txt is obeyed; `ignore` needs `robots_reason`."""
    robots_reason: str | None = None
    """Why robots.txt is not obeyed."""
    user_agent: str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    """What every request says it is; one identity a source."""
    every: str = "24h"
    """How often to read it: a number and m, h, d or w."""
    at: tuple[str, ...] = ()
    """Times of the day at which it is read, such as `["03:30"]`, in its time zone; `every` then
    counts days."""
    sweep_every: str | None = "30d"
    """How often a run opens every thread again, which finds edits and deletions; null for never."""
    evidence: Literal["masked", "whole"] = "masked"
    """How pages with cards, credentials or ids of third persons are archived. Rows are always
    masked; pages without such things are always kept whole."""
    retention: Retention | None = None
    """How long texts and evidence are kept, and what never stands in rows; null: for ever."""
    page_budget: int = Field(default=20_000, ge=1)
    """Most pages that one run asks for."""
    limits: Limits = Limits()
    """Where endless lists are cut."""
    default_currency: str | None = Field(default=None, pattern=r"^[A-Z]{3,4}$")
    """ISO 4217 code of bare numbers in price position."""
    expect: Expect = Expect()
    """What a healthy run finds."""
    browser: BrowserNeed | None = None
    """Set where pages need scripts."""
    session: SessionNeed | None = None
    """Set where the site is read by an account."""
    selectors: dict[str, Any] = Field(default_factory=dict)
    """For `declared`: how to read the site; for other engines: overrides of single selectors."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Scheme and host of the site: that of the first start page, then those of its mirrors."""
        first = (root_of(self.start[0]),) if self.start else ()
        return (*first, *(root_of(mirror) for mirror in self.mirrors))

    @property
    def scope(self) -> Scope:
        """What it may connect to."""
        return Scope(frozenset(self.hosts), self.local)

    def canonical(self, url: str) -> str:
        """A URL at the site's first address, whichever mirror it is on.

        A plain http link to a site that is read by https is one of them: nothing of it is asked
        for in the open.
        """
        first, *others = self.addresses or ("",)
        root = root_of(url)
        if root in others or root == first.replace("https://", "http://", 1):
            return first + url[len(root) :]
        return url

    def at_address(self, url: str, address: int) -> str:
        """A URL of the site's first address at another of its addresses."""
        if not address:
            return url
        root = root_of(url)
        return self.addresses[address] + url[len(root) :] if root == self.addresses[0] else url

    @field_validator("url", "start", "mirrors")
    @classmethod
    def check_urls(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        """Refuse what is not an absolute http(s) URL."""
        for url in (value,) if isinstance(value, str) else value:
            web_url(url)
        return value

    @field_validator("proxy")
    @classmethod
    def check_proxy(cls, value: str | None) -> str | None:
        """Refuse a proxy that resolves names here, or that cannot be used."""
        return proxy_url(value) if value else None

    @field_validator("active_hours")
    @classmethod
    def check_hours(cls, value: str | None) -> str | None:
        """Refuse what `hours_of` cannot read."""
        if value is not None:
            hours_of(value)
        return value

    @field_validator("at", mode="before")
    @classmethod
    def check_times(cls, value: object) -> tuple[str, ...]:
        """Refuse what is no time of the day; one time may stand without brackets."""
        return times_of(value)

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
    def check_zone(cls, value: str | None) -> str | None:
        """Refuse an unknown time zone."""
        try:
            ZoneInfo(value or "UTC")
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"'{value}' is not a time zone like Europe/Kyiv") from error
        return value

    @field_validator("every", "sweep_every")
    @classmethod
    def check_duration(cls, value: str | None) -> str | None:
        """Refuse what `minutes_of` cannot read."""
        if value is not None:
            minutes_of(value)
        return value

    @model_validator(mode="after")
    def check_whole(self, info: ValidationInfo) -> "Source":
        """Refuse what contradicts itself: hosts, ways out, robots.txt."""
        if self.access != "import":
            self._check_way()
        check_at(self.at, self.every, self.active_hours)
        if self.robots == "ignore" and not self.robots_reason:
            raise ValueError("robots: 'ignore' needs robots_reason: say why it may be ignored")
        return self

    def _check_way(self) -> None:
        if not self.start or not self.hosts:
            raise ValueError("start and hosts: name at least one each (access: import needs none)")
        login = self.session.login.url if self.session and self.session.login else None
        asked = {"start": self.start, "mirrors": self.mirrors, "session": (login,) if login else ()}
        for name, urls in asked.items():
            for url in urls:
                if host_of(url) not in self.hosts:
                    raise ValueError(
                        f"{name}: '{url}' is on no host of hosts: add '{host_of(url)}'"
                    )
        hidden = [host for host in self.hosts if host.partition(":")[0].endswith(HIDDEN)]
        if (hidden or self.access == "tor") and not self.proxy:
            raise ValueError(
                f"proxy: {hidden[0] if hidden else 'access: tor'} needs one; for Tor write "
                "proxy: socks5h://127.0.0.1:9050"
            )


def load_source(path: Path) -> Source:
    """The source that a file describes.

    Raises:
        SourceError: the file cannot be read or a field is wrong; one line for each fault.
    """
    try:
        raw = load_yaml(path)
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
