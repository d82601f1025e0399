"""A board that plants secrets wherever a page can hold one, and what is searched for them."""

import gzip
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from tests.live.board import made_boards
from tests.live.server import COOKIE, PASSWORD, USER, Site
from tests.live.test_skins import skin_named

SESSION = "token-1"
SERVED = "srv9c1e77aa04b2f0d6"
TOKEN = "tk5f0b3c9d8e7a6b5c"
PROXY_PASSWORD = "proxy-Harbour&81"
SECRETS = {
    "the session's cookie": "sess0a1b2c3d4e5f60718293",
    "the account's password": PASSWORD,
    "the proxy's password": PROXY_PASSWORD,
    "a cookie that pages set": SERVED,
    "a token in URLs": TOKEN,
    "a token of forms": "frm77c0ffee1234abcd",
    "a stolen cookie": "stolen-c00kie-5150",
    "a token in the path": "jsid4477aa99bb",
    "a card of a third person": "4012888888881881",
    "a password of a third person": "Zephyr77!kite",
    "a password in a list": "quokka4711",
    "a password of a proxy for sale": "mallet99x",
    "a web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "a key of a cloud": "AKIAIOSFODNN7EXAMPLE",
}
POSTS = (
    "take this card 4012 8888 8888 1881 exp 11/29",
    "admin panel, Password: Zephyr77!kite works",
    "vic@mail.example:quokka4711",
    "socks5://bob:mallet99x@192.0.2.7:1080 fast",
    f"use {SECRETS['a web token']} as key",
    "aws AKIAIOSFODNN7EXAMPLE for sale",
)


class Leaky(Site):
    """A board whose pages and errors repeat every secret that its server knows."""

    def new_session(self) -> str:
        """The session's cookie, long as real ones are."""
        self.signed_in.add(SECRETS["the session's cookie"])
        return SECRETS["the session's cookie"]

    def echo(self) -> str:
        """Markup that repeats secrets: comments, links, hidden fields and scripts."""
        session = SECRETS["the session's cookie"]
        return (
            f"<!-- debug: Cookie: {COOKIE}={session}; user {USER} password={PASSWORD} -->"
            f"<a href='{self.root}/index.php?sid={TOKEN}'>home</a>"
            f"<a href='{self.root}/index.php;jsessionid=jsid4477aa99bb'>home</a>"
            "<input type='hidden' name='csrf_token' value='frm77c0ffee1234abcd'>"
            '<meta name="csrf-token" content="frm77c0ffee1234abcd">'
            '<script>var api = {"access_token": "frm77c0ffee1234abcd"};</script>'
            "<pre>Cookie: PHPSESSID=stolen-c00kie-5150; a=b</pre>"
            f"<script>var s = '{SERVED}'; var c = '{session}';</script>"
            f"<p>proxy {PROXY_PASSWORD} {PROXY_PASSWORD.replace('&', '&amp;')}</p>"
        )


def leaky_site() -> Leaky:
    """The board: one good thread a case, its texts with secrets of third persons."""
    site = Leaky(skin_named("mybb"), made_boards(12))
    threads = sorted((t for b in site.boards for t in b.threads), key=lambda t: t.number)
    for thread, text in zip(threads[4:], POSTS, strict=False):
        thread.posts[0].text += "\n" + text
    return site


class Handler(BaseHTTPRequestHandler):
    """Answers for the site that its server carries."""

    protocol_version = "HTTP/1.1"

    @property
    def site(self) -> Leaky:
        return self.server.site  # type: ignore[attr-defined, no-any-return]

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        echo, root = self.site.echo(), self.site.root
        if self.path == "/showthread.php?tid=2":
            self.answer(302, echo, Location=f"{root}{self.path}&token={TOKEN}")
        elif self.path == "/showthread.php?tid=3":
            self.answer(404, f"Traceback: {echo}", Refresh=f"9; url=/?sid={TOKEN}")
        elif self.path == "/showthread.php?tid=4":
            self.answer(302, "", Location=f"http://elsewhere.example/?access_token={TOKEN}")
        else:
            status, body = self.site.page(self.path.partition("&token=")[0], self.token())
            self.answer(status, body.replace("</body>", echo + "</body>"))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        token = self.site.sign_in(parse_qs(raw.decode("utf-8", "replace")))
        self.answer(303, "", session=token or "", Location="/index.php")

    def token(self) -> str:
        cookies = SimpleCookie(self.headers.get("Cookie", ""))
        return cookies[COOKIE].value if COOKIE in cookies else ""

    def answer(self, status: int, body: str, *, session: str = "", **headers: str) -> None:
        data = gzip.compress(body.encode())
        self.send_response(status)
        if session:
            self.send_header("Set-Cookie", f"{COOKIE}={session}; Path=/; HttpOnly")
        fixed = {
            "Set-Cookie": f"visitor={SERVED}; Path=/",
            "X-CSRF-Token": TOKEN,
            "X-Debug": f"sid={TOKEN}; was {SERVED}; /?sid={TOKEN}",
            "Content-Encoding": "gzip",
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(data)),
        }
        for name, value in (headers | fixed).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


@contextmanager
def serve_leaky(site: Leaky) -> Iterator[Leaky]:
    """Serve it on 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.site = site  # type: ignore[attr-defined]
    site.root = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def files_with(secret: str, folder: Path, but: frozenset[Path] = frozenset()) -> list[str]:
    """Files under a folder, or their names, that hold a secret in the clear or compressed."""
    wanted = secret.encode()
    found = []
    for path in sorted(folder.rglob("*")):
        if path in but or not path.is_file():
            continue
        if wanted in path.name.encode() or wanted in plain_bytes(path.read_bytes()):
            found.append(str(path.relative_to(folder)))
    return found


def plain_bytes(data: bytes) -> bytes:
    """A file's bytes, and what is in them compressed: gzip members, and gzip inside of those."""
    opened = unzipped(data)
    return data + opened + b"".join(unzipped(part) for part in gzips_in(opened))


def gzips_in(data: bytes) -> Iterator[bytes]:
    """What begins like a gzip file inside of bytes."""
    at = data.find(b"\x1f\x8b\x08")
    while at >= 0:
        yield data[at:]
        at = data.find(b"\x1f\x8b\x08", at + 3)


def unzipped(data: bytes) -> bytes:
    """The gzip members that bytes begin with, undone."""
    parts = []
    while data[:3] == b"\x1f\x8b\x08":
        member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        try:
            parts.append(member.decompress(data))
        except zlib.error:
            break
        data = member.unused_data
    return b"".join(parts)
