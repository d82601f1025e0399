from typing import Any

import pytest

from spiders.engines.recipe import RecipeError, recipe_in

GOOD: dict[str, Any] = {"item": ".card", "fields": {"title": "h3", "url": "a@href"}}


def test_short_and_long_forms_of_a_field() -> None:
    recipe = recipe_in(
        GOOD | {"fields": {"id": "@data-id", "price": {"css": ".p", "regex": "[0-9]+"}}}
    )
    assert (recipe.fields["id"].css, recipe.fields["id"].attr) == ("", "data-id")
    assert recipe.fields["price"].regex == "[0-9]+"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"item": None}, ["selectors.item", "None"]),
        ({"item": "div[["}, ["selectors.item", "div[[", "CSS"]),
        ({"itemz": "x"}, ["selectors.itemz", "unknown key", "item"]),
        ({"fields": {}}, ["selectors.fields"]),
        ({"fields": {"price": ".p"}}, ["selectors.fields", "title"]),
        ({"fields": {"Title": ".p"}}, ["selectors.fields", "Title"]),
        ({"fields": {"title": {"css": "h3", "regexp": "x"}}}, ["fields.title.regexp", "unknown"]),
        ({"fields": {"title": {"css": "h3", "regex": "("}}}, ["fields.title.regex", "'('"]),
        ({"fields": {"title": {"css": "h3", "regex": "(a+)+"}}}, ["fields.title.regex", "nested"]),
        ({"states": {"gone": "#x"}}, ["selectors.states.gone"]),
        ({"item": "//tr[td"}, ["selectors.item", "//tr[td", "XPath"]),
        ({"fields": {"title": "//b["}}, ["fields.title.xpath", "//b[", "XPath"]),
        ({"fields": {"title": "//x:b"}}, ["fields.title.xpath", "//x:b", "XPath"]),
        ({"fields": {"title": "//b[lower(.)]"}}, ["fields.title.xpath", "lower", "XPath"]),
        ({"fields": {"title": "/html/body/b"}}, ["fields.title.xpath", "start at the item"]),
        ({"fields": {"title": {"css": "a", "value": "x"}}}, ["fields.title", "keep one"]),
        ({"fields": {"title": ["a", "b["]}}, ["fields.title.first_of.1", "b[", "CSS"]),
        ({"states": {"login": "//form["}}, ["states.login.xpath", "XPath"]),
        ({"states": {"login": {"word": ["x"]}}}, ["states.login.word", "phrases"]),
        ({"pages": "?page=2"}, ["selectors.pages", "?page=2", "{n}"]),
        ({"pages": "?a=1&page={n}"}, ["selectors.pages", "one key"]),
        ({"pages": "?p={n}", "next_page": "a.n"}, ["selectors", "keep one"]),
        ({"pages": {"url": "?p={n}", "to": 5}}, ["selectors.pages.to", "last"]),
        ({"pairs": {"value": "dd"}}, ["selectors.pairs", "name row"]),
        ({"pairs": {"row": "tr[", "label": "th"}}, ["pairs.row", "tr["]),
        ({"posts": {"item": ".p", "fields": {"author": "b"}}}, ["selectors.posts", "body"]),
        ({"product": {"fields": {"id": "b", "title": "h1"}}}, ["in neither"]),
        ({"product": {"match": "(", "fields": {"title": "h1"}}}, ["product.match", "'('"]),
        ({"product": {"fields": {"title": 5}}}, ["selectors.product.fields.title"]),
    ],
)
def test_a_fault_names_its_field(change: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(RecipeError) as caught:
        recipe_in(GOOD | change)
    for word in words:
        assert word in str(caught.value)


def test_a_missing_item_is_named() -> None:
    with pytest.raises(RecipeError, match=r"selectors\.item: is missing"):
        recipe_in({"fields": {"title": "h3"}})
