"""Which page continues a list: by its link, or by counting."""

import re
from urllib.parse import urljoin

from spiders.engines.declared_rules import FieldRule, Pages
from spiders.engines.declared_select import canonical, value_of
from spiders.page import Page
from spiders.urls import absolute, path_of, query_of, query_pairs, replaced, with_query


def linked_page(page: Page, rule: FieldRule, keys: tuple[str, ...] | None) -> str | None:
    """The page that a link names, with the named query keys only; None at the end."""
    root = page.tree.root
    url = value_of(page, root, rule, "next_page") if root else ""
    kept = only(url, keys) if url and keys is not None else url
    return kept if kept and kept != canonical(page.url) else None


def only(url: str, keys: tuple[str, ...]) -> str:
    """A URL with the named query keys only."""
    return with_query(url, [pair for pair in query_pairs(query_of(url)) if pair[0] in keys])


def counted_page(page: Page, rule: Pages) -> str | None:
    """The page with the next number; None after the last one."""
    number = number_of(page.url, rule)
    following = (rule.first if number is None else number) + rule.step
    if following > rule.last:
        return None
    return absolute(page, numbered(canonical(page.url), rule, following))


def number_of(url: str, rule: Pages) -> int | None:
    """The number in a page's URL; None where it has none: the first page."""
    key, is_key, form = rule.url.removeprefix("?").partition("=")
    if rule.url.startswith("?") and is_key:
        texts = [f"/{value}" for name, value in query_pairs(query_of(url)) if name == key]
    else:
        form = re.sub(r"^https?://[^/]*", "", rule.url)
        texts = [replaced(url)[:2000]]
    before, _, after = form.lstrip("/").partition("{n}")
    pattern = re.compile(rf"/{re.escape(before)}([0-9]{{1,9}}){re.escape(after)}$")
    match = next((found for text in texts if (found := pattern.search(text))), None)
    return int(match[1]) if match else None


def numbered(url: str, rule: Pages, number: int) -> str:
    """A list's URL with another number."""
    form = rule.url.replace("{n}", str(number))
    if form.startswith("?"):
        key, _, value = form[1:].partition("=")
        kept = [pair for pair in query_pairs(query_of(url)) if pair[0] != key]
        return with_query(url, [*kept, (key, value)])
    if form.startswith(("/", "http://", "https://")):
        return urljoin(url, form)
    before, _, after = rule.url.partition("{n}")
    tail = re.compile(rf"/{re.escape(before)}[0-9]{{1,9}}{re.escape(after)}$")
    base = tail.sub("", path_of(url)).rstrip("/")
    return replaced(url, path=f"{base}/{form}")
