"""An Atom feed of the newest listings of a search (RFC 4287)."""

from xml.etree.ElementTree import Element, SubElement, tostring

from crawler.boundaries.inert import defang
from crawler.desk.asking import Row
from crawler.desk.search import Search

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 50
"""Entries of a feed."""


def feed_of(search: Search, rows: list[Row], base: str) -> bytes:
    """The feed as XML: an entry a listing, addresses in it defanged, links into this desk only."""
    feed = Element("feed", {"xmlns": ATOM})
    chosen = ", ".join(f"{name} {value}" for name, value in search.chosen.items())
    _add(feed, "title", f"Rackrent: {defang(chosen) or 'all listings'}")
    _add(feed, "id", f"{base}/feed.atom{search.link().removeprefix('/search')}")
    _add(feed, "updated", max((row["first_seen"] for row in rows), default="1970-01-01T00:00:00Z"))
    SubElement(feed, "link", {"href": f"{base}{search.link()}"})
    SubElement(_add(feed, "author", ""), "name").text = "Rackrent"
    for row in sorted(rows, key=lambda r: str(r["first_seen"]), reverse=True)[:NEWEST]:
        entry = SubElement(feed, "entry")
        seller = row["provider"] or row["account"] or "unknown"
        _add(entry, "title", defang(f"{row['asset_type']} ({row['intent']}) by {seller}"))
        _add(entry, "id", f"urn:rackrent:listing:{row['id']}")
        _add(entry, "updated", row["first_seen"])
        _add(entry, "published", row["at"])
        SubElement(entry, "link", {"href": f"{base}/post/{row['post_id']}"})
        lines = (row["title"], row["snippet"], row["prices"], row["source_id"])
        _add(entry, "summary", defang("\n".join(line for line in lines if line)))
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = "".join(c for c in text if c >= " " or c in "\n\t") or None
    return child
