"""Errors that visitors cause, as pages of the desk: a sentence, and no trace in the server's log.

Datasette itself prints what it knows of every error, with the values of all variables.
"""

from typing import Any

from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError

SLOW = "SQL Interrupted"
"""Datasette's title of a query that took too long; its text holds an inline script."""


def is_expected(error: BaseException) -> bool:
    """Whether an error is the visitor's: an unknown page, no permission, SQL that fails."""
    return isinstance(error, Base400 | DatasetteError) and error.status < 500


async def answer(datasette: Any, request: Any, error: Any) -> Any:
    """The page that tells of an error; JSON where JSON was asked for."""
    told = {"ok": False, "status": error.status, "title": getattr(error, "title", None)}
    told |= getattr(error, "error_dict", None) or {}
    told["error"] = message_of(datasette, error)
    if request.path.endswith(".json"):
        return Response.json(told, status=error.status)
    html = await datasette.render_template("error.html", told, request=request)
    return Response.html(html, status=error.status)


def message_of(datasette: Any, error: Any) -> str:
    """What went wrong, as plain text."""
    if getattr(error, "title", None) == SLOW:
        limit = datasette.setting("sql_time_limit_ms") / 1000
        return f"The query took longer than {limit:g} seconds: narrow it down, or add a limit."
    return str(getattr(error, "message", None) or next(iter(error.args), "Not found"))
