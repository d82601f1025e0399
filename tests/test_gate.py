"""The browser's way out: the allow-list, checked addresses, and nothing else."""

import socket
from collections.abc import Iterator

import pytest

from crawler.gate import Gate
from tests.site import site


@pytest.fixture
def host() -> Iterator[str]:
    with site({"/": (200, "hello"), "/x?a=1": (200, "query")}, []) as name:
        yield name


def ask(gate: Gate, head: str) -> bytes:
    """What the gate answers to a request head."""
    port = int(gate.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        answer = b""
        while chunk := client.recv(4096):
            answer += chunk
    return answer


def test_an_allowed_page_comes_through(host: str) -> None:
    gate = Gate([host], local=True)
    assert ask(gate, f"GET http://{host}/ HTTP/1.1\nHost: {host}").endswith(b"hello")
    assert ask(gate, f"GET http://{host}/x?a=1 HTTP/1.1\nHost: {host}").endswith(b"query")
    assert gate.refused == []
    gate.close()


@pytest.mark.parametrize(
    "line",
    [
        "GET http://other.example/ HTTP/1.1",
        "GET http://127.0.0.1:1/ HTTP/1.1",
        "CONNECT other.example:443 HTTP/1.1",
        "CONNECT other.example:99999 HTTP/1.1",
        "POST http://{host}/ HTTP/1.1",
        "GET / HTTP/1.1",
        "nonsense",
    ],
)
def test_everything_else_is_refused_and_noted(host: str, line: str) -> None:
    gate = Gate([host], local=True)
    assert ask(gate, line.format(host=host)).startswith(b"HTTP/1.1 403")
    assert len(gate.refused) == 1
    gate.close()


def test_a_name_that_leads_to_this_machine_is_refused(host: str) -> None:
    port = host.rpartition(":")[2]
    gate = Gate([f"localhost:{port}"], local=False)
    assert ask(gate, f"GET http://localhost:{port}/ HTTP/1.1").startswith(b"HTTP/1.1 403")
    assert "not public" in gate.refused[0]
    gate.close()


def test_a_dead_server_is_a_bad_gateway() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        name = f"127.0.0.1:{free.getsockname()[1]}"
    gate = Gate([name], local=True)
    assert ask(gate, f"GET http://{name}/ HTTP/1.1").startswith(b"HTTP/1.1 502")
    gate.close()
