"""Words and classes of parsed nodes."""

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u202f\u2000-\u200a\u3000]+")


def line_of(node: LexborNode | None) -> str:
    """A node's text on one line; empty for None."""
    return SPACE.sub(" ", node.text()).strip(" ") if node else ""


def children_of(node: LexborNode) -> Iterator[LexborNode]:
    """Direct children, text nodes included."""
    return node.iter(include_text=True)


def classes_of(node: LexborNode) -> frozenset[str]:
    """A node's classes."""
    return classes_in(node.attributes)


def classes_in(attributes: Mapping[str, str | None]) -> frozenset[str]:
    """The classes among a node's attributes, which take a while to read."""
    return frozenset((attributes.get("class") or "").split())
