"""The parts of a source's file: what a healthy run finds, browser, session, bounds, hours."""

import re
from datetime import datetime, time
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator

DURATION = re.compile(r"(?P<number>[1-9][0-9]{0,4})(?P<unit>[mhdw])")
MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10080}
HOST = re.compile(r"[a-z0-9.-]{1,253}(:[0-9]{1,5})?")
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
HOURS = re.compile(r"(?P<start>[01][0-9]:[0-5][0-9]|2[0-3]:[0-5][0-9])-"
                   r"(?P<end>[01][0-9]:[0-5][0-9]|2[0-3]:[0-5][0-9])")  # fmt: skip
PROXY_SCHEMES = ("socks5h", "http")
HIDDEN = (".onion", ".i2p")
"""Names that only a proxy into their network can resolve (RFC 7686 for .onion)."""


class Strict(BaseModel):
    """A model that refuses unknown keys and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Expect(Strict):
    """What a healthy run finds at least; a run that finds less is `degraded`."""

    pages: int = Field(default=0, ge=0)
    """Pages read. Only a full run is held against it."""
    threads: int = Field(default=0, ge=0)
    """Threads seen on board pages, or items on a market's lists. Only a full run is held to it."""
    posts: int = Field(default=0, ge=0)
    """Posts seen, new or known. Only a full run is held against it."""
    fill: dict[str, float] = Field(default_factory=dict)
    """Least share (0 to 1) of threads or posts that state a field, such as `posts.author: 0.99`."""

    @field_validator("fill")
    @classmethod
    def check_fill(cls, value: dict[str, float]) -> dict[str, float]:
        """Refuse shares that are none."""
        for name, share in value.items():
            if not 0 <= share <= 1 or not re.fullmatch(r"(?:posts|threads)\.[a-z_]{1,40}", name):
                raise ValueError(f"'{name}: {share}' is no share; write it like posts.author: 0.99")
        return value


class BrowserNeed(Strict):
    """How a page that needs scripts is rendered."""

    wait_for: str | None = None
    """CSS selector that shows that the content is there."""
    scroll: int = Field(default=0, ge=0, le=500)
    """How often at most to scroll to the bottom, for endless lists."""
    more: str | None = None
    """CSS selector of a "load more" button: the only thing that the browser ever clicks."""
    more_times: int = Field(default=50, ge=1, le=500)
    """How often at most to press it."""
    timeout_s: float = Field(default=45, gt=0, le=180)
    """Deadline for one page, seconds, enforced from outside of the browser; more than 60 counts as
    60."""
    memory_mb: int = Field(default=2048, ge=256, le=16384)
    """Memory that the browser and its children may hold together; beyond it they are ended."""
    isolation: Literal["process", "namespace"] = "process"
    """`namespace` gives the browser a network of its own without any way out but ours (Linux)."""


class Login(Strict):
    """A plain login form; the credentials stand in the environment, never in a file."""

    url: str
    """Page with the form."""
    user_env: str = Field(pattern=r"^[A-Z][A-Z0-9_]{1,60}$")
    """Environment variable that holds the user name."""
    password_env: str = Field(pattern=r"^[A-Z][A-Z0-9_]{1,60}$")
    """Environment variable that holds the password."""

    @field_validator("url")
    @classmethod
    def check_url(cls, value: str) -> str:
        """Refuse what is not an absolute http(s) URL."""
        return web_url(value)


class SessionNeed(Strict):
    """What a source that is read by an account needs."""

    login: Login | None = None
    """How to sign in; None for an imported session."""
    check_url: str | None = None
    """Page that shows whether the session holds; the first start page by default."""


class Limits(Strict):
    """Bounds that a sound site never reaches: beyond them there is an issue and no further page."""

    board_pages: int = Field(default=2000, ge=1)
    """Pages of one board or list in one run."""
    thread_pages: int = Field(default=1000, ge=1)
    """Pages of one thread in one run."""


