"""What authors wrote is taken out of a page before its own links are looked at.

A link in a post may look like the page's own "next page"; it is never one.
"""

from spiders.page import Page
from spiders.pick import every, selector

BODIES = {
    "mybb": "[id^='pid_'], .signature",
    "phpbb": ".postbody .content, .content, span.postbody, td .postbody, .signature",
    "smf": "#forumposts [id^='msg_'], .signature",
    "xenforo": ".message-body, .message-userContent, .messageContent, .message-signature",
    "vbulletin": "[id^='post_message_'], .signature",
    "vbulletin5": ".js-post__content-text, .b-comment__content-text, .js-comment__content",
    "invision": "[data-role='commentContent'], [itemprop='commentText'], .post_body .post",
    "fluxbb": ".postmsg, .postsignature, .entry-content",
    "vanilla": ".Message, .UserSignature",
    "discourse": "[itemprop='articleBody'], .post[itemprop='text'], .crawler-post .post",
    "telegram_web": ".tgme_widget_message_text",
}
"""By engine, what holds the words of authors on a page with posts."""


LINKS = "a, area, link, base, form, input, meta"


def without_authored(page: Page, engine: str) -> None:
    """Take links and forms out of the bodies and signatures of a page's posts."""
    if engine not in BODIES or page.is_data:
        return
    own = selector(page, "body", "")
    found = every(page, None, BODIES[engine]) + (every(page, None, own) if own else [])
    links = {link.mem_id: link for node in found for link in node.css(LINKS)}
    for link in links.values():
        link.unwrap() if link.tag in ("a", "form") else link.remove()
    page.found.clear()
