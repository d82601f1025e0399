"""Listings of a post: which asset types it offers, with their prices and facts."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter

from nlp.assets import Mention
from nlp.choice import Chosen, choose, sells_other_goods
from nlp.findings import Attribute, Intent, Listing, ListingState, Price, Span
from nlp.folded import lowered
from nlp.intent_marks import BUYING
from nlp.mixed import foreign_rows, row_of
from nlp.post import Page, Post
from nlp.price_units import unit_after
from nlp.specs import Fact, as_said_of, fits
from nlp.terms import TERM_KEYS

OTHER = "other"
"""Type of a listing of goods outside the taxonomy."""
_BY_PIECE = ("access.", "telephony.", "abuse.", "anon.ssh_tunnel", "hosting.ip_asn")
"""Types whose single price without a period is per unit."""
_BY_THOUSAND = ("access.bot_rental", "telephony.bulk_sms")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,4})(?:\s?[kк]\b|[ ,.]?000\b)", re.IGNORECASE)
_EUROPEAN = frozenset({
    "AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HU", "IE", "IT",
    "LT", "LU", "LV", "NL", "NO", "PL", "PT", "RO", "SE", "SK",
})  # fmt: skip
"""Where two of these are named, EU is only their heading."""
_EVERYWHERE = re.compile(
    r"(?:^\W*|(?<![^\W_])(?:all|every|все|alle|todos?|todas?)\s(?:\w+\s){0,2})(?:locations?"
    r"|countr(?:y|ies)|geo|локаци[ия]"
    r"|страны?|гео|standorte?|ubicaci[oó]n(?:es)?|pa[ií]s(?:es)?|localiza\w+)(?![^\W_])"
    r"|(?<![^\W_])(?:locations?|standorte?|ubicad[oa]s? en|локаци[ия]|datacent(?:er|re)s? in"
    r"|racks?(?: are)? in"
    r"|(?:servers?|nodes|models|boxes|machines|plans|hardware)(?: are| stand)? in|(?:серверы?"
    r"|ноды|железо)(?: стоят)? в"
    r"|servidores en|servidores n[oa]|server (?:stehen )?in)(?![^\W_])|机房|地区"
    r"|(?:ال)?مواقع|الموقع|الدول",
    re.IGNORECASE,
)
"""A line that says where all goods of a post stand."""
_HOSTS = re.compile(
    r"\d\s?(?:hosts?|pcs?|machines|computers|хост\w*|тач\w+|машин\w?|пк|комп\w*|台|equipos"
    r"|rechner)(?!\w)",
    re.IGNORECASE,
)
"""The size of a network before its price."""
_RENTED = frozenset({"month", "quarter", "half-year", "year"})
_EVER = re.compile(r"lifetime|life time|forever|навсегда|пожизненн", re.IGNORECASE)
_AROUND = 300
"""Characters of a line on either side of a price in which it is said to be for ever."""
_ONCE = re.compile(r"^\W{0,3}(?:one[- ]time|once|разово|единоразово)", re.IGNORECASE)
_PERIOD = re.compile(
    r"\d(?<!\w.)\d*\s?(?:days?|d\b|дн|день|дня|дней|сут|час|hours?|hrs?|h\b|мин|min"
    r"|tage?|d[ií]as?|天|小时|أيام)",
    re.IGNORECASE,
)


def listings_of(
    post: Post,
    mentions: Sequence[Mention],
    facts_of: Callable[[Sequence[str]], Sequence[Fact]],
    *,
    intent: Intent,
    state: ListingState,
) -> list[Listing]:
    """One listing per asset type, in text order; `other` alone for goods outside the taxonomy.

    `facts_of` reads what the post says of goods of the given types.
    """
    if intent == "other":
        return []
    chosen = choose(post, mentions)
    if not chosen:
        return (
            [_other_listing(post, intent, state)]
            if intent == "offer" or sells_other_goods(post)
            else []
        )
    scope = Scope(post, chosen)
    prices: dict[str, list[Price]] = {c.asset_type: [] for c in chosen}
    foreign = foreign_rows(post, mentions) if intent == "offer" else {}
    for price in post.prices:
        if foreign and row_of(post, price) in foreign:
            continue
        asset_type = scope.of_price(price)
        prices[asset_type].append(_settled(price, asset_type, post))
    attributes: dict[str, list[Attribute]] = {c.asset_type: [] for c in chosen}
    for fact in facts_of([c.asset_type for c in chosen]):
        if intent == "wanted" and fact.attribute.key == "quantity":
            continue
        for asset_type in scope.of_fact(fact):
            attributes[asset_type].append(as_said_of(fact.attribute, asset_type))
    own = [
        _listing(c, _own_intent(c, intent), state, prices[c.asset_type], attributes[c.asset_type])
        for c in chosen
    ]
    return [*own, _other_listing(post, intent, state)] if foreign else own


def _own_intent(chosen: Chosen, intent: Intent) -> Intent:
    """`wanted` for goods that an offering post names only in lines that begin with buying."""
    lines = {(m.page.part, m.line): m for m in chosen.mentions}.values()
    if intent == "offer" and all(BUYING.match(m.page.line(m.line).lower()) for m in lines):
        return "wanted"
    return intent


def _listing(
    chosen: Chosen, intent: Intent, state: ListingState, prices: list[Price], facts: list[Attribute]
) -> Listing:
    best = max(chosen.mentions, key=lambda m: (m.strong, m.weight))
    confidence = min(0.5 + 0.07 * best.weight + 0.05 * len(chosen.mentions), 0.97)
    return Listing(
        asset_type=chosen.asset_type,
        intent=intent,
        state=state,
        span=best.page.span(best.start, best.end),
        rule=f"asset.{'term' if best.strong else 'weak'}:{best.term}",
        confidence=round(confidence if best.strong else confidence - 0.2, 2),
        prices=tuple(prices),
        attributes=_distinct(facts),
    )


def _distinct(facts: list[Attribute]) -> tuple[Attribute, ...]:
    kept: dict[tuple[str, str], Attribute] = {}
    for fact in facts:
        kept.setdefault((fact.key, str(fact.value)), fact)
    members = {v for k, v in kept if k == "country"} & _EUROPEAN
    if len(members) >= 2:
        kept.pop(("country", "EU"), None)
    return tuple(kept.values())


def _other_listing(post: Post, intent: Intent, state: ListingState) -> Listing:
    page, start, end = post.text, 0, 0
    for candidate in post.pages:
        for hit in candidate.hits:
            if hit.kind == "offtopic" and end == 0:
                page, start, end = candidate, hit.start, hit.end
    span: Span = page.span(start, end)
    return Listing(OTHER, intent, state, span, "asset.other", 0.6 if end else 0.4)


class Scope:
    """Tells to which of a post's asset types a price or fact belongs."""

    def __init__(self, post: Post, chosen: list[Chosen]) -> None:
        """Index the mentions by page and line."""
        self._types = [c.asset_type for c in chosen]
        self._lines: dict[tuple[str, int], list[Mention]] = {}
        for c in chosen:
            for mention in c.mentions:
                self._lines.setdefault((mention.page.part, mention.line), []).append(mention)
        for row in self._lines.values():
            row.sort(key=lambda m: m.start)
        self._title = [m.asset_type for row in self._lines.values() for m in row if m.weight >= 5]
        weights = {c.asset_type: sum(m.weight for m in c.mentions) for c in chosen}
        self._dominant = max(self._types, key=lambda t: weights[t])
        self._pages = {page.part: page for page in post.pages}

    def of_price(self, price: Price) -> str:
        """The asset type of a price: by its line, the heading above, the title, the main one."""
        if len(self._types) == 1:
            return self._types[0]
        page = self._pages[price.span.part]
        at, _ = page.place(price.span)
        return self._in_line(page, at) or self._above(page, at) or self._usual()

    def of_fact(self, fact: Fact) -> list[str]:
        """The asset types of a fact; a fact of the whole post belongs to all that it fits."""
        if fact.attribute.key in TERM_KEYS:
            return self._types
        fitting = [t for t in self._types if fits(fact.attribute, t)]
        return fitting if len(self._types) == 1 else self._near(fact, fitting)

    def _near(self, fact: Fact, fitting: list[str]) -> list[str]:
        line = fact.page.line(fact.page.line_of(fact.start))
        if fact.attribute.key == "country" and _EVERYWHERE.search(line):
            return [t for t in fitting if t.startswith("hosting.")] or fitting
        if fact.attribute.key == "country" and self._is_apart(fact):
            return fitting
        owner = self._in_line(fact.page, fact.start) or self._above(fact.page, fact.start)
        if owner is None:
            return [t for t in fitting if t == self._usual()] or fitting[:1]
        return [owner] if owner in fitting else []

    def _is_apart(self, fact: Fact) -> bool:
        """Whether all goods are hosting and a country stands in the title or a line of its own."""
        if not all(t.startswith("hosting.") for t in self._types):
            return False
        number = fact.page.line_of(fact.start)
        lines = {(fact.page.part, number), (fact.page.part, number - 1)}
        own = [m for key in lines for m in self._lines.get(key, [])]
        return fact.page.part == "title" or (number not in fact.page.priced_lines and not own)

    def _usual(self) -> str:
        return self._title[0] if self._title else self._dominant

    def _in_line(self, page: Page, at: int) -> str | None:
        """The last type named before a place in its line, else the first after it."""
        row = self._lines.get((page.part, page.line_of(at)), [])
        before = row[: bisect_right(row, at, key=attrgetter("start"))]
        if before:
            return next((m for m in reversed(before) if m.strong), before[-1]).asset_type
        return row[0].asset_type if row else None

    def _above(self, page: Page, at: int) -> str | None:
        """The type of the nearest heading above: a line that names one and has no price itself."""
        number = page.line_of(at)
        priced = page.priced_lines
        for line in range(number - 1, max(number - 40, -1), -1):
            row = self._lines.get((page.part, line))
            if not row:
                continue
            heading = line not in priced and len(page.line(line).strip()) <= 120
            if heading or line == number - 1:
                return ([m for m in row if m.strong] or row)[0].asset_type
        return None


