"""The smallest parts of a recipe: selectors, where a field stands, what tells a page's state."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

import regex  # type: ignore[import-untyped]
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from spiders.engines.declared_xpath import compiled, is_xpath

EMPTY = LexborHTMLParser("<p></p>")
SHORT = re.compile(r"(?P<css>.*?)(?:@(?P<attr>[A-Za-z_][\w-]{0,60}))?")


class Strict(BaseModel):
    """A model that refuses unknown keys and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


def checked_xpath(value: str) -> str:
    """The XPath, when it is one that starts at the item and not at the page.

    Raises:
        ValueError: it is none.
    """
    compiled(value)
    if value.startswith("/") and not value.startswith("//"):
        raise ValueError(f"'{value}' starts at the page; start at the item, like .//span")
    return value


def checked_selector(value: str) -> str:
    """CSS, or XPath when it begins with `/`, `./`, `../` or `(`.

    Raises:
        ValueError: it is neither.
    """
    value = value.strip()
    if not is_xpath(value):
        return checked_css(value) if value else value
    compiled(value)
    return value


def checked_regex(value: str) -> str:
    """The pattern, when it is one that cannot take for ever.

    Raises:
        ValueError: it is none, or repeats a repetition.
    """
    if re.search(r"[+*}]\)[+*{]", value):
        raise ValueError(f"'{value}' repeats a repetition; write it without nested + or *")
    try:
        regex.compile(value)
    except (regex.error, OverflowError, RecursionError) as error:
        raise ValueError(f"'{value}' is not a regular expression: {error}") from error
    return value


Selector = Annotated[str, AfterValidator(checked_selector)]
Css = Annotated[str, AfterValidator(checked_css)]
XPath = Annotated[str, AfterValidator(checked_xpath)]
Regex = Annotated[str, AfterValidator(checked_regex)]


class FieldRule(Strict):
    """Where one field of an item stands, and what is done to its text, in the order below."""

    first_of: tuple["FieldRule", ...] = ()
    """Other rules: the first that gives something counts. Short form: a list."""
    css: str = ""
    """CSS selector below the item; empty for the item itself."""
    xpath: XPath | None = None
    """XPath below the item, instead of CSS; may end in `/@href` or `/text()`."""
    attr: str | None = None
    """Attribute to take instead of the text."""
    regex: Regex | None = None
    """Pattern to look for in the value; its first group counts, else all of it."""
    replace: Mapping[str, str] = Field(default_factory=dict)
    """Texts, and what stands instead of them, one after the other."""
    lower: bool = False
    """Whether to write it in lower case."""
    strip: str | None = None
    """Characters to take off both ends, besides spaces."""
    all: bool = False
    """Whether to take every match of the selector, not the first only."""
    join: str = ", "
    """What stands between several values."""
    value: str | None = None
    """A fixed value, for what the whole site has in common."""

    @model_validator(mode="before")
    @classmethod
    def read_short(cls, raw: Any) -> Any:
        """Read the short forms: `css`, `css@attr`, an XPath, or a list of alternatives."""
        if isinstance(raw, list):
            return {"first_of": raw}
        if not isinstance(raw, str):
            return raw
        raw = raw.strip()
        if is_xpath(raw):
            return {"xpath": raw}
        match = SHORT.fullmatch(raw)
        return {"css": match["css"].strip(), "attr": match["attr"]} if match else {"css": raw}

    @model_validator(mode="after")
    def check_whole(self) -> "FieldRule":
        """Refuse what is not CSS, and two places for one value."""
        if self.css:
            checked_css(self.css)
        places = [bool(self.css), bool(self.xpath), self.value is not None, bool(self.first_of)]
        if sum(places) > 1:
            raise ValueError("more than one of css, xpath, value and first_of; keep one of them")
        if "" in self.replace:
            raise ValueError("replace: '' stands everywhere; name the text to replace")
        return self


class Sign(Strict):
    """What tells one state of a page: any of these."""

    css: Css | None = None
    """Selector of an element that shows only then."""
    xpath: XPath | None = None
    """The same as XPath."""
    phrases: tuple[str, ...] = ()
    """Words on the page, any case."""

    @model_validator(mode="before")
    @classmethod
    def read_short(cls, raw: Any) -> Any:
        """Read the short forms: a selector, or a list of phrases."""
        if isinstance(raw, str):
            return {"xpath" if is_xpath(raw) else "css": raw}
        return {"phrases": raw} if isinstance(raw, list) else raw


class Pairs(Strict):
    """A list of labels and values, all of which become fields named after their labels.

    With `row`, each row holds one pair: `label` and `value` below it; without `value` the rest of
    the row is the value, without `label` too the row is split at its first colon. Without `row`,
    a value is the element that follows its label (`dt` and `dd`).
    """

    row: Selector | None = None
    """One pair."""
    label: Selector | None = None
    """Its label."""
    value: Selector | None = None
    """Its value."""
    names: Mapping[str, str] = Field(default_factory=dict)
    """Labels as the page writes them (any case), and the fields that they are."""

    @model_validator(mode="after")
    def check_whole(self) -> "Pairs":
        """Refuse a rule that names no pair."""
        if not self.row and not (self.label and self.value):
            raise ValueError("no row; name row, or both label and value")
        if self.value and not self.label:
            raise ValueError("value without label; name the label too")
        return self


class Pages(Strict):
    """Pages that are counted, not linked: a template with `{n}` for the number."""

    url: str
    """`?page={n}` sets that key of the list's URL; `/list/{n}` is a path of the site; `page/{n}`
    is put behind the list's own path."""
    first: int = Field(default=1, ge=0, le=1_000_000)
    """The number of the page that the list starts with."""
    step: int = Field(default=1, ge=1, le=10_000)
    """How much the number grows from page to page."""
    last: int = Field(default=1000, ge=0, le=100_000_000)
    """The highest number that is asked for; a page without items ends the list before."""

    @model_validator(mode="before")
    @classmethod
    def read_short(cls, raw: Any) -> Any:
        """Read the short form: the template alone."""
        return {"url": raw} if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def check_whole(self) -> "Pages":
        """Refuse a template without a number."""
        if self.url.count("{n}") != 1:
            raise ValueError(f"'{self.url}' needs {{n}} once, like ?page={{n}}")
        if self.url.startswith("?") and not re.fullmatch(r"\?[^=&]+=[^=&]*", self.url):
            raise ValueError(f"'{self.url}': write one key only, like ?page={{n}}")
        return self
