"""A small market behind the analysts' desk, for tests: two sellers, a reply, an access sale."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from datasette.app import Datasette

from crawler.clock import moment_of
from crawler.desk.analysts import add_analyst
from crawler.home import Home
from crawler.rates import Rates
from crawler.serving import datasette_of
from crawler.settle import settle
from crawler.store.findings import Text, keep_findings
from nlp.findings import Document
from nlp.pipeline import Analyser
from nlp.version import VERSION
from tests.pages import Board, board_at, post

PASSWORD = "correct horse battery"
VICTIM = "Muster Werkzeug GmbH"
TEXTS = [
    post(1, "Selling hacked RDP, USA, admin rights - 5$ each\ntg: @rdp_seller", author="seller"),
    post(2, "Bought two, works fine, recommend this seller", author="buyer"),
    post(3, "Bulletproof VPS, abuse ignored, 2 GB RAM - 20$/month\ntg: @rdp_seller", author="host"),
    post(
        4,
        f"Selling VPN access, domain admin, Germany\nCompany: {VICTIM}\nrevenue 30kk$, "
        "site muster-werkzeug.example\nPrice 900$",
        author="broker",
    ),
]


@dataclass
class Desk:
    """A desk over a small market."""

    board: Board
    home: Home
    served: Datasette

    def get(self, path: str, cookies: dict[str, str] | None = None) -> httpx.Response:
        """A page."""
        return self.call("get", path, cookies=cookies or {})

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Any request."""
        response: httpx.Response = asyncio.run(
            getattr(self.served.client, method)(path, follow_redirects=False, **options)
        )
        return response

    def sign_in(self, name: str, password: str = PASSWORD) -> dict[str, str]:
        """Cookies of somebody who signed in, the CSRF one among them."""
        cookies, token = self.token("/-/login", {})
        form = {"username": name, "password": password, "csrftoken": token}
        answer = self.call("post", "/-/login", data=form, cookies=cookies)
        return cookies | dict(answer.cookies)

    def token(self, path: str, cookies: dict[str, str]) -> tuple[dict[str, str], str]:
        """Cookies and the CSRF token of a page with a form."""
        page = self.get(path, cookies)
        found = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
        return cookies | dict(page.cookies), found[1] if found else ""

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Rows of the database."""
        return [dict(row) for row in self.board.store.rows(sql, params)]


def desk_at(folder: Path, *, mask_victims: bool = False, public: bool = False) -> Desk:
    """A desk with the analysts anna and (with the role notify) nora."""
    board = board_at(folder)
    for text in ("RDP, 9$ each, old text", TEXTS[0].text):
        board.thread_page(board.begin(), [post(1, text, author="seller"), *TEXTS[1:]])
    read_texts(board)
    home = Home(folder)
    add_analyst(home, "anna", PASSWORD, [])
    add_analyst(home, "nora", PASSWORD, ["notify"])
    if mask_victims:
        path = folder / "analysts.yml"
        path.write_text(path.read_text("utf-8").replace("victims: false", "victims: true"), "utf-8")
    return Desk(board, home, datasette_of(board.store.path, public=public))


def read_texts(board: Board) -> None:
    """What `analyse` does, in this process."""
    analyser = Analyser()
    with board.store.transaction():
        for row in board.store.rows(
            "select v.*, p.account_id, a.name from post_versions v "
            "join posts p on p.id = v.post_id join accounts a on a.id = p.account_id"
        ):
            document = Document(text=row["text"], title=row["title"] or "", author=row["name"])
            text = Text(
                row["id"], board.source.id, None, "forum", row["title"] or "", row["text"],
                row["name"], row["account_id"], "", None, "2026-03-01", row["seen_at"],
            )  # fmt: skip
            moment = moment_of(row["seen_at"])
            findings = analyser.analyse(document)
            keep_findings(board.store, text, findings, Rates(), VERSION, moment)
        settle(board.store)
