"""Words of the underground for mail and chat: no markup, no link, no mention, no control sign."""

import re

from crawler.boundaries.inert import defang, is_hidden

LONGEST = 240
"""Characters of a quotation."""
_HOST = re.compile(r"(?<![\w.@\[\]-])((?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24})(?![\w\]])", re.I)
_ADDRESS = re.compile(r"\b(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\b")
_AT = re.compile(r"(?<!\[)@")
_SIGNS = str.maketrans({"<": "‹", ">": "›", "`": "'", "*": "∗", "|": "¦", "~": "∼", "&": "＆"})
"""Signs that Slack, Markdown, Telegram or HTML read as markup, and what stands for them."""


def plain(text: object, longest: int = LONGEST) -> str:
    """One line that no program takes for anything but text; empty for None."""
    if text is None:
        return ""
    seen = "".join(" " if c in "\n\t\r" else c for c in str(text)[: longest * 8])
    seen = "".join(c for c in seen if not is_hidden(c))
    short = " ".join(seen.split())
    if len(short) > longest:
        short = f"{short[: longest - 1]}…"
    dead = defang(short)
    dead = _ADDRESS.sub(r"\1.\2.\3[.]\4", dead)
    dead = _HOST.sub(lambda m: m[1].replace(".", "[.]"), dead)
    # `](` would begin the address of a Markdown link, @ a mention or a profile of Telegram
    return _AT.sub("[@]", dead).translate(_SIGNS).replace("](", "] (")
