"""Words of a message in Telegram Desktop's JSON export: text in parts, polls, buttons."""

from spiders.engines import json_values as values
from spiders.engines.json_values import Row
from spiders.page import Page

MOST_PARTS = 5000
"""Parts of one text."""
MOST_BUTTONS = 100
"""Lines of buttons, and buttons of a line."""


def words_of(page: Page, row: Row) -> str:
    """The message's text with the targets of its links, a poll's question and answers, buttons."""
    parts = [
        text_of(page, row),
        values.line_at(page, row, "poll", "question"),
        *(
            values.line_at(page, answer, "text")
            for answer in values.rows_at(page, row, "poll", "answers")
        ),
        *buttons_of(page, row),
    ]
    return "\n".join(part for part in parts if part)[: values.LONGEST_TEXT]


def text_of(page: Page, row: Row) -> str | None:
    """`text`, a string or parts; `text_entities` where it is missing."""
    text = row.get("text")
    if isinstance(text, str):
        linked = row.get("text_entities")
        has_links = isinstance(linked, list) and any(map(target_of, linked[:MOST_PARTS]))
        if not has_links:
            return values.text_at(page, row, "text")
        text = linked
    if text is None:
        text = row.get("text_entities") or []
    if not isinstance(text, list):
        values.wrong(page, "text", "text or list", text)
        return None
    if len(text) > MOST_PARTS:
        page.note("too_many_parts", f"text: {len(text)}, {MOST_PARTS} are read")
    joined = "".join(part_of(page, part) for part in text[:MOST_PARTS])
    return values.text_at(page, {"text": joined}, "text")


def part_of(page: Page, part: object) -> str:
    """One part of a text; a link's target follows its words where they do not tell it."""
    if isinstance(part, str):
        return part
    if not isinstance(part, dict) or not isinstance(part.get("text"), str):
        values.wrong(page, "text[]", "text or entity", part)
        return ""
    words, target = str(part["text"]), target_of(part)
    return f"{words} ({target})" if target and target not in words else words


def target_of(part: object) -> str | None:
    """Where a `text_link` leads; None for every other part."""
    if not isinstance(part, dict) or part.get("type") != "text_link":
        return None
    href = part.get("href")
    return href[: values.LONGEST_LINE] if isinstance(href, str) and href else None


def buttons_of(page: Page, row: Row) -> list[str]:
    """Words and targets of the buttons under a message that lead somewhere."""
    lines = row.get("inline_bot_buttons")
    if not isinstance(lines, list):
        return []
    found = []
    for line in lines[:MOST_BUTTONS]:
        for button in line[:MOST_BUTTONS] if isinstance(line, list) else []:
            if isinstance(button, dict) and button.get("type") == "url":
                words = (values.line_at(page, button, key) for key in ("text", "data"))
                found.append(" ".join(word for word in words if word))
    return found
