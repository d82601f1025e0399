"""Who wrote a post of Invision: the name above it, the figures beside it, the quote data."""

import json
import re
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from spiders.dates import moment_in
from spiders.engines import invision_url
from spiders.nodes import SPACE, children_of, classes_of, line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, first_of, labelled, number_in, part
from spiders.profile import JOINED, POSTS
from spiders.profile import RANK as GROUP
from spiders.text import text_of

PANE = (
    ".cAuthorPane, .ipsEntry__author-column, .ipsComment_author, .author_info, .user_details, "
    ".ipsEntry__header"
)
AUTHOR = (
    "[itemprop~='creator']", ".author.vcard .fn", ".author.vcard",
    ".user_details [itemprop='name']",
    "[data-ips-hook='postUsername'] a", "[data-ips-hook='postUsername']",
    ".cAuthorPane_author a[href]", ".cAuthorPane_author", "li.author", ".ipsUsername",
    ".ipsComment_author h3",
)  # fmt: skip
PROFILE = "a[href*='/profile/'], a[href*='/user/'], a[href*='showuser=']"
RANK = (
    "[data-role='group'], [data-ips-hook='postUserGroup'], li.group_title, .group_title, "
    ".cAuthorPane_info .ipsType_reset"
)
COUNT = (
    "[data-i-el='posts'] [data-i-el='number']", "[data-role='posts']", "li.post_count",
    "[data-role='stats'] a[href*='content']", ".cAuthorPane_info a[href*='content']",
)  # fmt: skip
REPUTATION = (
    "[data-role='reputation-badge'], .cAuthorPane_repNumber, .reputation .number, "
    "[data-i-el='reputation'] [data-i-el='number'], .cRepBadge"
)
COUNTED = re.compile(r"([0-9][0-9.,\s]{0,9}k?)\s+(?:posts?|сообщени\w*|beiträge|messages|mensajes)",
                     re.I)  # fmt: skip
SHORT_YEAR = re.compile(r"^([0-9]{1,2})-([^\W\d_]{3,12}) ([0-9]{2})$")


def quoted_data(page: Page, frame: LexborNode) -> dict[str, Any]:
    """What version 4 and 5 write down for the quote button: name, id, time, topic."""
    text = attribute(first(page, frame, "[data-quotedata]"), "data-quotedata")
    try:
        found = json.loads(text[:5000]) if text else {}
    except (ValueError, RecursionError):
        page.note("broken_quote_data", text[:120])
        return {}
    return found if isinstance(found, dict) else {}


def stated(data: dict[str, Any], name: str) -> str | None:
    """A value of the quote data as text; None for nothing, zero and lists."""
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int) or not value:
        return None
    return str(value).strip()[:200] or None


def author_in(page: Page, frame: LexborNode, data: dict[str, Any]) -> str | None:
    """The account's name."""
    if page.selectors.get("author"):
        return line_of(part(page, frame, "author", "")) or None
    if name := stated(data, "username"):
        return name
    for css in AUTHOR:
        if name := line_of(first(page, frame, css)):
            return name
    return guest_in(first(page, frame, ".post_wrap h3"))


def guest_in(head: LexborNode | None) -> str | None:
    """The bare name of a guest in the line above a post of version 3."""
    if head is None:
        return None
    words = [
        child.text_content or "" if child.tag == "-text" else line_of(child)
        for child in children_of(head)
        if child.tag != "-comment" and not classes_of(child) & {"post_id", "right", "ip"}
    ]
    return SPACE.sub(" ", " ".join(words)).strip()[:120] or None


def author_id_in(page: Page, frame: LexborNode, data: dict[str, Any]) -> str | None:
    """The account's id; None for guests."""
    if (number := stated(data, "userid")) and number.isdigit():
        return number
    for box in every(page, frame, f"{PANE}, .author.vcard, [data-ips-hook='postUsername']")[:6]:
        for link in every(page, box, f"{PROFILE}, [hovercard-id]"):
            number = invision_url.user_id(attribute(link, "href"))
            number = number or attribute(link, "hovercard-id")
            if number.isdigit():
                return number
    return None


def pane_text(page: Page, frame: LexborNode) -> str:
    """What stands beside a post about its author, line by line."""
    return "\n".join(text_of(box) for box in every(page, frame, PANE)[:3])[:3000]


def rank_in(page: Page, frame: LexborNode) -> str | None:
    """The account's group, without the label that 3.0 writes before it; else its title."""
    words = line_of(part(page, frame, "rank", RANK))
    words = words or labelled(pane_text(page, frame), GROUP) or ""
    words = words or line_of(first(page, frame, ".member_title, .user_details li.title"))
    return re.sub(r"^[^:]{1,20}:\s+", "", words) or None


def joined_in(page: Page, frame: LexborNode) -> datetime | None:
    """When the account was registered; version 3.0 writes the year with two digits."""
    words = labelled(pane_text(page, frame), JOINED) or ""
    return moment_in(page, SHORT_YEAR.sub(r"\1 \2 20\3", words))


def count_in(page: Page, frame: LexborNode) -> int | None:
    """The account's own post count."""
    node = first_of(page, frame, *COUNT)
    for stated_count in (attribute(node, "title"), line_of(node)):
        if (count := number_in(stated_count)) is not None:
            return count
    text = pane_text(page, frame)
    if (value := labelled(text, POSTS)) is not None:
        return number_in(value)
    match = COUNTED.search(text)
    return number_in(match[1]) if match else None


def reputation_in(page: Page, frame: LexborNode) -> str | None:
    """The account's reputation as the page writes it."""
    return line_of(first(page, frame, REPUTATION)) or None
