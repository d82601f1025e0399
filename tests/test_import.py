"""`rackrent import`: exports of chat programs become evidence and rows, in flat memory."""

import json
from pathlib import Path

import pytest

from crawler.archived import responses_in
from crawler.home import Home
from tests.exports import (
    CLOCKS,
    account,
    chat,
    discord,
    imported,
    message,
    service,
    write,
    write_source,
)
from tests.market import EVIDENCE, dump, rackrent, rows

ALL = "select count(*) as n from "


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    write_source(home)
    write_source(home, "yard_discord", "discord_export")
    return home


def count(home: Home, table: str) -> int:
    return int(rows(home.database, ALL + table)[0]["n"])


def test_a_second_import_adds_nothing_and_counts_as_seen(home: Home, tmp_path: Path) -> None:
    talk = [service(1), *(message(number) for number in range(2, 1203))]
    file = write(tmp_path / "result.json", chat(talk))
    code, first, said = imported(home, file)
    assert (code, said) == (0, "")
    assert (first["posts_seen"], first["posts_new"], first["pages"]) == (1201, 1201, 3)
    assert first["import"]["messages"] == 1202
    assert first["import"]["notices"] == 1
    before = {table: dump(home.database, table, CLOCKS) for table in EVIDENCE}
    code, second, _ = imported(home, file)
    assert code == 0
    assert (second["posts_seen"], second["posts_new"], second["posts_changed"]) == (1201, 0, 0)
    assert {table: dump(home.database, table, CLOCKS) for table in EVIDENCE} == before
    sizes = sorted(path.stat().st_size for path in home.evidence.rglob("*.warc.gz"))
    # the second run's evidence only points to the first one's
    assert sizes[0] < sizes[1] / 5


def test_an_edited_message_is_a_version(home: Home, tmp_path: Path) -> None:
    imported(home, write(tmp_path / "a.json", chat([message(1), message(2)])))
    later = chat([message(1, "sold out", edited_unixtime="1772360000"), message(2), message(3)])
    code, run, _ = imported(home, write(tmp_path / "b.json", later))
    assert code == 0
    assert (run["posts_new"], run["posts_changed"]) == (1, 1)
    texts = rows(home.database, "select text from post_versions v join posts p on p.id = v.post_id "
                 "where p.native_id = '1700000001/1' order by text")  # fmt: skip
    assert len(texts) == 2
    assert count(home, "posts where gone_at is not null") == 0


def test_the_export_of_a_whole_account(home: Home, tmp_path: Path) -> None:
    export = account(
        chat([message(1), message(2)], 1700000001, "Yard"),
        chat([], 1700000002, "Silent yard"),
        chat([message(1)], 1700000003, "Third yard"),
    )
    code, run, said = imported(home, write(tmp_path / "result.json", export))
    assert (code, said, run["import"]["chats"]) == (0, "", 4)
    titles = [row["title"] for row in rows(home.database, "select title from threads order by 1")]
    assert titles == ["Left yard", "Silent yard", "Third yard", "Yard"]
    natives = [row["native_id"] for row in rows(home.database, "select native_id from posts")]
    assert sorted(natives) == ["1700000001/1", "1700000001/2", "1700000003/1", "1700000099/1"]
    kept = b"".join(
        archived.body or b""
        for path in home.evidence.rglob("*.warc.gz")
        for archived in responses_in(path, home.evidence)
    )
    assert b"Yard" in kept
    # contacts and the account itself are nobody's offer
    assert b"phone_number" not in kept


def test_discord(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "offers.json", discord(25))
    code, run, said = imported(home, file, "yard_discord")
    assert (code, said) == (0, "")
    assert (run["posts_new"], run["import"]["notices"]) == (23, 2)
    (thread,) = rows(home.database, "select title, board, url from threads")
    assert thread == {
        "title": "offers",
        "board": "Rack Yard / Market",
        "url": "https://discord.com/channels/82/83",
    }
    code, run, _ = imported(home, file, "yard_discord")
    assert (code, run["posts_seen"], run["posts_new"]) == (0, 23, 0)


def test_discord_values_of_wrong_types(home: Home, tmp_path: Path) -> None:
    export = discord(3)
    export["messages"][0] |= {"type": ["Default"], "author": "nobody", "embeds": {"a": 1}}
    export["messages"][1] |= {"content": 5, "reference": [], "timestamp": {}}
    export["messages"].append("words")
    code, run, _ = imported(home, write(tmp_path / "x.json", export), "yard_discord")
    assert (code, run["posts_new"]) == (4, 3)
    kinds = {row["kind"] for row in rows(home.database, "select kind from issues")}
    assert kinds == {"wrong_type", "missing_messages"}


def test_a_discord_export_that_states_more_messages_than_it_holds(
    home: Home, tmp_path: Path
) -> None:
    file = write(tmp_path / "offers.json", discord(5, messageCount=9))
    code, run, _ = imported(home, file, "yard_discord")
    assert (code, run["status"], run["posts_new"]) == (4, "degraded", 5)
    (issue,) = rows(home.database, "select kind, detail from issues")
    assert issue == {
        "kind": "missing_messages",
        "detail": "offers: 5 messages, the file says 9",
    }


