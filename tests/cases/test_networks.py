"""Runs the crawls whose every packet is seen."""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

from crawler.chromium import find_chromium
from crawler.rendering.enclosed import reason_against
from tests.cases import Case, networks
from tests.cases.watched import NAME, ROOT

UNABLE = reason_against() or (None if shutil.which("ip") else "no `ip` (iproute2)")
pytestmark = [
    pytest.mark.skipif(UNABLE is not None, reason=f"no network of its own: {UNABLE}"),
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium: set RACKRENT_CHROMIUM"),
    pytest.mark.timeout(240),
]


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.cases.watched"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_recorder_sees_what_leaves(report: dict[str, Any]) -> None:
    assert report["control"] == ["protocol 17 to 198.51.100.9 port 53"]


@pytest.mark.parametrize("case", networks.CASES, ids=lambda case: case.name)
def test_no_packet_goes_astray(case: Case, report: dict[str, Any]) -> None:
    seen = report[case.name]
    assert seen["packets"] == []
    gone = case.name.startswith("proxy-gone")
    assert ("/index.php" in seen["asked"]) != gone
    assert not [path for path in seen["asked"] if "trap" in path or "logout" in path]
    proxied = case.name.startswith(("proxied", "enclosed"))
    assert {to.partition(":")[0] for to in seen["proxied"]} == ({NAME} if proxied else set())
