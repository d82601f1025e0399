from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from spiders.dates import moment_at, moment_in
from spiders.page import Page

FETCHED = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


def page(html: str = "", timezone: str | None = None) -> Page:
    return Page("https://board.example/", html, FETCHED, timezone=timezone)


CASES = [
    ("11-20-2026, 02:32 AM", "2026-11-20 02:32"),
    ("22-11-2026, 14:05", "2026-11-22 14:05"),
    ("22.11.2026 14:05", "2026-11-22 14:05"),
    ("05.11.2026, 00:07", "2026-11-05 00:07"),
    ("2026-11-22 03:05", "2026-11-22 03:05"),
    ("2026-11-22T03:05:30+03:00", "2026-11-22 00:05"),
    ("Yesterday, 11:14 PM", "2026-11-22 23:14"),
    ("Today at 03:05:30 AM", "2026-11-23 03:05"),
    ("12:00 AM Today", "2026-11-23 00:00"),
    ("Today, 12:00 PM", "2026-11-23 12:00"),
    ("10 minutes ago", "2026-11-23 12:20"),
    ("1 Hour ago", "2026-11-23 11:30"),
    ("an hour ago", "2026-11-23 11:30"),
    ("Less than a minute ago", "2026-11-23 12:30"),
    ("Nov 08, 2026, 08:35 AM", "2026-11-08 08:35"),
    ("November 22, 2026, 03:09:16 AM", "2026-11-22 03:09"),
    ("8 November 2026 - 08:35", "2026-11-08 08:35"),
    ("Friday at 3:05 PM", "2026-11-20 15:05"),
    ("Monday at 9:00 AM", "2026-11-16 09:00"),
    ("Mar 3", "2026-03-03 00:00"),
    ("Dec 3 at 10:00", "2025-12-03 10:00"),
    ("Oct 2025", "2025-10-01 00:00"),
    ("12 июля 2026, 14:05", "2026-07-12 14:05"),
    ("Вчера, 23:14", "2026-11-22 23:14"),
    ("Сегодня в 03:05", "2026-11-23 03:05"),
    ("5 минут назад", "2026-11-23 12:25"),
    ("час назад", "2026-11-23 11:30"),
    ("Gestern, 18:40", "2026-11-22 18:40"),
    ("3. März 2026, 18:40", "2026-03-03 18:40"),
]


@pytest.mark.parametrize(("raw", "wanted"), CASES)
def test_forum_dates(raw: str, wanted: str) -> None:
    moment = moment_in(page(), raw)
    assert moment is not None
    assert moment.strftime("%Y-%m-%d %H:%M") == wanted
    assert moment.utcoffset() is not None


@pytest.mark.parametrize(
    ("html", "day"),
    [
        ("", "2026-05-03"),
        ("<span>11-23-2026, 12:30 PM</span>", "2026-05-03"),
        ("<span>23-11-2026, 12:30</span>", "2026-03-05"),
        ('<span title="25-01-2026">x</span>', "2026-03-05"),
    ],
)
def test_order_of_day_and_month_follows_the_page(html: str, day: str) -> None:
    moment = moment_in(page(html), "05-03-2026, 10:00")
    assert moment is not None
    assert moment.date().isoformat() == day


def test_the_pages_own_clock_tells_the_order() -> None:
    footer = '<span id="current_time"><strong>Current time:</strong> 11-04-2026, 10:00</span>'
    here = Page("https://b.example/", footer, datetime(2026, 4, 11, 11, tzinfo=UTC))
    moment = moment_in(here, "05-03-2026, 10:00")
    assert moment == datetime(2026, 3, 5, 10, tzinfo=UTC)


def test_what_a_post_says_of_the_time_is_not_the_pages_clock() -> None:
    html = "<p>Current time: 04-11-2026, 10:00</p><i>Current time:</i> 11-04-2026, 10:00"
    here = Page("https://b.example/", html, datetime(2026, 4, 11, 11, tzinfo=UTC))
    moment = moment_in(here, "05-03-2026, 10:00")
    assert moment == datetime(2026, 3, 5, 10, tzinfo=UTC)


