"""How a source's file describes a site without an engine of its own: the recipe of `declared`."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from spiders.engines.declared_rules import FieldRule, Pages, Pairs, Regex, Selector, Sign, Strict

NAME = r"^[a-z][a-z0-9_]{0,39}$"

__all__ = ["FieldRule", "Listing", "Recipe", "RecipeError", "recipe_in"]


class RecipeError(ValueError):
    """A recipe that cannot be used; its text names the field, its value and a remedy."""


class Listing(Strict):
    """What repeats on a page, and its fields."""

    item: Selector = Field(min_length=1)
    """Selector of one item: CSS, or XPath (begins with `/`, `./` or `(`)."""
    fields: Mapping[str, FieldRule] = Field(min_length=1)
    """Fields by name; `title`, `url`, `id`, `price`, `currency`, `vendor`, `description`, `stock`,
    `category`, `region`, `rating` and `date` have a meaning, others are kept as they are."""
    pairs: Pairs | None = None
    """A list of labels and values inside the item, all of them fields; `fields` win over them."""

    @field_validator("fields")
    @classmethod
    def check_names(cls, value: Mapping[str, FieldRule]) -> Mapping[str, FieldRule]:
        """Refuse field names that are no snake case, and lists nobody can name."""
        for name in value:
            if not re.fullmatch(NAME, name):
                raise ValueError(f"'{name}' is not a field's name; write it in lower snake case")
        if not {"title", "id", "url"} & set(value):
            raise ValueError("no title, id or url; an item needs one of them to be told apart")
        return value


class Product(Listing):
    """A product page; by default the whole page is one item."""

    item: Selector = "body"
    match: Regex | None = None
    """Pattern that a product page's URL holds; without it, pages without list items."""


class Posts(Strict):
    """The posts of a home-made forum's thread pages; the recipe's items are its threads."""

    item: Selector = Field(min_length=1)
    """Selector of one post."""
    fields: Mapping[str, FieldRule] = Field(min_length=1)
    """`id`, `author`, `date`, `body` and `url` have a meaning, others are kept as they are."""

    @model_validator(mode="after")
    def check_whole(self) -> "Posts":
        """Refuse posts without text."""
        if "body" not in self.fields:
            raise ValueError("fields: no body; name where a post's text stands")
        return self


StateName = Literal[
    "login", "challenge", "empty", "not_found", "banned", "error", "forbidden", "maintenance"
]


class Recipe(Listing):
    """A whole site."""

    next_page: FieldRule | None = None
    """The link to the page that continues the list; its `href` unless an attribute is named."""
    pages: Pages | None = None
    """Pages that are counted instead."""
    states: Mapping[StateName, Sign] = Field(default_factory=dict)
    """What tells pages that are no list; a wait for DDoS protection is `challenge`."""
    product: Product | None = None
    """Product pages, where items have pages that say more."""
    boards: Listing | None = None
    """Links to boards, where the site is a forum."""
    posts: Posts | None = None
    """Posts, where the site is a forum."""
    detect: Selector | None = None
    """Selector that tells the site; without it, `item`."""
    keep_query: tuple[str, ...] | None = None
    """Query keys that make a page another page; without it, all but session ids and sort orders."""

    @model_validator(mode="after")
    def check_whole(self) -> "Recipe":
        """Refuse what contradicts itself."""
        if self.next_page and self.pages:
            raise ValueError("next_page and pages: keep one, the link or the count")
        if self.product and self.posts:
            raise ValueError("product and posts: a site is a shop or a forum; keep one")
        if self.product and "url" not in self.fields:
            raise ValueError("fields: no url; a site with product pages needs the links to them")
        if self.product and ("id" in self.fields) != ("id" in self.product.fields):
            raise ValueError("id: name it in fields and product.fields, or in neither")
        if self.posts and "url" not in self.fields:
            raise ValueError("fields: no url; a forum needs the links to its threads")
        return self


def recipe_in(selectors: Mapping[str, Any]) -> Recipe:
    """The recipe in a source's `selectors`.

    Raises:
        RecipeError: a field is missing, wrong or unknown; one line for each fault.
    """
    try:
        return Recipe.model_validate(dict(selectors))
    except ValidationError as error:
        raise RecipeError("\n".join(fault_lines(error))) from error


def fault_lines(error: ValidationError) -> list[str]:
    """One line for each fault: field, value, remedy."""
    lines = []
    for fault in error.errors():
        name = ".".join(["selectors", *map(str, fault["loc"])])
        if fault["type"] == "extra_forbidden":
            known = ", ".join(known_keys(fault["loc"]))
            lines.append(f"{name}: unknown key; remove it or use one of: {known}")
        elif fault["type"] == "missing":
            lines.append(f"{name}: is missing; add it")
        elif fault["type"] == "value_error":
            lines.append(f"{name}: {' '.join(str(fault['ctx']['error']).split())}")
        else:
            lines.append(f"{name}: {str(fault['input'])[:80]!r}: {fault['msg']}")
    return lines


def known_keys(place: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand where an unknown one was found."""
    above = [str(part) for part in place[:-1]]
    models: dict[str, type[Strict]] = {
        "pairs": Pairs, "pages": Pages, "product": Product, "posts": Posts, "boards": Listing,
    }  # fmt: skip
    if not above:
        model: type[Strict] = Recipe
    elif "states" in above[:1]:
        model = Sign
    else:
        model = models.get(above[-1], FieldRule)
    return sorted(model.model_fields)
