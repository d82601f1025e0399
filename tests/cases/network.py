"""Network: names and addresses that lead where nobody may be asked.

Names are resolved by a resolver of the tests; nothing leaves this machine.
"""

from dataclasses import dataclass

from tests.cases import Case

PUBLIC = "93.184.215.14"
REFUSED = "is not connected to; the text says which address and why"


@dataclass(frozen=True, slots=True)
class Address:
    """An address that a name may resolve to."""

    case: Case
    address: str
    is_public: bool = False


def hidden(name: str, address: str, what: str) -> Address:
    """An address that is not public."""
    return Address(Case(f"address-{name}", f"a name leads to {what} ({address})", REFUSED), address)


ADDRESSES = (
    hidden("loopback", "127.0.0.1", "this machine"),
    hidden("loopback-far", "127.255.255.254", "this machine"),
    hidden("unspecified", "0.0.0.0", "this machine"),
    hidden("metadata", "169.254.169.254", "cloud metadata"),
    hidden("metadata-six", "fd00:ec2::254", "cloud metadata"),
    hidden("private-10", "10.0.0.1", "a private network"),
    hidden("private-172", "172.16.5.4", "a private network"),
    hidden("private-192", "192.168.1.1", "a private network"),
    hidden("carrier", "100.64.0.1", "a carrier's network"),
    hidden("benchmark", "198.18.0.1", "a benchmark network"),
    hidden("documentation", "203.0.113.7", "a documentation network"),
    hidden("multicast", "224.0.0.251", "multicast"),
    hidden("reserved", "240.0.0.1", "a reserved network"),
    hidden("broadcast", "255.255.255.255", "broadcast"),
    hidden("relay", "192.88.99.1", "a 6to4 relay"),
    hidden("six-loopback", "::1", "this machine"),
    hidden("six-unspecified", "::", "this machine"),
    hidden("six-link", "fe80::1", "the local link"),
    hidden("six-link-scope", "fe80::1%lo", "the local link"),
    hidden("six-site", "fec0::1", "a site"),
    hidden("six-private", "fd12:3456::1", "a private network"),
    hidden("six-multicast", "ff02::1", "multicast"),
    hidden("six-documentation", "2001:db8::1", "a documentation network"),
    hidden("six-teredo", "2001:0:53aa:64c::1", "Teredo"),
    hidden("mapped", "::ffff:127.0.0.1", "this machine, mapped"),
    hidden("mapped-metadata", "::ffff:169.254.169.254", "cloud metadata, mapped"),
    hidden("compatible", "::127.0.0.1", "this machine, in an old form"),
    hidden("sixtofour", "2002:7f00:1::1", "this machine through 6to4"),
    hidden("nat64", "64:ff9b::a9fe:a9fe", "cloud metadata through NAT64"),
    hidden("nat64-local", "64:ff9b:1::7f00:1", "a local NAT64"),
    hidden("no-address", "surprise", "what is no address"),
    Address(Case("address-public", f"a name leads to a public address ({PUBLIC})",
            "is connected to"),
            PUBLIC, is_public=True),
    Address(Case("address-public-six", "a name leads to a public IPv6 address", "is connected to"),
            "2606:4700::1111", is_public=True),
)  # fmt: skip

ONE_OF_MANY = Case(
    "one-of-many", "a name with a public address and a private one", "is refused as a whole"
)
REBINDING = Case(
    "rebinding",
    "a name with a public address at first, a private one a moment later",
    "connects to what was checked, and asks the resolver once",
)
UNKNOWN = Case(
    "unchecked",
    "anything in the process asks to connect to a name",
    "finds no address unless checked",
)
OTHER_PORT = Case("other-port", "a listed host at a port that is not listed", "is not connected to")
LOCAL = Case(
    "local-exact",
    "a local source whose other host leads to this machine",
    "only the exact host:port of the file is opened",
)
INSIDE = Case(
    "name-of-this-machine",
    "a source's name resolves to this machine when it is crawled",
    "the crawl asks nothing; an issue names the address",
)
GATE = Case(
    "gate-rebinding", "the same through the gate of browsers", "the gate resolves once and checks"
)
CASES = (
    *(each.case for each in ADDRESSES),
    ONE_OF_MANY,
    REBINDING,
    UNKNOWN,
    OTHER_PORT,
    LOCAL,
    INSIDE,
    GATE,
)
