"""Messages of Telegram Desktop's JSON export (`result.json`), one chat a page.

An import cuts the file into pages of this same shape; the file of a single chat is one too. Keys
as core.telegram.org/import-export and the exporter's own output have them.
"""

from datetime import datetime
from hashlib import sha256

from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import from_epoch, sane
from spiders.engines import json_values as values
from spiders.engines.json_values import Row
from spiders.engines.telegram_export_words import words_of
from spiders.page import Page

NAME = "telegram_export"
CHAT_TYPES = frozenset(
    [
        "saved_messages",
        "replies",
        "personal_chat",
        "bot_chat",
        "private_group",
        "private_supergroup",
        "public_supergroup",
        "private_channel",
        "public_channel",
        "verification_codes",
    ]
)
LINKED = frozenset(["private_supergroup", "public_supergroup", "private_channel", "public_channel"])
"""Chats whose messages have links, for members at least."""
FARTHEST = 2**53
"""No message id is larger."""


def detect(page: Page) -> bool:
    """Tell by the keys of a chat, and by a chat type or the keys of its first message."""
    data = page.data
    if not isinstance(data, dict) or not isinstance(data.get("messages"), list):
        return False
    if not isinstance(data.get("type"), str) or not {"id", "name"} & data.keys():
        return False
    first = next(iter(data["messages"]), None)
    return data["type"] in CHAT_TYPES or (
        isinstance(first, dict) and {"id", "type", "date"} <= first.keys() and "guild" not in data
    )


def state(page: Page) -> PageState:
    """Tell what the page is; notices of the service only are `ok`."""
    if not detect(page):
        return values.notice_of(page)
    return "ok" if page.data["messages"] else "empty"


def boards(page: Page) -> list[BoardRead]:
    """None: a chat has no boards."""
    return []


def threads(page: Page) -> list[ThreadRead]:
    """None: a chat is one thread."""
    return []


def chat_id(page: Page) -> str:
    """The chat's number; of an export without one a mark of its name."""
    own = page.data.get("id")
    if type(own) is int and abs(own) < FARTHEST:
        return str(own)
    name = str(page.data.get("name"))
    return f"~{sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}"


def chat_url(page: Page) -> str:
    """The chat's link for its members; the importing source's own name for it elsewhere."""
    if page.data.get("type") in LINKED and chat_id(page).isdigit():
        return f"https://t.me/c/{chat_id(page)}"
    source = page.url.partition("://")[2].partition("/")[0]
    return f"import://{source or 'file'}/chat/{chat_id(page)}"


def thread(page: Page) -> ThreadRead | None:
    """The chat."""
    if not detect(page):
        return None
    name = values.line_at(page, page.data, "name")
    return ThreadRead(chat_id(page), name or f"chat {chat_id(page)}", chat_url(page))


def posts(page: Page) -> list[PostRead]:
    """Messages in the file's order (oldest first), notices of the service aside."""
    if not detect(page):
        return []
    found = []
    for row in values.rows_in(page, page.data["messages"], "messages"):
        if row.get("type") == "service":
            continue
        if row.get("type") != "message":
            page.note("unknown_message_type", str(row.get("type"))[:80])
        found.append(post_of(page, row))
    return [post for post in found if post]


def post_of(page: Page, row: Row) -> PostRead | None:
    """One message; None (with a problem) when it has no id."""
    number = row.get("id")
    # history from before a group grew to a supergroup has ids below zero
    if type(number) is not int or abs(number) > FARTHEST:
        page.note("post_without_id", str(number)[:80])
        return None
    link = chat_url(page)
    author_id = values.id_at(page, row, "from_id") or values.id_at(page, row, "actor_id")
    name = values.line_at(page, row, "from") or values.line_at(page, row, "actor")
    return PostRead(
        native_id=f"{chat_id(page)}/{number}",
        text=words_of(page, row),
        # an account that was deleted has a number, but no name any more
        author=name or author_id or values.line_at(page, row, "author"),
        author_id=author_id,
        posted_at=moment_of(page, row, "date"),
        posted_raw=(values.line_at(page, row, "date") or "")[:64] or None,
        edited_at=moment_of(page, row, "edited"),
        url=f"{link}/{number}" if link.startswith("https") and number > 0 else None,
        fields=fields_of(page, row),
        thread=chat_id(page),
    )


def moment_of(page: Page, row: Row, key: str) -> datetime | None:
    """A message's time, UTC: its epoch, else the exporter's clock in the source's time zone."""
    epoch = row.get(f"{key}_unixtime")
    moment = from_epoch(str(epoch)) if isinstance(epoch, str | int) else None
    if moment:
        # deleted messages and never edited ones have the epoch 0
        return sane(page, moment, str(epoch))
    raw = row.get(key)
    if isinstance(raw, str) and raw.startswith("1970-01-01"):
        return None
    return values.moment_of(page, row, key)


def fields_of(page: Page, row: Row) -> dict[str, str]:
    """What the message states beside its text: what it answers, and whose words it passes on."""
    fields = {}
    answered = row.get("reply_to_message_id")
    if type(answered) is int and abs(answered) <= FARTHEST:
        fields["reply_to"] = f"{chat_id(page)}/{answered}"
    for key in ("forwarded_from", "via_bot", "author"):
        if value := values.line_at(page, row, key):
            fields["signed_by" if key == "author" else key] = value[:200]
    return fields


def account(page: Page) -> AccountRead | None:
    """None: it has no profile pages."""
    return None


def next_page(page: Page) -> str | None:
    """None: the import reads on in the file."""
    return None


def kind(url: str) -> PageKind | None:
    """None: an export is never asked for."""
    return None


def canonical(url: str) -> str:
    """The URL: an import's pages have one form only."""
    return url
