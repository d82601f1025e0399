"""RSS 2.0, RSS 1.0 (RDF) and Atom as plain records; entities, DTDs and the network stay unused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from spiders.formats import is_feed

ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
PREFIX = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "": "",
    **dict.fromkeys(ATOM, ""),
}
"""Namespaces that are read; elements of others (media, podcasts) are none of a feed's words."""
BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)", re.I)
NAMED_ENTITY = re.compile(r"&[a-z][a-z0-9]{1,31};", re.I)
QUIET = frozenset({"WAR_UNDECLARED_ENTITY", "ERR_UNDECLARED_ENTITY", "NS_ERR_UNDEFINED_NAMESPACE"})
"""Faults that lose nothing: entities are kept as they stand, prefixes are known by name."""
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,2000}\?>")
MARKUP = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>|&(?:#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});")
MOST_ENTRIES = 2000
LONGEST_TEXT = 400_000
"""Characters of one text."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text, and whether it is markup."""

    text: str = ""
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An item or entry, as it stands in the feed; empty where it says nothing."""

    native_id: str
    link: str
    title: Words
    content: Words
    author: str
    published: str
    updated: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, as it stands in the file; empty where it says nothing."""

    native_id: str
    title: Words
    author: str
    next_link: str
    entries: tuple[Entry, ...]
    left_out: int
    """Entries beyond `MOST_ENTRIES`."""
    fault: str
    """The first thing that is wrong with the XML."""


@lru_cache(maxsize=4)
def feed_in(text: str) -> Feed | None:
    """The feed that a text holds, as much of it as can be read; None when it holds none."""
    if not is_feed(text):
        return None
    text = NAMED_ENTITY.sub(sign_of, DECLARATION.sub("", text))
    root, fault = parse(text)
    if fault and BARE_AMPERSAND.search(text):
        root, fault = parse(BARE_AMPERSAND.sub("&amp;", text))
    return None if root is None else feed_of(root, fault)


def sign_of(entity: re.Match[str]) -> str:
    """The sign that one of HTML's entities stands for, which XML does not know; else itself."""
    sign = unescape(entity[0])
    return entity[0] if set(sign) & set("<>&\"'") else sign


def parse(text: str) -> tuple[Any, str]:
    """The root element (None without one) and the first fault that loses something."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, str(error)[:200]
    faults = (each for each in parser.error_log if each.type_name not in QUIET)
    fault = next(faults, None)
    return root, f"line {fault.line}: {fault.message}"[:200] if fault is not None else ""


def feed_of(root: Any, fault: str) -> Feed:
    """The records of a parsed feed; RSS 1.0 has its items beside the channel."""
    head = next((child for child in root if name_of(child) == "channel"), root)
    places = [head] if head is root else [head, root]
    items = [child for place in places for child in place if name_of(child) in ("item", "entry")]
    return Feed(
        native_id=line(head, "id"),
        title=words(head, "title"),
        author=author_in(head) if head is root else "",
        next_link=link_in(head, "next"),
        entries=tuple(entry_of(item) for item in items[:MOST_ENTRIES]),
        left_out=max(len(items) - MOST_ENTRIES, 0),
        fault=fault,
    )


def entry_of(item: Any) -> Entry:
    """One item or entry."""
    guid = next((child for child in item if name_of(child) == "guid"), None)
    link = link_in(item, "alternate")
    permanent = guid is not None and (guid.get("isPermaLink") or "true").strip() == "true"
    native_id = line(item, "guid", "id", "dc:identifier")
    return Entry(
        native_id=native_id,
        link=link or (native_id if permanent else ""),
        title=words(item, "title", "dc:title"),
        content=words(item, "content:encoded", "content", "description", "summary"),
        author=line(item, "dc:creator") or author_in(item),
        published=line(
            item, "pubDate", "published", "dc:date", "dcterms:created", "issued", "dcterms:issued"
        ),
        updated=line(item, "updated", "dcterms:modified", "modified"),
    )


def name_of(node: Any) -> str:
    """An element's name without a known namespace; empty for other elements and entities."""
    if not isinstance(node.tag, str):
        return ""
    space, _, name = node.tag[1:].rpartition("}") if node.tag[:1] == "{" else ("", "", node.tag)
    return f"{PREFIX[space]}{name}" if space in PREFIX else ""


def those(parent: Any, *names: str) -> Iterator[Any]:
    """Children by name, first names first."""
    for name in names:
        for child in parent:
            if name_of(child) == name:
                yield child


def line(parent: Any, *names: str) -> str:
    """The first text of the children with one of the names, on one line."""
    found = (" ".join(text_in(child)[:4000].split()) for child in those(parent, *names))
    return next((text for text in found if text), "")


def words(parent: Any, *names: str) -> Words:
    """The first words of the children with one of the names, markup or not."""
    found = (words_in(child) for child in those(parent, *names))
    return next((each for each in found if each.text.strip()), Words())


def words_in(node: Any) -> Words:
    """An element's words: what Atom's `type` says they are, else by their looks."""
    if any(isinstance(child.tag, str) for child in node):
        return Words(markup_in(node), True)
    text = text_in(node)
    kind = (node.get("type") or "").lower()
    if kind == "text" or (not kind and is_atom(node)):
        return Words(text, False)
    return Words(text, MARKUP.search(text) is not None)


def is_atom(node: Any) -> bool:
    """Whether an element is Atom's own, where words without a `type` are plain (RFC 4287)."""
    return bool(node.tag[1:].rpartition("}")[0] == ATOM[0])


def text_in(node: Any) -> str:
    """All text in an element; entities that a DTD declares stand for themselves.

    A text that is too long has one character more than `LONGEST_TEXT`.
    """
    parts = [node.text or ""]
    for child in node.iterdescendants():
        parts += [child.text or "", child.tail or ""]
    return "".join(parts)[: LONGEST_TEXT + 1]


def markup_in(node: Any) -> str:
    """The XHTML in an element, as HTML."""
    # brackets in attributes are written as entities, so the first one ends the element's own tag
    whole = etree.tostring(node, encoding="unicode", with_tail=False)
    inner = whole[whole.index(">") + 1 : whole.rindex("</")][: 2 * LONGEST_TEXT]
    inner = re.sub(r"<(/?)[A-Za-z][\w.-]{0,40}:", r"<\1", inner)
    return re.sub(r"<([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]{0,2000})/>", empty_element, inner)[
        : LONGEST_TEXT + 1
    ]


def empty_element(match: re.Match[str]) -> str:
    """An empty XML element as HTML has it: `<br>` alone, others with an end tag."""
    name = match[1].lower()
    return match[0] if name in ("br", "img", "hr") else f"<{name}{match[2]}></{name}>"


def link_in(parent: Any, rel: str) -> str:
    """The link of that relation; RSS writes the address of a page as text."""
    for child in those(parent, "link"):
        href = (child.get("href") or "").strip()
        if href and (child.get("rel") or "alternate").strip().lower() == rel:
            return href
        if not href and rel == "alternate" and (text := text_in(child).strip()):
            return text
    return ""


def author_in(parent: Any) -> str:
    """The author's name: Atom's `name`, else RSS's `mail@host (Name)`."""
    for child in those(parent, "author"):
        if name := line(child, "name"):
            return name
        text = " ".join(text_in(child)[:1000].split())
        match = re.fullmatch(r"[^\s()]{1,320}@[^\s()]{1,320} \((?P<name>[^()]{1,300})\)", text)
        if text:
            return match["name"] if match else text
    return ""
