"""How a source's file describes a site without an engine of its own: the recipe of `declared`."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

EMPTY = LexborHTMLParser("<p></p>")
NAME = r"^[a-z][a-z0-9_]{0,39}$"
SHORT = re.compile(r"(?P<css>.*?)(?:@(?P<attr>[A-Za-z_][\w-]{0,60}))?")


class RecipeError(ValueError):
    """A recipe that cannot be used; its text names the field, its value and a remedy."""


class Strict(BaseModel):
    """A model that refuses unknown keys and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldRule(Strict):
    """Where one field of an item stands."""

    css: str = ""
    """CSS selector below the item; empty for the item itself."""
    attr: str | None = None
    """Attribute to take instead of the text."""
    regex: str | None = None
    """Pattern to look for in the value; its first group counts, else all of it."""
    all: bool = False
    """Whether to take every match of the selector, not the first only."""
    join: str = ", "
    """What stands between several values."""
    value: str | None = None
    """A fixed value, for what the whole site has in common."""

    @model_validator(mode="before")
    @classmethod
    def read_short(cls, raw: Any) -> Any:
        """Read the short forms `css` and `css@attr`."""
        if not isinstance(raw, str):
            return raw
        match = SHORT.fullmatch(raw.strip())
        return {"css": match["css"].strip(), "attr": match["attr"]} if match else {"css": raw}

    @field_validator("css")
    @classmethod
    def check_css(cls, value: str) -> str:
        """Refuse what is not CSS."""
        return checked_css(value) if value else value

    @field_validator("regex")
    @classmethod
    def check_regex(cls, value: str | None) -> str | None:
        """Refuse what is not a regular expression, and patterns that can take for ever."""
        if value is None:
            return None
        if re.search(r"[+*}]\)[+*{]", value):
            raise ValueError(f"'{value}' repeats a repetition; write it without nested + or *")
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"'{value}' is not a regular expression: {error}") from error
        return value


class Sign(Strict):
    """What tells one state of a page."""

    css: str | None = None
    """Selector of an element that shows only then."""
    phrases: tuple[str, ...] = ()
    """Words on the page, any case."""

    @model_validator(mode="before")
    @classmethod
    def read_short(cls, raw: Any) -> Any:
        """Read the short forms: a selector, or a list of phrases."""
        if isinstance(raw, str):
            return {"css": raw}
        return {"phrases": raw} if isinstance(raw, list) else raw

    @field_validator("css")
    @classmethod
    def check_css(cls, value: str | None) -> str | None:
        """Refuse what is not CSS."""
        return checked_css(value) if value else None


class Listing(Strict):
    """What repeats on a page, and its fields."""

    item: str = Field(min_length=1)
    """CSS selector of one item."""
    fields: Mapping[str, FieldRule] = Field(min_length=1)
    """Fields by name; `title`, `url`, `id`, `price`, `currency`, `vendor`, `description`, `stock`,
    `category`, `region`, `rating` and `date` have a meaning, others are kept as they are."""

    @field_validator("item")
    @classmethod
    def check_css(cls, value: str) -> str:
        """Refuse what is not CSS."""
        return checked_css(value)

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

    item: str = "body"
    match: str | None = None
    """Pattern that a product page's URL holds; without it, pages without list items."""

    @field_validator("match")
    @classmethod
    def check_match(cls, value: str | None) -> str | None:
        """Refuse what is not a regular expression."""
        return FieldRule.check_regex(value)


StateName = Literal["login", "challenge", "empty", "not_found", "banned", "error"]


class Recipe(Listing):
    """A whole site."""

    next_page: FieldRule | None = None
    """The link to the page that continues the list; its `href` unless an attribute is named."""
    states: Mapping[StateName, Sign] = Field(default_factory=dict)
    """What tells pages that are no list."""
    product: Product | None = None
    """Product pages, where items have pages that say more."""
    detect: str | None = None
    """CSS selector that tells the site; without it, `item`."""
    keep_query: tuple[str, ...] | None = None
    """Query keys that make a page another page; without it, all but session ids and sort orders."""


def checked_css(value: str) -> str:
    """The selector, when it is one.

    Raises:
        ValueError: it is none.
    """
    try:
        EMPTY.css(value)
    except (SelectolaxError, ValueError) as error:
        raise ValueError(f"'{value}' is not a CSS selector") from error
    return value


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
            known = ", ".join(sorted(Recipe.model_fields))
            lines.append(f"{name}: unknown key; remove it or use one of: {known}")
        elif fault["type"] == "missing":
            lines.append(f"{name}: is missing; add it")
        elif fault["type"] == "value_error":
            lines.append(f"{name}: {fault['ctx']['error']}")
        else:
            lines.append(f"{name}: {str(fault['input'])[:80]!r}: {fault['msg']}")
    return lines
