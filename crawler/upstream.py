"""The proxy that a source is read through: connections, and who is told apart from whom."""

import os
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError, ProxyType
from python_socks.sync import Proxy

from crawler.boundaries.secrets import remember_login
from crawler.source import Source

CONNECT_S = 60.0
"""A hidden service may take this long to answer, seconds."""
TYPES = {"socks5h": ProxyType.SOCKS5, "http": ProxyType.HTTP}


class ProxyDownError(OSError):
    """The proxy itself does not answer; nothing may go any other way."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """A proxy, and the name under which a source is known to it."""

    url: str
    """Such as `socks5h://127.0.0.1:9050`."""
    user: str
    """Own for each source: Tor gives different circuits to different names (IsolateSOCKSAuth)."""
    password: str
    """The password that goes with it."""

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to a host, whose name the proxy resolves.

        Raises:
            ProxyDownError: the proxy does not answer or refuses our name.
            OSError: the proxy works and the host does not answer.
        """
        parts = urlsplit(self.url)
        proxy = Proxy(
            TYPES[parts.scheme],
            parts.hostname or "",
            parts.port or 0,
            username=self.user,
            password=self.password,
            rdns=True,
        )
        try:
            return proxy.connect(host, port, timeout=CONNECT_S)
        except ProxyConnectionError as error:
            raise ProxyDownError(f"proxy {self.url} does not answer: {error}") from error
        except ProxyTimeoutError as error:
            raise TimeoutError(f"{host}:{port}: no answer through {self.url}") from error
        except ProxyError as error:
            if "auth" in str(error).lower():
                raise ProxyDownError(f"proxy {self.url} refuses us: {error}") from error
            raise OSError(f"{host}:{port}: {error}") from error


def upstream_of(source: Source) -> Upstream | None:
    """The proxy of a source; None where it is read directly."""
    if not source.proxy:
        return None
    stated = os.environ.get(f"RACKRENT_PROXY_AUTH_{source.id.upper()}", "")
    user, _, password = stated.partition(":")
    remember_login(user, password)
    return Upstream(source.proxy, user or f"rackrent-{source.id}", password or source.id)
