"""Text that leaves: logs, terminals, tables; names and files that come in."""

import ast
import json
import logging
import sys
from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from crawler.boundaries.inert import defang, safe_csv
from crawler.boundaries.logs import LONGEST, TRACE_MARK, SafeRecord, safe_log
from crawler.boundaries.terminal import CONTROLS, safe_json
from crawler.cli import screen
from tests.cases import test_boundaries_names as names
from tests.cases.boundaries import CASES
from tests.market import ROOT

FORGED = "2026-11-24 18:00:00 [crawler.crawl] INFO: run board: ok"
BREAKS = ("\r", "\n", "\r\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c")
STEERING = "a\x1b]0;owned\x07\x1b[2J\x9b31mb\u202egnp\u2066c\u200f\x7f\x00d"


def logged(message: str, *args: object, error: BaseException | None = None) -> str:
    """A message as a handler writes it."""
    trace = (type(error), error, error.__traceback__) if error else None
    record = SafeRecord("t", logging.WARNING, "t.py", 1, message, args, trace)
    return logging.Formatter("%(asctime)s [%(name)s] %(levelname)s: %(message)s").format(record)


def raised(text: str) -> BaseException:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_forged_log_line() -> None:
    for each in BREAKS:
        told = logged("%s: fetch_failed", f"http://b.example/{each}{FORGED}")
        assert len(told.splitlines()) == 1
        assert ascii(each)[1:-1] in told


def test_forged_traceback() -> None:
    for each in BREAKS:
        lines = logged("failed", error=raised(f"x{each}{FORGED}")).splitlines()
        assert len(lines) > 3
        assert [line for line in lines[1:] if not line.startswith(TRACE_MARK)] == []


def test_log_that_steers() -> None:
    assert CONTROLS.findall(logged(STEERING) + logged("%s", STEERING)) == []
    assert "\\x1b" in logged(STEERING)


def test_log_arguments_that_do_not_fit() -> None:
    assert "100%sure %d" in logged("http://b.example/100%sure %d", "one")
    assert "50% off" in logged("50% off")


def test_log_without_end() -> None:
    told = safe_log("x" * 1_000_000)
    assert len(told) < LONGEST + 50
    assert "1000000 characters" in told


def test_output_that_steers(capsys: pytest.CaptureFixture[str]) -> None:
    screen.say(STEERING)
    screen.tell(STEERING)
    screen.print_json({"title": STEERING})
    out, err = capsys.readouterr()
    assert CONTROLS.findall(out + err) == []
    assert json.loads(safe_json({"title": STEERING})) == {"title": STEERING}


def test_output_of_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    for each in BREAKS:
        screen.say(f"title{each}rackrent: all is well")
        screen.tell(f"title{each}rackrent: all is well")
    out, err = capsys.readouterr()
    assert [line for line in (out + err).splitlines() if line.startswith("rackrent")] == []
    assert len(out.splitlines()) == len(err.splitlines()) == len(BREAKS)


def test_markup_in_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    shown_at = StringIO()
    terminal = Console(file=shown_at, force_terminal=True, width=200, color_system="truecolor")
    monkeypatch.setattr(screen, "console", terminal)
    title = "[red]free[/red] [link=http://evil.example]here[/link] :bomb: [/nothing]"
    screen.print_rows("Rows", ("title",), [{"title": title}])
    assert title in shown_at.getvalue()
    assert "\x1b]8" not in shown_at.getvalue()


SPEAKERS = {
    "crawler/cli/screen.py", "crawler/cli/progress.py", "crawler/boundaries/logs.py",
    # a line of JSON to the process that asked
    "crawler/browser_process.py", "crawler/rendering/jobs.py", "spiders/parse_worker.py",
    "crawler/working.py", "crawler/worker.py", "nlp/working.py",
}  # fmt: skip
"""Modules that may write to standard output or standard error themselves."""


def calls(root: str) -> list[tuple[str, int, str, ast.Call]]:
    """All calls in a package: file, line, what is called, the call."""
    found = []
    for path in sorted((ROOT / root).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found.append((name, node.lineno, ast.unparse(node.func), node))
    return found


def bypassing(is_wrong: Callable[[str, str, ast.Call], bool]) -> list[str]:
    """Places in the code where a call is wrong."""
    return [
        f"{name}:{line}: {called}"
        for root in ("crawler", "spiders", "nlp", "data/datasette")
        for name, line, called, node in calls(root)
        if is_wrong(name, called, node)
    ]


def test_print_past_the_filter() -> None:
    speaking = {"print", "typer.echo", "typer.secho", "click.echo", "sys.stdout.write",
                "sys.stderr.write", "Console", "console.print", "errors.print"}  # fmt: skip

    def is_wrong(name: str, called: str, node: ast.Call) -> bool:
        if name in SPEAKERS or called.removeprefix("screen.") not in speaking:
            return False
        # the desk's own start tells its address and port, which are numbers of ours
        return not (name == "crawler/serving.py" and called == "print")

    assert bypassing(is_wrong) == []


def test_yaml_or_csv_past_the_filter() -> None:
    loads = {"yaml.load", "yaml.safe_load", "yaml.full_load", "yaml.unsafe_load", "yaml.load_all"}
    writers = {
        # each row passes `safe_csv`
        "crawler/exporting/tables.py", "crawler/desk/guard.py",
        # passes the guard of the desk on its way out
        "crawler/desk/search.py",
        # numbers and days, for this program
        "crawler/rates_update.py",
    }  # fmt: skip

    def is_wrong(name: str, called: str, node: ast.Call) -> bool:
        if called in loads:
            return name != "nlp/yamls.py"
        if called in ("csv.writer", "csv.DictWriter"):
            return name not in writers
        return called in ("eval", "exec") or called.startswith(("pickle.", "marshal.", "shelve."))

    assert bypassing(is_wrong) == []


def test_formulas_in_a_cell() -> None:
    begun = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "\u200b=1")
    for cell in begun:
        assert not safe_csv(cell).lstrip("\u200b").startswith(tuple("=+-@\t\r＝"))
    assert [safe_csv(number) for number in ("-5", "+7.5", "3", "-2,5%")] == [
        "-5",
        "+7.5",
        "3",
        "-2,5%",
    ]


def test_links_for_people() -> None:
    text = "HTTP://Evil.example/a tg://resolve?x javascript:alert(1) me@shop.example x.onion"
    dead = defang(text)
    for live in ("HTTP://", "tg://", "javascript:a", "me@shop", "Evil.example", "x.onion"):
        assert live not in dead


def test_each_case_is_run() -> None:
    here = {
        name.removeprefix("test_").replace("_", "-")
        for name in (*dir(sys.modules[__name__]), *dir(names))
    }
    assert [case.name for case in CASES if case.name not in here] == []
