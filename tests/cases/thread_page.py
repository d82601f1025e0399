"""A thread page as MyBB writes it, for cases that change one of its posts."""

from datetime import UTC, datetime

from spiders.asked import Asked

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOST = "http://board.example"
URL = f"{HOST}/showthread.php?tid=7"
POST = (
    "<div class='post' id='post_{number}'><div class='author_information'><strong>"
    "<a href='member.php?action=profile&amp;uid={number}'>{author}</a></strong></div>"
    "<span class='post_date'>{date}</span>"
    "<div class='post_body' id='pid_{number}'>{body}</div></div>"
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Racks - Board</title>{head}"
    "<script>var my_post_key = 'x';</script></head><body>{above}"
    "<div class='navigation'><a href='forumdisplay.php?fid=2'>Servers</a></div>{posts}"
    "<div class='pagination'><a class='pagination_next' href='showthread.php?tid=7&amp;page=2'>"
    "Next</a></div>{below}</body></html>"
)
NEXT = f"{URL}&page=2"


def words(number: int) -> str:
    """The words of a post."""
    return f"Server number {number} for 5$ a month"


def post_html(
    number: int, extra: str = "", *, author: str = "ann", date: str = "11-20-2026, 10:00 AM"
) -> str:
    """One post, `extra` behind its words."""
    return POST.format(number=number, author=author, date=date, body=words(number) + extra)


def thread_html(second: str, *, head: str = "", above: str = "", below: str = "") -> str:
    """A page of three posts; `second` is the second one."""
    posts = post_html(1) + second + post_html(3)
    return PAGE.format(head=head, above=above, below=below, posts=posts)


def asked_for(html: str | bytes, *, content_type: str = "text/html; charset=utf-8") -> Asked:
    """The page as it comes."""
    body = html if isinstance(html, bytes) else html.encode("utf-8", "surrogatepass")
    return Asked("mybb", URL, body, content_type, AT)
