"""Commands of operators: status, sources, runs, issues, logs, init; hostile text on a terminal."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from crawler.cli import screen
from crawler.cli.inspecting import followed
from crawler.cli.progress import LINE_S, Lines, rate_in_words
from crawler.crawl import SourcePausedError
from crawler.home import Home
from crawler.reading import Problem
from crawler.scheduling.install import unit_path
from crawler.store import runs
from crawler.store.database import Store
from tests.commands import ran
from tests.market import ROOT
from tests.pages import board_at, post
from tests.site import site, write_source

HOSTILE = (
    "x\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp\u2066\u2028root@host:~# y\nrackrent: all is well"
)
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a source and its two runs; the last one is degraded and has a hostile issue."""
    home = Home(tmp_path / "home")
    home.make()
    write_source(home, "board.example", "board", "every: 6h\n")
    board = board_at(home.root)
    for status, reason in (("ok", None), ("degraded", f"1 issues {HOSTILE}")):
        run_id = board.begin()
        board.thread_page(run_id, [post(1)])
        with board.store.transaction():
            problem = [Problem("unknown_page", HOSTILE)]
            runs.keep_issues(board.store, "board", run_id, None, problem, moment=board.now)
            runs.finish_run(board.store, run_id, board.now, status, reason)
    board.store.close()
    return home


def test_status_says_what_to_do(home: Home) -> None:
    shown = json.loads(ran(home.root, "status", "--json").out)
    (row,) = [one for one in shown if one["source_id"] == "board"]
    assert (row["status"], row["last_run"]) == ("degraded", "2026-03-01T11:00:00Z")
    assert row["next_run"] >= "2026-11"
    assert row["what_to_do"].endswith("see: rackrent runs show board")
    ran(home.root, "sources", "pause", "board", "--reason", "captcha")
    text = ran(home.root, "status").out
    assert "paused: captcha; then: rackrent sources resume board" in text
    assert ran(home.root, "sources", "resume", "board").code == 0
    assert "paused" not in ran(home.root, "status").out


def test_a_source_that_was_never_read_stands_in_the_status(home: Home) -> None:
    write_source(home, "other.example", "fresh")
    write_source(home, "other.example", "wrong", "every: soon\n")
    shown = {one["source_id"]: one for one in json.loads(ran(home.root, "status", "--json").out)}
    assert (shown["fresh"]["status"], bool(shown["fresh"]["next_run"])) == ("never", True)
    assert "'soon' is not a duration" in shown["wrong"]["what_to_do"]


def test_sources_are_listed_and_shown(home: Home) -> None:
    rows = {
        row["source"]: row for row in json.loads(ran(home.root, "sources", "list", "--json").out)
    }
    assert rows["board"]["every"] == "6h"
    assert "demo_mybb" in rows
    shown = json.loads(ran(home.root, "sources", "show", "board", "--json").out)
    assert (shown["robots"], shown["file"]) == ("obey", str(home.sources / "board.yml"))
    assert "robots             obey" in ran(home.root, "sources", "show", "board").out


def test_a_paused_source_is_not_crawled_until_it_is_resumed(home: Home) -> None:
    ran(home.root, "sources", "pause", "board")
    with pytest.raises(SourcePausedError, match="paused by hand"):
        ran(home.root, "crawl", "board")
    assert "no longer paused (paused by hand)" in ran(home.root, "sources", "resume", "board").out
    with closing(Store(home.database)) as store:
        assert runs.paused_reason(store, "board") is None


@pytest.mark.parametrize(
    ("script", "code", "changed"),
    [("s/6h/12h/", 0, True), ("s/6h/soon/", 2, False), ("s/nothing/x/", 0, False)],
)
def test_an_edit_takes_place_only_when_it_is_sound(
    home: Home, monkeypatch: pytest.MonkeyPatch, script: str, code: int, changed: bool
) -> None:
    monkeypatch.setenv("VISUAL", f"sed -i {script}")
    before = (home.sources / "board.yml").read_text()
    done = ran(home.root, "sources", "edit", "board")
    assert done.code == code
    assert ((home.sources / "board.yml").read_text() != before) == changed
    assert not list(home.root.glob("edit-*"))
    if code:
        assert "soon" in (home.sources / "board.yml.draft").read_text()
        assert "nothing was changed" in done.err


def test_a_shipped_source_is_edited_in_the_home(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "sed -i s/delay_s:.*/delay_s:9/")
    assert ran(home.root, "sources", "edit", "demo_mybb").code == 2  # `delay_s:9` is no YAML key
    monkeypatch.setenv("VISUAL", "sed -i 's/delay_s:.*/delay_s: 9/'")
    assert ran(home.root, "sources", "edit", "demo_mybb").code == 0
    assert "delay_s: 9" in (home.sources / "demo_mybb.yml").read_text()