@pytest.mark.parametrize("fault", ["truncated", "garbage"])
def test_a_broken_file_keeps_what_was_read_and_says_what_is_missing(
    home: Home, tmp_path: Path, fault: str
) -> None:
    whole = json.dumps(chat([message(number) for number in range(1, 1301)]), indent=1)
    place = whole.index('"id": 1201,')
    broken = whole[:place] + ("" if fault == "truncated" else "oops" + whole[place:])
    file = tmp_path / "result.json"
    file.write_text(broken, "utf-8")
    code, run, said = imported(home, file)
    assert code == 4
    assert "message 1200" in said
    assert f"of {len(broken)}" in said
    assert "is missing" in said
    assert (run["status"], run["posts_new"]) == ("degraded", 1200)
    (issue,) = rows(home.database, "select kind from issues")
    assert issue["kind"] == "broken_export"
    file.write_text(whole, "utf-8")
    code, run, _ = imported(home, file)
    assert (code, run["posts_seen"], run["posts_new"]) == (0, 1300, 100)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (b"PK\x03\x04 archive", "is not JSON"),
        (b"", "is empty"),
        (b'{"posts": []}', "holds no chat"),
        (b'[{"id": 1}]', "holds no chat"),
        (b'{"name": "Yard", "ty', "before its first message"),
        (b"[" * 50_000, "before its first message"),
    ],
)
def test_another_file_is_refused(home: Home, tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "other.bin"
    file.write_bytes(content)
    code, _, said = imported(home, file)
    assert code == 2
    assert str(file) in said
    assert reason in said
    assert "Machine-readable JSON" in said
    assert not home.database.exists()


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("1e999999", "post_without_id"),
        ("[" * 5000 + "]" * 5000, "nested_too_deep"),
        ('"\\ud800"', "post_without_id"),
    ],
)
def test_hostile_values_are_issues(home: Home, tmp_path: Path, value: str, problem: str) -> None:
    text = json.dumps(chat([message(1), {"id": "HERE", "type": "message", "text": "<b <i"}]))
    file = tmp_path / "result.json"
    file.write_text(text.replace('"HERE"', value), "utf-8")
    code, run, _ = imported(home, file)
    assert (code, run["posts_new"]) == (4, 1)
    kinds = {row["kind"] for row in rows(home.database, "select kind from issues")}
    assert problem in kinds


def test_a_number_of_thousands_of_digits_breaks_the_file_there(home: Home, tmp_path: Path) -> None:
    talk = [message(number) for number in range(1, 601)]
    text = json.dumps(chat([*talk, {"id": "HERE", "type": "message"}]), indent=1)
    file = tmp_path / "result.json"
    file.write_text(text.replace('"HERE"', "9" * 6000), "utf-8")
    code, run, said = imported(home, file)
    assert (code, "is missing" in said) == (4, True)
    # what the parser had read ahead of it is lost too, at most its buffer
    assert run["posts_new"] > 200


def test_a_file_for_another_engine_is_refused(home: Home, tmp_path: Path) -> None:
    code, _, said = imported(home, write(tmp_path / "offers.json", discord(1)))
    assert code == 2
    assert "engine: discord_export" in said
    code, _, said = imported(home, tmp_path / "nowhere.json")
    assert (code, "nowhere.json: cannot be read" in said) == (2, True)


def test_rows_come_back_from_the_evidence(home: Home, tmp_path: Path) -> None:
    talk = [service(1), *(message(number) for number in range(2, 700))]
    for name in ("a.json", "b.json"):
        imported(home, write(tmp_path / name, account(chat(talk))))
    rebuilt = tmp_path / "rebuilt.db"
    done = rackrent(home.root, "replay", str(home.evidence), "--db", str(rebuilt))
    assert done.returncode == 0, done.stderr
    for table in EVIDENCE:
        assert dump(rebuilt, table) == dump(home.database, table)


def test_the_guard_leaves_out_one_message_and_masks_another(home: Home, tmp_path: Path) -> None:
    card = [
        {"type": "plain", "text": "fullz 4111 1111 "},
        {"type": "bold", "text": "1111 1111"},
    ]
    accounts = [
        part
        for number in range(4)
        for part in (
            {"type": "email", "text": f"u{number}@mail.example"},
            f":hunter{number}x\n",
        )
    ]
    talk = [message(1), message(2, "cp links, 10 USD"), message(3, card), message(4, accounts)]
    _, run, _ = imported(home, write(tmp_path / "result.json", chat(talk)))
    assert (run["posts_seen"], run["dropped"]) == (3, 1)
    assert run["masked"] == 5
    kept = b"".join(
        archived.body or b""
        for path in home.evidence.rglob("*.warc.gz")
        for archived in responses_in(path, home.evidence)
    )
    texts = "\n".join(row["text"] for row in rows(home.database, "select text from post_versions"))
    for secret in ("cp links", "1111", "hunter"):
        assert secret.encode() not in kept
        assert secret not in texts
