"""What made a page, and what would be read of it: the first look at a new site."""

import re
from dataclasses import dataclass

from crawler.decode import decode
from crawler.reading import Reading
from spiders.asked import Asked
from spiders.engines import detect
from spiders.nodes import SPACE, line_of
from spiders.page import Page
from spiders.reading import judged, page_asked, read_page
from spiders.signs import has_login_form, is_signed_in, words_of

VERSION = (
    ("mybb", re.compile(r"Powered By\s+(?:<[^>]{0,200}>\s*)?MyBB\s*([0-9][0-9.]{1,9})", re.I)),
    ("smf", re.compile(r"\bSMF\s+([0-9][0-9.]{1,9})")),
    ("xenforo", re.compile(r"XenForo[^<]{0,20}?([0-9][0-9.]{1,9})")),
    ("phpbb", re.compile(r"phpBB(?:&reg;|®)?[^<0-9]{0,40}(?:Version )?([0-9][0-9.]{1,9})", re.I)),
    ("vbulletin", re.compile(r"vBulletin(?:&reg;|®)?\s*(?:Version\s*)?([0-9][0-9.]{1,9})", re.I)),
    ("invision", re.compile(r"(?:IP\.Board|Invision Power Board)[^<0-9]{0,20}([0-9][0-9.]{1,9})")),
    ("discourse", re.compile(r"Discourse\s+([0-9][0-9.]{1,9})")),
    ("fluxbb", re.compile(r"(?:FluxBB|PunBB)\s*([0-9][0-9.]{1,9})")),
    ("vanilla", re.compile(r"Vanilla[^<0-9]{0,20}([0-9][0-9.]{1,9})")),
)
"""Where software states its version, by engine."""
GENERATOR = "meta[name='generator' i]"
NEEDS_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|needs?) (?:\w+ ){0,3}javascript|"
    r"javascript (?:is )?(?:required|disabled)|(?:включите|требуется) javascript|"
    r"javascript (?:aktivieren|activer)|请启用 ?javascript",
    re.I,
)
LITTLE = 400
"""Characters of words below which a page with scripts is taken for an empty shell."""


@dataclass(frozen=True, slots=True)
class Probed:
    """What a first look says."""

    title: str
    """The page's own title."""
    engine: str | None
    """Name of the engine; None when no engine knows the page."""
    version: str | None
    """Version of the software, where the page states it."""
    charset: str
    """Charset that it was read with."""
    charset_lie: str | None
    """The charset that was declared, when it was wrong."""
    needs_login: bool
    """Whether an account is needed to read it."""
    needs_browser: bool
    """Whether its content only comes with scripts."""
    signed_in: bool
    """Whether it shows that we are logged in."""
    words: str
    """The start of what it says, to tell its language."""
    reading: Reading
    """What the engine reads from it."""


def probed(asked: Asked) -> Probed:
    """The first look at a page, whatever its engine."""
    page = page_asked(asked)
    engine = detect(page)
    reading = read_page(page, engine) if engine else Reading("unknown")
    reading = judged(reading, page.status, page.url)
    markup = page.text.lstrip()[:1] == "<"
    decoded = decode(asked.body, asked.content_type)
    words = words_of(page) if markup else SPACE.sub(" ", page.text[:4000])
    return Probed(
        title=line_of(page.tree.css_first("title"))[:200] if markup else "",
        engine=engine.NAME if engine else None,
        version=version_of(page, engine.NAME) if engine else None,
        charset=decoded.charset,
        charset_lie=decoded.lie,
        needs_login=reading.state == "login"
        or (engine is None and markup and has_login_form(page)),
        needs_browser=markup and reading.state in ("unknown", "empty") and is_shell(page, words),
        signed_in=markup and is_signed_in(page),
        words=words,
        reading=reading,
    )


def version_of(page: Page, engine: str) -> str | None:
    """The version that a page states; None where it keeps it to itself."""
    stated = page.tree.css_first(GENERATOR) if page.text.lstrip()[:1] == "<" else None
    content = (stated.attributes.get("content") or "")[:200] if stated else ""
    for name, form in VERSION:
        if engine.startswith(name) and (match := form.search(content) or form.search(page.text)):
            return match[1].rstrip(".")
    return None


def is_shell(page: Page, words: str) -> bool:
    """Whether a page is an empty frame that its scripts fill."""
    scripts = page.tree.css_first("script[src]") is not None
    return bool(NEEDS_SCRIPT.search(words)) or (scripts and len(words) < LITTLE)
