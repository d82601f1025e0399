"""Hostile databases: what is not what it says is refused, and nothing of it acts."""

from pathlib import Path

import pytest

from crawler.home import Home
from crawler.merging.run import merge
from crawler.merging.shard import ShardError
from tests.market import rows
from tests.shards import change, filled, texts_of


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("update posts set id = 'x'", "posts"),
        ("update posts set last_seen = '9999-01-01T00:00:00Z'", "posts"),
        ("update posts set first_seen = 'yesterday'", "posts"),
        ("update posts set native_id = x'ff00'", "posts"),
        ("update posts set position = 9e18", "posts"),
        ("update posts set position = 'first'", "posts"),
        ("update posts set url = 'javascript:alert(1)'", "posts"),
        ("update posts set url = 'http://x/' || char(27) || '[2J'", "posts"),
        ("update posts set thread_id = 'aaaaaaaaaaaaaaaaaaaaaaaa'", "posts"),
        ("update post_versions set text = 'another text'", "post_versions"),
        ("update post_versions set text = printf('%.2000000c', 'x')", "post_versions"),
        ("update post_versions set quoted = printf('%.9000c', '[')", "post_versions"),
        ("update pages set warc_file = '../../etc/passwd'", "pages"),
        ("update runs set id = '../run'", "runs"),
        ("update threads set url = 'file:///etc/passwd'", "threads"),
        ("update sources set id = 'Ev/il'", "sources"),
    ],
)
def test_a_row_that_is_not_what_it_says_is_refused(
    tmp_path: Path, statement: str, table: str
) -> None:
    evil = filled(tmp_path / "evil", "RDP 5$")
    change(evil, "pragma foreign_keys = off", statement)
    home = Home(tmp_path / "home")
    (done,) = merge(home, [evil])
    assert done.refused.get(table), done
    assert done.reasons
    assert rows(home.database, "select * from posts") == []
    assert rows(home.database, "select * from post_versions") == []
    assert rows(home.database, "pragma foreign_key_check") == []


@pytest.mark.parametrize(
    "statements",
    [
        ["drop table posts", "create view posts as select 1 as id, randomblob(9) as native_id"],
        ["drop table posts", "create virtual table posts using fts5(id, native_id)"],
        ["drop table posts", "create table posts (id text, source_id as (upper(id)))"],
        ["drop table posts", "create table posts (id text)"],
        ["drop table post_versions"],
    ],
)
def test_a_hostile_schema_is_refused_as_a_whole(tmp_path: Path, statements: list[str]) -> None:
    evil = filled(tmp_path / "evil", "RDP 5$")
    change(evil, "pragma foreign_keys = off", *statements)
    home = Home(tmp_path / "home")
    with pytest.raises(ShardError, match=r"market\.db"):
        merge(home, [evil])
    assert rows(home.database, "select * from sources") == []


def test_triggers_views_and_tables_of_a_shard_do_nothing(tmp_path: Path) -> None:
    evil = filled(tmp_path / "evil", "RDP 5$")
    change(
        evil,
        "create table more (x)",
        "create view leak as select load_extension('x')",
        "create trigger t after insert on posts begin insert into more values (new.id); end",
        "create index late on posts (abs(length(native_id)))",
    )
    home = Home(tmp_path / "home")
    before = (evil / "market.db").read_bytes()
    assert merge(home, [evil])[0].refused == {}
    assert (evil / "market.db").read_bytes() == before
    assert sorted(path.name for path in evil.iterdir()) == ["market.db"]
    assert texts_of(home) == ["RDP 5$"]
    assert rows(home.database, "select * from sqlite_schema where name in ('more', 'leak')") == []


@pytest.mark.parametrize("name", ["random", "cut", "empty"])
def test_a_damaged_file_is_refused(tmp_path: Path, name: str) -> None:
    evil = filled(tmp_path / "evil", *["RDP 5$ " * 50] * 40)
    whole = (evil / "market.db").read_bytes()
    data = {"random": b"x" * 9000, "cut": whole[: len(whole) // 2], "empty": b""}[name]
    (evil / "market.db").write_bytes(data)
    with pytest.raises(ShardError):
        merge(Home(tmp_path / "home"), [evil])
