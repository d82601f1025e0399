"""The child's side of `crawler.worker`: answers questions within limits, one after the other."""

import os
import resource
import sys
from collections.abc import Callable, Sequence

from crawler.lifeline import die_with

LENGTH = 8
"""Bytes of the length before a message."""
OUT_OF_MEMORY = 77
"""Exit code of a child whose memory did not suffice."""


def framed(message: bytes) -> bytes:
    """A message with its length before it."""
    return len(message).to_bytes(LENGTH, "big") + message


def serve(answer: Callable[[bytes], bytes], arguments: Sequence[str]) -> None:
    """Answer questions until there are no more: what a worker's module does.

    `arguments` are those that `Worker` starts it with.
    """
    # what answers print must not reach the pipe
    pipe = os.dup(1)
    os.dup2(2, 1)
    parent, cpu_s, memory_mb = (int(each) for each in arguments)
    confine(parent, memory_mb)
    questions = os.fdopen(0, "rb", closefd=False)
    while head := questions.read(LENGTH):
        question = questions.read(int.from_bytes(head, "big"))
        allow_cpu(cpu_s)
        try:
            data = framed(answer(question))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        with os.fdopen(pipe, "wb", closefd=False) as out:
            out.write(data)


def confine(parent: int, memory_mb: int) -> None:
    """Limit this process: memory, files, no core dump; it dies with its parent."""
    die_with(parent)
    sys.dont_write_bytecode = True
    for limit, value in (
        (resource.RLIMIT_DATA, memory_mb << 20),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def allow_cpu(seconds: int) -> None:
    """Let this process use so much more processor time from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
