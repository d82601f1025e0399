"""A child process for work that may hang or eat memory: limited, watched, killed, replaced.

Questions and answers are bytes with their length before them, on the child's standard input and
output. The kernel limits the child's processor time and memory; the parent limits the time that an
answer may take and its size.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from crawler.working import LENGTH, OUT_OF_MEMORY, framed

CHUNK = 1 << 20
STEP_S = 0.5
"""How often a waiting parent asks whether it is to give up, seconds."""
KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHASHSEED", "TZ")
"""All that a child gets to know: no proxy, no credentials."""


class WorkerLostError(RuntimeError):
    """The child gave no answer and was killed; the text says why."""


class StoppedError(RuntimeError):
    """The parent is ending: the child was killed, and its question is still open."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost."""

    cpu_s: int = 10
    """Processor time, whole seconds; the kernel kills the child that takes more."""
    wall_s: float = 30.0
    """Seconds until an answer must be there."""
    memory_mb: int = 350
    """Memory that the child may use at any time (private pages: `RLIMIT_DATA`)."""
    answer_bytes: int = 64 << 20
    """Largest answer."""


@dataclass
class Worker:
    """One child, started at the first question and again after a failure."""

    module: str
    """What `python -m` runs in the child: it calls `serve`."""
    limits: Limits = Limits()
    _process: "subprocess.Popen[bytes] | None" = None

    def ask(self, question: bytes, stopped: Callable[[], bool] = lambda: False) -> bytes:
        """The child's answer; `stopped` is asked while waiting.

        Raises:
            WorkerLostError: it died, hung, or said too much; the next question gets a new child.
            StoppedError: `stopped` said so.
        """
        ends = time.monotonic() + self.limits.wall_s
        process = self._started()
        assert process.stdin and process.stdout
        try:
            _send(process.stdin.fileno(), framed(question), ends, stopped)
            head = _receive(process.stdout.fileno(), LENGTH, ends, stopped)
            size = int.from_bytes(head, "big")
            if size > self.limits.answer_bytes:
                raise WorkerLostError(f"an answer of {size} bytes")
            return _receive(process.stdout.fileno(), size, ends, stopped)
        except TimeoutError:
            self.close()
            raise WorkerLostError(f"no answer within {self.limits.wall_s:g} s") from None
        except (EOFError, BrokenPipeError):
            raise WorkerLostError(self._why_dead()) from None
        except (WorkerLostError, StoppedError):
            self.close()
            raise

    @property
    def pid(self) -> int | None:
        """The child's process id; None while there is none."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """Kill the child."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        limits = [str(each) for each in (os.getpid(), self.limits.cpu_s, self.limits.memory_mb)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
            # Ctrl-C is the parent's to handle
            start_new_session=True,
            bufsize=0,
        )
        assert self._process.stdin and self._process.stdout
        os.set_blocking(self._process.stdin.fileno(), False)
        os.set_blocking(self._process.stdout.fileno(), False)
        return self._process

    def _why_dead(self) -> str:
        """Why the child ended, in words; it is put away."""
        process = self._process
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(5) if process else None
            self.close()
            if code == -signal.SIGXCPU:
                return f"it takes more than {self.limits.cpu_s} s of processor time"
            if code == OUT_OF_MEMORY:
                return f"it takes more than {self.limits.memory_mb} MB of memory"
            return f"the process that read it died ({code})"
        self.close()
        return "the process that read it closed its pipes"


def _send(pipe: int, data: bytes, ends: float, stopped: Callable[[], bool]) -> None:
    view = memoryview(data)
    while view:
        _wait(pipe, select.POLLOUT, ends, stopped)
        with suppress(BlockingIOError):
            view = view[os.write(pipe, view[:CHUNK]) :]


def _receive(pipe: int, size: int, ends: float, stopped: Callable[[], bool]) -> bytes:
    data = bytearray()
    while len(data) < size:
        _wait(pipe, select.POLLIN, ends, stopped)
        with suppress(BlockingIOError):
            part = os.read(pipe, min(CHUNK, size - len(data)))
            if not part:
                raise EOFError
            data += part
    return bytes(data)


def _wait(pipe: int, event: int, ends: float, stopped: Callable[[], bool]) -> None:
    """Return when a pipe is ready or broken.

    Raises:
        TimeoutError: it was not in time.
        StoppedError: `stopped` said so.
    """
    poll = select.poll()
    poll.register(pipe, event)
    while True:
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if poll.poll(min(left, STEP_S) * 1000):
            return
        if stopped():
            raise StoppedError
