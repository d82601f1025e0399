"""Public preview of a Telegram channel (`t.me/s/<channel>`): read by `data-post`."""

import re

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, Quote, ThreadRead
from spiders.dates import moment_at
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import attribute, every, first, part, selector
from spiders.signs import sign_of
from spiders.text import text_of
from spiders.urls import absolute, path_of, query_of, query_pairs, replaced

NAME = "telegram_web"
CHANNEL = re.compile(r"^/(?:s/)?(?P<name>[A-Za-z][A-Za-z0-9_]{2,63})(?:/(?P<post>[0-9]{1,12}))?/?$")
DATA_POST = re.compile(r"[A-Za-z0-9_-]{1,64}/[0-9]{1,12}")
NOT_CHANNELS = frozenset(
    ["login", "auth", "share", "joinchat", "addstickers", "proxy", "socks", "iv"]
)
FRAME = (
    ".tgme_widget_message[data-post], .tgme_channel_info, .tgme_page_title, .tgme_channel_history"
)


def detect(page: Page) -> bool:
    """Tell by the class of a message with `data-post`, or of the preview's frame."""
    return first(page, None, FRAME) is not None


def state(page: Page) -> PageState:
    """Tell what the page is; a preview page without messages is an empty channel.

    The page of a name that does not exist, or has no preview, shows only a card to contact it.
    """
    if messages(page):
        return "ok"
    if first(page, None, ".tgme_channel_history, .tgme_channel_info, .tgme_main") is not None:
        return "empty"
    if first(page, None, ".tgme_page_icon, .tgme_page_title, .tgme_page_action") is not None:
        return "not_found"
    return sign_of(page) or "unknown"


def boards(page: Page) -> list[BoardRead]:
    """None: a channel has no boards."""
    return []


def threads(page: Page) -> list[ThreadRead]:
    """None: a channel is one thread."""
    return []


def messages(page: Page) -> list[LexborNode]:
    """The page's messages, service notes (pinned, photo changed) aside."""
    found = every(
        page, None, selector(page, "post", ".tgme_widget_message[data-post], [data-post]")
    )
    kept = []
    for node in found:
        classes = attribute(node, "class").split()
        if "service_message" in classes or not attribute(node, "data-post"):
            continue
        kept.append(node)
    return kept


def thread(page: Page) -> ThreadRead | None:
    """The channel."""
    shown = messages(page)
    name = channel_in(page.url)
    if shown:
        name = attribute(shown[0], "data-post").partition("/")[0] or name
    if not name:
        return None
    title = part(
        page,
        None,
        "thread_title",
        ".tgme_channel_info_header_title, .tgme_header_title, meta[property='og:title']",
    )
    words = line_of(title) or attribute(title, "content")
    return ThreadRead(native_id=name, title=words or name, url=channel_url(page.url, name))


def posts(page: Page) -> list[PostRead]:
    """The page's messages, oldest first, as the preview shows them."""
    found = [post_of(page, node) for node in messages(page)]
    return [post for post in found if post]


def post_of(page: Page, node: LexborNode) -> PostRead | None:
    """One message; None (with a problem) when its id is no `channel/number`."""
    native_id = attribute(node, "data-post")
    if not DATA_POST.fullmatch(native_id):
        page.note("post_without_id", f"data-post={native_id}")
        return None
    clock = date_of(page, node)
    reply = part(page, node, "reply", ".tgme_widget_message_reply")
    permalink = absolute(page, attribute(first(page, node, "a.tgme_widget_message_date"), "href"))
    thread_id, _, number = native_id.partition("/")
    return PostRead(
        native_id=native_id,
        text="\n\n".join(texts_in(page, node)),
        author=author_of(page, node),
        author_id=thread_id,
        posted_at=moment_at(page, clock),
        posted_raw=(attribute(clock, "datetime") or line_of(clock)) or None,
        url=permalink or f"{channel_url(page.url, thread_id).replace('/s/', '/')}/{number}",
        quotes=(quote_of(page, reply),) if reply else (),
        fields=fields_of(page, node),
        thread=thread_id,
    )


