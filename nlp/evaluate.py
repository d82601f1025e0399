"""How well findings agree with gold posts: the same figures as the annotators' own script."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nlp.findings import Findings, Listing, Price, Span
from nlp.terms import TERM_KEYS

Row = Mapping[str, Any]
"""One gold or predicted post, as read from JSON."""
MEASURES = (
    "asset", "price_amount_currency", "price_tuple", "price_kind", "offer", "attribute", "contact",
    "provider",
)  # fmt: skip
"""What is counted, in the order of the report."""


def as_gold(document_id: str, findings: Findings) -> dict[str, Any]:
    """One post as a JSON object in the format of the gold posts, with places and rules."""
    return {
        "id": document_id,
        "intent": findings.intent,
        "listings": [_listing(listing) for listing in findings.listings],
        "contacts": [
            {"kind": c.kind, "value": c.value, **_place(c.span), "confidence": c.confidence}
            for c in findings.contacts
        ],
        "provider": findings.provider.name if findings.provider else None,
        "provider_span": _place(findings.provider.span) if findings.provider else None,
        "state": findings.state,
        "problems": list(findings.problems),
    }


def _listing(listing: Listing) -> dict[str, Any]:
    return {
        "asset_type": listing.asset_type,
        "intent": listing.intent,
        "state": listing.state,
        "prices": [_price(price) for price in listing.prices],
        "attributes": [
            {"key": a.key, "value": a.value, **_place(a.span)}
            for a in listing.attributes
            if a.key not in TERM_KEYS
        ],
        "terms": [
            {"key": a.key, "value": a.value, **_place(a.span)}
            for a in listing.attributes
            if a.key in TERM_KEYS
        ],
        **_place(listing.span),
        "confidence": listing.confidence,
        "rule": listing.rule,
    }


def _price(price: Price) -> dict[str, Any]:
    row: dict[str, Any] = {
        "min": price.min,
        "max": price.max,
        "currency": price.currency,
        "per": price.per,
        "kind": price.kind,
        **_place(price.span),
        "confidence": price.confidence,
        "rule": price.rule,
    }
    if price.quantity is not None:
        row["quantity"] = price.quantity
    return row


def _place(span: Span) -> dict[str, Any]:
    return {"quote": span.quote, "part": span.part, "start": span.start, "end": span.end}


def score(gold: Sequence[Row], predicted: Iterable[Row]) -> dict[str, Any]:
    """Figures over all posts, and `by` source and lang; posts not predicted count as empty.

    Micro precision, recall and F1 per measure, share of posts fully right, and the number of gold
    facts; macro F1 over the asset types that stand in gold. None where nothing can be divided.
    """
    by_id = {row["id"]: row for row in predicted}
    figures = _figures(gold, by_id)
    figures["by"] = {
        field: {
            value: _figures([g for g in gold if g.get(field) == value], by_id)
            for value in sorted({str(g[field]) for g in gold if g.get(field)})
        }
        for field in ("source", "lang")
    }
    return figures


def error_lines(gold: Sequence[Row], predicted: Iterable[Row], limit: int) -> list[str]:
    """At most `limit` lines, each a post and measure with what was missed and what was wrong."""
    by_id = {row["id"]: row for row in predicted}
    lines: list[str] = []
    for row in gold:
        other = by_id.get(row["id"], {})
        if row["intent"] != other.get("intent", "other"):
            lines.append(
                f"{row['id']} intent: {row['intent']}, found {other.get('intent', 'other')}"
            )
        said, found = _facts(row), _facts(other)
        for measure in MEASURES:
            missed = [*(said[measure] - found[measure]).elements()]
            wrong = [*(found[measure] - said[measure]).elements()]
            if missed or wrong:
                lines.append(f"{row['id']} {measure}: missed {missed} wrong {wrong}")
    return lines[: max(limit, 0)]


def _facts(row: Row) -> dict[str, Counter[Any]]:
    """Comparable facts of a post by measure."""
    facts: dict[str, Counter[Any]] = defaultdict(Counter)
    for listing in row.get("listings") or []:
        asset_type = listing["asset_type"]
        facts["asset"][asset_type] = 1
        for price in listing.get("prices") or []:
            amount = (_number(price.get("min")), _number(price.get("max")), price.get("currency"))
            whole = (*amount, price.get("per"))
            facts["price_amount_currency"][amount] += 1
            facts["price_tuple"][whole] += 1
            facts["price_kind"][(*whole, price.get("kind", "fixed"))] += 1
            facts["offer"][(asset_type, *whole)] += 1
        if not listing.get("prices"):
            facts["offer"][(asset_type,)] += 1
        for a in listing.get("attributes") or []:
            facts["attribute"][(asset_type, a["key"], str(a["value"]).lower())] = 1
    for contact in row.get("contacts") or []:
        facts["contact"][(contact["kind"], str(contact["value"]).lower())] = 1
    if row.get("provider"):
        facts["provider"][str(row["provider"]).strip().lower()] = 1
    return facts


def _number(value: float | str | None) -> float | None:
    return None if value is None else round(float(value), 8)


def _figures(gold: Sequence[Row], predicted: Mapping[str, Row]) -> dict[str, Any]:
    counts = {measure: [0, 0, 0, 0] for measure in MEASURES}
    types: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    right = 0
    for row in gold:
        other = predicted.get(row["id"], {})
        right += row["intent"] == other.get("intent", "other")
        said, found = _facts(row), _facts(other)
        for measure in MEASURES:
            _add(counts[measure], said[measure], found[measure])
        for name in {*said["asset"], *found["asset"]}:
            types[name][
                0
                if name in said["asset"] and name in found["asset"]
                else 1
                if name in found["asset"]
                else 2
            ] += 1
    total = len(gold)
    known = [c for c in types.values() if c[0] + c[2]]
    figures: dict[str, Any] = {"posts": total, "intent_accuracy": _share(right, total)}
    for measure, count in counts.items():
        figures[measure] = _measure(count, total)
    figures["asset_macro_f1"] = _share(sum(_f1(*c) or 0.0 for c in known), max(1, len(known)))
    return figures


def _add(count: list[int], said: Counter[Any], found: Counter[Any]) -> None:
    both, extra, missed = said & found, found - said, said - found
    count[0] += both.total()
    count[1] += extra.total()
    count[2] += missed.total()
    count[3] += not extra and not missed


def _measure(count: list[int], posts: int) -> dict[str, Any]:
    both, extra, missed, fully = count
    return {
        "p": _share(both, both + extra),
        "r": _share(both, both + missed),
        "f1": _f1(both, extra, missed),
        "posts_fully_right": _share(fully, posts),
        "n": both + missed,
    }


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _f1(both: int, extra: int, missed: int) -> float | None:
    return _share(2 * both, 2 * both + extra + missed)
