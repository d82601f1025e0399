"""Checks of the sources: their files, their ways out, their credentials and sessions."""

import os
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.doctor.finding import Finding, fault, ok, quoted
from crawler.home import Home
from crawler.session import SessionError, load_state, state_path
from crawler.source import Source, SourceError, load_source, source_files

PROXY_S = 5.0
"""How long a proxy may take to answer, seconds."""
GREETING = b"\x05\x02\x00\x02"
"""SOCKS5 with or without a password (RFC 1928)."""


def own_sources(home: Home) -> list[Source]:
    """The operator's sources whose files can be used."""
    found = []
    for path in source_files(home).values():
        try:
            found.append(load_source(path))
        except SourceError:
            # the check of source files tells
            continue
    return found


def source_file_checks(home: Home) -> Iterator[Finding]:
    """Whether every source file can be used."""
    sound = 0
    for path in source_files(home).values():
        try:
            load_source(path)
            sound += 1
        except SourceError as error:
            text = f"{error}; mend it with `rackrent sources edit {path.stem}`, or set it aside"
            yield fault("source_files", text, f"mv {quoted(path)} {quoted(path)}.aside")
    yield ok("source_files", f"{sound} source files can be used")


def proxy_checks(home: Home) -> Iterator[Finding]:
    """Whether the proxies that sources name answer."""
    users: dict[str, list[str]] = {}
    for source in own_sources(home):
        if source.proxy:
            users.setdefault(source.proxy, []).append(source.id)
    for proxy, names in users.items():
        if obstacle := obstacle_at(proxy):
            place = urlsplit(proxy).netloc
            yield fault(
                "proxies",
                f"{proxy} (of {', '.join(names)}): {obstacle}",
                f"start the proxy at {place} (Tor: systemctl start tor), or name another in the "
                "source file",
            )
        else:
            yield ok("proxies", f"{proxy} answers")


def obstacle_at(proxy: str) -> str | None:
    """Why a proxy cannot be used; None when it answers as one."""
    parts = urlsplit(proxy)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), PROXY_S) as client:
            if parts.scheme == "http":
                return None
            client.sendall(GREETING)
            answer = client.recv(2)
    except OSError as error:
        return f"does not answer: {error}"
    return None if answer[:1] == b"\x05" else "answers, but not as a SOCKS5 proxy"


def credential_checks(home: Home) -> Iterator[Finding]:
    """Whether the environment holds the credentials that sources name."""
    for source in own_sources(home):
        login = source.session.login if source.session else None
        for name in (login.user_env, login.password_env) if login else ():
            if name in os.environ:
                yield ok("credentials", f"{source.id}: {name} is set")
            else:
                text = f"{source.id}: {name} is not set, so nobody can sign in"
                yield fault("credentials", text, f"export {name}=VALUE")


def session_checks(home: Home) -> Iterator[Finding]:
    """Whether sources that are read by an account have a session that can be read."""
    for source in own_sources(home):
        if source.session is None or source.session.login:
            continue
        bring = f"rackrent session import {source.id} cookies.txt"
        try:
            state = load_state(home, source.id)
        except SessionError as error:
            path = quoted(state_path(home, source.id))
            yield fault("sessions", str(error), f"rm {path} && {bring}")
            continue
        if state is None:
            yield fault("sessions", f"{source.id}: has no session yet", bring)
        else:
            yield ok("sessions", f"{source.id}: has a session")
