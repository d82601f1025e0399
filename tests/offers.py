"""A small market for tests: posts with findings as the language stage would give them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.rates import Rates
from crawler.reading import PostRead
from crawler.settle import settle
from crawler.store.findings import Text, keep_findings
from nlp.findings import (
    Attribute,
    Contact,
    Findings,
    Intent,
    Listing,
    ListingState,
    Price,
    PriceKind,
    Span,
    Tone,
)
from tests.pages import START, Board, post

RATES = Rates()
SPAN = Span("text", 0, 3, "RDP")


@dataclass(frozen=True)
class Said:
    """A post and what is found in it."""

    number: int
    text: str = "fresh dedicated servers with root, sold one by one, any amount, ask for more"
    author: str = "seller"
    asset: str = "access.rdp"
    intent: Intent = "offer"
    usd: Sequence[float] = ()
    """Its prices."""
    per: str | None = "unit"
    kind: PriceKind = "fixed"
    currency: str = "USD"
    quantity: int | None = None
    state: ListingState | None = None
    handle: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    posted_at: datetime = START
    tone: Tone | None = None

    @property
    def written(self) -> str:
        """The text with its prices, so that another price is another text."""
        return " ".join([self.text, *(f"{usd:g}$" for usd in self.usd)])

    @property
    def post(self) -> PostRead:
        """The post."""
        return post(self.number, self.written, author=self.author, posted_at=self.posted_at)

    @property
    def findings(self) -> Findings:
        """What the language stage would find."""
        prices = tuple(
            Price(
                usd, usd, self.currency, "stated", self.per, self.kind,
                SPAN._replace(quote=f"{usd:g}$"), "test", 1.0, self.quantity,
            )
            for usd in self.usd
        )  # fmt: skip
        facts = tuple(Attribute(key, value, SPAN, "test") for key, value in self.facts.items())
        listing = Listing(self.asset, self.intent, "active", SPAN, "test", 1.0, prices, facts)
        contacts = (
            (Contact("telegram", self.handle, None, SPAN, "test", 1.0),) if self.handle else ()
        )
        listings = () if self.intent == "other" else (listing,)
        return Findings(self.intent, listings, contacts, state=self.state, tone=self.tone)


def tell(board: Board, *posts: Said, whole: bool = False) -> None:
    """One run that sees these posts; everything is settled afterwards.

    `whole` says that the thread holds no other posts, so that others are gone.
    """
    walk = {} if whole else {"walk": "2000"}
    board.thread_page(board.begin(), [said.post for said in posts], kind="thread", **walk)
    with board.store.transaction():
        for said in posts:
            keep(board, said)
        settle(board.store)


def keep(board: Board, said: Said) -> None:
    """Keep the findings of a post's text."""
    (row,) = board.store.rows(
        "select v.id, p.account_id, v.seen_at from post_versions v "
        "join posts p on p.version_id = v.id where p.native_id = ? and p.source_id = ?",
        (str(said.number), board.source.id),
    )
    text = Text(
        row["id"], board.source.id, None, "forum", "", said.written, said.author,
        row["account_id"], "", None, f"{said.posted_at:%Y-%m-%d}", row["seen_at"],
    )  # fmt: skip
    keep_findings(board.store, text, said.findings, RATES, "test", board.now)
