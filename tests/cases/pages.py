"""Pages that are not what they seem.

Notices in place of a page, and posts that imitate the page around them; each is read as a crawl
reads it.
"""

from dataclasses import dataclass

from tests.cases import Case
from tests.cases.thread_page import HOST


@dataclass(frozen=True, slots=True)
class Notice:
    """What is answered in place of a page, and what it is taken for."""

    case: Case
    html: str
    state: str
    status: int = 200
    kind: str | None = None
    """Kind of an issue that it is."""


def shell(body: str, title: str = "") -> str:
    """A bare page."""
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


def notice(
    name: str, does: str, html: str, state: str, status: int = 200, kind: str | None = None
) -> Notice:
    """A notice with its case."""
    holds = f"it is `{state}`" + (f" and an issue (`{kind}`)" if kind else "")
    return Notice(Case(f"page-{name}", does, holds), html, state, status, kind)


NOTICES = (
    notice("seized-title", "a seizure banner that is one picture, told by its title",
           shell("<img src='/b.png'>", "THIS DOMAIN HAS BEEN SEIZED"), "seized"),
    notice("seized-alt", "a seizure banner that is one picture, told by its text",
           shell("<img src='/b.png' alt='This hidden site has been seized'>"), "seized"),
    notice("seized-german", "a seizure banner of the BKA in German",
           shell("<p>Diese Plattform wurde durch das BKA beschlagnahmt.</p>"), "seized"),
    notice("seized-operation", "a seizure banner that names an operation, with status 403",
           shell("<h1>Operation Endgame</h1><p>This website has been seized. Europol</p>"),
           "seized", 403),
    notice("parked", "a parking page with status 200",
           shell("<p>The domain board.example is for sale.</p>", "board.example"), "wrong_site"),
    notice("bare-server", "the page of a server without a site",
           shell("<h1>Welcome to nginx!</h1>", "Welcome to nginx!"), "wrong_site"),
    notice("suspended", "the hosting company's page after the account was suspended",
           shell("<p>This account has been suspended.</p>", "Account Suspended"), "wrong_site"),
    notice("other-board", "another board's software answers",
           shell("<script>var smf_scripturl = '/index.php';</script><p>Hello</p>", "Other"),
           "wrong_site", kind="wrong_site"),
    notice("flood-200", "flood control with status 200",
           shell("<p>You may only open one page every 20 seconds.</p>", "Flood control"),
           "rate_limited"),
    notice("soft-login", "a login page with status 200 in the middle of a crawl",
           shell("<p>You must be logged in to view this thread.</p>"), "login"),
    notice("soft-404", "a missing thread with status 200",
           shell("<p>The specified thread does not exist.</p>", "Board"), "not_found"),
    notice("soft-maintenance", "a board that is closed with status 200",
           shell("<p>The forum is currently closed for maintenance.</p>"), "maintenance"),
    notice("soft-challenge", "a check of the browser with status 200",
           shell("<p>Checking your browser. Please wait 5 seconds.</p>"), "challenge"),
    notice("soft-ban", "a ban with status 200", shell("<p>You have been banned.</p>"), "banned"),
    notice("soft-error", "a fault of the database with status 200",
           shell("<p>Database error</p>"), "error", kind="unknown_page"),
    notice("empty", "nothing at all", "", "unknown", kind="empty_page"),
    notice("blank", "10,000 line breaks", "\n" * 10_000, "unknown", kind="empty_page"),
    notice("data", "JSON where HTML was expected", '{"posts": [{"id": 1}]}', "unknown",
           kind="wrong_format"),
    notice("xml-bomb", "XML whose entities grow a billionfold",
           "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'xx'>" + "".join(
               f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9))
           + "]><x>&j;</x>", "unknown", kind="unknown_page"),
    notice("binary", "bytes that are no text", "\x01\x02PNG\x00" * 5_000, "unknown",
           kind="unknown_page"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imitation:
    """A post that imitates the page around it; all three posts and the next page are read."""

    case: Case
    html: str = ""
    """In the second post."""
    head: str = ""
    """In the page's head."""
    above: str = ""
    """Above the posts."""
    unread: str = ""
    """What must stand nowhere in what is read."""


SAFE = "the page's own posts and links are read"
IMITATIONS = (
    Imitation(Case("page-fake-login", "a login form in a post", SAFE),
              "<form action='/login'>Please log in<input type=password name=p></form>"),
    Imitation(Case("page-fake-captcha", "a captcha in a post", SAFE),
              "<div class=h-captcha></div><form id=challenge-form>Verify you are human</form>"),
    Imitation(Case("page-fake-ban", "a ban and a seizure in a post", SAFE),
              "<h1>You have been banned</h1><h1>THIS DOMAIN HAS BEEN SEIZED by the FBI</h1>"),
    Imitation(Case("page-fake-flood", "flood control in a post", SAFE),
              "You may only open one page every 20 seconds. Too many requests."),
    Imitation(Case("page-fake-404", "words for a missing thread in a post", SAFE),
              "The specified thread does not exist. 404 page not found"),
    Imitation(Case("page-fake-next", "a `next page` link in a post, which leads to a logout", SAFE),
              f"<a class=pagination_next rel=next href='{HOST}/member.php?action=logout'>Next</a>"
              f"<link rel=next href='{HOST}/showthread.php?tid=666'>"),
    Imitation(Case("page-fake-board", "links to boards and threads in a post", SAFE),
              f"<span id=tid_66><a href='{HOST}/showthread.php?tid=66'>x</a></span>"
              f"<a href='{HOST}/forumdisplay.php?fid=66'>y</a>"),
    Imitation(Case("page-fake-logout", "a way out of the session in a post", SAFE),
              f"<a href='{HOST}/member.php?action=logout'>Log out</a>"),
    Imitation(Case("page-actions", "links that report, buy, vote and delete", SAFE),
              "".join(f"<a href='{HOST}/{path}'>{path}</a>" for path in (
                  "report.php?pid=2", "newreply.php?tid=7", "private.php?action=send",
                  "ratethread.php?tid=7&rating=5", "editpost.php?pid=2&delete=1", "buy.php?id=2"))),
    Imitation(Case("page-base", "a `<base>` of another host", SAFE),
              head="<base href='http://evil.example/'>"),
    Imitation(Case("page-base-in-post", "a `<base>` in a post", SAFE),
              "<base href='http://evil.example/'>"),
    Imitation(Case("page-refresh", "a refresh to another host", SAFE),
              head="<meta http-equiv=refresh content='0;url=http://evil.example/'>"),
    Imitation(Case("page-same-id", "a second element with another post's id", SAFE),
              "<b id='post_3'>x</b>"),
    Imitation(Case("page-hidden", "words that style sheets hide from people",
                   "they are read: they are what was written"),
              "<p style='display:none'>hidden words</p>"),
    Imitation(Case("page-script-words", "words in scripts and style sheets of a post",
                   "they are not read"),
              "<script>sold_out()</script><style>.sold{}</style><template>sold</template>",
              unread="sold"),
    Imitation(Case("page-title-ban", "a board whose name is a ban", SAFE),
              above="<h1>You have been banned! - the board</h1>"),
)  # fmt: skip
CASES = tuple(each.case for each in (*NOTICES, *IMITATIONS))
