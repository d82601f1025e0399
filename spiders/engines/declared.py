"""A shop, list or home-made forum that its source's file describes wholly: see `recipe`."""

import json
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.ids import id_of
from crawler.reading import AccountRead, BoardRead, PageKind, PageState, PostRead, ThreadRead
from spiders.dates import moment_in
from spiders.engines import declared_posts
from spiders.engines.declared_pages import counted_page, linked_page, number_of
from spiders.engines.declared_select import (
    canonical,
    matched,
    nodes_at,
    pairs_of,
    value_of,
)
from spiders.engines.recipe import Listing, Recipe, RecipeError, recipe_in
from spiders.page import Page
from spiders.pick import number_in
from spiders.signs import sign_of, words_of

NAME = "declared"
OWN_COLUMNS = frozenset({"title", "url", "id", "vendor", "description", "date"})
"""Fields that a post has columns for; the others go to `fields`."""


@lru_cache(maxsize=32)
def recipe_of(stated: str) -> Recipe:
    """The recipe in selectors written as JSON."""
    return recipe_in(json.loads(stated))


def recipe(page: Page) -> Recipe | None:
    """The page's recipe; None (with a problem) when its source has none that works."""
    try:
        return recipe_of(json.dumps(dict(page.selectors), default=str))
    except RecipeError as error:
        page.note("bad_recipe", str(error))
        return None


def detect(page: Page) -> bool:
    """Tell by the recipe's own selector; without a recipe, never."""
    if "item" not in page.selectors:
        return False
    plan = recipe(page)
    return plan is not None and bool(nodes_at(page, None, plan.detect or plan.item))


def state(page: Page) -> PageState:
    """Tell what the page is: by the recipe's items, then its signs, then general ones."""
    plan = recipe(page)
    if plan is None:
        return "unknown"
    if items(page, plan) or declared_posts.is_shown(page, plan):
        return "ok"
    return stated_state(page, plan) or sign_of(page) or past_end(page, plan) or "unknown"


def stated_state(page: Page, plan: Recipe) -> PageState | None:
    """The state whose sign the page shows; None without one."""
    words = words_of(page).lower()
    for name, sign in plan.states.items():
        selectors = [selector for selector in (sign.css, sign.xpath) if selector]
        if any(nodes_at(page, None, selector) for selector in selectors):
            return name
        if any(phrase.lower() in words for phrase in sign.phrases):
            return name
    return None


def past_end(page: Page, plan: Recipe) -> PageState | None:
    """`empty` for a counted page behind the last one, which need not say so."""
    number = number_of(page.url, plan.pages) if plan.pages else None
    return "empty" if plan.pages and number is not None and number > plan.pages.first else None


def items(page: Page, plan: Recipe) -> list[tuple[LexborNode, Listing]]:
    """The page's items with the rules for their fields: products of a list, or one product."""
    product = plan.product
    if product and product.match and matched(page, product.match, page.url):
        return shown_product(page, product)
    found = nodes_at(page, None, plan.item)
    if found or not product or product.match:
        return [(node, plan) for node in found]
    return shown_product(page, product)


def shown_product(page: Page, product: Listing) -> list[tuple[LexborNode, Listing]]:
    """The product of a page that says what it is called."""
    rule = product.fields.get("title") or next(iter(product.fields.values()))
    return [
        (node, product)
        for node in nodes_at(page, None, product.item)[:1]
        if value_of(page, node, rule, "title")
    ]


def boards(page: Page) -> list[BoardRead]:
    """Boards of a described forum; a shop has lists instead."""
    plan = recipe(page)
    return declared_posts.boards(page, plan.boards) if plan and plan.boards else []


def thread(page: Page) -> ThreadRead | None:
    """None: the walk knows which thread it opened, or items are threads of their own."""
    return None


def threads(page: Page) -> list[ThreadRead]:
    """One thread for each item of a list; none on a product or thread page."""
    plan = recipe(page)
    if plan and plan.posts and nodes_at(page, None, plan.posts.item):
        return []
    return [item_thread(page, values) for values in rows(page) if values["_list"]]


def item_thread(page: Page, values: Mapping[str, str]) -> ThreadRead:
    """The thread of one item."""
    return ThreadRead(
        native_id=values["id"],
        title=values["title"],
        url=values.get("url") or canonical(page.url),
        author=values.get("vendor") or values.get("author"),
        replies=number_in(values.get("replies")),
        posted_at=moment_in(page, values.get("date")),
        last_post_at=moment_in(page, values.get("last_post")),
        last_post_raw=values.get("last_post"),
        board=values.get("category"),
    )


def posts(page: Page) -> list[PostRead]:
    """One post for each item; on a forum, the posts of a thread page."""
    plan = recipe(page)
    if plan and plan.posts:
        return declared_posts.posts(page, plan.posts)
    return [item_post(page, values) for values in rows(page)]


def item_post(page: Page, values: Mapping[str, str]) -> PostRead:
    """The post of one item: what it says, with its columns in `fields`."""
    return PostRead(
        native_id=values["id"],
        text=values.get("description", ""),
        position=1,
        author=values.get("vendor"),
        posted_at=moment_in(page, values.get("date")),
        posted_raw=values.get("date"),
        url=values.get("url") or ("" if values["_list"] else canonical(page.url)) or None,
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
        values = pairs_of(page, node, listing.pairs) if listing.pairs else {}
        for name, rule in listing.fields.items():
            if value := value_of(page, node, rule, name):
                values[name] = value
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


def account(page: Page) -> AccountRead | None:
    """None: it has no profile pages."""
    return None


def next_page(page: Page) -> str | None:
    """The page that continues the list; nothing continues a product."""
    plan = recipe(page)
    if plan is None:
        return None
    if plan.next_page:
        return linked_page(page, plan.next_page, plan.keep_query)
    shown = items(page, plan)
    if plan.pages and shown and shown[0][1] is plan:
        return counted_page(page, plan.pages)
    return None


def kind(url: str) -> PageKind | None:
    """`market` for every URL: what is followed, the recipe names itself."""
    return "market" if url.startswith(("http://", "https://")) else None


__all__ = [
    "NAME", "account", "boards", "canonical", "detect", "kind", "next_page", "posts", "state",
    "thread", "threads",
]  # fmt: skip
