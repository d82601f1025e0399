"""What a parser dropped without a word: posts that stand in a page's bytes and were not read.

An unclosed comment, script or text area swallows all that follows it, and so does a page that
was cut off. The marks are those that the software itself puts into its tags; what authors write
is never inside a tag.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.reading import Problem, Reading
from spiders.page import Page

LOSSES = ("posts_lost", "truncated_page")
"""Kinds of problems that tell of posts that a page has and a reading has not."""
MARKS = {
    "mybb": re.compile(r"id=(?<!\wid=)[\"'](?P<value>pid_[0-9]{1,19})[\"']"),
    "phpbb": re.compile(r"id=(?<!\wid=)[\"'](?P<value>p[0-9]{1,19})[\"']"),
    "smf": re.compile(r"id=(?<!\wid=)[\"'](?P<value>msg_[0-9]{1,19})[\"']"),
    "xenforo": re.compile(
        r"\b(?:data-content=[\"']post-|id=[\"'](?:js-)?post-)(?P<value>[0-9]{1,19})[\"']"
    ),
    "vbulletin": re.compile(r"id=(?<!\wid=)[\"'](?P<value>post_message_[0-9]{1,19})[\"']"),
    "vbulletin5": re.compile(r"data-node-id=(?<!\wdata-node-id=)[\"'](?P<value>[0-9]{1,19})[\"']"),
    "invision": re.compile(
        r"\b(?:data-commentid=[\"']|id=[\"'](?:elComment_|post_id_))(?P<value>[0-9]{1,19})[\"']"
    ),
    "fluxbb": re.compile(r"id=(?<!\wid=)[\"'](?P<value>p[0-9]{1,19})[\"']"),
    "vanilla": re.compile(r"id=(?<!\wid=)[\"'](?P<value>Comment_[0-9]{1,19})[\"']"),
    "telegram_web": re.compile(r"data-post=(?<!\wdata-post=)[\"'](?P<value>[\w./-]{1,80})[\"']"),
}
"""By engine, the attribute that each post's frame or body has; the literal first, it is fastest."""
CLOSED = re.compile(r"</(?:html|body)\s*>", re.I)
NOTICE = "service_message"
"""Telegram's class of what is no message: a pinned one, a new picture."""
TAIL = 4000
"""Characters at the end of a page in which it says that it ends."""
IN_TAG = 2000
"""Characters of a tag before its mark."""


def whole(page: Page, engine: str, reading: Reading) -> Reading:
    """The reading with a problem where the page holds more posts than were read.

    A page that holds posts is no notice, whatever it looks like without them.
    """
    losses = losses_in(page, engine, reading)
    if not losses:
        return reading
    lost = any(problem.kind == "posts_lost" for problem in losses)
    state = reading.state if reading.state == "ok" or not lost else "unknown"
    return replace(reading, state=state, problems=(*reading.problems, *losses))


def losses_in(page: Page, engine: str, reading: Reading) -> list[Problem]:
    """What the page holds and the reading lacks; nothing for engines without a mark."""
    mark = MARKS.get(engine)
    if mark is None or page.is_data or reading.threads or reading.boards or reading.account:
        return []
    found = []
    lost = len(set(marks_in(page.text, mark))) - len({post.native_id for post in reading.posts})
    if lost > 0 and (reading.posts or lost > 1):
        text = f"{lost} more posts stand in the page than were read ({len(reading.posts)})"
        found.append(Problem("posts_lost", text))
    if is_cut(page.text):
        found.append(Problem("truncated_page", f"no </html> at its end: {page.text[-60:]!r}"))
    return found


def marks_in(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    """Values of a mark that stand inside of tags."""
    for match in mark.finditer(text):
        before = text[max(0, match.start() - IN_TAG) : match.start()]
        opened = before.rfind("<")
        if opened > before.rfind(">") and NOTICE not in before[opened:]:
            yield match["value"]


def is_cut(text: str) -> bool:
    """Whether a whole page stops before it says that it ends."""
    if "<html" not in text[:TAIL].lower() or CLOSED.search(text[-TAIL:]):
        return False
    return CLOSED.search(text) is None