def texts_in(page: Page, node: LexborNode) -> list[str]:
    """The message's own words: its text, and the question and answers of a poll."""
    css = selector(page, "body", ".js-message_text, .tgme_widget_message_text")
    inside_reply = {each.mem_id for each in every(page, node, ".tgme_widget_message_reply *")}
    kept: list[LexborNode] = []
    for each in every(page, node, css):
        nested = any(each.parent and each.parent.mem_id == other.mem_id for other in kept)
        if each.mem_id not in inside_reply and not nested:
            kept.append(each)
    poll = every(
        page, node, ".tgme_widget_message_poll_question, .tgme_widget_message_poll_option_text"
    )
    names = every(page, node, ".tgme_widget_message_document_title")
    lines = [text_of(each) for each in kept]
    if extra := "\n".join(filter(None, (line_of(each) for each in (*poll, *names)))):
        lines.append(extra)
    return [line for line in lines if line]


def date_of(page: Page, node: LexborNode) -> LexborNode | None:
    """The message's own time: the one in its permanent link, never one of a quoted message."""
    return part(
        page,
        node,
        "date",
        ".tgme_widget_message_date time[datetime], .tgme_widget_message_info time",
    ) or first(page, node, "time[datetime]")


def author_of(page: Page, node: LexborNode) -> str | None:
    """Who signed the message, else the channel's name."""
    signed = line_of(first(page, node, ".tgme_widget_message_from_author"))
    return signed or line_of(part(page, node, "author", ".tgme_widget_message_owner_name")) or None


def quote_of(page: Page, reply: LexborNode) -> Quote:
    """The message that this one answers."""
    author = line_of(
        first(page, reply, ".tgme_widget_message_author_name, .tgme_widget_message_author")
    )
    words = first(page, reply, ".tgme_widget_message_metatext, .js-message_reply_text")
    return Quote(author or None, text_of(words))


def fields_of(page: Page, node: LexborNode) -> dict[str, str]:
    """What the message states beside its text. Views are left out: they change at every visit."""
    fields = {}
    forwarded = first(page, node, ".tgme_widget_message_forwarded_from_name")
    if forwarded is not None:
        fields["forwarded_from"] = line_of(forwarded)
        if href := attribute(forwarded, "href"):
            fields["forwarded_url"] = href[:500]
    reply = attribute(first(page, node, ".tgme_widget_message_reply[href]"), "href")
    if reply:
        fields["reply_to"] = reply.rpartition("t.me/")[2][:200]
    if re.search(r"\bedited\b|изменено", line_of(first(page, node, ".tgme_widget_message_meta"))):
        fields["edited"] = "yes"
    return fields


def account(page: Page) -> AccountRead | None:
    """None: it has no profile pages."""
    return None


def next_page(page: Page) -> str | None:
    """The page of older messages: what the page links to, else from its oldest message."""
    css = "a.tme_messages_more[data-before], a.js-messages_more[data-before], link[rel='prev']"
    for link in every(page, None, selector(page, "next_page", css)):
        before = attribute(link, "data-before") or before_in(attribute(link, "href"))
        name = channel_in(page.url)
        if name and re.fullmatch(r"[0-9]{1,12}", before):
            return replaced(channel_url(page.url, name), query=f"before={before}")
    return None


def before_in(url: str) -> str:
    """The message number in `?before=`; empty without one."""
    return dict(query_pairs(query_of(url))).get("before", "")


def channel_in(url: str) -> str | None:
    """The channel's name in a URL."""
    match = CHANNEL.match(path_of(url))
    return match["name"] if match and match["name"].lower() not in NOT_CHANNELS else None


def channel_url(url: str, name: str) -> str:
    """URL of a channel's newest messages."""
    return replaced(url, path=f"/s/{name}", query="")


def kind(url: str) -> PageKind | None:
    """What a URL leads to: a channel's preview, or None."""
    match = CHANNEL.match(path_of(url))
    if not match or match["name"].lower() in NOT_CHANNELS or match["post"]:
        return None
    return "channel"


def canonical(url: str) -> str:
    """The preview's URL with `before` only."""
    name, before = channel_in(url), before_in(url)
    match = CHANNEL.match(path_of(url))
    if not name or not match:
        return replaced(url)
    if match["post"]:
        return replaced(url, query="")
    query = f"before={before}" if re.fullmatch(r"[0-9]{1,12}", before) else ""
    return replaced(channel_url(url, name), query=query)
