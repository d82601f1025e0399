"""The intake guard: what is dropped, what is masked, and what is left alone."""

import gzip
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from crawler.home import DATA, Home
from crawler.intake import guard_at, load_guard, masked
from crawler.source import SourceError
from tests.live.board import made_boards
from tests.live.crawls import lab_at
from tests.live.server import Site, serve
from tests.live.test_skins import skin_named
from tests.market import rows

GUARD = load_guard(DATA / "intake" / "terms.yml")
BAD = "pthc"


@pytest.mark.parametrize(
    "text",
    [
        "Bulletproof hosting. Not allowed: spam, child porn, terrorism",
        "We host everything except child pornography",
        "Запрещено: спам, детское порно, терроризм",
        "Alles außer Kinderpornografie",
        "Todo permitido, excepto pornografía infantil",
        "cp = control panel, cPanel, WHM",
        "цп 8 ядер, 16 гб",
        "RDP with admin rights, 5$",
        "禁止儿童色情",
    ],
)
def test_rules_and_offers_of_servers_stay(text: str) -> None:
    assert not GUARD.is_forbidden(text)


@pytest.mark.parametrize("text", [BAD, "<b>child</b> porn for sale", "продам детское порно"])
def test_offers_of_abuse_are_known_in_any_markup(text: str) -> None:
    assert GUARD.is_forbidden(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("pay to 4012 8888 8888 1881 now", "pay to [card masked] now"),
        ("5555555555554444", "[card masked]"),
        ("3782 822463 10005", "[card masked]"),
        ("ssn 536-90-4399.", "ssn [id masked]."),
        ("CPF 390.533.447-05", "CPF [id masked]"),
        ("11010519491231002X", "[id masked]"),
        ("СНИЛС: 112-233-445 95", "СНИЛС:[id masked]"),
    ],
)
def test_secrets_of_third_persons_are_masked(text: str, wanted: str) -> None:
    assert masked(text) == (wanted, 1)
    assert masked(wanted) == (wanted, 0)


def test_lists_of_accounts_and_keys_are_masked() -> None:
    lines = [f"user{number}@mail.example:hunter{number}" for number in range(3)]
    text, count = masked("combo\n" + "\n".join(lines))
    assert count == 3
    assert "hunter" not in text
    assert "user1@mail.example:[password masked]" in text
    begin, end = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
    assert masked(f"x {begin}\nMIIE\n{end} y") == ("x [private key masked] y", 1)


@pytest.mark.parametrize(
    "text",
    [
        "RAM 4 8 16 32 64 128 256 512 GB",
        "icq 411111111, tg 6011000990139424x",
        "4012888888881882",
        "sales@host.example: telegram @host",
        "1700000000000 1234-5678",
        "185.10.20.30:3389 admin:pass",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\nmQEN\n-----END PGP PUBLIC KEY BLOCK-----",
    ],
)
def test_offers_contacts_and_specs_are_not_masked(text: str) -> None:
    assert masked(text) == (text, 0)


@pytest.mark.parametrize("piece", ["4012 ", "a@b.c:", "1", "-----BEGIN ", "<", "-", "child "])
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    started = time.process_time()
    masked(text)
    GUARD.is_forbidden(text)
    assert time.process_time() - started < 2


def test_an_operator_brings_own_terms(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert guard_at(home) is guard_at(home)
    (tmp_path / "intake.yml").write_text(
        "hints: [fish]\nalways: ['\\bblobfish\\b']\nunless_forbidden: ['zzz']\n"
        "forbidding: ['no']\nnear: 10\n"
    )
    assert guard_at(home).is_forbidden("a blobfish")
    (tmp_path / "other.yml").write_text("always: ['(']\nunless_forbidden: []\nforbidding: []\n")
    with pytest.raises(SourceError, match=r"other\.yml"):
        load_guard(tmp_path / "other.yml")


def evidence(home: Home) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in home.evidence.rglob("*.gz"))


def run_of(row: Mapping[str, object]) -> tuple[object, object]:
    return row["dropped"], row["masked"]


def test_a_crawl_keeps_nothing_of_what_must_not_be_stored(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(8))) as site:
        threads = [thread for board in site.boards for thread in board.threads]
        threads[0].posts[0].text = f"look {BAD} here"
        threads[1].title = f"{BAD} archive"
        threads[2].posts[0].text = "take this 4012888888881881"
        lab = lab_at(tmp_path, site)
        run = lab.crawl()
        # its thread, and the board that shows the other one's title
        assert run_of(run) == (2, 1)
        assert BAD.encode() not in evidence(lab.home)
        assert b"4012888888881881" not in evidence(lab.home)
        assert [row for row in lab.posts() if BAD in row["text"]] == []
        assert {row["thread"] for row in rows(lab.home.database, "select * from drops")} == {
            str(threads[0].number), None
        }  # fmt: skip
        wanted = {str(post.number) for thread in threads[2:] for post in thread.posts}
        assert {row["native_id"] for row in lab.posts()} == wanted
        assert "take this [card masked]" in {row["text"] for row in lab.posts()}
        site.asked.clear()
        lab.crawl(full=True)
        opened = [site.skin.asked(target) for target in site.asked]
        numbers = {asked.number for asked in opened if asked and asked.what == "thread"}
        assert numbers == {thread.number for thread in threads[2:]}


def test_a_source_may_keep_such_pages_whole(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(2))) as site:
        site.boards[0].threads[0].posts[0].text = "take this 4012888888881881"
        lab = lab_at(tmp_path, site)
        lab.write_source("evidence: whole\n")
        assert run_of(lab.crawl()) == (0, 1)
        assert b"4012888888881881" in evidence(lab.home)
        assert "take this [card masked]" in {row["text"] for row in lab.posts()}
