"""`probe`, `add` and `fixture`: the first look at a site, its file, and pages nobody understood."""

import json
from pathlib import Path

import pytest

from crawler.home import Home
from crawler.source import load_source
from tests.live.board import made_boards
from tests.live.crawls import lab_at
from tests.live.server import Site, serve
from tests.live.test_skins import NAMES, skin_named
from tests.market import rackrent, rows
from tests.site import site as plain_site

SHELL = '<html><head><title>Shop</title><script src="/app.js"></script></head><body></body></html>'


@pytest.mark.parametrize("name", NAMES)
def test_add_writes_a_source_that_crawls_well(name: str, tmp_path: Path) -> None:
    with serve(Site(skin_named(name), made_boards(30, 2))) as site:
        url = site.root + site.skin.START
        command = ("add", url, "--id", "fresh", "--local", "--yes")
        done = rackrent(tmp_path, *command)
        assert done.returncode == 0, done.stderr
        path = Home(tmp_path).sources / "fresh.yml"
        source = load_source(path)
        assert (source.engine, source.kind, source.basis) == (name, "forum", "public")
        assert source.expect.threads > 0
        assert source.expect.posts > 0
        again = rackrent(tmp_path, *command)
        assert again.returncode == 2
        assert "--id" in again.stderr
        path.write_text(path.read_text() + "delay_s: 0\nrobots: ignore\nrobots_reason: a test\n")
        lab = lab_at(tmp_path / "other", site)
        lab.home, lab.source_id = Home(tmp_path), "fresh"
        run = lab.crawl()
        assert (run["status"], run["reason"]) == ("ok", None)


def test_probe_tells_engine_charset_language_and_rows(tmp_path: Path) -> None:
    with serve(Site(skin_named("smf"), made_boards(25))) as site:
        url = f"{site.root}/index.php?board=1.0"
        done = rackrent(tmp_path, "probe", url, "--local", "--json")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert (found["engine"], found["version"], found["charset"]) == ("smf", "2.1.4", "utf-8")
        assert (found["languages"], found["needs_login"], found["needs_browser"]) == (
            ["en"], False, False,
        )  # fmt: skip
        assert len(found["threads"]) == 5
        assert all(thread["author"] and thread["last_post_at"] for thread in found["threads"])
        refused = rackrent(tmp_path, "probe", url)
        assert refused.returncode == 4
        assert "not public" in refused.stderr


def test_probe_of_a_page_that_needs_scripts_or_an_account(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(SHELL)
    done = rackrent(tmp_path, "probe", str(file))
    assert done.returncode == 4
    assert "browser    needed" in done.stdout
    skin = skin_named("mybb")
    with serve(Site(skin, made_boards(3, 1))) as site:
        url = f"{site.root}/forumdisplay.php?fid=3"
        done = rackrent(tmp_path, "probe", url, "--local")
        assert "login      needed" in done.stdout


def test_probe_of_a_hidden_service_needs_a_proxy(tmp_path: Path) -> None:
    done = rackrent(tmp_path, "probe", "http://abcdef.onion/")
    assert done.returncode == 2
    assert "--proxy" in done.stderr


def test_fixture_keeps_pages_that_nobody_understood(tmp_path: Path) -> None:
    with serve(Site(skin_named("mybb"), made_boards(6))) as board:
        lab = lab_at(tmp_path, board)
        lab.crawl()
        none = rackrent(tmp_path, "fixture", "live")
        assert "every page was understood" in none.stdout
    odd = "<html><body><p>something new, card 4012888888881881</p></body></html>"
    with plain_site({"/index.php": (200, odd)}, []) as host:
        text = (lab.home.sources / "live.yml").read_text()
        (lab.home.sources / "live.yml").write_text(text.replace(board.host, host))
        assert lab.crawl()["status"] == "degraded"
        done = rackrent(tmp_path, "fixture", "live", "--to", str(tmp_path / "cases"))
    assert done.returncode == 0, done.stderr
    case = tmp_path / "cases" / "mybb" / "live_1"
    assert "something new, card [card masked]" in (case / "page.html").read_text()
    assert json.loads((case / "meta.json").read_text())["url"] == f"http://{host}/index.php"
    assert [row["kind"] for row in rows(lab.home.database, "select kind from issues")] == [
        "unknown_page"
    ]
