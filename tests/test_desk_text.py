"""Texts of the desk: findings in place, differences, victims, feeds."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.desk.diffs import CONTEXT, WORDS, changes_between
from crawler.desk.feeds import NEWEST, feed_of
from crawler.desk.search import Search
from crawler.desk.spans import Found, numbered, pieces_of
from crawler.desk.victims import MASK, clues_in, mask, masked_rows, may_see

ATOM = "{http://www.w3.org/2005/Atom}"
PLACES = st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=8)


def found(start: int, end: int, kind: str = "price") -> Found:
    return Found(kind, start, end, f"{start} to {end}", "test", 0.9)


@given(st.text(max_size=50), PLACES)
def test_pieces_make_the_text_and_each_knows_its_findings(
    text: str, places: list[tuple[int, int]]
) -> None:
    founds = [found(start, end) for start, end in places]
    pieces = pieces_of(text, founds)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        on = {
            f for f in founds if 0 <= f.start <= at and at + len(piece.text) <= f.end <= len(text)
        }
        assert set(piece.founds) == on
        at += len(piece.text)


def test_the_shortest_finding_comes_first_and_numbers_follow_the_text() -> None:
    inner, outer = found(4, 6), found(0, 10, "asset")
    middle = pieces_of("0123456789", [outer, inner])[1]
    assert (middle.text, middle.founds) == ("45", (inner, outer))
    assert [(f.number, f.start) for f in numbered([inner, outer])] == [(1, 0), (2, 4)]


def parts(before: str, after: str) -> list[tuple[str, str]]:
    return [(change.kind, change.text) for change in changes_between(before, after)]


def test_a_changed_price_is_taken_out_and_put_in() -> None:
    assert parts("VPS 32$ a month", "VPS 27$ a month") == [
        ("same", "VPS "), ("removed", "32"), ("added", "27"), ("same", "$ a month"),
    ]  # fmt: skip
    assert parts("equal", "equal") == []


def test_long_unchanged_stretches_are_left_out() -> None:
    told = parts("word " * 200 + "5$", "word " * 200 + "6$ now")
    assert told[0] == ("left_out", "…")
    assert len(told[1][1]) == CONTEXT
    assert ("added", "6") in told


def test_very_long_texts_are_compared_line_by_line() -> None:
    before = "a b\n" * WORDS
    assert ("added", "new line\n") in parts(before, before + "new line\n")


@given(st.text(max_size=80), st.text(max_size=80))
def test_removed_and_same_make_the_old_text(before: str, after: str) -> None:
    told = parts(before, after)
    if any(kind == "left_out" for kind, _ in told) or not told:
        return
    assert "".join(text for kind, text in told if kind != "added") == before
    assert "".join(text for kind, text in told if kind != "removed") == after


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("Company: Muster Werkzeug GmbH\nrevenue 5kk", "Muster Werkzeug GmbH"),
        ("Компания: ООО Пример\nдоход 5кк", "ООО Пример"),
        ("公司: 示例有限公司", "示例有限公司"),
        ("site muster-werkzeug.example, DA", "muster-werkzeug.example"),
        ("host muster[.]example/path", "muster[.]example/path"),
        ("access to «Ромашка и сыновья»", "«Ромашка и сыновья»"),
    ],
)
def test_what_names_a_victim_is_a_clue_and_is_masked(text: str, clue: str) -> None:
    assert clue in clues_in(text)
    assert clue not in mask(text)
    assert MASK in mask(text)


def test_rows_are_masked_by_what_they_sell() -> None:
    sold = {
        "asset_type": "access.corporate",
        "title": "Company: Muster",
        "snippet": None,
        "id": "1",
    }
    other = sold | {"asset_type": "access.rdp"}
    assert masked_rows([sold, other]) == [sold | {"title": f"Company: {MASK}"}, other]


@pytest.mark.parametrize(
    ("actor", "masking", "sees"),
    [(None, False, True), (None, True, False), ({"id": "a"}, True, False),
     ({"id": "a", "roles": ["notify"]}, True, True), ({"id": "a", "roles": None}, True, False)],
)  # fmt: skip
def test_who_sees_victims(actor: dict[str, object] | None, masking: bool, sees: bool) -> None:
    assert may_see(actor, masking=masking) is sees


def listing(number: int, title: str = "RDP") -> dict[str, object]:
    return {
        "id": f"{number:024x}", "post_id": "0" * 24, "asset_type": "access.rdp", "intent": "offer",
        "provider": None, "account": "seller", "first_seen": f"2026-03-01T00:{number:02}:00Z",
        "at": "2026-03-01T00:00:00Z", "title": title, "snippet": "", "prices": None,
        "source_id": "board",
    }  # fmt: skip


def test_a_feed_is_newest_first_cut_and_well_formed() -> None:
    rows = [listing(n) for n in range(NEWEST + 5)] + [listing(59, "\x0b\ufffe http://evil.example")]
    search = Search("listings", {"q": "a\ufffe&<b>"})
    feed = fromstring(feed_of(search, rows, "http://desk.example"))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == NEWEST
    assert entries[0].findtext(f"{ATOM}summary") == "\\u000b\\ufffe hxxp://evil[.]example\nboard"
    assert feed.findtext(f"{ATOM}updated") == "2026-03-01T00:59:00Z"
    assert fromstring(feed_of(search, [], "http://desk.example")).findall(f"{ATOM}entry") == []
