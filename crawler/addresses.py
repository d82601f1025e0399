"""Which addresses may be connected to: the one judgement that every way out shares.

An address is public when the whole net can reach it: global unicast, and so is what an IPv6
address carries inside (IPv4-mapped, 6to4, NAT64). All others are refused, unless a source with
`local: true` lists the exact `host:port`.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

DEFAULT_PORTS = (80, 443)
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""The only part of IPv6 that is given out (RFC 4291, IANA)."""
NOT_PUBLIC_V4 = (IPv4Network("192.88.99.0/24"), IPv4Network("192.0.0.0/24"))
"""Relays and protocol assignments, of which Python calls some global."""
NOT_PUBLIC_V6 = (IPv6Network("3fff::/20"), IPv6Network("2001:db8::/32"), IPv6Network("2001::/23"))
"""Documentation (RFC 9637), Teredo and other assignments."""
NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 behind a translator (RFC 6052)."""
COMPATIBLE = IPv6Network("::/96")
LOCAL_NAMES = ("localhost", ".localhost")


class RefusedError(ValueError):
    """This may not leave; the text says what and why."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one source may connect to."""

    hosts: frozenset[str]
    """Hosts, with their port where it is not 80 or 443."""
    local: bool = False
    """Whether its exact `host:port` entries may have addresses that are not public."""

    def names(self, host: str, port: int) -> bool:
        """Whether a host and port are listed."""
        return f"{host}:{port}" in self.hosts or (port in DEFAULT_PORTS and host in self.hosts)

    def opens(self, host: str, port: int) -> bool:
        """Whether a host and port may have an address that is not public."""
        return self.local and f"{host}:{port}" in self.hosts

    def check(self, host: str, port: int, addresses: Iterable[str]) -> tuple[str, ...]:
        """The addresses of a host, of which each may be connected to.

        Raises:
            RefusedError: the host is not listed, or one of its addresses is not public.
        """
        if not self.names(host, port):
            raise RefusedError(f"host '{host}:{port}' is not in hosts of the source")
        found = tuple(addresses)
        if not self.opens(host, port):
            for address in found:
                if not is_public(address):
                    raise RefusedError(f"{host} is {address}, which is not public")
        return found


def is_public(address: str) -> bool:
    """Whether everybody on the net can reach an address; false for what is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return is_public_v4(found)
    if found.scope_id is not None:
        return False
    inner = carried_in(found)
    if inner is not None:
        return is_public_v4(inner)
    return (
        found in GLOBAL_UNICAST
        and found.is_global
        and not any(found in network for network in NOT_PUBLIC_V6)
    )


def is_public_v4(address: IPv4Address) -> bool:
    """Whether an IPv4 address is global unicast."""
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in NOT_PUBLIC_V4)
    )


def carried_in(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for; None where it stands for itself."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in NAT64 or address in COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def literal_in(host: str) -> str | None:
    """The address that a host name spells, in any form that a resolver would take; None for names.

    `127.1`, `2130706433`, `0x7f000001` and `0177.0.0.1` all spell 127.0.0.1 (POSIX inet_aton).
    """
    bare = host.strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, ValueError):
        return None


def is_private(host: str) -> bool:
    """Whether a host, without being resolved, points at this machine or a private network."""
    name = host.rstrip(".").lower()
    if name == LOCAL_NAMES[0] or name.endswith(LOCAL_NAMES[1]):
        return True
    literal = literal_in(host)
    return literal is not None and not is_public(literal)
