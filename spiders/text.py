"""Plain text of a post's markup: the body, and the quotations apart from it."""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from crawler.boundaries.text import clean_text
from crawler.reading import Quote
from spiders.nodes import SPACE, children_of, classes_in
from spiders.quotes import is_quote, quoted_author

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    ]
)
CELLS = frozenset({"td", "th"})
UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "textarea",
        "select",
        "button",
        "input",
        "iframe",
        "object",
        "svg",
        "video",
        "audio",
        "head",
        "title",
        "-comment",
    ]
)
CHROME = frozenset(
    [
        "codeheader",
        "codeoperation",
        "quoteheader",
        "quotetitle",
        "bbcode_postedby",
        "quotefooter",
        "bbCodeBlock-title",
        "bbCodeBlock-expandLink",
        "bbCodeBlock-shrinkLink",
        "js-expandLink",
        "quoteExpand",
        "attribution",
        "citation",
        "ipsQuote_citation",
    ]
)
"""Classes of captions that forum software puts around code and quotations."""
UNEVEN = re.compile(r"[\t\r\n\f\v][ \t\r\n\f\v]*| [ \t\r\n\f\v]+")
"""Blanks but a single space, which stays as it is."""
FIXED_SPACE = re.compile(r"[\u00a0\u202f\u2000-\u200a\u3000]")
CELL_GAP = "\x1f"
"""Stands between two cells until the text is tidied; then it is two blanks."""
RAW_ROW = re.compile(r"\n?(?:\[/?(?:table|tr)(?:=[^\]\n]{0,40})?\]\s*)+", re.I)
RAW_CELL = re.compile(r"\[/?t[dh](?:=[^\]\n]{0,40})?\]", re.I)
SMILEY = re.compile(r"smil|emoji|emoticon", re.I)
LEADING = re.compile(r"(https?:|mailto:|tg:|xmpp:|skype:|ftp:|//)", re.I)


@dataclass(frozen=True, slots=True)
class Body:
    """A post's own words, and whom it quotes."""

    text: str
    quotes: tuple[Quote, ...] = ()


@dataclass(slots=True)
class Sheet:
    """Text that is being put together, line by line."""

    parts: list[str] = field(default_factory=list)
    fresh: bool = True
    """Whether the current line is empty."""

    def write(self, text: str) -> None:
        """Append words to the current line."""
        if text.strip():
            self.fresh = False
        self.parts.append(text)

    def end_line(self) -> None:
        """Go to a new line, unless the current one is empty."""
        if not self.fresh:
            self.break_line()

    def break_line(self) -> None:
        """Go to a new line."""
        self.parts.append("\n")
        self.fresh = True

    def text(self) -> str:
        """What was written, tidied; table BBCode that the software left as it is becomes rows."""
        text = "".join(self.parts)
        if "[/t" in text.lower():
            text = RAW_CELL.sub(CELL_GAP, RAW_ROW.sub("\n", text))
        return tidy(text)


def tidy(text: str) -> str:
    """Text with trimmed lines, single spaces and at most one empty line in a row."""
    lines = []
    for line in text.split("\n"):
        cells = [spaced(cell).strip(" ") for cell in line.split(CELL_GAP)]
        lines.append("  ".join(cell for cell in cells if cell))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n ")


def spaced(line: str) -> str:
    """A line as a browser spaces it: blanks are one, no-break spaces stay as many as they are.

    Plan tables in posts stand in columns only thanks to runs of no-break spaces.
    """
    if line.isprintable() and "  " not in line:
        # most lines: the only blanks are single ones
        return line
    return FIXED_SPACE.sub(" ", UNEVEN.sub(" ", line))


def text_of(node: LexborNode | None, drop: frozenset[str] = frozenset()) -> str:
    """A node's text with its line breaks; quotations stay in place."""
    return body_of(node, drop, split_quotes=False).text if node else ""


def body_of(
    node: LexborNode, drop: frozenset[str] = frozenset(), *, split_quotes: bool = True
) -> Body:
    """The text of a post.

    Args:
        node: what holds the body.
        drop: tags and classes whose content is no part of it.
        split_quotes: whether quotations are kept apart, outer ones before the nested.
    """
    return Reader(drop | UNSEEN | CHROME, split_quotes).read(node)


Ending = Literal["none", "link", "block", "quote"]
"""What is written where an element ends: nothing, its target, or a new line."""


