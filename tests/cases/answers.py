"""Answers: statuses that say "later" or "no", and a robots.txt that does not help.

Waits of the crawl's own tests are short; how long a site may make us wait is asked of the code.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.cases import Case
from tests.cases.encodings import PACKERS, ZEROS
from tests.cases.fetching import Good, Hostile
from tests.cases.server import Answer, Talk, page, redirect

GIVEN_UP = "asks three times, later each time, then an issue; all other pages are read"


def after(times: int, answer: bytes) -> Callable[[Good], Answer]:
    """So often this answer, then the good page."""

    def made(good: Good) -> Answer:
        left = [answer] * times

        def told(talk: Talk) -> None:
            talk.send(left.pop() if left else good.page())

        return told

    return made


def status(code: int, **headers: str) -> Callable[[Good], bytes]:
    """Always this status."""
    return lambda good: page("<html><body>no</body></html>", code, **headers)


def hostile(
    name: str,
    does: str,
    answer: Callable[[Good], Answer],
    holds: str,
    kind: str | None,
    times: int,
    *,
    read: bool = False,
) -> Hostile:
    """A case of this area."""
    return Hostile(Case(name, does, holds), answer, kind, "", times, read)


PAGES = (
    hostile("says-500", "500 for ever", status(500), GIVEN_UP, "http_error", 3),
    hostile("says-502", "502 for ever", status(502), GIVEN_UP, "http_error", 3),
    hostile("says-500-once", "500, then the page", after(1, page("", 500)),
            "asks again and reads it", None, 2, read=True),
    hostile("says-429-with-seconds", "429 with `Retry-After: 1`, then the page",
            after(1, page("", 429, retry_after="1")), "the whole site rests; then it is read",
            "rate_limited", 2, read=True),
    hostile("says-503-with-seconds", "503 with `Retry-After: 1`, then the page",
            after(1, page("", 503, retry_after="1")), "the whole site rests; then it is read",
            "rate_limited", 2, read=True),
    hostile("says-404", "404", status(404), "the thread is gone; asked for once", None, 1),
    hostile("says-410", "410", status(410), "the thread is gone; asked for once", None, 1),
    hostile("says-416", "a status that makes no sense for a page", status(416),
            "an issue; asked for once", "unknown_page", 1),
    hostile("says-999", "a status that does not exist", status(999),
            "an issue; asked for once", "unknown_page", 1),
)  # fmt: skip
"""The threads of the board, in their order."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A `Retry-After` and how long a page then waits."""

    case: Case
    value: str
    """The header; `{soon}` is the time in ten seconds."""
    least_s: float
    most_s: float


WAITS = (
    Wait(Case("retry-after-seconds", "`Retry-After: 7`", "waits 7 s"), "7", 7, 7),
    Wait(Case("retry-after-date", "a date in ten seconds", "waits until then"), "{soon}", 8, 10),
    Wait(Case("retry-after-past", "a date of 1994", "waits as if none were stated"),
         "Sun, 06 Nov 1994 08:49:37 GMT", 0, 0),
    Wait(Case("retry-after-huge", "a number of 400 digits", "takes it for a day at most, and rests "
              "two minutes; the page waits for the next run"), "9" * 400, 86_400, 86_400),
    Wait(Case("retry-after-negative", "`Retry-After: -5`", "waits as if none were stated"),
         "-5", 0, 0),
    Wait(Case("retry-after-noise", "words", "waits as if none were stated"), "soon, friend", 0, 0),
    Wait(Case("retry-after-other-digits", "digits of another script",
            "waits as if none were stated"),
         "٧٧", 0, 0),
    Wait(Case("retry-after-broken-date", "the year 99999", "waits as if none were stated"),
         "Sun, 06 Nov 99999 08:49:37 GMT", 0, 0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A robots.txt and whether a page may then be read."""

    case: Case
    answer: bytes
    allows: bool


def robots(text: str | bytes, **headers: str) -> bytes:
    """A robots.txt."""
    return page(text, 200, content_type="text/plain", **headers)


NOT_OURS = "".join(f"User-agent: crawler{number}\n" for number in range(8_000))
RULES = "".join(f"Disallow: /{number}*a*b$\n" for number in range(8_000))

ROBOTS = (
    RobotsFile(Case("robots-503", "robots.txt: 503", "reads nothing (RFC 9309)"), page("", 503),
            False),
    RobotsFile(Case("robots-429", "robots.txt: 429", "reads nothing"), page("", 429), False),
    RobotsFile(Case("robots-404", "robots.txt: 404", "reads everything"), page("", 404), True),
    RobotsFile(Case("robots-403", "robots.txt: 403", "reads everything (RFC 9309)"), page("",
            403), True),
    RobotsFile(Case("robots-cut-off", "robots.txt breaks off", "reads nothing"),
               page("User-agent: *", content_length="99"), False),
    RobotsFile(Case("robots-away", "robots.txt leads to another host",
            "does not follow it, and reads"),
               redirect("http://elsewhere.test/robots.txt"), True),
    RobotsFile(Case("robots-circle", "robots.txt leads to itself", "stops after five, and reads"),
               redirect("/robots.txt"), True),
    RobotsFile(Case("robots-zeros", "robots.txt of NULs before its rule", "finds the rule"),
               robots(b"\0" * 9999 + b"\nUser-agent: *\nDisallow: /\n"), False),
    RobotsFile(Case("robots-long-line", "a line of 400 kB before its rule", "finds the rule"),
               robots("#" * 400_000 + "\nUser-agent: *\nDisallow: /\n"), False),
    RobotsFile(Case("robots-too-long", "its rule stands behind 512 KiB", "reads the first 512 KiB"),
               robots("#" * 600_000 + "\nUser-agent: *\nDisallow: /\n"), True),
    RobotsFile(Case("robots-crowd", "8,000 names times 8,000 rules", "is through with it at once"),
               robots(NOT_OURS + RULES + "User-agent: *\nDisallow: /\n"), False),
    RobotsFile(Case("robots-page", "an HTML page where robots.txt belongs", "reads everything"),
               page("<html><body>hello</body></html>"), True),
    RobotsFile(Case("robots-groups", "a rule for us in a group of several names", "obeys it"),
               robots("User-agent: other\nUser-agent: Mozilla\nDisallow: /\n\n"
                      "User-agent: *\nAllow: /\n"),
               False),
    RobotsFile(Case("robots-delay", "`Crawl-delay: inf`, then `nan`", "keeps its own pace"),
               robots("User-agent: *\nCrawl-delay: inf\nCrawl-delay: nan\n"), True),
    RobotsFile(Case("robots-bomb", "robots.txt is a gzip bomb", "reads nothing"),
               page(PACKERS["gzip"](ZEROS), content_encoding="gzip"), False),
)  # fmt: skip

ROBOTS_DOWN = Case(
    "robots-nowhere", "the host is down, robots.txt with it", "goes on at the source's mirror"
)
STORM = Case(
    "storm", "every page fails", "rests longer and longer, then leaves the rest to the next run"
)
AGAIN = Case(
    "later-for-ever",
    "429 for every page",
    "ends the run after ten minutes of rests; the next goes on",
)
CASES = (
    *(each.case for each in PAGES),
    *(each.case for each in WAITS),
    *(each.case for each in ROBOTS),
    ROBOTS_DOWN,
    STORM,
    AGAIN,
)
