"""A board whose pages are empty until their scripts have run, served from memory.

Each page is a shell of 4 kB that asks for a style sheet, a script of 60 kB and its content as JSON
(25 kB and more), from which the script builds the board's markup and a list of the newest threads.
It also names eight pictures, a font, a video and another host's script.
"""

import json
import re
from contextlib import AbstractContextManager
from functools import partial

from scripts.bench_server import served_made
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


def served_board(threads: int) -> AbstractContextManager[tuple[str, list[str]]]:
    """Root and pages of a board that is being served."""
    return served_made(partial(answers_for, threads))
