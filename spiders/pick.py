"""Picking parts of a page: by selectors that a source may override, by ids, as numbers."""

import re

from selectolax.lexbor import LexborNode, SelectolaxError

from spiders.nodes import SPACE
from spiders.page import Page

NUMBER = re.compile(r"[0-9]{1,3}(?:[ ,.'\u00a0\u202f][0-9]{3})+(?![0-9])|[0-9]{1,12}")
SHORT = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,2})?) ?([km])\b", re.I)


def selector(page: Page, name: str, default: str) -> str:
    """The CSS selector for a part: the source's own, else the engine's."""
    own = page.selectors.get(name)
    return own if isinstance(own, str) and own.strip() else default


def every(page: Page, node: LexborNode | None, css: str) -> list[LexborNode]:
    """Elements below a node (None: the page), each once; none for a broken selector.

    Lexbor gives an element once for each part of a selector list that it matches.
    """
    if node is not None:
        return matching(page, node, css)
    if css not in page.found:
        root = page.tree.root
        page.found[css] = [] if root is None else matching(page, root, css)
    return list(page.found[css])


def matching(page: Page, node: LexborNode, css: str) -> list[LexborNode]:
    """What `every` gives, looked for anew."""
    try:
        return list({found.mem_id: found for found in node.css(css)}.values())
    except (SelectolaxError, ValueError) as error:
        page.note("broken_selector", f"{css}: {error}")
        return []


def first(page: Page, node: LexborNode | None, css: str) -> LexborNode | None:
    """The first element below a node (None: the page); None when there is none."""
    where = page.tree.root if node is None else node
    if where is None:
        return None
    try:
        return where.css_first(css)
    except (SelectolaxError, ValueError) as error:
        page.note("broken_selector", f"{css}: {error}")
        return None


def part(page: Page, node: LexborNode | None, name: str, default: str) -> LexborNode | None:
    """The part of that name below a node."""
    return first(page, node, selector(page, name, default))


def first_of(page: Page, node: LexborNode | None, *choices: str) -> LexborNode | None:
    """The first element of the first selector that finds one."""
    return next((found for css in choices if (found := first(page, node, css)) is not None), None)


def attribute(node: LexborNode | None, name: str) -> str:
    """An attribute's value, trimmed; empty when there is none."""
    return ((node.attributes.get(name) or "") if node else "").strip()


def number_in(text: str | None) -> int | None:
    """The first whole number of a text such as `1,234` or `1.2K`; None without one."""
    text = text or ""
    if match := SHORT.search(text[:200]):
        scale = 1000 if match[2].lower() == "k" else 1_000_000
        return round(float(match[1].replace(",", ".")) * scale)
    match = NUMBER.search(text[:200])
    return int(re.sub(r"[^0-9]", "", match[0])) if match else None


def id_after(prefix: str, value: str) -> str | None:
    """The number in an id such as `msg_123`; None for another id."""
    match = re.fullmatch(rf"{prefix}([0-9]{{1,19}})", value)
    return match[1] if match else None


def ancestor(node: LexborNode, tags: frozenset[str], limit: int = 12) -> LexborNode | None:
    """The nearest enclosing element with one of the tags."""
    above = node.parent
    for _ in range(limit):
        if above is None:
            return None
        if above.tag in tags:
            return above
        above = above.parent
    return None


def until_break(node: LexborNode | None) -> str:
    """The words of a node before its first line break."""
    if node is None:
        return ""
    words: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag == "br" and "".join(words).strip():
            break
        words.append(child.text_content or "" if child.tag == "-text" else child.text())
    return SPACE.sub(" ", "".join(words)).strip()


def labelled(text: str, labels: re.Pattern[str]) -> str | None:
    """What follows a label and a colon on its line; None when no line has that label."""
    for line in text.split("\n")[:40]:
        name, colon, value = line.partition(":")
        if colon and labels.fullmatch(name.strip()):
            return value.strip() or None
    return None
