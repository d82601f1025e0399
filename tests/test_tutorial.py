"""The tutorials' own commands, taken from their text and run as printed."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from crawler.home import Home
from spiders.engines.recipe import recipe_in
from tests.market import ROOT, rows

TEXT = (ROOT / "docs" / "add-a-market.md").read_text("utf-8")
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text("utf-8")


def commands(text: str = TEXT) -> list[str]:
    """Commands of the console blocks in order; a here-document is one command."""
    blocks = re.findall(r"```console\n(.*?)```", text, re.S)
    return [part.rstrip("\n") for block in blocks for part in re.split(r"(?m)^\$ ", block)[1:]]


@pytest.fixture
def shop() -> Iterator[None]:
    """The practice shop, served by the tutorial's first command."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 8475)) == 0:
            pytest.skip("port 8475 is taken")
    server = subprocess.Popen(
        commands()[0].replace("python3", sys.executable).split(),
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", 8475)) == 0:
                break
        time.sleep(0.1)
    yield
    server.terminate()
    server.wait()


def run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a command of the tutorial, with its home and its files elsewhere."""
    there = command.replace("/tmp/", f"{folder}/").replace("data/local", str(folder))
    there = there.replace(".venv/bin/", f"{Path(sys.executable).parent}/")
    return subprocess.run(
        ["bash", "-c", there], cwd=ROOT, env=os.environ | {"RACKRENT_HOME": str(folder)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.usefixtures("shop")
def test_every_command_works_as_printed(tmp_path: Path) -> None:
    said = []
    for command in commands()[1:]:
        done = run(command, tmp_path)
        assert done.returncode == (4 if " probe " in command else 0), command + done.stderr
        said.append(done.stdout)
    database = tmp_path / "market.db"
    runs = rows(database, "select status, pages, posts_seen, issues from runs order by started_at")
    assert [tuple(row.values()) for row in runs] == [("ok", 13, 11, 0)] * 2
    assert '"author": "greyheron"' in said[7]
    for name in ("price", "currency", "category", "region", "stock"):
        assert f'"{name}"' in said[7]
        assert said[10].count(f'"{name}"') == 11
    stated = rows(database, "select posted_at, account_id from posts")
    assert len(stated) == 11
    assert all(row["posted_at"] and row["account_id"] for row in stated)


@pytest.mark.usefixtures("shop")
def test_every_command_of_the_tutorial_works_as_printed(tmp_path: Path) -> None:
    # step 1, `make run`, makes the home
    Home(tmp_path).make()
    said = {}
    for command in commands(TUTORIAL)[1:]:
        done = run(command, tmp_path)
        assert done.returncode == 0, command + done.stdout + done.stderr
        said[command.removeprefix(".venv/bin/rackrent ").split("\n")[0]] = done.stdout
    assert "FAULT" not in said["doctor"]
    assert re.search(r"harbour\s", said["schedule list"])
    assert "[Service]" in said["schedule install --print"]
    assert "1 enabled" in said["alerts check"]
    assert "6 alerts on 6 days" in said["alerts test bulletproof --since 3650d"]
    lines = (tmp_path / "harbour.csv").read_text("utf-8").splitlines()
    assert len(lines) > 5
    (kept,) = rows(tmp_path / "market.db", "select count(*) as n from posts")
    assert kept["n"] == 11


def test_every_recipe_in_it_is_sound() -> None:
    blocks = [yaml.safe_load(line) for line in re.findall(r"^pairs: .*$", TEXT, re.M)]
    for block in blocks:
        recipe_in({"item": ".x", "fields": {"title": "a"}, **block})
    (forum,) = re.findall(r"```yaml\nselectors:\n(.*?)```", TEXT, re.S)
    assert recipe_in(yaml.safe_load(forum)).posts is not None
    (states,) = re.findall(r"```yaml\n(states:\n.*?)```", TEXT, re.S)
    assert set(recipe_in({"item": ".x", "fields": {"title": "a"}} | yaml.safe_load(states)).states)
