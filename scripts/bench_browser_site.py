"""A board whose pages are empty until their scripts have run, served from memory.

Each page is a shell of 4 kB that asks for a style sheet, a script of 60 kB and its content as JSON
(25 kB and more), from which the script builds the board's markup and a list of the newest threads.
It also names eight pictures, a font, a video and another host's script.
"""

import asyncio
import json
import multiprocessing
import re
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from scripts.bench_site import board_of, pages_of

NEWEST = 60
"""Entries of the list that the script builds last."""
WAIT_FOR = f"#newest li:nth-child({NEWEST})"
"""Shows that a page is complete."""
LAST = f">thread {NEWEST - 1}</a>"
"""What the document of a complete page holds."""
STRANGER = "http://cdn.stranger.example/t.js"
SHELL = """<!DOCTYPE html><html><head><title>Servers</title>
<link rel="stylesheet" href="/static/app.css"><script src="{stranger}" async></script>
<script src="/static/app.js" defer></script></head><body><div id="app"></div>
<ul id="newest"></ul>{pictures}<video src="/static/tour.mp4" preload="auto"></video>
<!-- {fill} --></body></html>"""
APP = """
const make = (name, text, inner) => { const one = document.createElement(name);
  if (text) one.textContent = text; if (inner) one.append(inner); return one; };
async function show() {
  const answer = await fetch('/data' + location.pathname + location.search);
  const data = await answer.json();
  document.title = data.title;
  document.getElementById('app').innerHTML = data.parts.join('');
  for (const {name, url} of data.newest) {
    const link = make('a', name); link.href = url;
    document.getElementById('newest').append(make('li', '', link));
  }
}
show();
"""
CSS = "@font-face { font-family: own; src: url(/static/own.woff2); } body { font-family: own; }\n"
RANKS = re.compile(r"<img[^>]*>")
"""The pictures of a page's filling, far more than boards show."""
STATIC = "Cache-Control: public, max-age=86400\r\n"


def script() -> str:
    """The script of all pages, as long as a small framework."""
    unused = "".join(
        f"function part{n}(a, b) {{ return a.map((x) => x * {n}).concat(b || []); }}\n"
        for n in range(900)
    )
    return unused + APP


def answer(body: bytes, kind: str, more: str = "", status: str = "200 OK") -> bytes:
    """A whole HTTP answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}"
    return head.encode() + b"\r\n" + body


def answers_for(threads: int, root: str) -> tuple[dict[str, bytes], list[str]]:
    """Answers by target, and the targets of pages."""
    css = CSS + "".join(f".c{n} {{ margin: {n}px; color: #333; }}\n" for n in range(300))
    served = {
        "/static/app.js": answer(script().encode(), "text/javascript", STATIC),
        "/static/app.css": answer(css.encode(), "text/css", STATIC),
        "/robots.txt": answer(b"", "text/plain"),
    }
    pictures = "".join(f'<img src="/static/picture{n}.png" alt="">' for n in range(8))
    shell = SHELL.format(stranger=STRANGER, pictures=pictures, fill="x" * 3000)
    pages = pages_of(board_of(threads), root)
    for target, page in pages.items():
        served[target] = answer(shell.encode(), "text/html; charset=UTF-8")
        served[f"/data{target}"] = answer(content_of(page, root), "application/json")
    return served, sorted(pages)


def content_of(page: bytes, root: str) -> bytes:
    """What the script of a page asks for: its markup in parts, and the newest threads."""
    markup = page.decode()
    title = markup.partition("<title>")[2].partition("</title>")[0]
    body = RANKS.sub("", markup.partition("<body>")[2].partition("</body>")[0])
    newest = [
        {"name": f"thread {n}", "url": f"{root}/showthread.php?tid={n + 1}"} for n in range(NEWEST)
    ]
    parts = [body[at : at + 1000] for at in range(0, len(body), 1000)]
    profile = {"about": "y" * 20_000}
    return json.dumps({"title": title, "parts": parts, "newest": newest, "me": profile}).encode()


class Server(asyncio.Protocol):
    """Answers GET requests from memory; keeps the connection unless told to close it."""

    def __init__(self, served: dict[str, bytes]) -> None:
        """Serve these answers."""
        self.served = served
        self.data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self.data += data
        while b"\r\n\r\n" in self.data:
            head, _, self.data = self.data.partition(b"\r\n\r\n")
            target = head.split(b" ", 2)[1].decode("latin-1")
            missing = answer(b"", "text/plain", status="404 Not Found")
            self.transport.write(self.served.get(target, missing))
            if b"\r\nconnection: close" in head.lower():
                self.transport.close()


def serve_for(threads: int, told: Connection) -> None:
    """Serve a board, in a process of its own; its address is told once it listens."""

    async def run() -> None:
        served: dict[str, bytes] = {}
        server = await asyncio.get_running_loop().create_server(
            lambda: Server(served), "127.0.0.1", 0
        )
        root = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        answers, targets = answers_for(threads, root)
        served |= answers
        told.send((root, targets))
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def served_board(threads: int) -> Iterator[tuple[str, list[str]]]:
    """Root and pages of a board that is being served."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve_for, args=(threads, theirs), daemon=True
    )
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()