def test_a_post_whose_date_reads_like_today_is_not_the_pages_clock() -> None:
    posts = "<i>01-12-2026, 03:05 PM</i> <i>01-12-2026, 03:12 PM</i>"
    here = Page("https://b.example/", posts, datetime(2026, 12, 1, 1, tzinfo=UTC))
    moment = moment_in(here, "01-12-2026, 03:05 PM")
    assert moment == datetime(2026, 1, 12, 15, 5, tzinfo=UTC)


def test_the_boards_zone_counts() -> None:
    moment = moment_in(page(timezone="Europe/Moscow"), "Yesterday, 01:00 AM")
    assert moment == datetime(2026, 11, 21, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<time data-time="1795230000" title="x">Nov 1, 2020</time>', "2026-11-21 03:00"),
        ('<time datetime="2026-11-22T10:15:00+00:00">10:15</time>', "2026-11-22 10:15"),
        ('<p><span title="11-22-2026">Yesterday</span>, 11:14 PM</p>', "2026-11-22 23:14"),
        ('<p><span title="11-23-2026, 12:20 PM">9 minutes ago</span></p>', "2026-11-23 12:20"),
        ('<a title="Reply #5 - Offer 12">Nov 20, 2026, 08:00 PM</a>', "2026-11-20 20:00"),
    ],
)
def test_attributes_outrank_words(html: str, wanted: str) -> None:
    node = LexborHTMLParser(html).css_first("body > *")
    moment = moment_at(page(), node)
    assert moment is not None
    assert moment.strftime("%Y-%m-%d %H:%M") == wanted


@pytest.mark.parametrize("raw", ["11-22-2031, 01:00 AM", "01-01-1970, 00:00", "Jan 3, 1988"])
def test_absurd_dates_are_problems(raw: str) -> None:
    here = page()
    assert moment_in(here, raw) is None
    assert here.problems[0].kind == "absurd_date"
    assert raw in here.problems[0].detail


@given(st.text(max_size=150))
@settings(max_examples=150, deadline=None)
def test_any_text_is_survived(raw: str) -> None:
    moment = moment_in(page(), raw)
    assert moment is None or moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("footer", "wanted"),
    [
        ("<div>All times are GMT -5. The time now is <span>10:15 AM</span>.</div>", -300),
        ("<div>All times are GMT -5. The time now is <span>08:30 AM</span>.</div>", -240),
        ("<p>Часовой пояс GMT +3, время: 15:30.</p>", 180),
        ("<p>Alle Zeitangaben in WEZ +1. Es ist jetzt 13:31 Uhr.</p>", 60),
        ("<p>All times are UTC + 1 hour [ DST ]</p>", 120),
        ('<li>All times are <span title="UTC+5:30">UTC+05:30</span></li>', 330),
        ('<li>Часовой пояс: <span title="Europe/Moscow">UTC+03:00</span></li>', 180),
        ("<p>All times are GMT</p>", 0),
        ("<p>Fuseau horaire GMT +2. Il est actuellement 14h30.</p>", 120),
        ("<p>A post says: sold 20 times, GMT -5 is my zone</p>", 0),
        ("<p>All times are GMT +99</p>", 0),
    ],
)
def test_the_zone_that_a_page_states(footer: str, wanted: int) -> None:
    moment = moment_in(page(footer), "22 Nov 2026 12:00")
    assert moment == datetime(2026, 11, 22, 12, tzinfo=UTC) - timedelta(minutes=wanted)


def test_the_sources_zone_outranks_the_pages() -> None:
    stated = page("<p>All times are GMT -5</p>", timezone="Europe/Moscow")
    assert moment_in(stated, "22 Nov 2026 12:00") == datetime(2026, 11, 22, 9, tzinfo=UTC)
