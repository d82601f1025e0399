"""The command: errors say what to do, exit codes mean what the design says, help is complete."""

import json
import re
import sys
from importlib import import_module
from pathlib import Path
from subprocess import CompletedProcess, run
from typing import Any

import pytest
import typer
from click.testing import CliRunner

from crawler.cli.app import EXITS
from crawler.cli.overview import HELP
from crawler.cli.parts import PARTS, command_for, command_of
from crawler.home import Home
from tests.market import ROOT, rackrent, rows
from tests.site import site, write_source

MAIN = typer.main.get_command(command_of())

COMMANDS = dict(MAIN.commands)  # type: ignore[attr-defined]
LINES: tuple[tuple[str, list[str]], ...] = (("help", ["--help"]), ("nothing", []))
README = (ROOT / "README.md").read_text("utf-8")
LOGIN = (
    "<html><body><div id='content'><form action='member.php' method='post'>"
    "<input name='username'><input type='password' name='password'>"
    "<input type='hidden' name='action' value='do_login'></form></div>"
    "<a href='https://mybb.example'>Powered By MyBB</a></body></html>"
)
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><div id='cf-wrapper'>"
    "<form id='challenge-form' action='/?__cf_chl_f_tk=1'></form>"
    "<p>Checking your browser before accessing</p></div></body></html>"
)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_stands_in_the_readme(name: str) -> None:
    (line,) = [row for row in README.splitlines() if row.startswith(f"| `rackrent {name}")]
    for option in COMMANDS[name].params:
        for flag in option.opts:
            if flag.startswith("--") and flag != "--help":
                shown = {flag, f"--no-{flag[2:]}"}
                assert any(one in line for one in shown), f"{flag} of {name}"


def test_each_module_registers_the_commands_that_are_listed_for_it() -> None:
    for part, names in PARTS.items():
        app: Any = typer.main.get_command(command_of([part]))
        assert {*app.commands} == {*names}, part


def test_help_tells_of_every_command_in_its_own_words() -> None:
    shown = {name: shown_of(typer.main.get_command(command_for(args))) for name, args in LINES}
    assert shown["help"] == shown["nothing"] == shown_of(MAIN)
    assert [*HELP] == [*COMMANDS]


def shown_of(command: Any) -> str:
    return str(CliRunner().invoke(command, ["--help"], prog_name="rackrent").output)


HEAVY = "{'scrapy', 'spacy', 'twisted', 'httpx'}"


def started(*line: str) -> CompletedProcess[str]:
    code = (
        f"import sys; sys.argv = ['rackrent', *{line!r}]\n"
        "from crawler.cli.app import main\n"
        f"try: main()\nfinally: print(sorted({HEAVY} & set(sys.modules)))"
    )
    return run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_help_imports_no_command() -> None:
    assert started("--help").stdout.rstrip().endswith("[]")
    assert not started("crawl", "--help").stdout.rstrip().endswith("[]")


def test_an_unknown_command_is_refused_with_the_nearest() -> None:
    done = started("crwl")
    assert done.returncode == 2
    assert "'crawl'" in done.stderr


@pytest.mark.parametrize("name", EXITS)
def test_errors_with_an_exit_code_exist(name: str) -> None:
    module, _, kind = name.rpartition(".")
    assert issubclass(getattr(import_module(module), kind), Exception)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    assert COMMANDS[name].help
    assert f"rackrent {name}" in (COMMANDS[name].epilog or "")


def test_the_readme_names_no_unknown_command() -> None:
    named = set(re.findall(r"`(?:\.venv/bin/)?rackrent ([a-z]+)", README))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize(
    ("fault", "parts"),
    [
        ("colour: red\n", ("colour", "remove it")),
        ("every: soon\n", ("every", "'soon'", "write it like")),
        ("engine: nothing\n", ("engine", "'nothing'", "mybb")),
    ],
)
def test_a_wrong_source_file_is_one_line_and_exit_2(
    tmp_path: Path, fault: str, parts: tuple[str, ...]
) -> None:
    home = Home(tmp_path)
    write_source(home, "127.0.0.1:9", extra=fault if "engine" not in fault else "")
    path = home.sources / "site.yml"
    if "engine" in fault:
        path.write_text(path.read_text().replace("engine: mybb\n", fault))
    done = rackrent(tmp_path, "check")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    for part in (str(path), *parts):
        assert part in line


def test_a_sound_checkout_passes_check(tmp_path: Path) -> None:
    done = rackrent(tmp_path, "check")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_source_is_exit_2(tmp_path: Path) -> None:
    done = rackrent(tmp_path, "crawl", "nothing")
    assert done.returncode == 2
    assert "known sources" in done.stderr


