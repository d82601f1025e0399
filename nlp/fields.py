"""What a page states in columns: it outranks what the text says."""

import re
from dataclasses import replace

from nlp.contacts import masked
from nlp.findings import Attribute, Document, Listing, Price, Span
from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from nlp.offers import OTHER
from nlp.prices import prices_in
from nlp.stems import stem

_BARE = re.compile(r"\s*(\d{1,3}(?:[, ]\d{3})+(?:\.\d{1,8})?|\d{1,9}(?:[.,]\d{1,8})?)\s*\Z")


def with_fields(document: Document, listings: list[Listing], lexicon: Lexicon) -> list[Listing]:
    """The listings with price, stock and region of the page's own columns.

    They say it of the goods that the title names, else of those found most surely: their price
    column replaces the prices in the text, stock and region replace quantities and countries.
    """
    if not document.fields or not listings or listings[0].asset_type == OTHER:
        return listings
    main = max(
        range(len(listings)),
        key=lambda i: (listings[i].span.part == "title", listings[i].confidence, -i),
    )
    listing = _with_columns(document, listings[main], lexicon)
    return [*listings[:main], listing, *listings[main + 1 :]]


def _with_columns(document: Document, listing: Listing, lexicon: Lexicon) -> Listing:
    """The listing with what the columns say."""
    fields = {key.lower(): value for key, value in document.fields.items()}
    prices = _prices(fields.get("price", ""), document, listing)
    if prices:
        listing = replace(listing, prices=tuple(prices))
    stated = [*_stock(fields.get("stock", "")), *_region(fields.get("region", ""), lexicon)]
    keys = {a.key for a in stated}
    kept = tuple(a for a in listing.attributes if a.key not in keys)
    return replace(listing, attributes=(*kept, *stated))


def _prices(value: str, document: Document, listing: Listing) -> list[Price]:
    """The price in a column; its unit is taken from the same amount in the text if it says none."""
    if not value.strip():
        return []
    text = normalise(value)
    found = prices_in(
        text, masked(text, []), part="field", default_currency=document.default_currency
    )
    if not found and (m := _BARE.match(value)) and document.default_currency:
        found = [_bare(value, m, document.default_currency)]
    return [_with_unit(price, listing) for price in found]


def _bare(value: str, m: re.Match[str], currency: str) -> Price:
    number = re.sub(r"[, ](?=\d{3})", "", m[1]).replace(",", ".")
    span = Span("field", m.start(1), m.end(1), value[m.start(1) : m.end(1)])
    amount = float(number)
    return Price(amount, amount, currency, "source", None, "fixed", span, "price.field", 0.9)


def _with_unit(price: Price, listing: Listing) -> Price:
    if price.per is not None:
        return price
    for said in listing.prices:
        if said.max == price.max and said.per is not None:
            return price._replace(per=said.per, quantity=said.quantity)
    units = {said.per for said in listing.prices}
    if len(units) == 1:
        return price._replace(per=units.pop())
    by_piece = listing.asset_type.startswith(("access.", "telephony.", "abuse."))
    return price._replace(per="unit") if by_piece else price


def _stock(value: str) -> list[Attribute]:
    m = re.search(r"\d[\d,]{0,8}", value)
    if m is None:
        return []
    span = Span("field", m.start(), m.end(), m[0])
    return [Attribute("quantity", int(m[0].replace(",", "")), span, "field.stock")]


def _region(value: str, lexicon: Lexicon) -> list[Attribute]:
    wanted = value.strip()
    if not wanted:
        return []
    span = Span("field", 0, len(value), value)
    for iso, country in lexicon.countries.items():
        names = {" ".join(map(stem, name.split())) for name in country.names}
        if wanted.upper() in (iso, *country.codes) or " ".join(map(stem, wanted.split())) in names:
            return [Attribute("country", iso, span, "field.region")]
    return []
