"""Messages of DiscordChatExporter's JSON, one channel a page.

An import cuts the file into pages of this same shape; a small file is one too. Reactions and
attachments are never read.
"""

from crawler.importing.formats import is_discord_notice
from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, Quote, ThreadRead
from spiders.engines import json_values as values
from spiders.engines.json_values import Row
from spiders.page import Page

NAME = "discord_export"
NO_TAG = ("0", "0000", "0#0")
"""Discriminators of names that are unique by themselves, and of webhooks."""
SITE = "https://discord.com/channels"


def detect(page: Page) -> bool:
    """Tell by the objects `guild` and `channel` beside the messages."""
    data = page.data
    return (
        isinstance(data, dict)
        and isinstance(data.get("channel"), dict)
        and "guild" in data
        and isinstance(data.get("messages"), list)
    )


def state(page: Page) -> PageState:
    """Tell what the page is; system messages only are `ok`."""
    if not detect(page):
        return values.notice_of(page)
    return "ok" if page.data["messages"] else "empty"


def boards(page: Page) -> list[BoardRead]:
    """None: a page is one channel."""
    return []


def threads(page: Page) -> list[ThreadRead]:
    """None: a channel is one thread."""
    return []


def thread(page: Page) -> ThreadRead | None:
    """The channel; its board is the server with the channel's category."""
    channel_id = channel_of(page)
    if not channel_id:
        return None
    name = values.line_at(page, page.data, "channel", "name")
    above = [
        values.line_at(page, page.data, *path)
        for path in (("guild", "name"), ("channel", "category"))
    ]
    return ThreadRead(
        native_id=channel_id,
        title=name or f"channel {channel_id}",
        url=channel_url(page),
        board=" / ".join(part for part in above if part) or None,
    )


def channel_of(page: Page) -> str | None:
    """The channel's id; None (with a problem) when the page has none."""
    if not detect(page):
        return None
    channel_id = values.id_at(page, page.data, "channel", "id")
    if not channel_id:
        page.note("channel_without_id", values.line_at(page, page.data, "channel", "name") or "")
    return channel_id


def channel_url(page: Page) -> str:
    """The channel's URL, as its members open it; `@me` stands for private conversations."""
    guild = values.row_at(page, page.data, "guild")
    guild_id = values.id_at(page, guild, "id") or "0"
    channel_id = values.id_at(page, page.data, "channel", "id")
    return f"{SITE}/{'@me' if guild_id == '0' else guild_id}/{channel_id}"


def posts(page: Page) -> list[PostRead]:
    """Messages in the file's order, system messages aside."""
    channel_id = channel_of(page)
    if not channel_id:
        return []
    link = channel_url(page)
    rows = values.rows_in(page, page.data["messages"], "messages")
    found = [post_of(page, row, channel_id, link) for row in rows if not is_discord_notice(row)]
    return [post for post in found if post]


def post_of(page: Page, row: Row, channel_id: str, link: str) -> PostRead | None:
    """One message; None (with a problem) when it has no id."""
    native_id = values.id_at(page, row, "id")
    if not native_id:
        page.note("post_without_id", str(row.get("id"))[:80])
        return None
    return PostRead(
        native_id=native_id,
        text=words_of(page, row),
        author=author_of(page, row),
        author_id=values.id_at(page, row, "author", "id"),
        author_rank=rank_of(page, row),
        posted_at=values.moment_of(page, row, "timestamp"),
        posted_raw=(values.line_at(page, row, "timestamp") or "")[:64] or None,
        edited_at=values.moment_of(page, row, "timestampEdited"),
        url=f"{link}/{native_id}",
        quotes=quotes_of(page, row),
        fields=fields_of(page, row),
        thread=channel_id,
    )


def author_of(page: Page, row: Row) -> str | None:
    """The account's own name, with its number where names were not unique yet (`name#1234`)."""
    name = values.line_at(page, row, "author", "name")
    if not name:
        return values.line_at(page, row, "author", "nickname")
    tag = values.line_at(page, row, "author", "discriminator")
    return name if not tag or tag in NO_TAG else f"{name}#{tag}"


def rank_of(page: Page, row: Row) -> str | None:
    """The name that the account has on this server, where it is another one; `bot` for bots."""
    if values.flag_at(page, row, "author", "isBot"):
        return "bot"
    nickname = values.line_at(page, row, "author", "nickname")
    return None if nickname == values.line_at(page, row, "author", "name") else nickname


def words_of(page: Page, row: Row) -> str:
    """The message's content, then title, text and fields of its embeds."""
    parts = [values.text_at(page, row, "content")]
    for embed in values.rows_at(page, row, "embeds"):
        parts += [
            values.line_at(page, embed, "author", "name"),
            values.text_at(page, embed, "title"),
            values.text_at(page, embed, "description"),
            *(field_line(page, each) for each in values.rows_at(page, embed, "fields")),
            values.line_at(page, embed, "footer", "text"),
        ]
        title_url = values.line_at(page, embed, "url")
        if title_url and not any(title_url in part for part in parts if part):
            parts.append(title_url)
    return "\n".join(part for part in parts if part)[: values.LONGEST_TEXT]


def field_line(page: Page, row: Row) -> str:
    """A field of an embed as one line, such as `Price: 10 USD`."""
    name, value = (values.text_at(page, row, key) for key in ("name", "value"))
    return ": ".join(part for part in (name, value) if part)


def quotes_of(page: Page, row: Row) -> tuple[Quote, ...]:
    """The message that this one passes on."""
    words = values.text_at(page, row, "forwardedMessage", "content")
    return (Quote(None, words),) if words else ()


def fields_of(page: Page, row: Row) -> dict[str, str]:
    """What the message answers, or which message it passes on."""
    referred = values.id_at(page, row, "reference", "messageId")
    passed_on = bool(values.row_at(page, row, "forwardedMessage"))
    return {"forwarded_message" if passed_on else "reply_to": referred} if referred else {}


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
