"""Addresses are judged once, in one place, by the crawl's way out and by the browser's gate."""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence

import pytest
from twisted.internet.address import IPv4Address

from crawler import lookups
from crawler.addresses import RefusedError, Scope, is_public
from crawler.gate import Gate
from crawler.lookups import PINS, Lookups, PinnedResolver
from tests.cases.canary import canary
from tests.cases.network import ADDRESSES, PUBLIC, Address
from tests.test_gate import ask

HOST = "forum.test"


class Resolver:
    """Gives other addresses at each question."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str) -> Sequence[str]:
        return self.now(host)

    def now(self, _: str) -> list[str]:
        """The next answer; the last one for ever."""
        self.asked += 1
        return list(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])


class Receiver:
    """What Twisted would connect to."""

    def __init__(self) -> None:
        self.found: list[IPv4Address] = []

    def resolutionBegan(self, _: object) -> None:  # noqa: N802 (Twisted's name)
        """Nothing to do."""

    def addressResolved(self, address: IPv4Address) -> None:  # noqa: N802 (Twisted's name)
        """One more."""
        self.found.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802 (Twisted's name)
        """Nothing to do."""


@pytest.fixture(autouse=True)
def unpinned() -> Iterator[None]:
    """No test knows what another one has checked."""
    PINS.clear()
    yield
    PINS.clear()


def connected(host: str, port: int) -> list[str]:
    """Addresses that Twisted would connect to."""
    receiver = Receiver()
    PinnedResolver(None).resolveHostName(receiver, host, portNumber=port)
    return [address.host for address in receiver.found]


def check(scope: Scope, resolver: Resolver, host: str = HOST, port: int = 80) -> None:
    """Check a host as a crawl does."""
    asyncio.run(Lookups(scope, resolver).check(host, port))


@pytest.mark.parametrize("each", ADDRESSES, ids=lambda each: each.case.name)
def test_each_address(each: Address) -> None:
    assert is_public(each.address) is each.is_public
    refused = pytest.raises(RefusedError, match="not public")
    with contextlib.nullcontext() if each.is_public else refused:
        check(Scope(frozenset({HOST})), Resolver([each.address]))
    assert connected(HOST, 80) == ([each.address] if each.is_public else [])


def test_one_of_many() -> None:
    with pytest.raises(RefusedError, match=r"10\.0\.0\.9"):
        check(Scope(frozenset({HOST})), Resolver([PUBLIC, "10.0.0.9"]))
    assert connected(HOST, 80) == []


def test_rebinding() -> None:
    resolver = Resolver([PUBLIC], ["127.0.0.1"])
    for _ in range(3):
        check(Scope(frozenset({HOST})), resolver)
        assert connected(HOST, 80) == [PUBLIC]
    assert resolver.asked == 1
    # once its address is gone it is resolved anew, and checked anew
    lookups.unpin(HOST, 80)
    with pytest.raises(RefusedError):
        check(Scope(frozenset({HOST})), resolver)
    assert connected(HOST, 80) == []


def test_unchecked_names_have_no_address() -> None:
    assert connected("localhost", 80) == connected("127.0.0.1", 80) == connected(HOST, 443) == []


def test_other_port() -> None:
    resolver = Resolver([PUBLIC])
    for port in (22, 8080, 6379):
        with pytest.raises(RefusedError, match="not in hosts"):
            check(Scope(frozenset({HOST})), resolver, port=port)
    with pytest.raises(RefusedError, match="not in hosts"):
        check(Scope(frozenset({f"{HOST}:8080"})), resolver, port=80)


def test_local_opens_exact_entries_only() -> None:
    scope = Scope(frozenset({"127.0.0.1:8001", HOST, "other.test:81"}), local=True)
    check(scope, Resolver(["127.0.0.1"]), "127.0.0.1", 8001)
    check(scope, Resolver(["10.0.0.1"]), "other.test", 81)
    with pytest.raises(RefusedError, match="not public"):
        check(scope, Resolver(["127.0.0.1"]))
    with pytest.raises(RefusedError, match="not in hosts"):
        check(scope, Resolver(["127.0.0.1"]), "127.0.0.1", 8002)


def test_the_gate_resolves_once_and_checks() -> None:
    with canary() as trap:
        port = trap.host.rpartition(":")[2]
        gate = Gate([f"{HOST}:{port}", f"good.test:{port}"], local=False)
        resolver = Resolver(["127.0.0.1"])
        gate.look_up = resolver.now
        assert ask(gate, f"GET http://{HOST}:{port}/ HTTP/1.1").startswith(b"HTTP/1.1 403")
        assert ask(gate, f"CONNECT {HOST}:{port} HTTP/1.1").startswith(b"HTTP/1.1 403")
        assert gate.refused == [f"{HOST} is 127.0.0.1, which is not public"] * 2
        gate.close()
        assert trap.touched == []
