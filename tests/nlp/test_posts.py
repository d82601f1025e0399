"""Whole posts: prices and contacts beside each other and beside what only looks like them."""

import pytest

from nlp.contacts import contacts_in, masked
from nlp.normalise import normalise
from nlp.prices import prices_in
from tests.nlp.ad_cases import ADS
from tests.nlp.post_cases import POSTS, Post
from tests.nlp.test_prices import read, written


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.title or post.text[:20])
def test_prices_of_a_post(post: Post) -> None:
    text = normalise(post.text)
    hidden = masked(text, contacts_in(text))
    prices = prices_in(text, hidden, title=normalise(post.title).clean)
    assert "; ".join(map(written, prices)) == post.prices


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.title or post.text[:20])
def test_contacts_of_a_post(post: Post) -> None:
    found = contacts_in(normalise(post.text))
    assert [f"{c.kind}:{c.value}" for c in found] == post.contacts.split()


@pytest.mark.parametrize(("title", "text", "said"), ADS)
def test_prices_of_an_ad(title: str, text: str, said: str) -> None:
    found = map(written, read(text, title=title))
    assert sorted(found) == sorted(said.split("; "))
