"""One crawl of a leaky board, signed in, through a proxy, at DEBUG; then all that follows."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from crawler.session import state_path
from tests.cases.leaky import (
    POSTS,
    PROXY_PASSWORD,
    SECRETS,
    Leaky,
    files_with,
    leaky_site,
    serve_leaky,
)
from tests.cases.secrets import CASES, PLANTED
from tests.commands import ran
from tests.live.crawls import Lab, lab_at
from tests.live.server import PASSWORD, USER
from tests.market import ROOT, rows
from tests.socks import Socks, socks_proxy

FORM = (
    'session: {{login: {{url: "{root}/member.php?action=login", '
    "user_env: BOARD_USER, password_env: BOARD_PASSWORD}}}}\n"
)
AFTER = (
    ("analyse",), ("export", "csv"), ("export", "ndjson"), ("export", "stix"), ("backup",),
    ("doctor", "--report"), ("doctor", "--json"), ("status", "--json"), ("issues", "--json"),
    ("runs", "--json"), ("logs", "live"),
)  # fmt: skip


@dataclass
class Leak:
    """What the crawl and the commands after it left behind."""

    lab: Lab
    temporary: Path
    run: dict[str, object] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """Output of each command."""
    commands: set[str] = field(default_factory=set)
    """Command lines of all processes that were seen."""
    dumps: set[tuple[int, int]] = field(default_factory=set)
    """Limits of memory dumps of these processes."""


def environment(leak: Leak) -> dict[str, str]:
    return os.environ | {
        "RACKRENT_HOME": str(leak.lab.home.root),
        "BOARD_USER": USER,
        "BOARD_PASSWORD": PASSWORD,
        "RACKRENT_PROXY_AUTH_LIVE": f"buyer:{PROXY_PASSWORD}",
        "TMPDIR": str(leak.temporary),
    }


def crawl(leak: Leak) -> None:
    """Crawl in a loose umask with every logger at DEBUG, and look at the processes meanwhile."""
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "forum", "-a", "source=live", "-L", "DEBUG"],
        cwd=ROOT, env=environment(leak), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, umask=0o022,
    ) as process:  # fmt: skip
        watch(leak, process)
        leak.said["crawl"] = process.communicate(timeout=120)[0]
    leak.run = rows(leak.lab.home.database, "select * from runs")[0]


def watch(leak: Leak, process: "subprocess.Popen[str]") -> None:
    """Note command lines and limits for some seconds; the output still fits into the pipe."""
    for _ in range(15):
        time.sleep(0.1)
        if process.poll() is not None:
            return
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(True)]
        for member in family:
            # one that has just ended has no command line
            with suppress(psutil.NoSuchProcess):
                leak.commands.add(" ".join(member.cmdline()))
        leak.dumps.add(psutil.Process(process.pid).rlimit(psutil.RLIMIT_CORE))


@pytest.fixture(scope="module")
def leak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Leak]:
    folder = tmp_path_factory.mktemp("leak")
    with serve_leaky(leaky_site()) as site, socks_proxy() as socks:
        made = Leak(lab_behind(folder / "home", site, socks), folder / "tmp")
        made.temporary.mkdir()
        crawl(made)
        # as the command itself does first
        before = os.umask(0o077)
        for command in AFTER:
            done = ran(made.lab.home.root, *command)
            made.said[" ".join(command)] = done.out + done.err
        os.umask(before)
        yield made


def lab_behind(folder: Path, site: Leaky, socks: Socks) -> Lab:
    socks.leads_to["127.0.0.1"] = ("127.0.0.1", int(site.host.partition(":")[2]))
    lab = lab_at(folder, site)
    lab.write_source(FORM.format(root=site.root) + f"proxy: socks5h://{socks.address}\n")
    return lab


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_secret_stands_nowhere(leak: Leak, name: str) -> None:
    secret = SECRETS[PLANTED[name][0]]
    kept = frozenset({state_path(leak.lab.home, "live")})
    assert leak.run["pages"]
    assert files_with(secret, leak.lab.home.root, kept) == []
    assert files_with(secret, leak.temporary) == []
    assert [command for command, said in leak.said.items() if secret in said] == []
    assert [line for line in leak.commands if secret in line] == []


def test_secrets_in_command_lines(leak: Leak) -> None:
    assert any("source=live" in line for line in leak.commands)
    assert (0, 0) in leak.dumps


def test_files_under_a_loose_umask(leak: Leak) -> None:
    home = leak.lab.home.root
    there = [home, *home.rglob("*")]
    opened = [f"{path} {path.stat().st_mode:o}" for path in there if path.stat().st_mode & 0o077]
    assert [each for each in opened if "live.yml" not in each] == []


def test_good_posts_beside_secrets(leak: Leak) -> None:
    texts = " ".join(row["text"] for row in leak.lab.posts())
    for text in (
        "take this card [card masked] exp 11/29",
        "admin panel, Password: [password masked]",
        "vic@mail.example:[password masked]",
        "aws [key masked] for sale",
    ):
        assert text in texts
    good = {post.number for board in leak.lab.site.boards for thread in board.threads
            for post in thread.posts if thread.number not in (3, 4)}  # fmt: skip
    assert {int(row["native_id"]) for row in leak.lab.posts()} >= good
    assert len(POSTS) == 6
    again = leak.temporary / "again.db"
    done = ran(leak.lab.home.root, "replay", str(leak.lab.home.evidence), "--db", str(again))
    assert done.code == 0, done.err
    sql = "select id, text from post_versions order by id"
    assert rows(again, sql) == rows(leak.lab.home.database, sql)
    again.unlink()


def test_each_case_is_run() -> None:
    here = {name.removeprefix("test_").replace("_", "-") for name in globals()}
    assert [case.name for case in CASES if case.name not in here | set(PLANTED)] == []