def _lot(price: Price, quantity: int) -> Price:
    return price._replace(per="lot", quantity=quantity)


def _settled(price: Price, asset_type: str, post: Post) -> Price:
    """The price per unit where the goods are sold by the piece and no period stands near."""
    page = post.title if price.span.part == "title" else post.text
    start, end = page.place(price.span)
    first, last = page.line_bounds(page.line_of(start))
    clean = page.text.clean
    before, after = clean[max(first, start - 24) : start], clean[end : min(last, end + 10)]
    if asset_type.startswith("hosting.bph.") and price.per in ("lot", "gb"):
        period = unit_after(lowered(page.text.clean[end : end + 24]))
        if period is not None and period.per in _RENTED:
            # gigabytes before the price of a hosting plan are its disk: 10 GB: 29 R$ a month
            return price._replace(per=period.per, quantity=None)
    if asset_type == "access.corporate" and price.per == "lot":
        return price._replace(per="unit", quantity=None) if _HOSTS.search(before) else price
    if price.per is not None or price.kind == "setup":
        return price
    if (
        _PERIOD.search(before)
        or _PERIOD.match(after.lstrip(" /-—–:(за"))
        or _EVER.search(clean, max(first, start - _AROUND), min(last, end + _AROUND))
    ):
        return price
    if asset_type in _BY_THOUSAND and (m := _THOUSANDS.search(before)):
        count = int(m[1])
        return price._replace(per="thousand") if count == 1 else _lot(price, count * 1000)
    if asset_type.startswith(_BY_PIECE) or _ONCE.search(clean[end:last]):
        return price._replace(per="unit")
    return price
