"""Waits at the terminal while the operator logs in."""

from typing import Any

import typer

from crawler.session import State
from crawler.source import Source
from crawler.window import state_from_window


def log_in_by_hand(source: Source) -> State:
    """The session that the operator made in a browser window.

    Raises:
        SessionError: no window can be opened.
    """
    login = source.session.login.url if source.session and source.session.login else None
    return state_from_window(source, login or source.start[0], confirmed)


def confirmed(_context: Any) -> None:
    """Wait for Enter."""
    typer.prompt(
        "Log in in the window that opened, then press Enter here", default="", show_default=False
    )
