"""A child process that does what it should not, as its questions say."""

import os
import signal
import sys
import time

from crawler.working import serve


def answer(question: bytes) -> bytes:
    """What the child of these tests does, by its question."""
    match question:
        case b"spin":
            while True:
                pass
        case b"sleep":
            time.sleep(60)
        case b"eat":
            return bytes(1 << 30)
        case b"die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"chatter":
            return bytes(2 << 20)
        case b"environment":
            return ",".join(sorted(os.environ)).encode()
    print("to nobody")
    return question.upper()


if __name__ == "__main__":
    serve(answer, sys.argv[1:])
