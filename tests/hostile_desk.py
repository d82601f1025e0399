"""A market whose every text was written by somebody hostile, behind the analysts' desk."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from crawler.archive import Archive, PageRef, Response, Run
from crawler.clock import stamp
from crawler.ids import id_of
from crawler.reading import PostRead, Quote, Reading, ThreadRead
from crawler.records import TABLES
from crawler.settle import settle
from crawler.store.evidence import keep_page
from crawler.store.findings import Text, keep_findings
from crawler.store.summaries import summarise
from nlp.findings import Attribute, Contact, Findings, Listing, Price, ProviderName, Span, Tone
from tests.hostile import LONG, PAYLOADS
from tests.offers import RATES
from tests.pages import START, Board, board_at

ASSET = "access.rdp"
OFFER = "\nSelling hacked RDP - 5$ each"
ALL = "\n".join(p for p in PAYLOADS if p is not LONG)
"""One text with all payloads but the long one."""
FIXED = {
    "kind": "note", "state": "open", "status": "degraded", "access": "clear", "action": "split",
    "object": "post", "warc_file": "board/x.warc.gz", "credibility": "F", "tlp": "amber",
    "decided_by": "anna", "by": "anna", "actor": "anna", "sha256": "0" * 64,
}  # fmt: skip
"""Words that only we choose."""
PLANTED = (
    "sources", "runs", "run_figures", "drops", "pages", "frontier", "thread_reads", "proposals",
    "marks", "provider_links", "link_decisions", "annotations", "audit", "issues",
)  # fmt: skip
"""Tables whose texts are written as rows; the others are filled by reading and settling."""


def hostile_board(folder: Path) -> Board:
    """A settled market with each payload in every field; post `n` is payload `n`, from 1.

    The last post holds all payloads, with a contact, a price and a fact each.
    """
    board = board_at(folder)
    run_id = board.begin()
    for number, payload in enumerate([*PAYLOADS, ALL], start=1):
        page = board.fetched(run_id, "thread", {})
        thread = ThreadRead(
            payload if number < 3 else str(number), payload, payload, author=payload, board=payload
        )
        keep_page(
            board.store, page, Reading("ok", thread=thread, posts=tuple(said(number, payload)))
        )
    with board.store.transaction():
        for row in board.store.rows(
            "select v.*, p.account_id, p.native_id from post_versions v "
            "join posts p on p.id = v.post_id"
        ):
            understand(board, dict(row))
        settle(board.store)
        for number, payload in enumerate(PAYLOADS):
            plant(board, number, payload)
        summarise(board.store)
    archive(board, folder / "evidence")
    return board


def said(number: int, payload: str) -> Iterator[PostRead]:
    """An offer by an account that is hostile in every field, and a review of it."""
    name = payload if payload is not ALL else "everything"
    yield PostRead(
        f"{number}", payload + OFFER, position=1, author=name, author_id=payload[:400],
        author_rank=f"{payload} Vendor", author_reputation=payload, posted_at=START,
        posted_raw=payload, url=payload, title=payload, signature=payload,
        quotes=(Quote(payload, payload),), fields={"price": payload, payload[:400]: payload},
    )  # fmt: skip
    yield PostRead(f"{number}r", f"recommend {payload}", position=2, author=f"{name} again")


def understand(board: Board, row: dict[str, Any]) -> None:
    """Findings that stand where payloads stand."""
    text = Text(
        row["id"], "board", row["page_id"], "forum", row["title"] or "", row["text"], "x",
        row["account_id"], "", row["fields"], "2026-03-01", row["seen_at"],
    )  # fmt: skip
    tone: Tone | None = "review" if row["native_id"].endswith("r") else None
    found = Findings("other", tone=tone)
    if tone is None:
        lines = row["text"].removesuffix(OFFER).splitlines() if ALL in row["text"] else []
        spans = list(places(row["text"], lines or [row["text"].removesuffix(OFFER)]))
        found = Findings("offer", (offer(spans),), contacts(spans), brand(spans[0]), aliases=("x",))
    keep_findings(board.store, text, found, RATES, "test", START)


def places(text: str, parts: list[str]) -> Iterator[Span]:
    """Where parts stand in a text, one after the other."""
    at = 0
    for part in filter(None, parts):
        at = text.index(part, at)
        yield Span("text", at, at + len(part), part)


def offer(spans: list[Span]) -> Listing:
    """An offer with a price and a fact at every place."""
    prices = tuple(
        Price(5.0, 5.0, "USD", "stated", "unit", "fixed", span, "price.test", 0.9) for span in spans
    )
    facts = tuple(Attribute("payment", span.quote, span, "fact.test") for span in spans)
    return Listing(ASSET, "offer", "active", spans[0], "asset.test", 0.9, prices, facts)


def contacts(spans: list[Span]) -> tuple[Contact, ...]:
    """A contact at every place."""
    return tuple(Contact("site", span.quote, None, span, "contact.test", 0.9) for span in spans)


def brand(span: Span) -> ProviderName:
    """The name under which it is sold."""
    return ProviderName(span.quote, span, "provider.test", 0.9)


def plant(board: Board, number: int, payload: str) -> None:
    """A row with a payload in every text in each table that reading does not fill."""
    seller, again = (
        row["account_id"]
        for row in board.store.rows(
            "select account_id from posts where native_id in (?, ?) order by native_id",
            (f"{number + 1}", f"{number + 1}r"),
        )
    )
    (member,) = board.store.rows(
        "select provider_id from provider_members where member_id = ?", (seller,)
    )
    known = {
        "source_id": f"s{number}", "run_id": id_of("run", str(number)), "account_id": seller,
        "account_a": seller, "account_b": again, "provider_id": member["provider_id"],
        "object_id": member["provider_id"], "post_id": None,
    }  # fmt: skip
    for table in PLANTED:
        ids = {"sources": f"s{number}", "runs": known["run_id"]}
        row_id = ids.get(table) or id_of("planted", table, str(number))
        board.store.upsert(table, [planted(table, payload, known | {"id": row_id})])


def planted(table: str, payload: str, known: dict[str, Any]) -> Any:
    """A record of a table: known values, times, numbers, and the payload in all other texts."""
    record, values = TABLES[table], {}
    for field in fields(record):
        name, kind = field.name, str(field.type)
        if name in known or name in FIXED:
            values[name] = known.get(name, FIXED.get(name))
        elif name in ("at", "first_seen", "last_seen") or name.endswith(("_at", "_since")):
            values[name] = stamp(START)
        else:
            values[name] = payload if "str" in kind else 0.6 if "float" in kind else 1
    return record(**values)


def archive(board: Board, evidence: Path) -> None:
    """Archive a page with all payloads; two other rows point out of the evidence."""
    page = f"<html><head><title>{ALL}</title></head><body>{ALL}<p>{LONG}</p></body></html>"
    out = Archive(evidence, Run("20260301T090000Z", "board", stamp(START), full=True))
    whole = Response("http://board.example/t?id=7", START, 200, (), page.encode("utf-8"))
    refs = [
        out.keep(whole),
        PageRef("../../../../etc/passwd", 0, ""),
        PageRef("/etc/passwd", 0, ""),
    ]
    out.close()
    refs.append(PageRef("board/nul\x00.warc.gz", 0, ""))
    with board.store.transaction():
        pages = board.store.rows("select id from pages order by source_id = 'board' desc, id")
        for row, ref in zip(pages, refs, strict=False):
            board.store.execute(
                "update pages set warc_file = ?, warc_offset = ? where id = ?",
                (ref.warc_file, ref.warc_offset, row["id"]),
            )
