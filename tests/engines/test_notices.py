"""What answers in place of a site is told from the site, and no post is taken for it."""

from datetime import UTC, datetime

import pytest

from crawler.reading import Reading
from spiders.asked import Asked
from spiders.reading import read_asked

AT = datetime(2026, 11, 24, tzinfo=UTC)
FRAME = "<html><head><title>{title}</title></head><body>{body}</body></html>"
THREAD = (
    "<html><head><title>Racks - Board</title></head><body><a href='showthread.php?tid=5'>t</a>"
    "<script>var my_post_key = 'x'</script>"
    "<div id='post_1'><div id='pid_1' class='post_body'>{text}</div></div></body></html>"
)
EMPTY_BOARD = (
    "<html><head><title>{title}</title></head><body><script>var my_post_key = 'x'</script>"
    "<a href='forumdisplay.php?fid=2&amp;sortby=subject'>Subject</a>There are no threads"
    "</body></html>"
)


def read(html: str, engine: str = "mybb", status: int = 200) -> Reading:
    url = "http://b.example/showthread.php?tid=5"
    return read_asked(Asked(engine, url, html.encode(), "text/html; charset=utf-8", AT, status))


def page(body: str, title: str = "") -> str:
    return FRAME.format(title=title, body=body)


NOTICES = {
    "seized": [
        page("", "THIS DOMAIN HAS BEEN SEIZED"),
        page("<img src='/s.png' alt='This hidden site has been seized by the FBI'>"),
        page("<img src='/banner.jpg'>", "Seized"),
        page("<img src='/img/seized_2026.jpg' width=100%>"),
        page("<h1>This website has been seized</h1><p>Operation Cronus, Europol, NCA</p>"),
        page("<p>Diese Webseite wurde durch das Bundeskriminalamt beschlagnahmt</p>"),
        page("<p>Die Plattform und ihre Server wurden beschlagnahmt. BKA, ZIT</p>", "Hinweis"),
        page("<p>Ce site a été saisi par la Gendarmerie nationale</p>"),
        page("<p>Este dominio ha sido intervenido por la Guardia Civil</p>"),
        page("<p>Deze website is in beslag genomen door de Politie</p>"),
        page("<p>Сайт конфискован. МВД</p>"),
        page("<p>本网站已被查封</p>"),
        page("<div style='background:url(/seizure-banner.png)'></div>", "Notice"),
    ],
    "wrong_site": [
        page("<h1>Welcome to nginx!</h1>", "Welcome to nginx!"),
        page("<p>This domain is for sale. Buy this domain.</p>", "b.example"),
        page("<p>The domain name b.example has expired</p>"),
        page("<p>This Account has been suspended.</p>", "Account Suspended"),
        page("<a href='a/'>a/</a>", "Index of /"),
        page("<p>Домен b.example продается</p>"),
        page("<p>Diese Domain steht zum Verkauf</p>"),
        page("<script>var smf_scripturl = '/index.php'</script><p>hello</p>"),
    ],
    "rate_limited": [
        page("<p>You may only view one page every 15 seconds.</p>", "Flood control"),
        page("<p>Too many requests. Please slow down.</p>"),
        page("<p>Вы слишком часто обращаетесь к форуму, подождите 20 секунд</p>"),
        page("<p>Zu viele Anfragen. Bitte warten Sie 30 Sekunden.</p>"),
        page("<p>您的请求过于频繁</p>"),
    ],
    "challenge": [page("<p>Checking your browser. Please wait 5 seconds</p>")],
    "login": [page("<p>You must be logged in to view this page</p>")],
    "banned": [page("<p>You have been banned from this forum</p>")],
    "maintenance": [page("<p>The forum is currently closed for maintenance</p>")],
    "not_found": [page("<p>The specified thread does not exist.</p>", "Board")],
}
CASES = [(state, html) for state, pages in NOTICES.items() for html in pages]


@pytest.mark.parametrize(("state", "html"), CASES)
def test_a_notice_is_told(state: str, html: str) -> None:
    assert read(html).state == state


@pytest.mark.parametrize("html", [html for _, html in CASES])
def test_the_same_words_in_a_post_are_a_post(html: str) -> None:
    bare = html.replace("<", "&lt;")
    words = " ".join(part.partition(">")[2] for part in html.split("<"))
    for text in (bare, words, f"<img alt='{words[:60]}' src='/seized.jpg'>{words}", html):
        reading = read(THREAD.format(text=text))
        assert (reading.state, len(reading.posts)) == ("ok", 1)


@pytest.mark.parametrize("html", [html for _, html in CASES])
def test_the_same_words_above_an_empty_board_are_its_name(html: str) -> None:
    words = " ".join(part.partition(">")[2] for part in html.split("<"))
    assert read(EMPTY_BOARD.format(title=words)).state in ("ok", "empty")


def test_how_long_to_wait_is_read_and_clamped() -> None:
    waits = [read(page(f"<p>{words}</p>")).wait_s for words in (
        "You may only search every 15 seconds", "Flood control: wait 2 minutes",
        "Too many requests", "Flood control: wait 99999 minutes",
    )]  # fmt: skip
    assert waits == [15, 120, 0, 3600]


def test_data_where_markup_is_read_and_the_reverse_are_told() -> None:
    kinds = [[p.kind for p in read(body, engine).problems] for body, engine in (
        ('{"posts": []}', "mybb"), (page("<p>hello there</p>"), "mastodon"), ("", "smf"),
    )]  # fmt: skip
    assert kinds == [
        ["wrong_format", "unknown_page"], ["wrong_format", "unknown_page"],
        ["empty_page", "unknown_page"],
    ]  # fmt: skip