class Reader:
    """Walks a body without recursion, so that nesting cannot exhaust the stack."""

    def __init__(self, drop: frozenset[str], split_quotes: bool) -> None:
        self.drop = drop
        self.split_quotes = split_quotes
        self.sheets: list[Sheet] = [Sheet()]
        self.open: list[Sheet] = [self.sheets[0]]
        self.authors: list[str | None] = [None]

    def read(self, root: LexborNode) -> Body:
        """The text of `root`, which is itself no quotation."""
        stack: list[tuple[LexborNode, Ending | None, bool]] = [
            (child, None, False) for child in reversed(list(children_of(root)))
        ]
        while stack:
            node, ending, verbatim = stack.pop()
            if ending:
                self.leave(node, ending)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self.write_text(node.text_content or "", verbatim)
                continue
            ending = self.enter(node, tag)
            if ending is None:
                continue
            if ending != "none":
                stack.append((node, ending, verbatim))
            inside = verbatim or tag == "pre"
            stack += [(child, None, inside) for child in reversed(list(children_of(node)))]
        quotes = zip(self.authors[1:], self.sheets[1:], strict=True)
        return Body(
            self.sheets[0].text(), tuple(Quote(author, sheet.text()) for author, sheet in quotes)
        )

    def enter(self, node: LexborNode, tag: str) -> Ending | None:
        """Write what an element starts with; how it ends, None if its children are not read."""
        sheet, attributes = self.open[-1], node.attributes
        classes = classes_in(attributes)
        if tag in self.drop or classes & self.drop or (tag == "cite" and len(self.open) > 1):
            return None
        if tag in ("br", "img") or "data-cfemail" in attributes:
            self.write_single(sheet, node)
            return None
        if self.split_quotes and is_quote(tag, classes):
            self.start_quote(node)
            return "quote"
        if tag in BLOCKS or "bbc_code" in classes:
            sheet.end_line()
            return "block"
        if tag in CELLS:
            sheet.write(CELL_GAP)
        return "link" if tag == "a" else "none"

    def leave(self, node: LexborNode, ending: Ending) -> None:
        """Write what an element ends with."""
        if ending == "link":
            self.open[-1].write(target_of(node))
            return
        if ending == "quote":
            self.open.pop()
        self.open[-1].end_line()

    def write_single(self, sheet: Sheet, node: LexborNode) -> None:
        """Write a line break, a smiley or a hidden mail address."""
        if node.tag == "br":
            sheet.break_line()
        elif node.tag == "img":
            sheet.write(smiley_in(node))
        else:
            sheet.write(cfemail(node.attributes["data-cfemail"] or ""))

    def write_text(self, text: str, verbatim: bool) -> None:
        """Write a text node; its own line breaks count in `<pre>` only."""
        sheet = self.open[-1]
        text = text.replace(CELL_GAP, " ")
        if not verbatim:
            sheet.write(UNEVEN.sub(" ", text))
            return
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
            if number:
                sheet.break_line()
            sheet.write(line.expandtabs(4).replace("  ", "\u00a0\u00a0"))

    def start_quote(self, node: LexborNode) -> None:
        """Begin a quotation's own sheet."""
        self.open[-1].end_line()
        sheet = Sheet()
        self.sheets.append(sheet)
        self.authors.append(quoted_author(node))
        self.open.append(sheet)


def smiley_in(node: LexborNode) -> str:
    """What a smiley picture stands for; empty for any other picture."""
    attributes = node.attributes
    signs = f"{attributes.get('class') or ''} {attributes.get('src') or ''}"
    if "data-shortname" in attributes or SMILEY.search(signs[:300]):
        return attributes.get("alt") or ""
    return ""


def cfemail(code: str) -> str:
    """The address in a Cloudflare `data-cfemail` value: its first byte is the XOR key."""
    try:
        raw = bytes.fromhex(code[:1000])
    except ValueError:
        return ""
    plain = bytes(byte ^ raw[0] for byte in raw[1:]) if raw else b""
    return clean_text(plain.decode("utf-8", "replace"))


def target_of(link: LexborNode) -> str:
    """` <href>` for a link whose text does not tell where it leads; else empty."""
    href = (link.attributes.get("href") or "").strip()[:2000]
    if not LEADING.match(href) or "/cdn-cgi/l/email-protection" in href:
        return ""
    shown = unquote(SPACE.sub("", link.text())).lower()
    return f" <{href}>" if shown and essence_of(href) not in shown else ""


def essence_of(href: str) -> str:
    """The part of a URL that a reader needs: without scheme, `www.` and a closing slash."""
    bare = re.sub(r"^(https?:)?//(www\.)?|^(mailto|xmpp|skype):(//)?", "", href, flags=re.I)
    if href.lower().startswith(("mailto:", "xmpp:", "skype:")):
        bare = bare.partition("?")[0]
    return unquote(bare).rstrip("/").replace(" ", "").lower()
