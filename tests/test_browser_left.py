"""What a killed crawl leaves behind: nothing that the next start does not clear away."""

import asyncio
import fcntl
import os
import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from crawler.browser import environment
from crawler.chromium import find_chromium
from crawler.rendering.identity import LANGUAGES, identity_for
from crawler.rendering.launching import FLAGS, options
from crawler.rendering.processes import LOCK, PREFIX, new_scratch, sweep
from crawler.settings import DEFAULT_REQUEST_HEADERS
from scripts.browser_kills import SERVED, children, trial
from tests.site import site

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/150.0.0.0 Safari/537.36"
)


def test_the_next_start_clears_away_what_a_killed_crawl_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with TemporaryDirectory(prefix="rk") as name:
        monkeypatch.setattr("tempfile.tempdir", name)
        left = Path(name, f"{PREFIX}killed")
        left.mkdir()
        (left / LOCK).write_bytes(b"")
        (left / "profile").mkdir()
        orphan = psutil.Popen(["sleep", "60"], env={**os.environ, "TMPDIR": str(left)})
        while not orphan.environ():
            # a program that has just begun has not been given its environment yet
            time.sleep(0.01)
        other = Path(name, f"{PREFIX}link")
        other.symlink_to(name)
        scratch = new_scratch()
        assert orphan.wait(10) != 0
        assert not left.exists()
        assert other.is_symlink()
        # one whose owner lives stays
        assert sweep() == 0
        assert scratch.path.is_dir()
        assert scratch.path.stat().st_mode & 0o077 == 0
        scratch.clear()
        assert not scratch.path.exists()


def test_a_folder_is_ours_while_its_lock_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    with TemporaryDirectory(prefix="rk") as name:
        monkeypatch.setattr("tempfile.tempdir", name)
        held = Path(name, f"{PREFIX}held")
        held.mkdir()
        with (held / LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            assert sweep() == 0
        assert sweep() == 1


def test_the_browser_learns_no_secret_and_no_proxy_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RACKRENT_PROXY_AUTH_SITE", "name:hushhush")
    monkeypatch.setenv("HTTPS_PROXY", "http://elsewhere.example:1")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/x")
    told = environment(Path("/somewhere"))
    assert "hushhush" not in str(told)
    assert not {name for name in told if name.lower().endswith(("_proxy", "bus_address"))}
    assert told["HOME"] == told["TMPDIR"] == "/somewhere"


def test_the_sandbox_is_on_but_for_root() -> None:
    who = identity_for(FIREFOX)
    assert options(who, uid=1000)["chromium_sandbox"] is True
    assert options(who, uid=0)["chromium_sandbox"] is False
    assert not {flag for flag in FLAGS if "no-sandbox" in flag}


def test_one_identity_in_headers_and_scripts() -> None:
    firefox, chrome = identity_for(FIREFOX), identity_for(CHROME)
    assert firefox.hints is None
    assert (firefox.platform, firefox.navigator["vendor"]) == ("Linux x86_64", "")
    assert firefox.navigator["userAgentData"] is None
    assert chrome.platform == "Win32"
    assert chrome.hints is not None
    assert chrome.hints["platform"] == "Windows"
    assert {brand["version"] for brand in chrome.hints["brands"]} == {"8", "150"}
    assert "Headless" not in str(chrome.hints)
    assert DEFAULT_REQUEST_HEADERS["Accept-Language"] == LANGUAGES


@pytest.mark.skipif(find_chromium() is None, reason="no Chromium: set RACKRENT_CHROMIUM")
@pytest.mark.timeout(120)
def test_two_kills_cost_no_page() -> None:
    before = children()
    with site(SERVED, []) as host:
        lost = [asyncio.run(trial(host, random.Random(seed)))[0] for seed in (1, 2)]
    assert lost == [0, 0]
    assert children() <= before
