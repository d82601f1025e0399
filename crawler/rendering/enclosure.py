"""The hard mode: Chromium in a network of its own, in which there is nothing but the gate."""

import shlex
import socket
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from crawler.gate import pump
from crawler.rendering import enclosed

PORT = 8118
"""Where the way out stands inside; nobody else is there."""
ADDRESS = f"http://127.0.0.1:{PORT}"


class NotEnclosedError(OSError):
    """A network of its own cannot be had; the browser must not start without it."""


class Enclosure:
    """The way from a network of Chromium's own to the gate."""

    def __init__(self, folder: Path, gate: str) -> None:
        """Wait in a folder for the inner socket; what comes through it goes to the gate's URL.

        Raises:
            NotEnclosedError: this machine cannot.
        """
        if reason := enclosed.reason_against():
            raise NotEnclosedError(f"isolation: namespace: {reason}; {enclosed.REMEDY}")
        self._gate = (urlsplit(gate).hostname or "", urlsplit(gate).port or 0)
        self._path = folder / "way"
        self._folder = folder
        self._sockets: list[socket.socket] = []
        self._outside = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._outside.bind(str(self._path))
        self._outside.listen(1)
        threading.Thread(target=self._receive, daemon=True, name="enclosure").start()

    def program(self, chromium: Path) -> Path:
        """What starts Chromium inside."""
        path = self._folder / "enclosed-chromium"
        words = (sys.executable, "-I", enclosed.__file__, self._path, PORT, chromium)
        command = " ".join(shlex.quote(str(word)) for word in words)
        path.write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
        path.chmod(0o700)
        return path

    def close(self) -> None:
        """End the way."""
        self._outside.close()
        self._path.unlink(missing_ok=True)
        for one in self._sockets:
            one.close()

    def _receive(self) -> None:
        try:
            inside, _ = self._outside.accept()
            with inside:
                _, descriptors, _, _ = socket.recv_fds(inside, 1, 1)
                listener = socket.socket(fileno=descriptors[0])
                self._sockets.append(listener)
                inside.sendall(b"1")
            while True:
                client, _ = listener.accept()
                threading.Thread(target=self._join, args=(client,), daemon=True).start()
        except (OSError, IndexError):
            # closed, or Chromium never started
            return

    def _join(self, client: socket.socket) -> None:
        try:
            with client, socket.create_connection(self._gate, 5) as gate:
                pump(client, gate)
        except OSError:
            # either side went away
            return
