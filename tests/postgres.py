"""A PostgreSQL server for tests, from the wheel `pgserver`; tests that need it skip without it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest


@contextmanager
def postgres() -> Iterator[str]:
    """A server's address; it ends with the block, and its files go."""
    try:
        from pgserver import postgres_server
    except ImportError:
        pytest.skip("no PostgreSQL: the wheel pgserver is not there for this machine")
    # the name of a socket may be no longer than a hundred characters
    folder = Path(mkdtemp(prefix="rr-pg-"))
    try:
        server = postgres_server.get_server(folder, cleanup_mode="delete")
    except (OSError, RuntimeError, AssertionError) as error:
        pytest.skip(f"no PostgreSQL: pgserver does not start here: {error}")
    try:
        yield str(server.get_uri()).replace(":@", "@")
    finally:
        server.cleanup()


@contextmanager
def database(server: str) -> Iterator[str]:
    """Address of a fresh database of a server."""
    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f"create database {name}")
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f"drop database if exists {name} with (force)")
