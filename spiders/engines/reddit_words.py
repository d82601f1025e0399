"""What a post or comment on Reddit says: its HTML, else its Markdown; removed ones say nothing."""

from html import unescape

from crawler.reading import Quote
from spiders.engines import json_values as values
from spiders.engines import reddit_url
from spiders.engines.json_values import Row
from spiders.page import Page
from spiders.text import Body, body_of, tidy

GONE = {
    "[deleted]": "deleted by its author",
    "[removed]": "removed by moderators",
    "[ Removed by Reddit ]": "removed by Reddit",
    "[removed by reddit]": "removed by Reddit",
}
"""What stands in place of a text that was taken away."""


def is_escaped(page: Page, row: Row) -> bool:
    """Whether `<`, `>` and `&` in a thing's texts are HTML entities, as they are by default."""
    for name in ("selftext_html", "body_html"):
        if isinstance(html := row.get(name), str) and html:
            return html.startswith("&lt;")
    return not reddit_url.is_raw(page.url)


def plain(page: Page, row: Row, text: str | None) -> str | None:
    """A thing's text as its author wrote it."""
    return unescape(text) if text and is_escaped(page, row) else text


def line(page: Page, row: Row, *path: str) -> str | None:
    """A line as its author wrote it."""
    return plain(page, row, values.line_at(page, row, *path))


def body_in(page: Page, row: Row, name: str) -> Body:
    """The words of `selftext` or `body`; empty where they were taken away."""
    source = values.text_at(page, row, name)
    if source is None or source in GONE:
        return Body("")
    html = values.text_at(page, row, f"{name}_html")
    if html is None:
        return from_markdown(plain(page, row, source) or "")
    if html.startswith("&lt;"):
        html = unescape(html)
    return body_of(values.markup_of(page, html))


def from_markdown(source: str) -> Body:
    """Text and quotations of Markdown; its other signs stay as they are."""
    own, quoted = [], []
    for text in source.split("\n"):
        if text.startswith(">") and not text.startswith(">!"):
            quoted.append(text.lstrip("> "))
        else:
            own.append(text)
    quotes = (Quote(None, tidy("\n".join(quoted))),) if quoted else ()
    return Body(tidy("\n".join(own)), quotes)


def removal_of(page: Page, row: Row, name: str) -> str | None:
    """Who took a text away; None where it stands."""
    by = values.line_at(page, row, "removed_by_category")
    if by in ("deleted", "author"):
        return GONE["[deleted]"]
    if by:
        return f"removed by {by}"
    return GONE.get(values.text_at(page, row, name) or "")


def author_of(page: Page, row: Row) -> str | None:
    """Name of the account; None for one that is deleted."""
    name = values.name_at(page, row, "author")
    return None if name in ("[deleted]", "[removed]") else name
