"""What a recipe's selectors and field rules find on a page."""

import re

import regex  # type: ignore[import-untyped]
from selectolax.lexbor import LexborNode

from spiders.dates import moment_at
from spiders.engines.declared_rules import FieldRule, Pairs
from spiders.engines.declared_xpath import Found, found_by, is_xpath
from spiders.nodes import SPACE, line_of
from spiders.page import Page
from spiders.pick import attribute, every
from spiders.text import text_of
from spiders.urls import absolute, query_of, query_pairs, with_query, without_session

LINKS = frozenset({"url", "next_page"})
PROSE = frozenset({"description", "body"})
LONGEST = 4000
"""Characters of a value on which a recipe's regular expression is tried."""
PATIENCE_S = 0.2
"""How long a recipe's regular expression may look at one value, seconds."""
MOST_VALUES = 200
ORDERS = re.compile(
    r"(sort|sortby|sort_by|order|orderby|order_by|dir|direction|view|ref|utm_\w+)", re.I
)


def canonical(url: str) -> str:
    """A URL without fragment, session ids and sort orders."""
    bare = without_session(url)
    pairs = query_pairs(query_of(bare))
    return with_query(bare, [pair for pair in pairs if not ORDERS.fullmatch(pair[0])])


def nodes_at(page: Page, node: LexborNode | None, selector: str) -> list[LexborNode]:
    """Elements that a selector finds below a node (None: the page), in page order."""
    if not is_xpath(selector):
        return every(page, node, selector)
    return [each for each in found_by(page, node, selector) if isinstance(each, LexborNode)]


def value_of(page: Page, node: LexborNode, rule: FieldRule, name: str) -> str:
    """A field's value, trimmed; empty where the item does not say."""
    if rule.value is not None:
        return rule.value
    if rule.first_of:
        tried = (value_of(page, node, each, name) for each in rule.first_of)
        text = next((text for text in tried if text), "")
        return finished(page, text, rule, name)
    found: list[Found] = [node]
    if rule.xpath:
        found = found_by(page, node, rule.xpath)
    elif rule.css:
        found = list(every(page, node, rule.css))
    found = found[:MOST_VALUES] if rule.all else found[:1]
    values = [finished(page, raw_value(page, each, rule, name), rule, name) for each in found]
    return rule.join.join(value for value in values if value)


def raw_value(page: Page, found: Found, rule: FieldRule, name: str) -> str:
    """What one element, attribute or text says."""
    if isinstance(found, str):
        return found if name in PROSE else SPACE.sub(" ", found)
    attr = rule.attr or ("href" if name in LINKS and found.tag == "a" else None)
    if attr:
        return attribute(found, attr)
    if name in PROSE:
        return text_of(found)
    return date_words(page, found) if name == "date" else line_of(found)


def finished(page: Page, text: str, rule: FieldRule, name: str) -> str:
    """The text after the rule's steps: regex, replace, lower, strip; links made absolute."""
    if rule.regex:
        text = matched(page, rule.regex, text)
    for old, new in rule.replace.items():
        text = text[:20_000].replace(old, new)
    text = (text.lower() if rule.lower else text).strip()
    if rule.strip:
        text = text.strip(rule.strip + " ")
    if name in LINKS:
        url = absolute(page, text)
        return canonical(url) if url else ""
    return text[:20_000]


def matched(page: Page, pattern: str, text: str) -> str:
    """What the pattern finds; nothing, and a problem, when it takes too long on the page."""
    problem = ("slow_regex", f"'{pattern}' takes too long; make it simpler"[:300])
    if any((each.kind, each.detail) == problem for each in page.problems):
        return ""
    try:
        match = regex.search(pattern, text[:LONGEST], timeout=PATIENCE_S)
    except TimeoutError:
        page.note(*problem)
        return ""
    return str((match[1] if match.groups() else match[0]) or "") if match else ""


def date_words(page: Page, node: LexborNode) -> str:
    """A date as text that needs no attribute any more."""
    if moment := moment_at(page, node):
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return line_of(node)


def pairs_of(page: Page, node: LexborNode, rule: Pairs) -> dict[str, str]:
    """Values by field name, from a list of labels and values; the first of each name."""
    names = {label_name(label): name for label, name in rule.names.items()}
    found: dict[str, str] = {}
    for label, value in stated_pairs(page, node, rule)[:MOST_VALUES]:
        name = names.get(label_name(label), label_name(label))
        if name and value:
            found.setdefault(name, value[:LONGEST])
    return found


def label_name(label: str) -> str:
    """A label as a field's name: `Ships from:` is `ships_from`; letters of any script stay."""
    return re.sub(r"[\W_]+", "_", label[:80].lower()).strip("_")


def stated_pairs(page: Page, node: LexborNode, rule: Pairs) -> list[tuple[str, str]]:
    """Labels and values in page order."""
    if rule.row is None:
        ends = {each.mem_id for each in nodes_at(page, node, rule.label or "")}
        values = {each.mem_id for each in nodes_at(page, node, rule.value or "")}
        labels = nodes_at(page, node, rule.label or "")[:MOST_VALUES]
        return [(line_of(each), value_after(each, values, ends)) for each in labels]
    pairs = []
    for row in nodes_at(page, node, rule.row)[:MOST_VALUES]:
        labels = nodes_at(page, row, rule.label)[:1] if rule.label else []
        label = line_of(labels[0]) if labels else ""
        if rule.value:
            value = line_of(next(iter(nodes_at(page, row, rule.value)), None))
        elif rule.label:
            value = line_of(row).removeprefix(label).lstrip(" :")
        else:
            label, _, value = (part.strip() for part in line_of(row).partition(":"))
        pairs.append((label, value))
    return pairs


def value_after(label: LexborNode, values: set[int], ends: set[int]) -> str:
    """The values between a label and the next one, which are its later siblings."""
    found, after = [], label.next
    for _ in range(MOST_VALUES):
        if after is None or after.mem_id in ends:
            break
        if after.mem_id in values:
            found.append(line_of(after))
        after = after.next
    return ", ".join(found)