def web_url(url: str) -> str:
    """The URL itself.

    Raises:
        ValueError: it is not absolute http(s), or holds a password.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"'{url}' is not a URL; write http:// or https:// and a host")
    if parts.username or parts.password:
        raise ValueError(f"'{parts.hostname}': a URL holds no user name or password")
    return url


def proxy_url(url: str) -> str:
    """The URL of a proxy itself.

    Raises:
        ValueError: Rackrent cannot use such a proxy; the text says what to write.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"'{url}': {error}; write socks5h://127.0.0.1:9050") from error
    if parts.scheme in ("socks5", "socks4", "socks4a", "socks"):
        raise ValueError(
            f"'{url}': write socks5h:// so that the proxy resolves names, not this machine"
        )
    if parts.scheme not in PROXY_SCHEMES or not parts.hostname or not port:
        raise ValueError(f"'{url}' is not a proxy; write socks5h://127.0.0.1:9050")
    if parts.username or parts.password:
        raise ValueError(
            f"'{parts.hostname}': a password does not belong into a source file; put "
            "user:password into the environment as RACKRENT_PROXY_AUTH_<SOURCE ID>"
        )
    return url


def minutes_of(duration: str) -> int:
    """Minutes of a duration like `30m`, `6h`, `2d` or `1w`.

    Raises:
        ValueError: anything else.
    """
    match = DURATION.fullmatch(duration)
    if not match:
        raise ValueError(f"'{duration}' is not a duration; write it like 30m, 6h, 2d or 1w")
    return int(match["number"]) * MINUTES[match["unit"]]


def hours_of(text: str) -> tuple[time, time]:
    """Start and end of hours like `08:00-22:30`; an end before the start is on the next day.

    Raises:
        ValueError: anything else.
    """
    match = HOURS.fullmatch(text)
    if not match or match["start"] == match["end"]:
        raise ValueError(f"'{text}' are no hours; write them like 08:00-22:30")
    return time.fromisoformat(match["start"]), time.fromisoformat(match["end"])


def times_of(value: object) -> tuple[str, ...]:
    """Times of the day like `03:30`, from one or from a list of them.

    Raises:
        ValueError: anything else; YAML reads 03:30 without quotes as a number in places.
    """
    given = value if isinstance(value, list | tuple) else (value,)
    for text in given:
        if not isinstance(text, str) or not CLOCK.fullmatch(text):
            raise ValueError(f'{text!r} is not a time of the day; write it like ["03:30"]')
    return tuple(given)


def check_at(at: tuple[str, ...], every: str, hours: str | None) -> None:
    """Refuse times of the day that contradict `every` or `active_hours`.

    Raises:
        ValueError: with the value and what to write.
    """
    if at and minutes_of(every) % MINUTES["d"]:
        raise ValueError(f"every: '{every}' with at: at needs whole days; write every: 1d")
    for text in at if hours else ():
        start, end = hours_of(hours or "")
        clock = time.fromisoformat(text)
        if not (start <= clock < end if start < end else clock >= start or clock < end):
            raise ValueError(f"at: '{text}' is outside of active_hours {hours}; change either")


def is_within(hours: str, timezone: str | None, moment: datetime) -> bool:
    """Whether a moment lies in hours like `22:00-06:00` of a time zone (None: UTC)."""
    start, end = hours_of(hours)
    clock = moment.astimezone(ZoneInfo(timezone or "UTC")).time().replace(tzinfo=None)
    return start <= clock < end if start < end else clock >= start or clock < end


def host_of(url: str) -> str:
    """Host of a URL, lower case, with its port where the URL states one."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


@lru_cache(maxsize=256)
def root_of(url: str) -> str:
    """Scheme and host of a URL, such as `https://forum.example:8443`, without a slash."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def destination(url: str) -> tuple[str, int]:
    """Host, lower case, and port that a URL leads to.

    Raises:
        ValueError: its port is none.
    """
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
