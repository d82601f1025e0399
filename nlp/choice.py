"""Which of the asset types that a post names it really offers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.assets import Mention
from nlp.post import Page, Post
from nlp.words import Hit

CORPORATE = "access.corporate"
_DOORS = frozenset({
    "access.rdp", "access.webshell", "access.ssh_root", "anon.vpn", "access.hosting_panel",
    "hosting.bph.domain", "access.iot_router", "access.hidden_desktop", "anon.ssh_tunnel",
})  # fmt: skip
"""Types that are only the way in when an organisation is described."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An asset type that a post offers, with the words that name it."""

    asset_type: str
    mentions: tuple[Mention, ...]


def _off_score(post: Post) -> tuple[int, int]:
    """Different words for goods outside the taxonomy in title and text."""
    counts = []
    for page in post.pages:
        words = {
            page.text.clean[h.start : h.end].lower()
            for h in page.hits
            if h.kind == "offtopic" and not is_no_goods(page, h)
        }
        counts.append(len(words))
    return counts[0], counts[1]


_NEGATED = re.compile(r"(?:\b(?:без|no|without|sin|sem|ohne)|无需?)\s?$", re.IGNORECASE)


def is_no_goods(page: Page, hit: Hit) -> bool:
    """Whether a word is negated (без паспорта), a zone (.cc) or part of a name (SIM-карты)."""
    if page.text.clean[hit.start - 1 : hit.start] == ".":
        return True
    if _NEGATED.search(page.text.clean[max(hit.start - 9, 0) : hit.start]):
        return True
    return any(
        h.kind == "asset" and h.start < hit.end and hit.start <= h.end + 1 for h in page.hits
    )


def sells_other_goods(post: Post) -> bool:
    """Whether a post names goods outside the taxonomy in its title, or several in its text."""
    title, text = _off_score(post)
    return title > 0 or text >= 2


def choose(post: Post, mentions: Sequence[Mention]) -> list[Chosen]:
    """The asset types that a post really offers, in text order."""
    if not mentions:
        return []
    if _describes_organisation(post, mentions):
        mentions = _as_corporate(mentions)
    by_type: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_type.setdefault(mention.asset_type, []).append(mention)
    titled = {t for t, ms in by_type.items() if any(m.weight >= 5 and m.strong for m in ms)}
    title_off, _ = _off_score(post)
    strong = {t for t, ms in by_type.items() if any(m.strong for m in ms)}
    if title_off and not titled:
        return []
    if not titled:
        weakly = {t for t, ms in by_type.items() if any(m.weight >= 5 for m in ms)}
        titled = weakly & strong or weakly
    titled |= {t for t, ms in by_type.items() if _titled_and_priced(ms, bool(titled & strong))}
    taken = titled | {t for t in strong if _stands_out(by_type[t], bool(titled & strong))}
    if not taken:
        taken = _heaviest(by_type, strong)
    taken = _without_shadows(taken, by_type, titled)
    return [Chosen(t, tuple(ms)) for t, ms in by_type.items() if t in taken]


def _titled_and_priced(mentions: list[Mention], named: bool) -> bool:
    """Whether a type stands in the title and at a price; where others are `named` there, only by
    words that name it by themselves."""
    weights = {m.weight for m in mentions if m.strong or not named}
    return {5.0, 3.0} <= weights


_TABLE_HEAD = 6
"""Lines from a heading to the first priced row of its table: a sentence, column names, a rule."""


def _stands_out(mentions: list[Mention], titled: bool) -> bool:
    """Whether a type that the title does not name has rows or headings of its own."""
    least = 3.0 if titled else 2.5
    return any(
        m.weight >= least or (m.weight >= 2 and _opens_rows(m)) for m in mentions if m.strong
    )


def _opens_rows(mention: Mention) -> bool:
    """Whether a heading is followed by a priced line."""
    page, line = mention.page, mention.line
    opens = mention.start - page.line_bounds(line)[0] <= 8 or page.line(line).rstrip().endswith(":")
    if line in page.priced_lines or not opens:
        return False
    return any(line + i in page.priced_lines for i in range(1, _TABLE_HEAD + 1))


def _heaviest(by_type: dict[str, list[Mention]], strong: set[str]) -> set[str]:
    """The type that is named most, strong words before weak ones."""
    pool = strong or set(by_type)
    best = max(pool, key=lambda t: (sum(m.weight for m in by_type[t]), t))
    return {best}


_SHADOWS = (
    ("hosting.bph.dedicated", "hosting.bph.vps"),
    ("hosting.bph.shared", "hosting.bph.vps"),
    ("hosting.bph.shared", "hosting.bph.dedicated"),
    ("anon.proxy.datacenter", "anon.proxy.residential"),
    ("anon.proxy.datacenter", "anon.ssh_tunnel"),
    ("access.rdp", "hosting.bph.vps"),
    ("access.rdp", "access.hidden_desktop"),
    ("access.ssh_root", "anon.ssh_tunnel"),
    ("access.smtp", "access.hosting_panel"),
    ("access.hosting_panel", "hosting.bph.shared"),
    ("access.bot_rental", "access.hidden_desktop"),
    ("hosting.bph.domain", "hosting.fastflux_dns"),
    ("hosting.bph.domain", "hosting.reverse_proxy"),
    ("hosting.bph.domain", "hosting.ddos_protection"),
    ("hosting.bph.domain", "hosting.bph.shared"),
    ("anon.proxy.datacenter", "access.hidden_desktop"),
    ("anon.proxy.datacenter", "access.rdp"),
)  # fmt: skip
"""(shadow, body): the first is dropped where only weak or passing words name it beside the
other."""


