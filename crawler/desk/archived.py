"""An archived page as inert text: what a reader would see of it, and its source."""

from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from crawler.archived import body_at
from crawler.boundaries.inert import visible
from crawler.boundaries.paths import OutsideError, inside
from crawler.decode import decode
from crawler.desk.asking import Asking, Row

LIMIT = 400_000
"""Characters of a page that are shown."""
_PARSED = 2_000_000
"""Bytes up to which a page is parsed; larger ones show their source only."""
_NOT_TEXT = ("script", "style", "template", "noscript", "svg", "head")
_LINES = "p, div, li, tr, br, h1, h2, h3, h4, h5, h6, article, section, blockquote, pre, dt, dd"


@dataclass(frozen=True, slots=True)
class Shown:
    """An archived page, ready to be shown."""

    text: str
    """What a reader would see, one block a line; empty for what is no HTML."""
    source: str
    """The source as it came, hidden characters written out."""
    cut: bool
    """Whether something was left out."""
    problem: str | None = None
    """Why it cannot be shown, with what to do."""


async def page_row(desk: Asking, page_id: str) -> Row | None:
    """The row of an archived page."""
    return await desk.row("select * from pages where id = ?", (page_id,))


def shown(evidence: Path, page: Row) -> Shown:
    """The page behind a row, read from the evidence."""
    try:
        body = body_at(inside(evidence, page["warc_file"]), page["warc_offset"])
    except OutsideError as error:
        return Shown("", "", False, f"{error}: it lies outside of the evidence folder")
    except (OSError, StopIteration, ValueError) as error:
        problem = f"{page['warc_file']} at {page['warc_offset']}: cannot be read ({error}); "
        return Shown("", "", False, problem + "put the file back into evidence/")
    source = decode(body, None).text
    text = text_of(source) if len(body) <= _PARSED and "<" in source[:2000] else ""
    cut = max(len(source), len(text)) > LIMIT or (len(body) > _PARSED)
    return Shown(visible(text[:LIMIT]), visible(source[:LIMIT]), cut)


def text_of(source: str) -> str:
    """The readable text of HTML, a block a line, without blank runs."""
    tree = LexborHTMLParser(source)
    tree.strip_tags(list(_NOT_TEXT))
    for node in tree.css(_LINES):
        node.insert_before("\n")
    body = tree.body
    raw = body.text() if body is not None else ""
    lines = (" ".join(line.split()) for line in raw.splitlines())
    return "\n".join(line for line in lines if line)
