"""Later days of the market are what `days.yml` says; repeated ads, what `history.yml` says."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from crawler.demo.market import LAST_DAY, load, market_on
from crawler.demo.series import drawn
from tests.demo_days import ANCHOR, posts_of, thread_named

LATER = sorted(load("days"))


def test_every_later_day_is_scripted() -> None:
    assert list(range(2, LAST_DAY + 1)) == LATER


def test_times_of_day_1() -> None:
    for source in ("demo_mybb", "demo_xenforo"):
        posts = posts_of(market_on(1, ANCHOR), source).values()
        assert max(post.at for post in posts) <= ANCHOR - timedelta(hours=4)


@pytest.mark.parametrize("number", LATER)
def test_times_of_a_later_day(number: int) -> None:
    before, after = market_on(number - 1, ANCHOR), market_on(number, ANCHOR)
    past = [p.at for source in before.threads for p in posts_of(before, source).values()]
    for source in before.threads:
        old, new = posts_of(before, source), posts_of(after, source)
        late = [p.at for key, p in new.items() if key not in old]
        late += [p.edited_at for key, p in new.items() if p.edited_at and p != old.get(key)]
        assert late
        assert all(timedelta(minutes=5) <= ANCHOR - at <= timedelta(hours=3) for at in late)
        assert min(late) > max(past)
    for threads in after.threads.values():
        for thread in threads:
            assert [p.at for p in thread.posts] == sorted(p.at for p in thread.posts)


@pytest.mark.parametrize("number", LATER)
@pytest.mark.parametrize("source", ["demo_mybb", "demo_xenforo"])
def test_a_later_day_of_a_board_is_what_days_yml_says(source: str, number: int) -> None:
    first, second = market_on(number - 1, ANCHOR), market_on(number, ANCHOR)
    mine = {
        kind: [one for one in load("days")[number].get(kind, ()) if one["source"] == source]
        for kind in ("new_threads", "replies", "edits", "deletions", "removed")
    }
    old, new = posts_of(first, source), posts_of(second, source)
    keys, known = ({thread.key for thread in day.threads[source]} for day in (second, first))
    assert keys - known == {one["id"] for one in mine["new_threads"]}
    assert known - keys == {one["thread"] for one in mine["removed"]}
    assert len(set(new) - set(old)) == len(mine["new_threads"]) + len(mine["replies"])
    gone = {
        thread_named(first, source, one["thread"]).id * 100 + 1 + one["reply"]
        for one in mine["deletions"]
    }
    for one in mine["removed"]:
        gone |= {post.id for post in thread_named(first, source, one["thread"]).posts}
    assert set(old) - set(new) == gone
    touched = {thread_named(first, source, one["thread"]).posts[0].id: one for one in mine["edits"]}
    assert {n for n in set(old) & set(new) if old[n] != new[n]} == set(touched)
    for key, edit in touched.items():
        assert new[key].text == old[key].text.replace(edit["from"], edit["to"])


def test_a_deleted_post_stood_in_the_middle() -> None:
    for one in load("days")[2]["deletions"]:
        thread = thread_named(market_on(1, ANCHOR), one["source"], one["thread"])
        assert 0 < one["reply"] < len(thread.posts) - 1


@pytest.mark.parametrize("number", LATER)
def test_sold_access_is_said_by_its_seller_and_closed(number: int) -> None:
    sold = [one for one in load("days")[number]["replies"] if one.get("sold")]
    assert sold
    for one in sold:
        thread = thread_named(market_on(LAST_DAY, ANCHOR), one["source"], one["thread"])
        assert thread.locked
        assert thread.last.author == thread.posts[0].author


@pytest.mark.parametrize("number", LATER)
def test_a_later_day_of_channel_and_shop_is_what_days_yml_says(number: int) -> None:
    first, second, day = (
        market_on(number - 1, ANCHOR), market_on(number, ANCHOR), load("days")[number],
    )  # fmt: skip
    assert second.messages[: len(first.messages)] == first.messages
    added = second.messages[len(first.messages) :]
    assert [m.text for m in added] == [one["text"].strip() for one in day["telegram"]]
    old = {item.id: item for item in first.items}
    new = {item.id: item for item in second.items}
    assert set(old) - set(new) == set(day["shop"]["gone"])
    assert {n: i.price for n, i in new.items() if i != old[n]} == day["shop"]["prices"]


def test_repeated_ads_fill_eight_months() -> None:
    for series in load("history"):
        source = series["source"]
        day = market_on(1, ANCHOR)
        if source == "demo_telegram":
            posts = [m for m in day.messages if m.text in texts_of(series)]
        else:
            thread = thread_named(day, source, series["id"])
            posts = [p for p in thread.posts if p.text in texts_of(series)]
        assert len(posts) >= series["times"]
        assert (posts[-1].at - posts[0].at).days > 180
    ages = [series["oldest"] for series in load("history")]
    assert max(ages) > 240
    assert sum(series["times"] for series in load("history")) >= 80


def texts_of(series: Mapping[str, Any]) -> set[str]:
    return {raw["text"].strip() for raw in drawn(series)}


def test_a_series_moves_its_prices() -> None:
    for series in load("history"):
        texts = [raw["text"] for raw in drawn(series)]
        assert texts == [raw["text"] for raw in drawn(series)]
        assert len(set(texts)) == len(texts), series["id"]


def test_an_impostor_is_one_letter_away_and_copies_the_ad() -> None:
    day = market_on(LAST_DAY, ANCHOR)
    real, fake = (thread_named(day, "demo_xenforo", key) for key in ("dediki", "dediki-fake"))
    assert (real.posts[0].author, fake.posts[0].author) == ("dedovod", "dedovood")
    kept = real.posts[0].text.replace("dedovod", "dedovood").splitlines()
    assert set(fake.posts[0].text.splitlines()) <= set(kept)


def test_a_new_name_keeps_an_old_contact() -> None:
    second = market_on(2, ANCHOR)
    first_authors = {p.author for p in posts_of(market_on(1, ANCHOR), "demo_mybb").values()}
    fresh = thread_named(second, "demo_mybb", "rebrand").posts[0]
    old = thread_named(second, "demo_mybb", "basalt-dedi").posts[0]
    assert fresh.author not in first_authors
    assert "@basalt_racks" in fresh.text
    assert "@basalt_racks" in old.text
