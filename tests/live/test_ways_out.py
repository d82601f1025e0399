"""Proxies and mirrors: names are the proxy's to resolve, and there is no other way out."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.source import SourceError, find_source
from tests.live.board import made_boards
from tests.live.crawls import Lab, lab_at
from tests.live.server import Site, serve
from tests.live.test_crawls import compare
from tests.live.test_skins import skin_named
from tests.market import ROOT, rows
from tests.socks import Socks, socks_proxy

ONION = "rackrentrackrentrackrentrackrentrackrentrackrentrackrentr.onion"
WATCH = """
import os, socket, sys
out = open(os.environ["RACKRENT_TEST_WATCH"], "a", buffering=1)
def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        out.write(f"{event} {args!r}\\n")
sys.addaudithook(watch)
"""


def watched(folder: Path) -> tuple[dict[str, str], Path]:
    """Environment of a process whose connections and look-ups are all written down, and where.

    Python itself reports them to audit hooks, whichever library they come from.
    """
    hook = folder / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(WATCH)
    log = folder / "watch.txt"
    log.touch()
    path = os.pathsep.join([str(hook), str(ROOT)])
    return {"PYTHONPATH": path, "RACKRENT_TEST_WATCH": str(log)}, log


def onion_lab(folder: Path, site: Site, socks: Socks, extra: str = "") -> Lab:
    """A lab that knows its board by a name that only the proxy can resolve."""
    port = int(site.host.partition(":")[2])
    socks.leads_to[ONION] = ("127.0.0.1", port)
    lab = lab_at(folder / "home", site)
    site.root = f"http://{ONION}:{port}"
    lab.write_source(f"access: tor\nproxy: socks5h://{socks.address}\n{extra}")
    text = (lab.home.sources / "live.yml").read_text().replace("local: true\n", "")
    (lab.home.sources / "live.yml").write_text(text)
    return lab


def leaks(log: Path, site: Site) -> list[str]:
    """Look-ups of names, and connections to anything but this machine's proxy and gate."""
    port = site.root.rpartition(":")[2]
    found = []
    for line in log.read_text().splitlines():
        local = re.search(r"'127\.0\.0\.1'", line) is not None
        direct = line.startswith("socket.connect") and f", {port})" in line
        if not local or direct:
            found.append(line)
    return found


def test_a_crawl_leaves_only_through_its_proxy(tmp_path: Path) -> None:
    environment, log = watched(tmp_path)
    site = Site(skin_named("mybb"), made_boards(8))
    with socks_proxy() as socks, serve(site):
        lab = onion_lab(tmp_path, site, socks)
        run = lab.crawl(environment=environment)
        assert (run["status"], run["reason"]) == ("ok", None)
        compare(lab)
        assert {(user, host) for user, host, _ in socks.asked} == {("rackrent-live", ONION)}
        assert log.read_text().count("socket.connect") > 8
        assert leaks(log, site) == []


def test_without_its_proxy_nothing_leaves_and_the_run_fails(tmp_path: Path) -> None:
    site = Site(skin_named("mybb"), made_boards(4))
    with serve(site):
        with socks_proxy() as socks:
            lab = onion_lab(tmp_path, site, socks)
        run = lab.crawl()
        assert run["status"] == "failed"
        assert run["reason"].startswith(f"proxy: proxy socks5h://{socks.address} does not answer")
        assert socks.asked == []
        assert site.asked == []
        done = subprocess.run(
            [sys.executable, "-m", "crawler", "crawl", "live"],
            cwd=ROOT, env=os.environ | {"RACKRENT_HOME": str(lab.home.root)},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 3
        assert site.asked == []


def test_a_proxy_that_goes_down_in_mid_crawl_ends_the_run_and_loses_nothing(
    tmp_path: Path,
) -> None:
    site = Site(skin_named("mybb"), made_boards(30))
    with serve(site):
        with socks_proxy() as socks:
            lab = onion_lab(tmp_path, site, socks, "page_budget: 10\n")
            assert lab.crawl()["status"] == "degraded"
        assert lab.crawl()["status"] == "failed"
        with socks_proxy() as socks:
            lab.site.root = f"http://{site.host}"
            lab = onion_lab(tmp_path, site, socks)
            assert lab.crawl()["status"] == "ok"
            compare(lab)


def test_a_browser_leaves_only_through_its_proxy(tmp_path: Path) -> None:
    environment, log = watched(tmp_path)
    site = Site(skin_named("mybb"), made_boards(2))
    with socks_proxy() as socks, serve(site):
        lab = onion_lab(tmp_path, site, socks, "browser: {}\n")
        run = lab.crawl(environment=environment)
        assert (run["status"], run["reason"]) == ("ok", None), lab.log[-3000:]
        compare(lab)
        assert {(user, host) for user, host, _ in socks.asked} == {("rackrent-live", ONION)}
        assert leaks(log, site) == []
        assert len(socks.asked) >= len(site.asked)


def test_a_browser_without_its_proxy_reaches_nothing(tmp_path: Path) -> None:
    site = Site(skin_named("mybb"), made_boards(2))
    with serve(site):
        with socks_proxy() as socks:
            lab = onion_lab(tmp_path, site, socks, "browser: {}\n")
        run = lab.crawl()
        assert run["status"] == "failed"
        assert run["reason"].startswith("proxy: ")
        assert site.asked == []


def test_a_hidden_service_without_a_proxy_is_refused_at_load(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(1))) as site:
        lab = lab_at(tmp_path, site)
        site.root = f"http://{ONION}"
        lab.write_source()
        with pytest.raises(SourceError, match="proxy"):
            find_source(lab.home, "live")


@pytest.mark.parametrize("line", ["socks5://127.0.0.1:9050", "ftp://127.0.0.1:1", "socks5h://x"])
def test_proxies_that_would_leak_or_cannot_work_are_refused(line: str, tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(1))) as site:
        lab = lab_at(tmp_path, site)
        lab.write_source(f"proxy: {line}\n")
        with pytest.raises(SourceError, match=r"live\.yml: proxy: "):
            find_source(lab.home, "live")


def test_a_mirror_goes_on_where_the_first_address_does_not_answer(tmp_path: Path) -> None:
    dead = "http://127.0.0.1:1"
    with serve(Site(skin_named("mybb"), made_boards(12))) as site:
        lab = lab_at(tmp_path, site)
        text = (lab.home.sources / "live.yml").read_text()
        text = text.replace(f'start: ["{site.root}', f'start: ["{dead}')
        text = text.replace("hosts: [", 'hosts: ["127.0.0.1:1", ') + f"mirrors: ['{site.root}']\n"
        (lab.home.sources / "live.yml").write_text(text)
        run = lab.crawl()
        assert (run["status"], run["reason"]) == ("ok", None)
        compare(lab)
        (issue,) = rows(lab.home.database, "select kind, detail from issues")
        assert issue["kind"] == "mirror_used"
        urls = rows(lab.home.database, "select url from threads")
        assert all(row["url"].startswith(dead) for row in urls)
        # the mirror is now the first address: everything is known there
        lab.write_source()
        assert lab.crawl()["posts_new"] == 0
