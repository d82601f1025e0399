"""URLs of interfaces and feeds: what is followed, and the one form of each."""

import pytest

from spiders.engines import bluesky, mastodon, reddit, rss


@pytest.mark.parametrize(
    ("url", "kind", "canonical"),
    [
        (
            "https://m.example/api/v1/accounts/77/statuses/?since_id=4&limit=5&max_id=9&local=true",
            "channel",
            "https://m.example/api/v1/accounts/77/statuses?local=true&limit=40&max_id=9",
        ),
        (
            "https://M.example/api/v1/timelines/tag/VPS?access_token=k#x",
            "channel",
            "https://m.example/api/v1/timelines/tag/vps?limit=40",
        ),
        ("https://m.example/@kestrel/77", None, "https://m.example/@kestrel/77"),
        ("https://m.example/api/v1/statuses/77", None, "https://m.example/api/v1/statuses/77"),
    ],
)
def test_mastodon_urls(url: str, kind: str | None, canonical: str) -> None:
    assert (mastodon.kind(url), mastodon.canonical(url)) == (kind, canonical)
    assert mastodon.canonical(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "kind", "canonical"),
    [
        (
            "https://r.example/r/Rack_Deals/comments/1P4abc/a_title/?sort=new&context=3",
            "thread",
            "https://r.example/comments/1p4abc.json?limit=500&raw_json=1",
        ),
        (
            "https://r.example/r/RackDeals/?after=t3_1p4&count=25",
            "board",
            "https://r.example/r/rackdeals/new.json?limit=100&raw_json=1&after=t3_1p4",
        ),
        (
            "https://r.example/u/CopperRack/submitted/",
            "board",
            "https://r.example/user/copperrack/submitted.json?limit=100&raw_json=1",
        ),
        ("https://r.example/r/a_b/comments/1p4/x/o9c/", None, None),
        ("https://r.example/user/copperrack/comments.json", None, None),
        ("https://r.example/r/rackdeals/search.json?q=x", None, None),
        ("https://r.example/message/compose?to=x", None, None),
    ],
)
def test_reddit_urls(url: str, kind: str | None, canonical: str | None) -> None:
    assert reddit.kind(url) == kind
    if canonical:
        assert reddit.canonical(url) == canonical
        assert reddit.canonical(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "kind", "canonical"),
    [
        (
            "https://b.example/xrpc/app.bsky.feed.getAuthorFeed?cursor=a%3Ab&actor=Rack.Example",
            "channel",
            "https://b.example/xrpc/app.bsky.feed.getAuthorFeed"
            "?actor=rack.example&limit=100&cursor=a:b",
        ),
        (
            "https://b.example/xrpc/app.bsky.feed.searchPosts?q=rent+vps&sort=top&lang=en",
            "channel",
            "https://b.example/xrpc/app.bsky.feed.searchPosts"
            "?q=rent%20vps&lang=en&limit=100&sort=latest",
        ),
        ("https://b.example/xrpc/app.bsky.feed.getTimeline", None, None),
        ("https://b.example/xrpc/app.bsky.feed.searchPosts", None, None),
    ],
)
def test_bluesky_urls(url: str, kind: str | None, canonical: str | None) -> None:
    assert bluesky.kind(url) == kind
    if canonical:
        assert bluesky.canonical(url) == canonical
        assert bluesky.canonical(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://b.example/feed/", "channel"),
        ("https://b.example/blog/index.xml?sid=77", "channel"),
        ("https://b.example/forum/?type=rss;action=.xml", "channel"),
        ("https://b.example/feedback", None),
        ("https://b.example/2026/11/offer/", None),
    ],
)
def test_feed_urls(url: str, kind: str | None) -> None:
    assert rss.kind(url) == kind
    assert "sid=" not in rss.canonical(url)
