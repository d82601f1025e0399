"""Names of a crawl: resolved once, checked, and connected to as they were checked.

Twisted asks `PinnedResolver` for every address that it connects to; it knows only what `Lookups`
has checked, so a name that points elsewhere a moment later (DNS rebinding) changes nothing.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

import idna
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.addresses import Scope, literal_in

LOOKUP_S = 20.0
"""How long a name may take to resolve, seconds."""
MOST = 8
"""Addresses of one name that are tried."""
PINS: dict[tuple[str, int], tuple[str, ...]] = {}
"""Checked addresses by host and port: all that this process may connect to. One crawl, one
process."""
LookUp = Callable[[str], Awaitable[Sequence[str]]]


class Lookups:
    """Resolves and checks the hosts of one source, each once."""

    def __init__(self, scope: Scope, look_up: LookUp | None = None) -> None:
        """`look_up` gives all addresses of a name; the system's resolver by default."""
        self._scope = scope
        self._look_up = look_up or system_addresses

    async def check(self, host: str, port: int) -> None:
        """Pin the addresses of a host, unless that was done.

        Raises:
            RefusedError: it is not listed, or an address is not public.
            OSError: the name does not resolve.
        """
        if (host, port) in PINS:
            return
        literal = literal_in(host)
        found = [literal] if literal else await self._look_up(host)
        pin(host, port, self._scope.check(host, port, found)[:MOST])


def pin(host: str, port: int, addresses: Sequence[str]) -> None:
    """Let this process connect to these addresses of a host and port, and to no others."""
    for name in {host, decoded_name(host)}:
        PINS[name, port] = tuple(addresses)


def unpin(host: str, port: int) -> None:
    """Resolve a host anew when it is next asked for: nothing answered at its address."""
    for name in {host, decoded_name(host)}:
        PINS.pop((name, port), None)


def decoded_name(host: str) -> str:
    """An internationalised name as Twisted looks it up; the name itself where it is none."""
    try:
        return str(idna.decode(host))
    except idna.IDNAError:
        return host


async def system_addresses(host: str) -> Sequence[str]:
    """All addresses that the system's resolver knows for a name.

    Raises:
        OSError: there is none, or no answer in time.
    """
    loop = asyncio.get_running_loop()
    asked = loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    found = await asyncio.wait_for(asked, LOOKUP_S)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@implementer(IHostResolution)
class Resolution:
    """What Twisted holds while a name is being resolved."""

    def __init__(self, name: str) -> None:
        """The name that was asked for."""
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


@implementer(IHostnameResolver)
class PinnedResolver:
    """Twisted's resolver: tells checked addresses only, and resolves nothing."""

    def __init__(self, reactor: Any) -> None:
        """Wait to be installed."""
        self._reactor = reactor

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        """Scrapy's way to make one."""
        return cls(reactor)

    def install_on_reactor(self) -> None:
        """Be the only one that Twisted asks, by whichever of its two ways."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 (Twisted's names)
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Resolution:
        """Tell the receiver the pinned addresses; none where nothing was checked."""
        resolution = Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        for address in PINS.get((hostName, portNumber), ()):
            kind = IPv6Address if ":" in address else IPv4Address
            resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
        resolutionReceiver.resolutionComplete()
        return resolution
