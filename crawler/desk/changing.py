"""Forms of the desk: each is one decision, answered by the page that it came from."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

from datasette.utils.asgi import Response

from crawler.decisions import DecisionError
from crawler.desk.asking import NAME
from crawler.desk.writing import annotate, decide, is_large, relinked, withdraw
from crawler.storage import StorageError

logger = logging.getLogger(__name__)


async def decide_form(request: Any, datasette: Any) -> Any:
    """Merge, split or reject."""
    form = await request.post_vars()
    objects = (form.get("a", ""), form.get("b", ""))
    action, note = form.get("action", ""), form.get("note", "")
    done = {"merge": "merged", "split": "split off", "reject": "kept apart"}.get(action, "")
    return await _carry_out(
        (request, datasette),
        form,
        f"Done: {done}. It is kept through later analyses; the audit has it.",
        lambda path: _decided(path, action, objects, request.actor["id"], note),
    )


def _decided(path: Path, action: str, objects: tuple[str, str], actor: str, note: str) -> None:
    """Decide, and link anew: at once, or on a large database behind the page."""
    decide(path, action, objects, actor, note)
    if is_large(path):
        Thread(target=_relink_behind, args=(path,), name="relink", daemon=True).start()
    else:
        relinked(path)


def _relink_behind(path: Path) -> None:
    """Link anew; what goes wrong is logged, and the next analysis makes up for it."""
    try:
        relinked(path)
    except (StorageError, sqlite3.OperationalError):
        logger.exception("a decision is written down, but linking anew failed")


async def annotate_form(request: Any, datasette: Any) -> Any:
    """A note, tag, label or TLP label."""
    form = await request.post_vars()
    thing = (form.get("object", ""), form.get("object_id", ""))
    kind, value = form.get("kind", ""), form.get("value", "")
    return await _carry_out(
        (request, datasette),
        form,
        "Written.",
        lambda path: annotate(path, thing, kind, value, request.actor["id"]),
    )


async def withdraw_form(request: Any, datasette: Any) -> Any:
    """Delete an annotation."""
    form = await request.post_vars()
    known = form.get("annotation", "")
    return await _carry_out(
        (request, datasette),
        form,
        "Withdrawn; the audit keeps that it was there.",
        lambda path: withdraw(path, known, request.actor["id"]),
    )


async def _carry_out(
    asked: tuple[Any, Any], form: dict[str, str], done: str, work: Callable[[Path], None]
) -> Any:
    """Do the work beside the event loop, and lead back with a message."""
    request, datasette = asked
    response = Response.redirect(_back(form.get("back", "/")))
    try:
        await asyncio.to_thread(work, Path(datasette.get_database(NAME).path))
    except (DecisionError, StorageError, sqlite3.OperationalError) as error:
        datasette.add_message(request, f"Not done: {error}", datasette.ERROR)
    else:
        datasette.add_message(request, done)
    return response


def _back(path: str) -> str:
    """A path of this desk; anything else leads home."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else "/"
