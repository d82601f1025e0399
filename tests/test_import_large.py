"""Large imports: killed in the middle and begun again, and measured for memory."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.home import Home
from tests.exports import CLOCKS, imported, write_large, write_source
from tests.market import EVIDENCE, ROOT, dump, rows


def test_a_killed_import_is_completed_by_the_next_one(tmp_path: Path) -> None:
    calm, killed = Home(tmp_path / "calm"), Home(tmp_path / "killed")
    file = tmp_path / "result.json"
    write_large(file, 12_000_000)
    for home in (calm, killed):
        write_source(home)
    assert imported(calm, file)[0] == 0
    for pages in (1, 4):
        kill_at(killed, file, pages)
    code, run, said = imported(killed, file)
    assert (code, said, run["status"]) == (0, "", "ok")
    for table in EVIDENCE:
        assert dump(killed.database, table, CLOCKS) == dump(calm.database, table, CLOCKS)
    statuses = rows(killed.database, "select status from runs order by started_at")
    assert [row["status"] for row in statuses] == ["interrupted", "interrupted", "ok"]


def kill_at(home: Home, file: Path, pages: int) -> None:
    """Start an import and kill it once its run has so many pages."""
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler", "import", str(file), "--source", "yard", "--no-analyse"],
        cwd=ROOT,
        env=os.environ | {"RACKRENT_HOME": str(home.root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while running_pages(home) < pages and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.poll() is None, "the import ended before the signal"
    process.send_signal(signal.SIGKILL)
    process.wait(10)


def running_pages(home: Home) -> int:
    """Pages of the run that is at work and not of one before it."""
    if not home.database.exists():
        return 0
    sql = "select coalesce(max(pages), 0) as n from runs where status = 'running'"
    names = "select count(*) as n from sqlite_master where name = 'runs'"
    if not rows(home.database, names)[0]["n"]:
        return 0
    return int(rows(home.database, sql)[0]["n"])


MEASURE = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "crawler", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)
sys.exit(done.returncode)
"""


@pytest.mark.timeout(240)
def test_a_hundred_megabytes_stream_in_flat_memory(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    write_source(home)
    file = tmp_path / "result.json"
    messages = write_large(file, 100_000_000)
    command = ["import", str(file), "--source", "yard", "--no-analyse", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command],
        cwd=ROOT,
        env=os.environ | {"RACKRENT_HOME": str(home.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    run = json.loads(done.stdout)
    assert run["posts_new"] == messages
    assert int(done.stderr.split()[-1]) < 300
    file.unlink()
