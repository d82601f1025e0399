"""Where the shared frontier lies: an address without a password, which others on a machine see."""

import os
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qs, urlsplit

from crawler.frontiers.contract import LEASE_S, FrontierError, PageQueue
from crawler.source import Source
from crawler.source_fields import minutes_of

VARIABLE = "RACKRENT_FRONTIER"
"""The environment variable that may hold the address with its password."""
LEASE_VARIABLE = "RACKRENT_LEASE_S"
"""The environment variable that says how long a dead worker keeps its pages, seconds."""
SCHEMES = ("postgresql", "postgres")
LONGEST_LEASE_S = 3600
LOCAL = ("", "localhost", "127.0.0.1", "::1")


def address_of(named: str | None, environment: Mapping[str, str] = os.environ) -> str | None:
    """The frontier's address, from an option or the environment; None for the home's own.

    Raises:
        FrontierError: it is none, or an option holds a password.
    """
    if named:
        parts = checked(named, "--frontier")
        if parts.password is not None or "password" in parse_qs(parts.query):
            raise FrontierError(
                "--frontier: holds a password, which everybody on this machine could read; put "
                f"the whole address into the environment variable {VARIABLE}, or the password "
                "into ~/.pgpass"
            )
        return secured(named)
    stated = environment.get(VARIABLE)
    if stated:
        checked(stated, VARIABLE)
        return secured(stated)
    return None


def checked(address: str, place: str) -> SplitResult:
    """An address in its parts.

    Raises:
        FrontierError: it is no address of a PostgreSQL server; the text does not repeat it.
    """
    try:
        parts = urlsplit(address)
        usable = parts.scheme in SCHEMES and (parts.port or 1) > 0 and len(parts.path) > 1
    except ValueError:
        usable = False
    if not usable:
        raise FrontierError(
            f"{place}: is no address like postgresql://user@host:5432/rackrent; write it so"
        )
    return parts


def secured(address: str) -> str:
    """The address; to another machine encrypted, where it does not say otherwise."""
    parts = urlsplit(address)
    if "sslmode=" in parts.query or (parts.hostname or "") in LOCAL:
        return address
    return address + ("&" if parts.query else "?") + "sslmode=require"


def shown(address: str) -> str:
    """The address without user and password, for people."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def open_queue(address: str, source: Source) -> PageQueue:
    """The shared frontier of a source.

    Raises:
        FrontierError: it cannot be reached, or the driver is not installed.
    """
    try:
        from crawler.frontiers.postgres import PostgresQueue
    except ImportError as error:
        raise FrontierError(
            f"a shared frontier needs the extra 'cluster': pip install 'rackrent[cluster]' "
            f"({error.name} is missing)"
        ) from error
    sweep = minutes_of(source.sweep_every) if source.sweep_every else None
    return PostgresQueue(address, source.id, sweep_minutes=sweep, lease_s=lease_of(os.environ))


def lease_of(environment: Mapping[str, str]) -> float:
    """How long a worker that says nothing keeps its pages, seconds.

    Raises:
        FrontierError: the environment says something else than a number from 1 to 3600.
    """
    stated = environment.get(LEASE_VARIABLE)
    if stated is None:
        return LEASE_S
    if not stated.isascii() or not stated.isdigit() or not 1 <= int(stated[:9]) <= LONGEST_LEASE_S:
        raise FrontierError(
            f"{LEASE_VARIABLE}: '{stated[:20]}' is no number of seconds from 1 to {LONGEST_LEASE_S}"
        )
    return float(stated)