def test_runs_and_issues_are_shown(home: Home) -> None:
    listed = json.loads(ran(home.root, "runs", "list", "--json").out)
    assert [run["status"] for run in listed] == ["degraded", "ok"]
    newest = json.loads(ran(home.root, "runs", "show", "board", "--json").out)
    assert newest["id"] == listed[0]["id"]
    assert [issue["kind"] for issue in newest["issues_met"]] == ["unknown_page"]
    assert "posts.text" in {figure["name"] for figure in newest["figures"]}
    assert ran(home.root, "runs", "show", "nothing").code == 2
    for arguments, number in ((["--kind", "unknown_page"], 1), (["--source", "other"], 0)):
        issues = json.loads(ran(home.root, "issues", "list", *arguments, "--json").out)
        assert len(issues) == number


def test_logs_end_with_the_newest_lines_and_follow(home: Home) -> None:
    path = home.logs / "board.log"
    path.write_text("".join(f"line {n}\n" for n in range(100)))
    assert ran(home.root, "logs", "board", "--lines", "2").out == "line 98\nline 99\n"
    missing = ran(home.root, "logs", "nothing")
    assert (missing.code, "there are: board" in missing.err) == (2, True)

    def write() -> None:
        time.sleep(0.2)
        with path.open("a") as stream:
            stream.write("line 100\nline ")
            stream.flush()
            time.sleep(0.6)
            stream.write("101\n")

    threading.Thread(target=write).start()
    lines = followed(path, 1)
    assert [next(lines) for _ in range(3)] == ["line 99\n", "line 100\n", "line 101\n"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["status"], ["status", "--json"], ["runs", "list"], ["runs", "show", "board"],
        ["runs", "show", "board", "--json"], ["issues", "list"], ["issues", "list", "--json"],
        ["logs", "board"], ["schedule", "list"],
    ],
)  # fmt: skip
def test_hostile_text_steers_no_terminal(home: Home, arguments: list[str]) -> None:
    with closing(Store(home.database)) as store:
        store.execute("update sources set paused_reason = ?", (HOSTILE,))
    (home.logs / "board.log").write_text(HOSTILE)
    done = ran(home.root, *arguments)
    assert "owned" in done.out
    assert STEERING.findall(done.out + done.err) == []
    if "--json" in arguments:
        assert HOSTILE in " ".join(values_in(json.loads(done.out)))
    else:
        assert "\nrackrent: all is" not in done.out or arguments[0] == "logs"


def values_in(value: object) -> list[str]:
    """All texts in a JSON document."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in values_in(one)]
    if isinstance(value, list):
        return [text for one in value for text in values_in(one)]
    return [str(value)]


def test_progress_is_a_line_now_and_then_where_no_terminal_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(screen.errors, "print", lambda text, **_: said.append(text))
    clock = iter([0.0, 1.0, LINE_S + 10, LINE_S + 11])
    lines = Lines("analyse", "texts", clock=lambda: next(clock))
    for done in (10, 100, 110):
        lines.tell(done, 1000)
    assert said == ["analyse: 100 of 1000 texts · 5.0/s · 180 s to go"]
    assert rate_in_words(0.5) == "30.0/min"
    assert capsys.readouterr().out == ""


def test_init_sets_up_a_home_a_source_and_a_schedule_and_changes_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    page = next((ROOT / "tests" / "engines" / "mybb").glob("*index*/page.html"))
    home = Home(tmp_path / "home")
    with site({"/": (200, page.read_text("utf-8"))}, []) as host:
        url = f"http://{host}/"
        arguments = ["init", "--yes", "--local", "--url", url, "--id", "board", "--schedule"]
        done = ran(home.root, *arguments)
        assert done.code == 0, done.err
        assert (home.sources / "board.yml").exists()
    assert "schedule run" in unit_path(system=False).read_text()
    assert home.root.stat().st_mode & 0o077 == 0
    before = {path: path.read_bytes() for path in home.sources.iterdir()}
    again = ran(home.root, "init", "--yes", "--schedule")
    assert again.code == 0
    assert "is there already" in again.out
    assert {path: path.read_bytes() for path in home.sources.iterdir()} == before


def test_init_asks_before_each_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    done = ran(tmp_path / "home", "init", given="\nn\nn\n")
    assert done.code == 0, done.err
    assert not unit_path(system=False).exists()
    assert "2. no source" in done.out


def test_the_shell_completes_ids_of_sources(home: Home) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("rackrent"))],
        cwd=ROOT,
        env=os.environ
        | {
            "RACKRENT_HOME": str(home.root),
            "_RACKRENT_COMPLETE": "complete_bash",
            "COMP_WORDS": "rackrent sources show boa",
            "COMP_CWORD": "3",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "board" in done.stdout.split()


def test_quiet_shows_no_progress(home: Home) -> None:
    assert ran(home.root, "--quiet", "status").code == 0
    assert screen.taste.quiet
    ran(home.root, "status")
    assert not screen.taste.quiet
