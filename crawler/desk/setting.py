"""How this desk is set up: who is signed in, whether victims are masked."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils.asgi import Forbidden

Handler = Callable[[Any, Any], Awaitable[Any]]


def setting(datasette: Any) -> dict[str, Any]:
    """The plugin's configuration: `analysts` (names) and `mask_victims`."""
    found: dict[str, Any] = datasette.plugin_config("rackrent") or {}
    return found


def masking(datasette: Any) -> bool:
    """Whether victims of access sales are masked for those without the role."""
    return bool(setting(datasette).get("mask_victims"))


def is_analyst(datasette: Any, actor: Any) -> bool:
    """Whether somebody is signed in who is an analyst of this home today."""
    return bool(actor) and actor.get("id") in (setting(datasette).get("analysts") or ())


def signed_in(handler: Handler) -> Handler:
    """A handler that only a signed-in analyst's POST reaches; Datasette checks the CSRF token."""

    @functools.wraps(handler)
    async def checked(request: Any, datasette: Any) -> Any:
        if request.method != "POST" or not is_analyst(datasette, request.actor):
            raise Forbidden("only a signed-in analyst can write: sign in at /-/login")
        return await handler(request, datasette)

    return checked
