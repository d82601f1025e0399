"""Text, numbers and moments that lie.

Each case is a field of the second of a thread's three posts, a body in a strange charset, or a
message of an interface; it is read as a crawl reads it.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.cases import Case


@dataclass(frozen=True, slots=True)
class Written:
    """What an author or a site writes, and what is read."""

    case: Case
    body: str = ""
    """Behind the words of the second post."""
    author: str = "ann"
    """The second post's author."""
    date: str = "11-20-2026, 10:00 AM"
    """The second post's date."""
    read: str | None = None
    """What stands in the second post's text then."""
    name: str | None = None
    """The author's name as it is read."""
    has_moment: bool = True
    """Whether the post has a moment."""


RAW = "is kept as it was written"
TEXTS = (
    Written(Case("text-terminal-escapes", "escape codes in a post and a name",
                 "the escape sign is taken out, the rest stays"),
            "\x1b[31mred\x1b[0m \x1b]8;;http://x.example/\x07", "\x1b[2Jann",
            read="[31mred[0m", name="[2Jann"),
    Written(Case("text-formula", "a spreadsheet formula as a post and a name",
                 "the text stays; exports disarm it"),
            "<br>=cmd|'/c calc'!A1", "=1+1", read="=cmd|'/c calc'!A1", name="=1+1"),
    Written(Case("text-bidi-name", "a name with marks that turn its direction", RAW),
            author="gpj\u202eexe.ann", name="gpj\u202eexe.ann"),
    Written(Case("text-zero-width-name", "a name with characters of no width", RAW),
            author="a\u200bnn\u2060", name="a\u200bnn\u2060"),
    Written(Case("text-homoglyph-name", "a name in letters that look like others", RAW),
            author="аnn", name="аnn"),
    Written(Case("text-long-name", "a name of 100,000 characters",
                 "300 of them are kept, which is an issue"), author="n" * 100_000, name="n" * 300),
    Written(Case("text-surrogate", "half a character outside of the basic plane, as an entity",
                 "it is read as unknown"), "&#xd800;x&#xdfff;", read="x"),
    Written(Case("text-noncharacters", "characters that are none, as entities",
                 "they are taken out"), "a&#xfffe;b&#xffff;c&#x0;", read="abc"),
    Written(Case("text-many-lines", "100,000 line breaks", "at most one line stays empty"),
            "<br>" * 100_000 + "end", read="\n\nend"),
    Written(Case("text-other-digits", "prices and dates in digits of other scripts",
                 "the text stays; the date is read"), "٥$ ５$", date="١١-٢٠-٢٠٢٦", read="٥$ ５$"),
    Written(Case("text-year-0", "a date in the year 0", "the post has no moment"),
            date="01-01-0000, 10:00 AM", has_moment=False),
    Written(Case("text-year-99999", "a date in the year 99999", "the post has no moment"),
            date="01-01-99999, 10:00 AM", has_moment=False),
    Written(Case("text-epoch-64", "an epoch of 2^63 in an attribute", "it is left out"),
            date="<span data-time='9223372036854775807'>never</span>", has_moment=False),
    Written(Case("text-future", "a date in 2099", "the post has no moment"),
            date="01-01-2099, 10:00 AM", has_moment=False),
    Written(Case("text-february-31", "a date that no month has", "the post has no moment"),
            date="02-31-2026, 10:00 AM", has_moment=False),
    Written(Case("text-endless-date", "a date of 100,000 digits", "the post has no moment"),
            date="1" * 100_000, has_moment=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Encoded:
    """A page in a charset that it does not state."""

    case: Case
    charset: str
    """What it is written in."""
    stated: str
    """The charset in its header."""
    kind: str | None = "charset_lie"
    """Kind of the issue."""
    twice: str | None = None
    """The charset that its UTF-8 was read in and written again."""


ENCODED = (
    Encoded(Case("text-cp1251-as-utf-8", "windows-1251 stated as UTF-8",
                 "it is read right, which is an issue"), "cp1251", "utf-8"),
    Encoded(Case("text-utf-8-as-cp1251", "UTF-8 stated as windows-1251",
                 "it is read right, which is an issue"), "utf-8", "windows-1251"),
    Encoded(Case("text-koi8-as-cp1251", "KOI8-R stated as windows-1251",
                 "it is read right, which is an issue"), "koi8-r", "windows-1251"),
    Encoded(Case("text-utf-16-no-bom", "UTF-16 without a mark, stated as UTF-8",
                 "it is read right, which is an issue"), "utf-16-le", "utf-8"),
    Encoded(Case("text-ascii-as-utf-16", "UTF-8 stated as UTF-16",
                 "it is read right, which is an issue"), "utf-8", "utf-16"),
    Encoded(Case("text-utf-7", "UTF-7 is stated, which hides markup",
                 "it is not used, which is an issue"), "utf-8", "utf-7", "charset_doubt"),
    Encoded(Case("text-unknown-charset", "a charset that there is not",
                 "the likeliest is used, which is an issue"), "cp1251", "x-klingon",
            "charset_doubt"),
    Encoded(Case("text-codec-as-charset", "the name of a codec that is no charset",
                 "the likeliest is used, which is an issue"), "utf-8", "unicode_escape",
            "charset_doubt"),
    Encoded(Case("text-twice-encoded", "UTF-8 that was encoded a second time",
                 "it is read right, which is an issue"), "utf-8", "utf-8", "charset_doubt",
            twice="cp1252"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of an interface (Mastodon's) whose second message is hostile."""

    case: Case
    message: str
    """The message as JSON."""
    kind: str | None = None
    """Kind of an issue that there is then."""
    read: tuple[str, ...] = ("1", "3")
    """Ids of the messages that are read."""
    more: dict[str, Any] = field(default_factory=dict)
    """Values of the second message, where it is read."""


def message(number: int, **changes: str) -> str:
    """One message as JSON; changes are JSON too."""
    row = {
        "id": f'"{number}"',
        "created_at": '"2026-11-20T10:00:00Z"',
        "content": f'"<p>Server number {number} for 5$ a month</p>"',
        "account": '{"id": "5", "acct": "ann", "username": "ann"}',
        "url": f'"https://board.example/@ann/{number}"',
    }
    return "{" + ", ".join(f'"{name}": {value}' for name, value in (row | changes).items()) + "}"


BOTH = ("1", "2", "3")
JSON = (
    Said(Case("text-json-huge-number", "a number of 5,000 digits as id",
              "its message is an issue, the others are read"),
         message(2, id="9" * 5000), "wrong_type"),
    Said(Case("text-json-64-bit", "an id of 2^63", "it is an id"), message(2, id=str(2**63)),
         read=("1", str(2**63), "3")),
    Said(Case("text-json-nan", "NaN and Infinity as times",
              "its times are left out, which is no fault of the others"),
         message(2, created_at="NaN"), read=BOTH),
    Said(Case("text-json-types", "values of other types for every field",
              "its message is an issue, the others are read"),
         '{"id": [], "content": 5, "created_at": {}, "account": "x", "url": false}', "wrong_type"),
    Said(Case("text-json-no-object", "a message that is no object",
              "it is an issue, the others are read"), '[[["x"]]]', "wrong_type"),
    Said(Case("text-json-doubled-keys", "a key that stands twice",
              "the last counts, which is an issue"),
         message(2)[:-1] + ', "id": "2"}', "doubled_key", BOTH),
    Said(Case("text-json-surrogates", "half characters and NUL in a message",
              "they are taken out"),
         message(2, content='"<p>\\ud800 Server number 2 for 5$ a month\\u0000\\udfff</p>"'),
         read=BOTH),
    Said(Case("text-json-far-time", "a time in the year 9999", "it is left out, an issue"),
         message(2, created_at='"9999-12-31T23:59:59Z"'), None, BOTH),
    Said(Case("text-json-deep-markup", "markup in a message, 30,000 elements deep",
              "its text is left out, which is an issue; the others are read"),
         message(2, content=f'"{"<div>" * 30_000}"'), "hostile_markup", BOTH),
    Said(Case("text-json-long-text", "a text of 5 MB", "400,000 characters of it are kept"),
         message(2, content=f'"{"x" * 5_000_000}"'), "text_too_long", BOTH),
)  # fmt: skip
CASES = tuple(each.case for each in (*TEXTS, *ENCODED, *JSON))
