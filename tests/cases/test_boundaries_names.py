"""Names, files and words that come in: they stay in their folder, their form and their place."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.alerting.loading import AlertError, load_rule
from crawler.boundaries.paths import OutsideError, inside
from crawler.boundaries.text import clean_text
from crawler.cli.exits import Exit
from crawler.desk.archived import shown
from crawler.desk.search import match_of
from crawler.home import Home
from crawler.intake import load_guard
from crawler.source import SourceError, load_source
from tests.commands import ran
from tests.market import ROOT
from tests.site import site, write_source

LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
RUNS = "id: !!python/object/apply:os.system ['touch owned']\n"
BAD_NAMES = (
    "", ".", "..", "../x", "a/../x", "/etc/passwd", "a//b", "a/", "C:\\x", "a\\..\\x", "nul",
    "con.warc.gz", "x\x00y", "x\ny", "a" * 300, "/".join("a" * 600), "x.", " x", "x\u202ey",
)  # fmt: skip


def test_path_that_climbs(tmp_path: Path) -> None:
    for name in BAD_NAMES:
        with pytest.raises(OutsideError):
            inside(tmp_path, name)
    assert inside(tmp_path, "board/run-1.warc.gz") == tmp_path / "board" / "run-1.warc.gz"


def test_path_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "evidence" / "board").symlink_to(tmp_path)
    with pytest.raises(OutsideError, match="leads out"):
        inside(tmp_path / "evidence", "board/secret")


def test_evidence_of_another_folder(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    (home.sessions / "board.json").write_text("{}")
    page = {"warc_file": "../sessions/board.json", "warc_offset": 0}
    assert "outside of the evidence" in (shown(home.evidence, page).problem or "")
    write_source(home, "127.0.0.1:1", "board")
    assert ran(tmp_path, "status").code == 0
    with closing(sqlite3.connect(home.database)) as conn, conn:
        conn.execute("pragma foreign_keys = off")
        columns = [row[1] for row in conn.execute("pragma table_info(pages)")]
        values = {"id": "p", "source_id": "board", "run_id": "r", "url": "http://b.example/",
                  "fetched_at": "2026-01-01T00:00:00Z", "status": 200, "state": "unknown",
                  "warc_file": "../sessions/board.json"}  # fmt: skip
        conn.execute(
            f"insert into pages ({', '.join(columns)}) values ({', '.join('?' * len(columns))})",
            [values.get(column, 0) for column in columns],
        )
    done = ran(tmp_path, "fixture", "board")
    assert done.code == Exit.STORAGE, done.out
    assert "tampered" in done.err


def test_id_that_climbs(tmp_path: Path) -> None:
    page = next((ROOT / "tests" / "engines" / "mybb").glob("*index*/page.html"))
    with site({"/": (200, page.read_text("utf-8"))}, []) as host:
        done = ran(
            tmp_path / "home", "add", f"http://{host}/", "--id", "../../x", "--local", "--yes"
        )
    assert (done.code, "--id" in done.err) == (Exit.USAGE, True)
    assert list(tmp_path.rglob("x.yml")) == []
    refused = ran(tmp_path / "home", "logs", "../../../etc/passwd")
    assert refused.code == Exit.USAGE
    assert "root" not in refused.out


def refused(folder: Path, text: str) -> None:
    """Source, alert and term files with this text are refused."""
    path = folder / "board.yml"
    path.write_text(text)
    for load, error in ((load_source, SourceError), (load_rule, AlertError)):
        with pytest.raises(error, match=r"board\.yml"):
            load(path)
    with pytest.raises(SourceError, match="cannot be used"):
        load_guard(path)


def test_yaml_that_grows(tmp_path: Path) -> None:
    refused(tmp_path, LAUGHS)


def test_yaml_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(tmp_path, RUNS)
    assert not (tmp_path / "owned").exists()


def test_search_operators() -> None:
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("create virtual table t using fts5(text)")
        conn.execute("insert into t values ('rdp near text')")
        for typed in (
            '"',
            "rdp*",
            "NEAR(",
            "text:rdp",
            "a OR b",
            "-rdp",
            "^rdp",
            "(",
            "'; drop",
            "*",
        ):
            if words := match_of(typed):
                conn.execute("select * from t where t match ?", (words,)).fetchall()


def test_characters_that_are_none() -> None:
    text = clean_text("a\x00b\ud800c\ufffed\x1be\r\nf")
    assert text == "abcde\nf"
    assert text.encode()
