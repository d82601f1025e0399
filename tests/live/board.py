"""A made-up board, and what a skin must be able to write of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol, TypeVar

THREADS_A_PAGE = 20
POSTS_A_PAGE = 10
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""When the first thread was opened; every date on the board is long ago for a crawl of today."""

T = TypeVar("T")

Asks = Literal["index", "board", "thread", "login"]


@dataclass
class Post:
    """One message; `number` is its native id, unique on the site."""

    number: int
    author: str
    text: str
    posted_at: datetime


@dataclass
class Thread:
    """A thread; posts oldest first."""

    number: int
    title: str
    board: int
    posts: list[Post]

    @property
    def last_post(self) -> Post:
        """The newest post."""
        return self.posts[-1]


@dataclass
class Board:
    """A forum section; threads in any order."""

    number: int
    name: str
    private: bool
    threads: list[Thread] = field(default_factory=list)

    def newest_first(self) -> list[Thread]:
        """Threads in the order in which a board lists them."""
        return sorted(
            self.threads, key=lambda each: (each.last_post.posted_at, each.number), reverse=True
        )


@dataclass
class View:
    """What one request sees of the site."""

    root: str
    """Scheme and host, such as `http://127.0.0.1:8001`, without a slash at its end."""
    boards: Sequence[Board]
    """All boards, private ones too: software lists their names for guests."""
    signed_in: bool = False
    """Whether the visitor is logged in: the page then has the software's logout link."""
    session: str | None = None
    """A session id that the software writes into every link for visitors without cookies."""


@dataclass(frozen=True)
class Asked:
    """What a URL asks for."""

    what: Asks
    number: int = 0
    """Board or thread number."""
    page: int = 1
    """1 for the first page of a board or thread."""


class Skin(Protocol):
    """A module that writes pages as one software does, with its real ids, classes and URLs."""

    NAME: str
    """The engine's name."""
    START: str
    """Path of the index page, such as `/index.php`."""
    CONTENT_TYPE: str
    """Content-Type of its pages."""

    def asked(self, target: str) -> Asked | None:
        """What a request target (path and query) asks for; None for any other page."""

    def index(self, view: View) -> str:
        """The index page: a link to every board, and the quick login box where it has one."""

    def board(self, view: View, board: Board, page: int) -> str:
        """A page of a board: `THREADS_A_PAGE` of `board.newest_first()`, links to other pages."""

    def thread(self, view: View, thread: Thread, page: int) -> str:
        """A page of a thread: `POSTS_A_PAGE` of its posts, links to other pages."""

    def login(self, view: View) -> str:
        """The login form: POST, a user and a password field and the software's hidden fields."""

    def refused(self, view: View) -> str:
        """What a guest gets instead of a private board or its threads (status 200)."""


def native_id(skin: Skin, thread: Thread, post: Post) -> str:
    """A post's id as the software shows it: its number, unless the skin has a rule of its own."""
    own: Callable[[Thread, Post], str] | None = getattr(skin, "post_id", None)
    return own(thread, post) if own else str(post.number)


def pages_of(count: int, size: int) -> int:
    """How many pages so many rows fill; at least 1."""
    return max(1, -(-count // size))


def shown(rows: Sequence[T], page: int, size: int) -> Sequence[T]:
    """The rows of a page."""
    return rows[(page - 1) * size : page * size]


def made_boards(public_threads: int, private_threads: int = 0) -> list[Board]:
    """Two public boards and a private one; every fifth thread is longer than a page.

    Posts are numbered from 1000, threads from 1, boards from 1; names and texts are invented.
    """
    boards = [Board(1, "Servers", False), Board(2, "Access", False), Board(3, "Vault", True)]
    post = 1000
    for place in range(public_threads + private_threads):
        number = place + 1
        board = boards[2] if place >= public_threads else boards[place % 2]
        posts = []
        for turn in range(13 if place % 5 == 4 else 1 + place % 3):
            moment = START + timedelta(hours=6 * place, minutes=7 * turn)
            text = f"Fresh RDP number {number}.{turn}, {5 + turn}$ each, write in PM"
            posts.append(
                Post(post, ("kilnhost", "brineshell", "moss_dock")[turn % 3], text, moment)
            )
            post += 1
        board.threads.append(Thread(number, f"RDP lot {number}", board.number, posts))
    return [each for each in boards if each.threads]
