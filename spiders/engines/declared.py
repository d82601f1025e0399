"""A shop or home-made site that its source's file describes wholly: see `recipe`."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.ids import id_of
from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_at, moment_in
from spiders.engines.recipe import FieldRule, Listing, Recipe, RecipeError, recipe_in
from spiders.nodes import line_of
from spiders.page import Page
from spiders.pick import attribute, every, first
from spiders.signs import sign_of, words_of
from spiders.text import text_of
from spiders.urls import absolute, query_of, query_pairs, with_query, without_session

NAME = "declared"
OWN_COLUMNS = frozenset({"title", "url", "id", "vendor", "description", "date"})
"""Fields that a post has columns for; the others go to `fields`."""
ORDERS = re.compile(
    r"(sort|sortby|sort_by|order|orderby|order_by|dir|direction|view|ref|utm_\w+)", re.I
)
LINKS = frozenset({"url", "next_page"})
LONGEST = 4000
"""Characters of a value on which a recipe's regular expression is tried."""


@lru_cache(maxsize=32)
def recipe_of(stated: str) -> Recipe:
    """The recipe in selectors written as JSON."""
    return recipe_in(json.loads(stated))


def recipe(page: Page) -> Recipe | None:
    """The page's recipe; None (with a problem) when its source has none that works."""
    try:
        return recipe_of(json.dumps(dict(page.selectors), sort_keys=True, default=str))
    except RecipeError as error:
        page.note("bad_recipe", str(error))
        return None


def detect(page: Page) -> bool:
    """Tell by the recipe's own selector; without a recipe, never."""
    if "item" not in page.selectors:
        return False
    plan = recipe(page)
    return plan is not None and first(page, None, plan.detect or plan.item) is not None


def state(page: Page) -> PageState:
    """Tell what the page is: by the recipe's items, then its signs, then general ones."""
    plan = recipe(page)
    if plan is None:
        return "unknown"
    if items(page, plan):
        return "ok"
    words = words_of(page).lower()
    for name, sign in plan.states.items():
        if sign.css and first(page, None, sign.css) is not None:
            return name
        if any(phrase.lower() in words for phrase in sign.phrases):
            return name
    return sign_of(page) or "unknown"


def items(page: Page, plan: Recipe) -> list[tuple[LexborNode, Listing]]:
    """The page's items with the rules for their fields: products of a list, or one product."""
    product = plan.product
    if product and product.match and re.search(product.match, page.url[:2000]):
        return [
            (node, product)
            for node in every(page, None, product.item)[:1]
            if fits(page, node, product)
        ]
    found = every(page, None, plan.item)
    if found or not product or product.match:
        return [(node, plan) for node in found]
    return [
        (node, product) for node in every(page, None, product.item)[:1] if fits(page, node, product)
    ]


def fits(page: Page, node: LexborNode, listing: Listing) -> bool:
    """Whether a product page says what its product is called."""
    rule = listing.fields.get("title") or next(iter(listing.fields.values()))
    return bool(value_of(page, node, rule, "title"))


def boards(page: Page) -> list[BoardRead]:
    """None: a described site has lists, not boards."""
    return []


def thread(page: Page) -> ThreadRead | None:
    """None: such a page shows several items, or one whose post says all."""
    return None


def threads(page: Page) -> list[ThreadRead]:
    """One thread for each item of a list; none on a product page."""
    return [item_thread(page, values) for values in rows(page) if values["_list"]]


def item_thread(page: Page, values: Mapping[str, str]) -> ThreadRead:
    """The thread of one item."""
    return ThreadRead(
        native_id=values["id"],
        title=values["title"],
        url=values.get("url") or canonical(page.url),
        author=values.get("vendor"),
        posted_at=moment_in(page, values.get("date")),
        board=values.get("category"),
    )


def posts(page: Page) -> list[PostRead]:
    """One post for each item."""
    return [item_post(page, values, place) for place, values in enumerate(rows(page), 1)]


