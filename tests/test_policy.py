"""What may leave: GET and HEAD to the source's own hosts, nothing private."""

from typing import Any

import pytest
from scrapy.settings import Settings

from crawler.addresses import is_private
from crawler.policy import refusal
from tests.pages import source


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_its_own_host_is_allowed(method: str) -> None:
    assert refusal(source(), method, "http://board.example/t?id=1") is None


@pytest.mark.parametrize(
    ("method", "url", "why"),
    [
        ("POST", "http://board.example/login", "only reads"),
        ("GET", "http://other.example/", "other.example"),
        ("GET", "http://board.example:8080/", "board.example:8080"),
        ("GET", "http://board.example@evil.example/", "evil.example"),
        ("GET", "file:///etc/passwd", "scheme 'file'"),
        ("GET", "ftp://board.example/", "scheme 'ftp'"),
    ],
)
def test_everything_else_is_refused_with_its_reason(method: str, url: str, why: str) -> None:
    reason = refusal(source(), method, url)
    assert reason is not None
    assert why in reason


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "a.localhost", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]",
     "100.64.0.1", "[::ffff:127.0.0.1]", "0.0.0.0"],
)  # fmt: skip
def test_private_addresses_need_a_local_source(host: str) -> None:
    assert is_private(host)
    url = f"http://{host}/"
    start: dict[str, Any] = {"url": url, "start": [url], "hosts": [host]}
    if "[" not in host:
        assert "not public" in str(refusal(source(**start), "GET", url))
        # a local source opens exact exceptions only
        assert "not public" in str(refusal(source(**start, local=True), "GET", url))
        exact: dict[str, Any] = start | {"hosts": [host, f"{host}:80"]}
        assert refusal(source(**exact, local=True), "GET", url) is None
        assert "not in hosts" in str(
            refusal(source(**exact, local=True), "GET", f"http://{host}:81/")
        )


@pytest.mark.parametrize("host", ["8.8.8.8", "board.example", "[2001:4860:4860::8888]"])
def test_public_addresses_are_public(host: str) -> None:
    assert not is_private(host)


def test_plain_links_of_a_site_that_is_read_by_https_stay_closed() -> None:
    closed = source(url="https://board.example/", start=["https://board.example/"])
    assert closed.canonical("http://board.example/t?id=1") == "https://board.example/t?id=1"
    assert closed.canonical("http://other.example/t") == "http://other.example/t"
    assert source().canonical("http://board.example/t") == "http://board.example/t"


def test_only_the_policy_refuses_what_a_page_links_to() -> None:
    settings = Settings()
    settings.setmodule("crawler.settings")
    kept = settings.get_component_priority_dict_with_base("SPIDER_MIDDLEWARES")
    names = [str(name) for name, place in kept.items() if place is not None]
    assert [name.rpartition(".")[2] for name in names] == ["StartSpiderMiddleware"]
    assert refusal(source(), "GET", f"http://board.example/{'t' * 3_000}") is None
    assert "8192" in str(refusal(source(), "GET", f"http://board.example/{'t' * 9_000}"))
