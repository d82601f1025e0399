"""A rule's alerts as an Atom feed (RFC 4287) in a file of the home."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from crawler.alerting.rules import Rule
from crawler.alerting.wording import labels_of
from crawler.home import Home
from crawler.store.database import Store

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 100
"""Entries of a feed."""


def feed_file(home: Home, rule: str) -> Path:
    """Where the feed of a rule lies."""
    return home.alerts / f"{rule}.atom"


def write_feed(home: Home, store: Store, rule: Rule) -> None:
    """Bring the feed of a rule up to date: what was put into it before and what is being put now.

    Raises:
        OSError: the file cannot be written; the former one stays.
    """
    rows = store.rows(
        "select * from alerts where rule = ? and target = 'atom' and delivery is not null "
        "and state in ('pending', 'sent') order by matched_at desc, id limit ?",
        (rule.name, NEWEST),
    )
    path, feed = feed_file(home, rule.name), feed_of(rule, rows)
    if path.exists() and path.read_bytes() == feed:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    with half.open("wb") as stream:
        stream.write(feed)
        stream.flush()
        os.fsync(stream.fileno())
    half.chmod(0o600)
    half.replace(path)


def refresh_feeds(home: Home, store: Store, rules: Iterable[Rule]) -> Iterator[str]:
    """Take out of feeds what was purged since; a fault for each that cannot be written."""
    for rule in rules:
        if rule.target_named("atom") and feed_file(home, rule.name).exists():
            try:
                write_feed(home, store, rule)
            except OSError as error:
                yield f"{feed_file(home, rule.name)}: cannot be written: {error.strerror}"


def feed_of(rule: Rule, rows: Sequence[sqlite3.Row]) -> bytes:
    """The feed as XML, in the order of the rows; links lead to the desk only."""
    feed = Element("feed", {"xmlns": ATOM})
    _add(feed, "title", f"Rackrent alerts: {rule.name}")
    _add(feed, "id", f"urn:rackrent:alerts:{rule.name}")
    moments = [row["matched_at"] for row in rows]
    _add(feed, "updated", max(moments, default="1970-01-01T00:00:00Z"))
    SubElement(_add(feed, "author", None), "name").text = "Rackrent"
    for row in rows:
        entry = SubElement(feed, "entry")
        _add(entry, "title", f"[TLP:{row['tlp'].upper()}] {row['title']}")
        _add(entry, "id", f"urn:rackrent:alert:{row['id']}")
        _add(entry, "updated", row["matched_at"])
        _add(entry, "published", row["at"])
        SubElement(entry, "link", {"href": f"{rule.desk}{row['path']}"})
        _add(entry, "summary", f"why: {row['reason']}\n{row['text']}\n{labels_of(row)}")
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: Element, name: str, text: str | None) -> Element:
    child = SubElement(parent, name)
    child.text = text
    return child
