"""Saved pages and invented texts, and edits that hypothesis chooses, shrinks and steers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.nlp.ad_cases import ADS

ENGINES = Path(__file__).resolve().parents[1] / "engines"
LONGEST = 1 << 20
"""Bytes or characters of a mutated input."""
PIECES = (
    "<div>", "</div>", "<", ">", '"', "'", "&", "&#0;", "&#x110000;", "&lt;", "<!--", "-->",
    "<table><tr><td>", "</table>", "<script>", "</script>", "<template>", "<svg><desc>", "<b><p>",
    "<blockquote>", "<a href='http://[::1'>", "<a href='//x:99999/'>", "<base href='http://b/'>",
    "<time datetime='9999-99-99T99:99'>", "<img alt='x'>", "<pre>", "\x00", "\ufeff", "\u202e",
    "\ud7ff", "\uffff", "\U0001f600", "é", "٣", "²", "½", "9" * 30, "-1", "1e999", "NaN", "null",
    "0x7f", "9223372036854775808", "31.02.2026", "29 Feb 2025", "00:00", "24:61", "Yesterday, ",
    "1.2.3.4", "12:3", "$5", "5$ - 10$", "€", "0.002BTC", "₽", "10k", "1,000.00", "+7 999 ", "@",
    "t.me/", "http://", "://", "bc1q", "0x", "@x.onion", "{", "}", "[", "]", "[[", '{"a":', "\\u",
    "\\", "\n", "\r\n", "\t", " ", "\u2028", "\xa0", "a" * 300, "-" * 300, "📦" * 40, "$" * 200,
)  # fmt: skip
"""What is put in."""
Edit = tuple[str, float, float, str]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(("put", "cut", "repeat", "swap", "splice", "many", "number")),
        st.floats(0, 1),
        st.floats(0, 1),
        st.sampled_from(PIECES) | st.text(max_size=12),
    ),
    max_size=8,
)
"""Edits in order: what, where and how far as shares of the whole, and with which piece."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A saved page."""

    name: str
    engine: str
    text: str
    """Its bytes as latin-1, so that each can be changed."""
    meta: dict[str, Any]


@lru_cache(maxsize=1)
def seeds() -> tuple[Seed, ...]:
    """All saved pages, in the order of their names."""
    found = []
    for meta in sorted(ENGINES.glob("*/*/meta.json")):
        body = next(meta.parent.glob("page.*")).read_bytes()
        name = f"{meta.parent.parent.name}/{meta.parent.name}"
        facts = json.loads(meta.read_text("utf-8"))
        found.append(Seed(name, meta.parent.parent.name, body.decode("latin-1"), facts))
    return tuple(found)


def texts() -> tuple[str, ...]:
    """Invented offers in several languages."""
    return tuple(f"{title}\n{text}" for title, text, _ in ADS)


def mutated(text: str, other: str, edits: Sequence[Edit]) -> str:
    """A text after edits, of which some take from another one."""
    for what, where, reach, piece in edits:
        start = int(where * len(text))
        end = min(len(text), start + int(reach * reach * 400) + 1)
        part = text[start:end]
        new = {
            "put": piece + part,
            "cut": "",
            "repeat": part * int(2 + reach * 60),
            "swap": text[end : end + len(part)] + part,
            "splice": other[int(reach * len(other)) :][:2000] + part,
            "many": piece * int(2 + reach * 2000) + part,
            "number": "".join("9" if one.isdigit() else one for one in part),
        }[what]
        skip = len(part) if what == "swap" else 0
        text = (text[:start] + new + text[end + skip :])[:LONGEST]
    return text