def item_post(page: Page, values: Mapping[str, str], place: int) -> PostRead:
    """The post of one item: what it says, with its columns in `fields`."""
    return PostRead(
        native_id=values["id"],
        text=values.get("description", ""),
        position=1,
        author=values.get("vendor"),
        posted_at=moment_in(page, values.get("date")),
        posted_raw=values.get("date"),
        url=values.get("url"),
        title=values["title"],
        fields={
            name: value
            for name, value in values.items()
            if name not in OWN_COLUMNS and not name.startswith("_")
        },
        thread=values["id"],
    )


def rows(page: Page) -> list[dict[str, str]]:
    """The fields of each item that has a name of its own; others are problems."""
    plan = recipe(page)
    found: dict[str, dict[str, str]] = {}
    for place, (node, listing) in enumerate(items(page, plan) if plan else (), 1):
        values = {
            name: value
            for name, rule in listing.fields.items()
            if (value := value_of(page, node, rule, name))
        }
        values["_list"] = "" if listing is not plan else "yes"
        if named(page, values, listing, place):
            found.setdefault(values["id"], values)
    return list(found.values())


def named(page: Page, values: dict[str, str], listing: Listing, place: int) -> bool:
    """Give an item the id and title it lacks, from its other fields; whether it has both."""
    missing = [name for name in ("id", "title") if name in listing.fields and name not in values]
    for name in missing:
        page.note(f"item_without_{name}", f"item {place} of {page.url}")
    address = values.get("url") or ("" if values["_list"] else canonical(page.url))
    title = values.get("title") or values.get("description", "").split("\n")[0][:120]
    if not values.get("id"):
        key = address or f"{title}|{values.get('vendor', '')}"
        if not key.strip("|"):
            page.note("item_without_id", f"item {place} of {page.url} has no id, url or title")
            return False
        values["id"] = id_from(key)
    values["title"] = title or values["id"]
    return True


def id_from(key: str) -> str:
    """A short stable id for an item that states none: of its URL, else of title and vendor."""
    return id_of("item", key)[:16]


def value_of(page: Page, node: LexborNode, rule: FieldRule, name: str) -> str:
    """A field's value, trimmed; empty where the item does not say."""
    if rule.value is not None:
        return rule.value
    found = every(page, node, rule.css) if rule.css else [node]
    if not rule.all:
        found = found[:1]
    values = [raw_value(page, each, rule, name) for each in found[:200]]
    return rule.join.join(value for value in values if value)


def raw_value(page: Page, node: LexborNode, rule: FieldRule, name: str) -> str:
    """One element's value."""
    attr = rule.attr or ("href" if name in LINKS and node.tag == "a" else None)
    if attr:
        text = attribute(node, attr)
    elif name == "description":
        text = text_of(node)
    elif name == "date":
        text = date_words(page, node)
    else:
        text = line_of(node)
    if rule.regex:
        match = re.search(rule.regex, text[:LONGEST])
        text = (match[1] if match.groups() else match[0]) or "" if match else ""
    if name in LINKS:
        url = absolute(page, text)
        return canonical(url) if url else ""
    return text.strip()[:20_000]


def date_words(page: Page, node: LexborNode) -> str:
    """A date as text that needs no attribute any more."""
    if moment := moment_at(page, node):
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return line_of(node)


def account(page: Page) -> AccountRead | None:
    """None: it has no profile pages."""
    return None


def next_page(page: Page) -> str | None:
    """The page that continues the list."""
    plan = recipe(page)
    if plan is None or plan.next_page is None:
        return None
    root = page.tree.root
    url = value_of(page, root, plan.next_page, "next_page") if root else ""
    kept = only(url, plan.keep_query) if url and plan.keep_query is not None else url
    return kept if kept and kept != canonical(page.url) else None


def only(url: str, keys: tuple[str, ...]) -> str:
    """A URL with the named query keys only."""
    return with_query(url, [pair for pair in query_pairs(query_of(url)) if pair[0] in keys])


def kind(url: str) -> PageKind | None:
    """`market` for every URL: what is followed, the recipe names itself."""
    return "market" if url.startswith(("http://", "https://")) else None


def canonical(url: str) -> str:
    """A URL without fragment, session ids and sort orders."""
    bare = without_session(url)
    pairs = query_pairs(query_of(bare))
    return with_query(bare, [pair for pair in pairs if not ORDERS.fullmatch(pair[0])])
