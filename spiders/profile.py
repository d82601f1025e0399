"""What profile pages say of an account: pairs of a label and a value, whatever their markup."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawler.reading import AccountRead
from spiders.dates import moment_at
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import every, number_in

JOINED = re.compile(
    r"(?:date )?(?:joined|registered)|joined(?: on)?|join(?:ed)? date|registration date|"
    r"member since|зарегистрирован(?:а)?|(?:дата )?регистраци[ия]|registriert(?: seit)?|"
    r"mitglied seit|dabei seit|"
    r"inscrit(?: le)?|inscription|registro|registrado|miembro desde",
    re.I,
)
POSTS = re.compile(
    r"(?:total |forum )?(?:posts?|messages|content count)(?: count)?|"
    r"(?:всего )?(?:сообщени[йя]|постов)|beiträge|mensajes|messaggi",
    re.I,
)
REPUTATION = re.compile(
    r"(?:community )?reputation|karma|reaction score|rating|likes|репутация|карма|симпатии|"
    r"bewertung|réputation|reputación",
    re.I,
)
RANK = re.compile(
    r"(?:user ?)?(?:group|rank|title)s?|position|группа|звание|ранг|benutzergruppe|rang|"
    r"groupe|grupo",
    re.I,
)
PAIRS = 200
"""Pairs of a page that are looked at."""


def account_of(
    page: Page, name: LexborNode | str | None, native_id: str | None
) -> AccountRead | None:
    """The account of that name, with what the page's pairs say of it; None without a name."""
    shown = name if isinstance(name, str) else line_of(name)
    if not shown.strip():
        return None
    facts = dict(facts_in(page))
    joined, posts = facts.get("joined"), facts.get("posts")
    return AccountRead(
        name=shown.strip()[:200],
        native_id=native_id,
        rank=line_of(facts.get("rank")) or None,
        joined_at=moment_at(page, joined),
        posts=number_in(line_of(posts)),
        reputation=line_of(facts.get("reputation")).partition(" [")[0][:60] or None,
    )


def facts_in(page: Page) -> Iterator[tuple[str, LexborNode]]:
    """Names of facts and the nodes of their values, last mention first."""
    found = []
    for label in every(page, None, "dt, th, td, strong, b, .pairs dt, span.row_title")[: PAIRS * 4]:
        value = value_after(label)
        if value is not None and (name := fact_named(line_of(label))):
            found.append((name, value))
    yield from reversed(found[:PAIRS])


def value_after(label: LexborNode) -> LexborNode | None:
    """The element that follows a label, or the one that follows its cell."""
    after = label.next
    while after is not None and after.tag == "-text" and not (after.text_content or "").strip():
        after = after.next
    if after is not None and after.tag in ("dd", "td", "th", "span", "div", "time"):
        return after
    cell = label.parent
    if label.tag in ("strong", "b") and cell is not None and cell.tag in ("td", "th", "dt"):
        return value_after(cell) if line_of(cell) == line_of(label) else None
    return None


def fact_named(label: str) -> str | None:
    """Which fact a label names; None for any other words."""
    words = label.strip().rstrip(":").strip()
    if not 2 < len(words) < 40:
        return None
    kinds = {"joined": JOINED, "posts": POSTS, "reputation": REPUTATION, "rank": RANK}
    return next((name for name, form in kinds.items() if form.fullmatch(words)), None)
