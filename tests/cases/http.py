"""HTTP: answers that are late, endless, broken or no text.

Deadlines in the crawl of these tests are 1.5 s without a byte and 8 s for a page.
"""

import os
from collections.abc import Callable

from tests.cases import Case
from tests.cases.fetching import Good, Hostile
from tests.cases.server import Answer, page
from tests.cases.shapes import HEAD, chunked, endless, half, reset_after, silent_after, unframed

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 500
LATE = "asks three times within its deadlines, then an issue; the page is not read"


def hostile(
    name: str,
    does: str,
    answer: Callable[[Good], Answer],
    holds: str = LATE,
    *,
    kind: str | None = "fetch_failed",
    detail: str = "",
    times: int = 3,
) -> Hostile:
    """A case of this area."""
    return Hostile(Case(name, does, holds), answer, kind, detail, times)


BROKEN = "asks three times, keeps what came as evidence, reads nothing of it, an issue"
NOT_TEXT = "an issue; neither read nor kept, asked for once"
READ = "reads the page whole"

PAGES = (
    hostile("drip-head", "the head comes byte by byte", endless(b"HTTP/1.1 200 OK\r\nX: ",
            again=b"x",
            every_s=0.1), detail="Timeout"),
    hostile("drip-body", "the body comes byte by byte",
            endless(HEAD + b"Content-Length: 9999\r\n\r\n",
            again=b"x", every_s=0.1), detail="took longer than"),
    hostile("drip-chunks", "an endless body in chunks of one byte",
            endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", again=b"1\r\nx\r\n", every_s=0.1),
            detail="took longer than"),
    hostile("stall-at-once", "takes the connection and says nothing",
            silent_after(lambda good: b""),
            detail="no byte for"),
    hostile("stall-in-head", "stops in the middle of the head", silent_after(lambda good: HEAD),
            detail="no byte for"),
    hostile("stall-in-body", "stops in the middle of the body", silent_after(half),
            detail="no byte for"),
    hostile("stall-unframed", "a body without a length stops in its middle", silent_after(unframed),
            detail="no byte for"),
    hostile("endless-head", "header fields without an end", endless(HEAD,
            again=b"X-A: b\r\n" * 500),
            "ends it after 128 KiB, asks three times, an issue", detail="head of more than"),
    hostile("interim-flood", "100 Continue without an end",
            endless(b"", again=b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
            "ends it after 128 KiB, asks three times, an issue", detail="head of more than"),
    hostile("header-flood", "300 header fields", lambda good: good.page(
            **{f"x_{number}": "y" for number in range(300)}),
            "takes 200 at most: asks three times, an issue", detail="header fields"),
    hostile("huge-header", "a header field of 1 MB", lambda good: good.page(x="y" * 1_000_000),
            "ends it, asks three times, an issue"),
    hostile("endless-status-line", "a status line without an end", endless(b"HTTP/1.1 200 ",
            again=b"OK" * 4000), "ends it, asks three times, an issue"),
    hostile("bad-status", "a status that is no number", lambda good: b"HTTP/1.1 abc OK\r\n\r\n",
            BROKEN, detail="ParseError"),
    hostile("no-head", "a page without any head (HTTP/0.9)", lambda good: good.body, BROKEN),
    hostile("noise", "bytes that are no HTTP", lambda good: os.urandom(5000) + b"\n", BROKEN),
    hostile("length-too-long", "states more bytes than it sends", lambda good: page(
            good.body, content_length=str(len(good.body) + 10)), BROKEN, detail="cut off"),
    hostile("length-too-short", "states fewer bytes than it sends", lambda good: page(
            good.body, content_length=str(len(good.body) // 2)), BROKEN,
            detail="more than it states"),
    hostile("two-lengths", "states two lengths", lambda good: HEAD + b"Content-Length: 5\r\n"
            b"Content-Length: 6\r\n\r\nhello!", BROKEN),
    hostile("negative-length", "states a length below zero", lambda good: HEAD +
            b"Content-Length: -5\r\n\r\nhello", BROKEN),
    hostile("chunks-without-end", "chunks whose last one never comes",
            lambda good: chunked(good, b""), BROKEN, detail="cut off"),
    hostile("chunk-of-no-size", "a chunk whose size is no number",
            lambda good: chunked(good, b"zz\r\nx\r\n"), BROKEN),
    hostile("chunk-too-large", "a chunk that says it has 2^64 bytes",
            lambda good: chunked(good, b"ffffffffffffffff\r\nx"), BROKEN),
    hostile("unknown-transfer", "a transfer encoding that nobody knows", lambda good: HEAD +
            b"Transfer-Encoding: rot13\r\n\r\nhello", BROKEN),
    hostile("endless-body", "a body without an end", endless(HEAD + b"\r\n",
            again=b"<p>x</p>" * 8192),
            "ends it after 16 MiB or its deadline, asks three times, an issue"),
    hostile("stated-too-large", "states a body of 10 GB", silent_after(
            lambda good: HEAD + b"Content-Length: 10000000000\r\n\r\n"),
            "ends it by its head, asks three times, an issue", detail="at most"),
    hostile("reset-at-once", "resets the connection", reset_after(lambda good: b""), BROKEN),
    hostile("reset-in-head", "resets it in the head", reset_after(lambda good: HEAD), BROKEN),
    hostile("reset-in-body", "resets it in the body", reset_after(half), BROKEN, detail="cut off"),
    hostile("reset-unframed", "a body without a length ends with a reset", reset_after(
            lambda good: HEAD + b"\r\n" + good.body), BROKEN, detail="cut off"),
    hostile("closed-unframed", "a body without a length is closed in its middle", unframed, BROKEN,
            detail="no end of the page"),
    hostile("closed-at-once", "closes the connection", lambda good: b"", BROKEN),
    hostile("unasked-part", "206 with a part of the page that nobody asked for",
            lambda good: page(good.body[:50], 206), BROKEN, detail="only a part"),
    hostile("image", "an image", lambda good: page(PNG, content_type="image/png"), NOT_TEXT,
            kind="not_text", detail="image/png", times=1),
    hostile("image-as-page", "an image that says it is HTML", lambda good: page(PNG), NOT_TEXT,
            kind="not_text", detail="PNG", times=1),
    hostile("archive-as-page", "a ZIP file that says it is HTML",
            lambda good: page(b"PK\x03\x04" * 99),
            NOT_TEXT, kind="not_text", detail="PK", times=1),
    hostile("endless-film", "a film without an end",
            endless(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", again=b"x" * 65536),
            "ends it by its head; an issue, asked for once", kind="not_text", detail="video/mp4",
            times=1),
    hostile("image-as-error", "404 with an image that says it is HTML", lambda good: page(PNG, 404),
            "the thread is gone; the image is not kept", kind="empty_page", times=1),
    hostile("image-of-error", "404 with an endless image", endless(
            b"HTTP/1.1 404 No\r\nContent-Type: image/png\r\n\r\n", again=PNG * 100),
            "the thread is gone; the image is not kept", kind="empty_page", times=1),
    hostile("octets", "a page of octets",
            lambda good: good.page(content_type="application/octet-stream"),
            NOT_TEXT, kind="not_text", detail="octet-stream", times=1),
    hostile("attachment", "a page that is to be saved", lambda good: good.page(
            content_disposition='attachment; filename="../../x.html"'), NOT_TEXT,
            kind="not_text", detail="download", times=1),
    hostile("line-without-colon", "a header line that is none", lambda good: good.page().replace(
            b"Connection: close", b"this is no header\r\nConnection: close"), READ, kind=None,
            times=1),
    hostile("header-of-two-lines", "a header that breaks its line with a bare CR", lambda good:
            good.page().replace(b"Connection: close",
            b"X-A: b\rSet-Cookie: c=d\r\nConnection: close"),
            READ, kind=None, times=1),
    hostile("cookie-of-everybody", "a cookie for a whole public suffix", lambda good: good.page(
            set_cookie="a=b; Domain=co.uk"),
            "reads the page, keeps no such cookie, asks nobody which "
            "suffixes are public", kind=None, times=1),
    hostile("no-type", "a page that does not say what it is",
            lambda good: b"HTTP/1.1 200 OK\r\n\r\n" +
            good.body, READ, kind=None, times=1),
    hostile("cookie-flood", "150 cookies of 400 bytes", lambda good: good.page().replace(
            b"Connection: close\r\n", b"".join(b"Set-Cookie: c%d=%s\r\n" % (number, b"x" * 400)
            for number in range(150)) + b"Connection: close\r\n"),
            "reads the page, and keeps 100 cookies at most", kind=None, times=1),
)  # fmt: skip
"""The threads of the board, in their order."""

CASES = tuple(each.case for each in PAGES)
