"""XPath on a parsed page: its elements once more as an lxml tree, built when a recipe asks."""

import re
from functools import lru_cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser, LexborNode

from spiders.page import Page

MOST_NODES = 200_000
"""Elements and texts of a page that XPath sees; what follows them is left out, with a problem."""
MOST_FOUND = 2000
"""Matches of one expression that are looked at."""
XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,100}")
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FUNCTIONS = frozenset({
    "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat",
    "starts-with", "contains", "substring-before", "substring-after", "substring",
    "string-length", "normalize-space", "translate", "boolean", "not", "true", "false", "lang",
    "number", "sum", "floor", "ceiling", "round", "node", "text", "comment",
    "processing-instruction", "and", "or", "div", "mod",
})  # fmt: skip
"""What may stand before a bracket in XPath 1.0 (W3C, 1999, section 4), operators included."""
STARTS = ("/", "./", "../", "(")
"""How an XPath begins and no CSS selector does."""

Found = LexborNode | str


def is_xpath(selector: str) -> bool:
    """Whether a selector is XPath, by its first characters; everything else is CSS."""
    return selector.startswith(STARTS)


@lru_cache(maxsize=256)
def compiled(expression: str) -> etree.XPath:
    """The expression, `//x` taken as `.//x`: below the element at hand, not the whole page.

    Raises:
        ValueError: it is no XPath.
    """
    own = f".{expression}" if expression.startswith("//") else expression
    try:
        found = etree.XPath(own, regexp=False, smart_strings=False)
        found(etree.Element("p"))  # unknown prefixes show only then
    except etree.XPathError as error:
        raise ValueError(f"'{expression}' is not an XPath: {error}") from error
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", expression)
    for name in re.findall(r"([A-Za-z][\w.-]*)\s*\(", bare):
        if name not in FUNCTIONS:
            raise ValueError(f"'{expression}' is not an XPath 1.0: no function '{name}'")
    return found


class Shadow:
    """A page's lxml tree, and which parsed element each of its elements stands for."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        """Copy the tree, as far as `MOST_NODES`."""
        self.nodes: dict[etree._Element, LexborNode] = {}
        self.elements: dict[int, etree._Element] = {}
        self.root: etree._Element | None = None
        self.is_cut = False
        if tree.root is None:
            return
        for count, node in enumerate(tree.root.traverse(include_text=True)):
            if count >= MOST_NODES:
                self.is_cut = True
                break
            self._add(node)

    def _add(self, node: LexborNode) -> None:
        tag, above = node.tag or "", node.parent
        parent = self.elements.get(above.mem_id) if above else None
        if tag == "-text":
            if parent is not None:
                append_text(parent, NOT_XML.sub("", node.text_content or ""))
            return
        if tag.startswith(("-", "!")):
            return
        name = tag if XML_NAME.fullmatch(tag) else "unknown"
        stated = attributes_of(node)
        if parent is not None:
            element = etree.SubElement(parent, name, stated)
        elif self.root is None:
            element = self.root = etree.Element(name, stated)
        else:
            return
        self.nodes[element] = node
        self.elements[node.mem_id] = element


def attributes_of(node: LexborNode) -> dict[str, str]:
    """Attributes that XML can name."""
    return {
        name: NOT_XML.sub("", value or "")
        for name, value in node.attributes.items()
        if XML_NAME.fullmatch(name)
    }


def append_text(parent: etree._Element, text: str) -> None:
    """Put a text behind what an element holds so far."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


@lru_cache(maxsize=1)
def shadow_of(tree: LexborHTMLParser) -> Shadow:
    """The lxml tree of the page at hand; only the last page's is kept."""
    return Shadow(tree)


def found_by(page: Page, node: LexborNode | None, expression: str) -> list[Found]:
    """What an XPath finds below a node (None: the page): elements, or attributes and texts.

    Nothing, and a problem, where the expression fails on the page.
    """
    shadow = shadow_of(page.tree)
    if shadow.is_cut:
        page.note("page_too_big", f"XPath sees the first {MOST_NODES} nodes of {page.url[:200]}")
    where = shadow.root if node is None else shadow.elements.get(node.mem_id)
    if where is None:
        return []
    try:
        result: Any = compiled(expression)(where)
    except (etree.XPathError, ValueError) as error:
        page.note("broken_selector", f"{expression}: {error}")
        return []
    if not isinstance(result, list):
        return [number_or_text(result)]
    return [shadow.nodes.get(each, "") if etree.iselement(each) else str(each)
            for each in result[:MOST_FOUND]]  # fmt: skip


def number_or_text(result: object) -> str:
    """The result of an XPath function as text; numbers without a needless `.0`."""
    if isinstance(result, bool):
        return "yes" if result else ""
    if isinstance(result, float):
        return f"{result:g}" if result == result else ""
    return str(result)
