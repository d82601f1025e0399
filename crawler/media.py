"""Answers that hold no text: images, films, archives, programs. They are neither read nor kept."""

TEXT_TYPES = frozenset(
    {
        "application/xhtml+xml",
        "application/xml",
        "application/json",
        "application/javascript",
        "application/x-javascript",
        "application/ld+json",
        "application/feed+json",
        "application/x-ndjson",
        "*/*",
    }
)
TEXT_ENDINGS = ("+xml", "+json", "/xml", "/json")
NOT_TEXT = frozenset({"text/css", "text/vcard", "text/calendar"})
SIGNATURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*",
    b"\x00\x00\x01\x00", b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b",
    b"BZh", b"\xfd7zXZ", b"%PDF", b"\x7fELF", b"MZ\x90", b"\xd0\xcf\x11\xe0", b"OggS", b"ID3",
    b"fLaC", b"\x1aE\xdf\xa3", b"FLV\x01", b"wOFF", b"wOF2", b"SQLite format 3",
    b"\x28\xb5\x2f\xfd",
)  # fmt: skip
"""How files that are no text begin, whatever their header says."""


class NotTextError(ValueError):
    """An answer that holds no text; its text says what it holds."""


def media_in(content_type: str, disposition: str = "") -> str | None:
    """What an answer's head says that it holds, where that is no text; None for text.

    An answer that states no type is taken for text until its body shows what it is.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if disposition.strip().lower().startswith("attachment"):
        return f"a download ({kind[:60] or 'no type stated'})"
    if not kind or "/" not in kind or kind in TEXT_TYPES or kind.endswith(TEXT_ENDINGS):
        return None
    if kind.startswith("text/") and kind not in NOT_TEXT:
        return None
    return kind[:60]


def signature_in(body: bytes) -> str | None:
    """What a body is by its first bytes, where that is no text; None for text."""
    if body.startswith(SIGNATURES) or body[4:8] == b"ftyp":
        return f"a file that begins with {body[:4]!r}"
    return None
