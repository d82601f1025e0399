"""Profiles of Invision: a name, and pairs of a label and a value beside it."""

from dataclasses import replace

from crawler.reading import AccountRead
from spiders.dates import moment_at, moment_in
from spiders.engines import invision_url
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import every, first, first_of, number_in
from spiders.profile import account_of, fact_named

NAME = (
    "#elProfileHeader h1", ".cProfileHeader_name h1", "[data-controller*='core.front.profile'] h1",
    ".vcard .fn.nickname", "#user_info_cell h1", ".fn.nickname", "h1.ipsType_pagetitle",
    ".ipsCoverPhoto h1", "#profile_id_card h1",
)  # fmt: skip
FIELDS = (
    "#elProfileStats li, .ipsProfile li, .cProfileHeader li, .ipsCoverPhoto__stats li, "
    ".ipsList_data li, .cProfileRepScore"
)
GROUP = ".cProfileHeader_name span.ipsPageHead_barText, .cProfileHeader_name p"
REPUTATION = ".reputation .number"


def account(page: Page) -> AccountRead | None:
    """The account that a profile page shows; None on other pages."""
    native_id = invision_url.user_id(page.url)
    if native_id is None:
        return None
    read = account_of(page, line_of(first_of(page, None, *NAME)), native_id)
    if read is None:
        return None
    read = with_fields(page, read)
    rank, reputation = line_of(first(page, None, GROUP)), line_of(first(page, None, REPUTATION))
    return replace(
        read, rank=read.rank or rank or None, reputation=read.reputation or reputation or None
    )


def with_fields(page: Page, read: AccountRead) -> AccountRead:
    """An account with what version 4 and 5 write under headings (`Posts`, `Joined`)."""
    for box in every(page, None, FIELDS)[:60]:
        label = first(page, box, "h4, h2, .row_title, strong")
        name = fact_named(line_of(label)) if label is not None else None
        value = line_of(box).replace(line_of(label), "", 1).strip()
        if name == "posts" and read.posts is None:
            read = replace(read, posts=number_in(value))
        elif name == "joined" and read.joined_at is None:
            stamp = first(page, box, "time")
            read = replace(read, joined_at=moment_at(page, stamp) or moment_in(page, value))
        elif name == "reputation" and read.reputation is None:
            read = replace(read, reputation=value[:60] or None)
        elif name == "rank" and read.rank is None:
            read = replace(read, rank=value[:200] or None)
    return read
