"""Links in posts are never the page's own, on any engine."""

from dataclasses import replace

import pytest

from crawler.reading import Reading
from spiders.authored import BODIES
from tests.live.board import POSTS_A_PAGE, Skin, Thread, View, made_boards, pages_of
from tests.live.test_skins import FORUMS, NAMES, ROOT, read, skin_named

TOKEN = "zztokenzz"
FAKE = (
    "<a class='pagination_next pageNav-jump pageNav-jump--next Next next' rel='next' "
    "href='{url}'>Next</a><link rel='next' href='{url}'>"
    "<div class='pagination pagelinks pagenav PageNav ipsPagination'><ul><li class='next "
    "ipsPagination_next arrow next'><a rel='next' class='text right-box' href='{url}'>Next &gt;</a>"
    "</li></ul><strong>1</strong> <a class='navPages nav_page' href='{url}'>2</a></div>"
    "<a href='member.php?action=logout'>Log out</a><form action=login><input type=password></form>"
)


def marked(skin: Skin, view: View) -> tuple[Thread, str]:
    """The board's longest thread with a mark in each of its posts, and its URL."""
    board = view.boards[0]
    urls = {
        row.native_id: row.url
        for row in read(skin, skin.board(view, board, 1), f"{ROOT}/x").threads
    }
    thread = max((t for t in board.threads if str(t.number) in urls), key=lambda t: len(t.posts))
    thread.posts[:] = [replace(post, text=f"{TOKEN} {post.text}") for post in thread.posts]
    return thread, urls[str(thread.number)]


def walked(skin: Skin, view: View, thread: Thread, url: str, words: str) -> list[Reading]:
    """Each page of a thread, the mark replaced by other words."""
    readings: list[Reading] = []
    for page in range(1, pages_of(len(thread.posts), POSTS_A_PAGE) + 1):
        readings.append(read(skin, skin.thread(view, thread, page).replace(TOKEN, words), url))
        url = readings[-1].next_page or url
    return readings


@pytest.mark.parametrize("name", [name for name in NAMES if name in FORUMS and name in BODIES])
def test_a_next_link_in_a_post_is_not_followed(name: str) -> None:
    skin = skin_named(name)
    view = View(ROOT, made_boards(60, 5))
    thread, url = marked(skin, view)
    if TOKEN not in skin.thread(view, thread, 1) or name == "discourse":
        pytest.skip("posts are data")
    plain = walked(skin, view, thread, url, "x")
    other = url.replace(str(thread.number), "999")
    faked = walked(skin, view, thread, url, FAKE.format(url=other))
    assert len(plain) == len(faked)
    for before, after in zip(plain, faked, strict=True):
        assert (after.state, after.next_page) == ("ok", before.next_page)
        assert [post.native_id for post in after.posts] == [post.native_id for post in before.posts]
        assert (after.boards, after.threads) == ((), ())
