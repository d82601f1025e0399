"""What is wrong with a page of the desk, if something from outside got through."""

import csv
import io
import json
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.boundaries.inert import is_hidden, visible

TAGS = frozenset(
    re.findall(
        r"\S+",
        "html head meta title link style script body a div header nav form input button span main "
        "section p h1 h2 h3 ul ol li b strong em i code pre dl dt dd table thead tbody tr th td "
        "time br sup label select option textarea details summary footer article aside figure "
        "figcaption ins del",
    )
)
"""Elements that the desk's pages are made of."""
OWN = re.compile(r"(?:[#?]|/(?![/\\])|http://localhost/)[\x21-\x7e]*|")
"""An address inside the desk."""
ADDRESSES = frozenset(
    re.findall(
        r"\S+",
        "href src action formaction srcset poster data background ping cite longdesc srcdoc "
        "xlink:href manifest",
    )
)
RAW = frozenset({"data-copy", "value", "href", "action"})
"""Attributes that nobody sees: what is copied, sent or opened."""
STYLES = re.compile(r"(?:[a-z-]+: ?[\w #.%-]+;? ?)*")
LIVE = re.compile(
    r"https?://(?!localhost)|(?:java|vb)script:(?=\S)|data:(?=text)|www\.\w|\w@\w+\.\w|\.onion\b",
    re.I,
)
"""What a mail or chat program would make a link of."""
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?%?")


def faults(html: str) -> list[str]:
    """What a page has that it must not have; empty for a good one."""
    tree = LexborHTMLParser(html)
    assert tree.root is not None
    found: list[str] = []
    for node in tree.root.traverse(include_text=True):
        if node.tag == "-text":
            found += _of_text(node)
        elif not str(node.tag).startswith(("-", "!")):
            found += _of_element(node)
    return found


def _of_text(node: LexborNode) -> Iterator[str]:
    parent = node.parent
    if parent is not None and parent.tag in ("script", "style", "textarea"):
        return
    text = node.text_content or ""
    if hidden := next((c for c in text if is_hidden(c) and c in visible(text)), ""):
        yield f"hidden character {hidden!r} in {text[:80]!r}"
    if live := LIVE.search(text):
        yield f"address {live[0]!r} in {text[max(0, live.start() - 40) : live.end() + 40]!r}"


def _of_element(node: LexborNode) -> Iterator[str]:
    if node.tag not in TAGS:
        yield f"element {node.html!r:.200}"
    if node.tag == "script":
        yield from _of_script(node)
    for name, value in node.attributes.items():
        yield from _of_attribute(node, name, value or "")


def _of_script(node: LexborNode) -> Iterator[str]:
    if node.attributes.get("type") == "application/json":
        json.loads(node.text())
    elif not (node.attributes.get("src") or "").startswith(("/rackrent/", "/-/static/")):
        yield f"script {node.html!r:.200}"


def _of_attribute(node: LexborNode, name: str, value: str) -> Iterator[str]:
    where = f"<{node.tag} {name}={value!r:.120}>"
    if name.startswith(("on", "v-", "ng-", "@", ":")) or "pwned" in f"{name} {node.tag}":
        yield f"attribute {where}"
    if name in ("id", "class", "style", "name") and "pwned" in value:
        yield f"attribute {where}"
    if name in ADDRESSES and not OWN.fullmatch(value):
        yield f"address {where}"
    if name == "style" and not STYLES.fullmatch(value.strip()):
        yield f"style {where}"
    if name not in RAW and any(is_hidden(c) and c in visible(value) for c in value):
        yield f"hidden character {where}"


def formulas(text: str) -> list[str]:
    """Cells of a CSV that a spreadsheet would calculate, at commas or at semicolons."""
    found = []
    for row in csv.reader(io.StringIO(text, newline="")):
        found += [cell for cell in row if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]
    for line in re.split(r"[;\r\n]", text):
        if re.match(r"[ \xa0]*[=+@\uff1d]|-[^\d,]", line):
            found.append(line[:80])
    return found
