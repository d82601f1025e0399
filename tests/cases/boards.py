"""Boards on which some threads are hostile: one crawl tries many cases beside good pages.

To add a hostile page, give a thread an answer of its own, crawl once, ask what came:

    with board_site(threads=12) as site, canary() as trap:
        site.hostile(3, redirect(f"http://{trap.host}/"))
        site.hostile(4, lambda talk: talk.drip(b"x" * 99, 0.5))
        lab = lab_at(tmp_path, site.board)
        lab.crawl()
    assert trap.touched == []
    assert {row["text"] for row in lab.posts()} == site.good()

Threads without an answer are good MyBB pages. Any other target takes an answer too:
`site.server.answers["/robots.txt"] = …`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.cases.server import Answer, Server, page, served
from tests.live.board import made_boards
from tests.live.server import Site
from tests.live.skins import mybb


@dataclass
class BoardSite:
    """A MyBB board some of whose threads are hostile."""

    board: Site
    """The model, for `lab_at`."""
    server: Server
    """The server."""

    def target(self, number: int) -> str:
        """The target of a thread."""
        return f"/showthread.php?tid={number}"

    def hostile(self, number: int, answer: Answer) -> None:
        """Give a thread an answer of its own."""
        self.server.answers[self.target(number)] = answer

    def good(self) -> set[str]:
        """Texts of all posts of threads without an answer of their own."""
        return {
            post.text
            for board in self.board.boards
            for thread in board.threads
            for post in thread.posts
            if self.target(thread.number) not in self.server.answers
        }


@contextmanager
def board_site(threads: int) -> Iterator[BoardSite]:
    """A board of so many threads on a server whose answers can be replaced."""
    board = Site(mybb, made_boards(threads))

    def good_page(target: str) -> Answer:
        status, body = board.page(target, "")
        return page(body, status)

    with served(good_page) as server:
        board.root = f"http://{server.host}"
        yield BoardSite(board, server)