def _without_shadows(
    taken: set[str], by_type: dict[str, list[Mention]], titled: set[str]
) -> set[str]:
    kept = set(taken)
    for shadow, body in _SHADOWS:
        named = shadow in titled and shadow in ("hosting.bph.domain", "access.smtp")
        if named or not {shadow, body} <= kept:
            continue
        lines = {(m.page.part, m.line) for m in by_type[body]}
        own = [m for m in by_type[shadow] if m.weight >= 2 and (m.strong or _heads_row(m))]
        apart = any(_has_own_price(m, by_type[body]) for m in own)
        if not apart and all((m.page.part, m.line) in lines for m in own):
            kept.discard(shadow)
    if _is_heading(by_type, kept):
        kept.discard(_GENERAL)
    pair = ["access.cloud_account", "abuse.cryptomining"]
    if set(pair) <= kept and len(titled & set(pair)) < 2:
        first = min(pair, key=lambda t: (t not in titled, _first_place(by_type[t]), t))
        kept.difference_update(t for t in pair if t != first)
    return kept


def _heads_row(mention: Mention) -> bool:
    """Whether a priced row, or the heading of some, begins with a mention: `Dedicated: E3 90$`."""
    opening = mention.start - mention.page.line_bounds(mention.line)[0]
    return opening <= 4 and (mention.weight == 3 or _opens_rows(mention))


_GENERAL = "hosting.bph.shared"
_SERVERS = ("hosting.bph.vps", "hosting.bph.dedicated")


def _is_heading(by_type: dict[str, list[Mention]], kept: set[str]) -> bool:
    """Whether `bulletproof hosting` only heads priced servers and has no price of its own."""
    others = [m for t in kept if t != _GENERAL for m in by_type[t]]
    servers = [m for t in _SERVERS if t in kept for m in by_type[t]]
    own = any(_leads_price(m, others) for m in by_type.get(_GENERAL, []))
    return not own and any(_leads_price(m, others) for m in servers)


def _leads_price(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether a price follows a mention in its line, with no other mention between them."""
    near = [m.start for m in others if _same_line(m, mention) and m.start > mention.start]
    until = min(near, default=len(mention.page.text.clean))
    prices = mention.page.prices_by_line.get(mention.line, [])
    return any(mention.end <= at < until for at in prices)


def _has_own_price(mention: Mention, body: Sequence[Mention]) -> bool:
    """Whether a mention has a price of its own beside a body that has one: `VPS 5$, dedi 90$`."""
    if not _leads_price(mention, body):
        return False
    before = [m for m in body if _same_line(m, mention) and m.start < mention.start]
    return any(_leads_price(m, [mention]) for m in before)


def _same_line(one: Mention, other: Mention) -> bool:
    return one.page is other.page and one.line == other.line


def _first_place(mentions: list[Mention]) -> tuple[bool, int]:
    return min((m.page.part != "title", m.start) for m in mentions)


def _describes_organisation(post: Post, mentions: Sequence[Mention]) -> bool:
    """Whether the goods are the network of a described company or authority."""
    if _NOT_CORPORATE.search(post.title.text.clean + post.text.text.clean[:300]):
        return False
    words, facts = _words_of(post, "organisation"), _words_of(post, "victim")
    corporate = [m for m in mentions if m.asset_type == CORPORATE and m.strong]
    doors = [m for m in mentions if m.asset_type in _DOORS]
    if (corporate or doors) and words and _is_auctioned(post):
        return True
    if any(m.weight >= 2 for m in corporate):
        return len(words | facts) >= 2
    if (corporate or doors) and any(_REVENUE.search(page.text.clean) for page in post.pages):
        return len(words | facts) >= 2
    return bool(corporate or doors) and len(facts) >= 2 and len(words | facts) >= 3


def _is_auctioned(post: Post) -> bool:
    """Whether prices are a start and a step or blitz: single servers are not sold so."""
    kinds = {price.kind for page in post.pages for price in page.prices}
    return "start" in kinds and bool(kinds & {"step", "blitz"})


_REVENUE = re.compile(
    r"\b(?:revenue|rev|доход|ревен\w{1,3}|выручка|оборот|zoominfo|umsatz|facturaci[oó]n|faturamento)"
    r"\W{0,8}(?:usd|eur|us)?\W{0,2}\d",
    re.IGNORECASE,
)
"""A company's revenue as an amount, in any currency."""
_NOT_CORPORATE = re.compile(r"not corp|no corp|не корп", re.IGNORECASE)


def _words_of(post: Post, kind: str) -> set[str]:
    """Different words of a kind of cue in a post."""
    return {
        page.text.clean[h.start : h.end].lower()
        for page in post.pages
        for h in page.hits
        if h.kind == kind
    }


def _as_corporate(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with every door turned into the access that it opens."""
    keys = [m for m in mentions if m.asset_type == "access.cloud_account" and m.strong]
    if any(m.weight >= 5 for m in keys):
        return keys
    doors = _DOORS | {CORPORATE}
    turned = [replace(m, asset_type=CORPORATE) for m in mentions if m.asset_type in doors]
    return turned or list(mentions)
