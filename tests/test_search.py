"""The search index: one form for the ways of writing a word, filled as texts come."""

from pathlib import Path

import pytest

from crawler.folding import folded, folded_query
from crawler.store.search import index_texts
from tests.pages import Board, board_at, post

TEXTS = {
    1: "出售独立服务器，适合挖矿，月付",
    2: "ещё дёшево, абузоустойчивые серверы",
    3: "Servidores dedicados para minería, también en Köln",
    4: "أقوى الخوادم للتّعدين",
    5: "cheap b\u200bulletproof VPS",
}


@pytest.fixture
def board(tmp_path: Path) -> Board:
    board = board_at(tmp_path)
    board.thread_page(board.begin(), [post(n, text) for n, text in TEXTS.items()])
    with board.store.transaction():
        assert index_texts(board.store) == len(TEXTS)
    return board


def found(board: Board, words: str, *, start: bool = False) -> list[int]:
    """Numbers of the posts with a phrase, or with words that start so."""
    rows = board.store.rows(
        "select p.native_id from post_versions_fts f join post_versions v on v.rowid = f.rowid "
        "join posts p on p.id = v.post_id where f.post_versions_fts match ? order by f.rowid",
        (f'"{folded_query(words)}"' + "*" * start,),
    )
    return [int(row["native_id"]) for row in rows]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("挖矿", 1),
        ("独立服务器", 1),
        ("еще дешево", 2),
        ("ещё", 2),
        ("mineria", 3),
        ("KÖLN", 3),
        ("اقوي", 4),
        ("للتعدين", 4),
        ("bulletproof vps", 5),
    ],
)
def test_a_word_is_found_however_it_is_written(board: Board, words: str, number: int) -> None:
    assert found(board, words) == [number]


@pytest.mark.parametrize("words", ["矿挖", "服务器独立", "挖付"])
def test_chinese_signs_in_another_order_are_another_word(board: Board, words: str) -> None:
    assert found(board, words) == []


@pytest.mark.parametrize("sign", ["挖", "付", "独"])
def test_a_lone_sign_is_found_as_the_start_of_a_pair(board: Board, sign: str) -> None:
    assert found(board, sign, start=True) == [1]


def test_only_new_texts_are_added(board: Board) -> None:
    with board.store.transaction():
        assert index_texts(board.store) == 0
    board.thread_page(board.begin(), [post(1, "жирные дедики"), post(6, "new one")])
    with board.store.transaction():
        assert index_texts(board.store) == 2
    assert found(board, "дедики") == [1]
    assert found(board, "挖矿") == [1]


def test_filling_anew_gives_the_same_index(board: Board) -> None:
    with board.store.transaction():
        assert index_texts(board.store, everything=True) == len(TEXTS)
    assert found(board, "挖矿") == [1]
    assert found(board, "дёшево") == [2]


def test_latin_text_stays_as_it_is() -> None:
    assert folded("RDP 5$ @x") == "RDP 5$ @x"
    assert folded("挖") == " 挖 "
    assert folded("a挖矿b") == "a 挖矿 矿 b"
