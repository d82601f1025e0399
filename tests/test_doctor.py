"""The doctor finds what is broken, says so once, and its remedy, as written, mends it."""

import json
import shlex
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from crawler.cli.doctoring import verdict
from crawler.cli.exits import Exit
from crawler.doctor import machine
from crawler.doctor.finding import Finding
from crawler.doctor.report import report_of
from crawler.doctor.run import CHECKS, Check, diagnose
from crawler.home import Home
from tests.broken import BROKEN
from tests.commands import ran
from tests.pages import board_at, post
from tests.site import write_source
from tests.socks import socks_proxy

QUICK = tuple(check for check in CHECKS if check is not machine.chromium_checks)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A sound home with a database that holds something."""
    home = Home(tmp_path / "home")
    home.make()
    board = board_at(home.root)
    board.thread_page(board.begin(), [post(1)])
    board.store.close()
    home.database.chmod(0o600)
    home.root.chmod(0o700)
    return home


def wrong(home: Home, checks: tuple[Check, ...] = QUICK) -> list[Finding]:
    """What the doctor does not like."""
    return [one for one in diagnose(home, checks) if one.status != "ok"]


def carry_out(home: Home, remedy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what a remedy says, word for word, as an operator with a shell in the home would."""
    for command in remedy.split(" && "):
        words = shlex.split(command)
        if words[0] == "rackrent":
            done = ran(home.root, *words[1:])
            assert done.code == 0, done.err
        elif words[0] == "export":
            name, _, value = words[1].partition("=")
            monkeypatch.setenv(name, value)
        elif words[0] == "unset":
            monkeypatch.delenv(words[1])
        else:
            subprocess.run(command, shell=True, check=True, timeout=60)


def test_a_sound_home_is_all_green(home: Home) -> None:
    assert wrong(home) == []


@pytest.mark.parametrize("name", BROKEN)
def test_each_broken_home_is_found_and_its_remedy_mends_it(
    home: Home, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it, check = BROKEN[name]
    checks = CHECKS if check == "chromium" else QUICK
    monkeypatch.chdir(home.root)
    break_it(home, monkeypatch)
    found = wrong(home, checks)
    assert {one.check for one in found} == {check}
    for one in found:
        assert one.remedy
        assert one.text
        carry_out(home, one.remedy, monkeypatch)
    assert wrong(home, checks) == []


def test_a_proxy_that_is_down_is_found_and_mended_by_starting_it(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    write_source(home, "board.example", "board", f"proxy: socks5h://127.0.0.1:{port}\n")
    (found,) = wrong(home)
    assert (found.check, found.status) == ("proxies", "fault")
    assert f"start the proxy at 127.0.0.1:{port}" in (found.remedy or "")
    with socks_proxy(port):
        assert wrong(home) == []


def test_what_is_no_proxy_is_told_from_one(home: Home) -> None:
    def answer() -> None:
        client, _ = server.accept()
        with client:
            client.recv(4)
            client.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        write_source(home, "board.example", "board", f"proxy: socks5h://127.0.0.1:{port}\n")
        threading.Thread(target=answer, daemon=True).start()
        (found,) = wrong(home)
    assert "not as a SOCKS5 proxy" in found.text


def test_too_little_room_is_a_fault(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    full = type("Usage", (), {"free": 1 << 20})
    monkeypatch.setattr("crawler.doctor.machine.shutil.disk_usage", lambda _: full)
    (found,) = wrong(home)
    assert (found.check, verdict([found])) == ("disk", Exit.STORAGE)


def test_doctor_prints_remedies_and_the_gravest_code(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.doctor.machine.reason_not_to_start", lambda _: None)
    home.logs.rmdir()
    shown = ran(home.root, "doctor")
    assert shown.code == Exit.STORAGE
    assert f"mend it:      mkdir -p -m 700 {home.logs}" in shown.out
    found = json.loads(ran(home.root, "doctor", "--json").out)
    assert {one["status"] for one in found} == {"ok", "fault"}


def test_the_report_names_no_source_and_no_path(home: Home) -> None:
    write_source(home, "secret-board.example", "secret_board", "every: soon\n")
    report = report_of(home, diagnose(home, QUICK))
    assert "every" in report
    assert "source_files" in report
    for word in (str(home.root), "secret_board", "secret-board.example"):
        assert word not in report