def test_an_unexpected_page_is_an_issue_and_a_degraded_run(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with site({"/index.php": (200, "<html><body><h1>A bakery</h1></body></html>")}, []) as host:
        write_source(home, host)
        done = rackrent(tmp_path, "crawl", "site", "--json")
    assert done.returncode == 4, done.stderr
    (run,) = json.loads(done.stdout)
    assert run["status"] == "degraded"
    issues = rows(home.database, "select kind from issues")
    assert "unknown_page" in {row["kind"] for row in issues}
    assert "Traceback" not in done.stderr + (home.logs / "site.log").read_text()


@pytest.mark.parametrize(("page", "word"), [(LOGIN, "login"), (CHALLENGE, "challenge")])
def test_a_login_or_challenge_page_pauses_the_source(tmp_path: Path, page: str, word: str) -> None:
    home = Home(tmp_path)
    asked: list[str] = []
    with site({"/index.php": (200, page)}, asked) as host:
        write_source(home, host)
        first = rackrent(tmp_path, "crawl", "site")
        before = len(asked)
        second = rackrent(tmp_path, "crawl", "site")
    assert (first.returncode, second.returncode) == (5, 5)
    assert len(asked) == before
    assert word in second.stderr
    assert "rackrent crawl --resume site" in second.stderr


def test_a_redirect_to_another_host_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    asked: list[str] = []
    with site({"/canary": (200, "never")}, asked) as canary:
        moved = {"/index.php": (302, f"http://{canary}/canary")}
        with site(moved, []) as host:
            write_source(home, host)
            done = rackrent(tmp_path, "crawl", "site")
    assert done.returncode == 4
    assert asked == []
    assert [row["kind"] for row in rows(home.database, "select kind from issues")] == ["refused"]


def test_what_is_collected_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with site({"/index.php": (200, "<html><body>nothing</body></html>")}, []) as host:
        write_source(home, host)
        rackrent(home.root, "crawl", "site")
    made = [path for path in home.root.rglob("*") if path != home.sources / "site.yml"]
    assert home.database in made
    assert [path for path in made if path.stat().st_mode & 0o077] == []


def test_what_robots_txt_forbids_is_refused_at_once(tmp_path: Path) -> None:
    home = Home(tmp_path)
    asked: list[str] = []
    pages = {"/robots.txt": (200, "User-agent: *\nDisallow: /\n"), "/index.php": (200, "x")}
    with site(pages, asked) as host:
        write_source(home, host)
        done = rackrent(tmp_path, "crawl", "site")
    assert done.returncode == 4
    assert asked == ["/robots.txt"]
    (issue,) = rows(home.database, "select kind, detail from issues")
    assert issue["kind"] == "refused"
    assert "robots.txt" in issue["detail"]


def test_read_prints_the_documented_keys(tmp_path: Path) -> None:
    page = next((ROOT / "tests" / "engines" / "mybb").glob("*thread*/page.html"))
    url = "http://board.example/showthread.php?tid=1"
    done = rackrent(tmp_path, "read", str(page), "--engine", "auto", "--url", url)
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert set(reading) == {"state", "threads", "posts", "next_page"}
    assert set(reading["posts"][0]) == {
        "native_id", "position", "author", "posted_at", "posted_raw", "edited_at", "text", "url",
    }  # fmt: skip


def test_a_page_that_no_engine_knows_is_unknown(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><h1>A bakery</h1></body></html>")
    done = rackrent(tmp_path, "read", str(page), "--engine", "auto", "--url", "http://b.example/")
    assert json.loads(done.stdout)["state"] == "unknown"
    assert "no engine knows this page" in done.stderr


def test_extract_and_evaluate_read_json_lines(tmp_path: Path) -> None:
    gold = {
        "id": "x1", "title": "", "text": "Fresh RDP, admin, US - 9$ each. tg @rdp_seller_x",
        "author": "a", "kind": "forum", "posted_on": "2024-01-01", "lang": "en", "source": "s",
        "intent": "offer", "contacts": [], "provider": None,
        "listings": [{"asset_type": "access.rdp", "prices": [], "attributes": []}],
    }  # fmt: skip
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold) + "\n", "utf-8")
    found = json.loads(rackrent(tmp_path, "extract", str(path)).stdout)
    assert set(found) >= {"id", "intent", "listings", "contacts", "provider"}
    assert found["listings"][0]["asset_type"] == "access.rdp"
    figures = json.loads(rackrent(tmp_path, "evaluate", str(path), "--json").stdout)
    assert figures["all"]["posts"] == 1
    shown = rackrent(tmp_path, "evaluate", str(path), "--by", "lang", "--errors", "3")
    assert shown.returncode == 0, shown.stderr
    assert "asset                  P 1.000  R 1.000  F1 1.000" in shown.stdout
    assert "lang en: 1 posts" in shown.stdout


def test_a_wrong_json_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text("{\n", "utf-8")
    done = rackrent(tmp_path, "extract", str(path))
    assert done.returncode == 2
    assert "posts.jsonl:1" in done.stderr
