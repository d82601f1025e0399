"""Serves the demo market on 127.0.0.1, one port a source."""

import gzip
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from crawler.demo.market import market_on
from crawler.demo.sites import SITES, Answer, Site

ROBOTS = Answer(200, "text/plain; charset=utf-8", "User-agent: *\nDisallow: /private.php\n")


@dataclass
class Market:
    """The running demo market."""

    servers: dict[str, ThreadingHTTPServer]
    """Servers by source id."""

    @property
    def ports(self) -> dict[str, int]:
        """Ports by source id."""
        return {source: server.server_address[1] for source, server in self.servers.items()}

    def stop(self) -> None:
        """Stop serving and free the ports."""
        for server in self.servers.values():
            server.shutdown()
            server.server_close()

    def __enter__(self) -> Self:
        """The market itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Stop serving."""
        self.stop()


def serve_market(ports: Mapping[str, int], *, anchor: datetime, day: int) -> Market:
    """Serve the market of a day in background threads.

    A port that is 0 or taken is replaced by a free one; see `Market.ports`.
    """
    servers = {}
    for source, site in SITES.items():
        server = listen(ports.get(source, 0), handler_of(site, anchor, day))
        threading.Thread(target=server.serve_forever, daemon=True, name=source).start()
        servers[source] = server
    return Market(servers)


def listen(port: int, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """A server on the port, or on a free one where it is taken."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        # taken by somebody else
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


def handler_of(site: Site, anchor: datetime, day: int) -> type[BaseHTTPRequestHandler]:
    """A request handler that answers for one site."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "nginx"
        sys_version = ""

        def do_GET(self) -> None:
            """Answer with a body."""
            self.answer(with_body=True)

        def do_HEAD(self) -> None:
            """Answer without a body."""
            self.answer(with_body=False)

        def do_POST(self) -> None:
            """Refuse."""
            self.send_error(405)

        do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST  # noqa: N815 (names of http.server)

        def answer(self, *, with_body: bool) -> None:
            """Send what the site answers."""
            found = (
                ROBOTS if self.path == "/robots.txt" else site(market_on(day, anchor), self.path)
            )
            body = found.body.encode()
            self.send_response(found.status)
            self.send_header("Content-Type", found.content_type)
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                # a fixed time keeps the bytes of an unchanged page unchanged
                body = gzip.compress(body, 6, mtime=0)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep quiet."""

    return Handler
