"""What `rackrent add` asks, looks at and writes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import typer
import yaml

from crawler.boundaries.terminal import safe_term_line
from crawler.clock import now
from crawler.source_fields import host_of
from crawler.visit import Visited
from spiders.looking import asked_for
from spiders.parsing import PARSER
from spiders.probe import Probed

KINDS = {
    "telegram_web": "channel",
    "mastodon": "feed",
    "bluesky": "feed",
    "rss": "feed",
    "declared": "market",
}
"""Which walk reads an engine's sites; all others are forums."""
HEADER = """\
# {name}: written by `rackrent add` on {day} from what the site showed.
# `expect` is the floor of a healthy full run; raise it once you know the site.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the first pages of a site showed."""

    pages: int
    """Pages that a full run reads at least."""
    threads: int
    """Threads on the first board."""
    posts: int
    """Posts on the first page of the first thread, or of the channel."""


def look_around(found: Probed, get: Callable[[str], Visited]) -> Seen:
    """What the first board and its first thread hold: two more pages at most."""
    reading, engine = found.reading, str(found.engine)
    boards, pages = len(reading.boards), 1
    if not reading.threads and reading.boards:
        visited = get(reading.boards[0].url)
        pages += boards
        reading = PARSER.read(asked_for(visited, engine))
    threads = len(reading.threads)
    if reading.threads and not reading.posts:
        visited = get(reading.threads[0].url)
        pages += threads
        reading = PARSER.read(asked_for(visited, engine))
    return Seen(pages, threads, max(len(reading.posts), threads))


def answers_for(
    url: str, found: Probed, given: Mapping[str, str | None], *, ask: bool
) -> dict[str, str]:
    """Id, name and basis: as given, else as asked for, else as seen."""
    seen = {
        "id": id_from(url),
        "name": safe_term_line(found.title or host_of(url))[:80],
        "basis": "public",
    }
    texts = {
        "id": "Short id of the source",
        "name": "The site's own name",
        "basis": "Why may it be read: public or authorised",
    }
    answers = {}
    for key, default in seen.items():
        stated = given.get(key)
        if stated is None and ask:
            stated = str(typer.prompt(texts[key], default=default))
        answers[key] = stated or default
    return answers


SOURCE_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
"""The form of a source's id, which is also the name of its file."""


def id_from(url: str) -> str:
    """A source id made of a URL's host."""
    host = re.sub(r"^www\.|:[0-9]+$", "", host_of(url))
    name = re.sub(r"[^a-z0-9]+", "_", host.rpartition(".")[0] or host).strip("_")
    return (name if name[:1].isalpha() else f"site_{name}")[:40]


def source_text(
    url: str,
    found: Probed,
    answers: Mapping[str, str],
    seen: Seen,
    proxy: str | None,
    local: bool,
) -> str:
    """The source file, ready to be edited."""
    raw: dict[str, Any] = {
        "id": answers["id"],
        "name": answers["name"],
        "kind": KINDS.get(str(found.engine), "forum"),
        "engine": found.engine,
        "url": url,
        "start": [url],
        "hosts": [host_of(url)],
        "basis": answers["basis"],
        "expect": {"pages": seen.pages, "threads": seen.threads, "posts": seen.posts},
    }
    if raw["kind"] != "forum":
        raw["expect"].pop("threads")
    if proxy:
        raw["proxy"] = proxy
    if (urlsplit(url).hostname or "").endswith(".onion"):
        raw["access"] = "tor"
    if local:
        raw["local"] = True
    if found.needs_login or found.signed_in:
        raw["session"] = {}
    if found.needs_browser:
        raw["browser"] = {}
    name = " ".join(answers["name"].split())
    header = HEADER.format(name=name, day=f"{now():%Y-%m-%d}")
    return header + yaml.safe_dump(raw, sort_keys=False, allow_unicode=True, width=100)
