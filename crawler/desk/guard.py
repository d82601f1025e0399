"""What stands between Datasette and the browser: security headers, and CSV without formulas."""

import csv
import io
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from crawler.boundaries.inert import safe_csv

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
csv.field_size_limit(2**31 - 1)  # a post may be longer than the 128 KiB that csv takes by default
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Any, Send], Awaitable[None]]


def wrap(app: App) -> App:
    """The application behind the guard."""

    async def guarded(scope: MutableMapping[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        out = CsvSend(with_headers(send)) if is_csv(scope) else with_headers(send)
        await app(scope, receive, out)

    return guarded


def is_csv(scope: MutableMapping[str, Any]) -> bool:
    """Whether CSV is asked for: `/table.csv`, or `?_format=csv`."""
    path, query = str(scope["path"]), scope.get("query_string", b"").decode("latin-1")
    return path.endswith(".csv") or ("_format", "csv") in parse_qsl(query)


def with_headers(send: Send) -> Send:
    """Sends every response with the security headers, whatever it had of them."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = {name for name, _ in HEADERS}
            kept = [p for p in message.get("headers", []) if bytes(p[0]).lower() not in ours]
            message = {**message, "headers": [*kept, *HEADERS]}
        await send(message)

    return sending


class CsvSend:
    """Sends CSV row by row, each cell safe for spreadsheets; errors in HTML pass as they are."""

    def __init__(self, send: Send) -> None:
        """Send to `send`."""
        self._send = send
        self._rest = ""
        self._plain = False

    async def __call__(self, message: Message) -> None:
        """Take one message of the application."""
        if message["type"] == "http.response.start":
            kinds = dict(message.get("headers", []))
            self._plain = b"html" in kinds.get(b"content-type", b"")
            kept = [p for p in message.get("headers", []) if p[0].lower() != b"content-length"]
            message = {**message, "headers": message["headers"] if self._plain else kept}
        elif message["type"] == "http.response.body" and not self._plain:
            last = not message.get("more_body", False)
            body = self._safe(message.get("body", b"").decode("utf-8"), last=last)
            message = {**message, "body": body.encode("utf-8")}
        await self._send(message)

    def _safe(self, text: str, *, last: bool) -> str:
        """The whole rows of what came so far; the rest waits for the next message."""
        self._rest += text
        end = len(self._rest) if last else whole_rows(self._rest)
        ready, self._rest = self._rest[:end], self._rest[end:]
        if not ready:
            return ""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        for row in csv.reader(io.StringIO(ready, newline="")):
            writer.writerow([safe_csv(cell) for cell in row])
        return out.getvalue()


def whole_rows(text: str) -> int:
    """How many characters of CSV make whole rows: up to the last line end outside of quotes."""
    end = len(text)
    while (end := text.rfind("\n", 0, end)) >= 0:
        if text.count('"', 0, end) % 2 == 0:
            return end + 1
    return 0
