"""Who we say we are: one identity a source, the same in headers and in JavaScript."""

import re
from dataclasses import dataclass
from typing import Any

LANGUAGES = "en-US,en;q=0.5"
"""Accept-Language of every request, Scrapy's too."""
CHROME = re.compile(r"Chrom(?:e|ium)/(?P<full>(?P<major>[0-9]{1,4})[0-9.]*)")
SYSTEMS = (
    ("Windows", "Win32", "Windows", "10.0.0"),
    ("Android", "Linux armv81", "Android", "14.0.0"),
    ("iPhone", "iPhone", "iOS", "17.0.0"),
    ("Macintosh", "MacIntel", "macOS", "14.0.0"),
    ("", "Linux x86_64", "Linux", ""),
)
"""A word of the user agent, `navigator.platform`, and the client hints' platform and version."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a browser says of itself."""

    user_agent: str
    """As the source's file has it."""
    platform: str
    """`navigator.platform`."""
    hints: dict[str, Any] | None
    """User-agent client hints; None for a browser that sends none."""
    navigator: dict[str, Any]
    """Properties of `navigator` that differ from Chromium's; null for those that are missing."""

    @property
    def override(self) -> dict[str, Any]:
        """Parameters of `Emulation.setUserAgentOverride` (Chrome DevTools protocol)."""
        said: dict[str, Any] = {
            "userAgent": self.user_agent,
            "platform": self.platform,
        }
        return said | ({"userAgentMetadata": self.hints} if self.hints else {})


def identity_for(user_agent: str) -> Identity:
    """The identity that a user agent belongs to."""
    _, platform, system, version = next(row for row in SYSTEMS if row[0] in user_agent)
    chrome = CHROME.search(user_agent)
    if chrome:
        hints = hints_of(chrome["major"], chrome["full"], system, version)
        return Identity(user_agent, platform, hints, {})
    known: dict[str, Any] = {"userAgentData": None, "deviceMemory": None}
    if "Firefox/" in user_agent:
        inner = user_agent.partition("(")[2].partition(")")[0].partition(";")[0]
        known |= {
            "vendor": "", "productSub": "20100101", "appVersion": f"5.0 ({inner})",
            "oscpu": platform, "buildID": "20181001000000",
        }  # fmt: skip
    return Identity(user_agent, platform, None, known)


def hints_of(major: str, full: str, system: str, version: str) -> dict[str, Any]:
    """Client hints of a Chrome of some version on some system."""
    names = ("Not:A-Brand", "Chromium", "Google Chrome")
    versions = (("8", "8.0.0.0"), (major, full), (major, full))
    return {
        "brands": [{"brand": n, "version": v} for n, (v, _) in zip(names, versions, strict=True)],
        "fullVersionList": [
            {"brand": n, "version": v} for n, (_, v) in zip(names, versions, strict=True)
        ],
        "platform": system,
        "platformVersion": version,
        "architecture": "" if system in ("Android", "iOS") else "x86",
        "bitness": "" if system in ("Android", "iOS") else "64",
        "model": "",
        "mobile": system in ("Android", "iOS"),
        "wow64": False,
    }
