"""A board for benchmarks: pages made once, served from memory by a process of its own."""

import random
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial

from scripts.bench_server import served_made
from tests.live.board import POSTS_A_PAGE, START, THREADS_A_PAGE, Board, Post, Thread, View
from tests.live.skins import mybb

PAGE_BYTES = 40_000
"""Size of a page, as real boards have it."""
SENTENCES = (
    "Selling fresh RDP with admin rights, US and DE mix, 8 GB RAM, $12 each or 10 for $100.",
    "Bulletproof VPS in NL and MD, 4 cores, 120 GB SSD, 45 USD per month, BTC and XMR only.",
    "Escrow accepted, replacement within 24 hours if the server dies, no resale.",
    "Цена 15$ за штуку, от 10 штук скидка, пишите в личку.",
    "Setup takes a day, ask for a test before you buy, serious people only.",
    "Did anybody buy here? How long did it live after the payment?",
)
SCRIPT = "lang.text_%d = 'Please wait until part %d of the page has been saved.';\n"
CHROME = (
    '<li class="tr_%d"><a href="member.php?action=profile&amp;uid=%d" title="Profile of trader_%d">'
    '<img src="images/rank_%d.png" alt="rank"> trader_%d</a> <span class="smalltext">online</span>'
    "</li>\n"
)
"""Around its posts a real page has about 30 tags for each kB, and a tenth of it is script."""


def board_of(threads: int) -> Board:
    """A board with so many threads of ten posts, the same each time."""
    chance = random.Random(5)
    made = []
    for number in range(1, threads + 1):
        at = START + timedelta(minutes=number)
        posts = [
            Post(
                number * 100 + i,
                f"trader_{chance.randrange(threads)}",
                f"{' '.join(chance.choices(SENTENCES, k=6))} no. {number * 100 + i}",
                at + timedelta(seconds=20 * i),
            )
            for i in range(POSTS_A_PAGE)
        ]
        made.append(Thread(number, f"RDP and VPS, lot {number}", 1, posts))
    return Board(1, "Servers", private=False, threads=made)


def pages_of(board: Board, root: str) -> dict[str, bytes]:
    """Whole answers by target: the index, the board's pages, a page for each thread."""
    view = View(root, [board])
    lists = -(-len(board.threads) // THREADS_A_PAGE)
    newest = Board(board.number, board.name, board.private, board.newest_first())
    newest.newest_first = lambda: newest.threads  # type: ignore[method-assign]
    bodies = {mybb.START: mybb.index(view)}
    for page in range(1, lists + 1):
        target = f"/forumdisplay.php?fid=1&page={page}" if page > 1 else "/forumdisplay.php?fid=1"
        bodies[target] = mybb.board(view, newest, page)
    for thread in board.threads:
        bodies[f"/showthread.php?tid={thread.number}"] = mybb.thread(view, thread, 1)
    return {target: answer_of(body) for target, body in bodies.items()}


def answer_of(body: str) -> bytes:
    """An HTTP answer with a body, filled up to the size of a real page."""
    lacking = PAGE_BYTES - len(body.encode())
    script, chrome = lines(SCRIPT, 2, lacking // 10), lines(CHROME, 5, lacking * 9 // 10)
    body = body.replace("</head>", f"<script>{script}</script></head>", 1)
    data = body.replace("</body>", f"<ul>{chrome}</ul></body>", 1).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Length: {len(data)}"
    )
    return f"{head}\r\n\r\n".encode() + data


def lines(form: str, numbers: int, size: int) -> str:
    """So many characters of lines of a form, each with a number of its own."""
    made: list[str] = []
    length = 0
    while length < size:
        made.append(form % ((len(made),) * numbers))
        length += len(made[-1])
    return "".join(made)


def made(threads: int, root: str) -> tuple[dict[str, bytes], list[str]]:
    """Answers and targets of a board with so many threads."""
    pages = pages_of(board_of(threads), root)
    return pages, sorted(pages)


def served(threads: int) -> AbstractContextManager[tuple[str, list[str]]]:
    """Root and targets of a board that is being served."""
    return served_made(partial(made, threads))
