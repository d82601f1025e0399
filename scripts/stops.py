"""`make stops`: SIGTERM and Ctrl-C at random moments of crawls; each must end within 10 seconds.

Sites hang, drip, send pages that take long to parse, or run scripts that never end. Prints how
long the ends took; exit code 1 when one took longer, left a process behind, or lost a page.
"""

import argparse
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.home import Home  # noqa: E402
from tests.live.board import Board, View, made_boards  # noqa: E402
from tests.live.skins import mybb  # noqa: E402

MOST_S = 10.0
"""How long an end may take, seconds."""
LATEST_S = 4.0
"""The latest moment of a signal, seconds after the site was asked first."""
LOADING_S = 1.5
"""The latest moment of one that is to come while the command is still being loaded."""
STARTING_S = 0.4
"""How long Python takes to start on a busy machine, seconds."""
SOURCE = """\
id: {mode}
name: A site that {mode}s
kind: forum
engine: mybb
url: http://{host}/index.php
start: [http://{host}/index.php]
hosts: ["{host}"]
local: true
basis: public
delay_s: {delay_s}
robots: ignore
robots_reason: a server of the tests
"""
MODES = ("board", "hang", "drip", "parse", "script")
"""What the site does: a plain board, no answer, a byte a second, huge pages, endless scripts."""
HUGE = "<div class='x'>" * 900 + "<p>RDP 5$</p>" * 300_000
ENDLESS = "<html><script>while (true) {}</script>MyBB</html>"


@dataclass
class Stops:
    """The figures."""

    took: dict[str, list[float]] = field(default_factory=dict)
    """Seconds that ends took, by mode."""
    faults: list[str] = field(default_factory=list)

    @property
    def figures(self) -> str:
        """How many ended in time, and how long the longest took."""
        every = [took for each in self.took.values() for took in each]
        late = sum(took > MOST_S for took in every)
        by_mode = ", ".join(f"{mode} {max(took):.1f} s" for mode, took in self.took.items())
        return (
            f"{len(every) - late} of {len(every)} ended within {MOST_S:.0f} s; longest: {by_mode}"
        )


@contextmanager
def served(mode: str, boards: list[Board], asked: threading.Event) -> Iterator[str]:
    """A site of one mode, which tells when it is asked; its host and port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.set()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            with suppress(OSError):
                self.wait()
                self.wfile.write(body_of(mode, self.path, boards).encode())

        def wait(self) -> None:
            """Hold the client as the mode says."""
            while mode == "hang":
                time.sleep(1)
            while mode == "drip":
                self.wfile.write(b" ")
                time.sleep(1)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Clients are killed: that is what is tried."""

    server = Quiet(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def body_of(mode: str, path: str, boards: list[Board]) -> str:
    """A page of the site."""
    if mode == "script":
        return ENDLESS
    view, asked = View("", boards), mybb.asked(path)
    if asked is None or asked.what == "index":
        return mybb.index(view)
    if asked.what == "board":
        found = next(board for board in boards if board.number == asked.number)
        return mybb.board(view, found, asked.page)
    thread = next(t for board in boards for t in board.threads if t.number == asked.number)
    page = mybb.thread(view, thread, asked.page)
    return page.replace("</body>", f"{HUGE}</body>") if mode == "parse" else page


def start(home: Home, mode: str, *options: str) -> "subprocess.Popen[bytes]":
    """Start the command."""
    with (home.logs / "command.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "crawler", "crawl", mode, *options],
            cwd=ROOT,
            env=os.environ | {"RACKRENT_HOME": str(home.root)},
            stdout=log,
            stderr=log,
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """One signal."""

    mode: str
    number: signal.Signals
    after_s: float
    asked: threading.Event | None
    """What the moment counts from; None: the start of the command."""


def stop_at(stops: Stops, home: Home, trial: Trial) -> None:
    """One trial."""
    mode, number, after_s = trial.mode, trial.number, trial.after_s
    if trial.asked:
        trial.asked.clear()
    process = start(home, mode)
    if trial.asked:
        trial.asked.wait(60)
    time.sleep(after_s)
    family = [*psutil.Process(process.pid).children(recursive=True)]
    began = time.monotonic()
    process.send_signal(number)
    code = process.wait(60)
    took = time.monotonic() - began
    _, alive = psutil.wait_procs(family, timeout=1)
    since = "its first page" if trial.asked else "its start"
    what = f"{mode}: {number.name} {after_s:.2f} s after {since}"
    stops.took.setdefault(mode, []).append(took)
    if took > MOST_S:
        stops.faults.append(f"{what}: took {took:.1f} s")
    # Python itself takes a moment to start, in which a signal kills it
    if code != 130 and (trial.asked or code != -number or after_s > STARTING_S):
        said = (home.logs / "command.log").read_text("utf-8", "replace")[-600:]
        stops.faults.append(f"{what}: exit code {code}: {said}")
    # a zombie has ended: whoever adopted it has not looked yet
    alive = [each for each in alive if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
    stops.faults += [f"{what}: {each} lives on" for each in alive]


def lost(home: Home, boards: list[Board]) -> list[str]:
    """What an undisturbed run after all signals does not bring, or brings twice."""
    code = start(home, "board", "--no-analyse", "--no-alerts").wait(300)
    wanted = {str(post.number) for board in boards for t in board.threads for post in t.posts}
    with closing(sqlite3.connect(home.database)) as conn:
        found = [row[0] for row in conn.execute("select native_id from posts")]
        sound = conn.execute("pragma integrity_check").fetchone()[0]
    whole = (code, sound) == (0, "ok") and sorted(found) == sorted(wanted)
    said = f"exit {code}, {sound}, {len(found)} posts of {len(wanted)}"
    return [] if whole else [f"board: the next run did not bring everything: {said}"]


def stops(folder: Path, trials: int, seed: int, modes: tuple[str, ...] = MODES) -> Stops:
    """So many trials, spread over the modes."""
    done, boards = Stops(), made_boards(40)
    for mode in modes:
        stop_often(done, Home(folder / mode), mode, boards, (trials // len(modes), seed))
    return done


def stop_often(
    done: Stops, home: Home, mode: str, boards: list[Board], how: tuple[int, int]
) -> None:
    """All trials of one mode: so many, of a seed; the first one while the command is loaded."""
    trials, seed = how
    dice, asked = random.Random(f"{seed} {mode}"), threading.Event()
    home.make()
    with served(mode, boards, asked) as host:
        extra = "browser: {timeout_s: 60}\n" if mode == "script" else ""
        text = SOURCE.format(mode=mode, host=host, delay_s=0.1 if mode == "board" else 0)
        (home.sources / f"{mode}.yml").write_text(text + extra, "utf-8")
        for place in range(trials):
            number = signal.SIGINT if place % 3 == 2 else signal.SIGTERM
            loading = place == 0 and trials > 1
            after_s = dice.uniform(0.1, LOADING_S if loading else LATEST_S)
            stop_at(done, home, Trial(mode, number, after_s, None if loading else asked))
        if mode == "board":
            done.faults += lost(home, boards)


def main() -> None:
    """Run, print the figures; exit code 1 when something is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    socket.setdefaulttimeout(60)
    folder = Path(tempfile.mkdtemp(prefix="rackrent-stops-"))
    done = stops(folder, asked.trials, asked.seed)
    print(done.figures)
    if done.faults:
        sys.exit("\n".join([*done.faults, f"homes lie in {folder}"]))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
