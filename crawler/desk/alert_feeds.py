"""The Atom feeds of alert rules, as the files that deliveries wrote."""

from pathlib import Path
from typing import Any

from datasette.utils.asgi import NotFound, Response

from crawler.desk.asking import NAME
from crawler.home import Home


async def alert_feed(request: Any, datasette: Any) -> Any:
    """The feed of a rule; 404 before its first alert."""
    home = Home(Path(datasette.get_database(NAME).path).parent)
    path = home.alerts / f"{request.url_vars['rule']}.atom"
    if not path.exists():
        raise NotFound(f"there is no feed of the alert rule {request.url_vars['rule']}")
    body = path.read_text("utf-8")
    return Response(body, content_type="application/atom+xml; charset=utf-8")
