"""A tiny site on 127.0.0.1 for tests of crawls."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crawler.home import Home

SOURCE = """\
id: {source_id}
name: Test site
kind: forum
engine: mybb
url: http://{host}/index.php
start: [http://{host}/index.php]
hosts: ["{host}"]
local: true
basis: public
delay_s: 0
"""


@contextmanager
def site(pages: Mapping[str, tuple[int, str]], asked: list[str]) -> Iterator[str]:
    """Serve pages by path; `asked` collects the paths; gives host and port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, body = pages.get(self.path, (404, "<html><body>nothing</body></html>"))
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", body)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def write_source(home: Home, host: str, source_id: str = "site", extra: str = "") -> None:
    """A source file for the site."""
    home.make()
    text = SOURCE.format(source_id=source_id, host=host) + extra
    (home.sources / f"{source_id}.yml").write_text(text, "utf-8")
