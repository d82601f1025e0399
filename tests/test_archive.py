"""The evidence keeps what was served, and a torn file loses only its torn record."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import Archive, Original, Response, Run
from crawler.archived import TornArchiveError, responses_in
from crawler.clock import stamp

RUN = Run("r1", "s1", "2026-01-01T00:00:00Z", True)
WHEN = datetime(2026, 1, 1, 12, tzinfo=UTC)


def page(body: str = "привет", url: str = "http://board.example/t?id=1") -> Response:
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("Set-Cookie", "sid=secret-token"),
    )
    payload = gzip.compress(body.encode(), mtime=0)
    return Response(url, WHEN, 200, headers, payload, "thread", {"thread": "ж1"})


def write(folder: Path, *responses: Response) -> Path:
    archive = Archive(folder, RUN)
    for response in responses:
        archive.keep(response)
    archive.close()
    return folder / archive.name


def test_a_response_comes_back_as_it_was_served(tmp_path: Path) -> None:
    path = write(tmp_path, page())
    (kept,) = responses_in(path)
    assert kept.run == RUN
    assert kept.body == "привет".encode()
    assert (kept.url, kept.fetched_at, kept.status) == ("http://board.example/t?id=1", WHEN, 200)
    assert kept.content_type == "text/html; charset=utf-8"
    assert (kept.kind, dict(kept.context)) == ("thread", {"thread": "ж1"})


def test_cookies_never_reach_the_evidence(tmp_path: Path) -> None:
    path = write(tmp_path, page())
    assert b"secret-token" not in gzip.decompress(path.read_bytes())


def test_an_unchanged_payload_becomes_a_revisit(tmp_path: Path) -> None:
    archive = Archive(tmp_path, RUN)
    first = archive.keep(page())
    again = archive.keep(page(), Original(page().url, stamp(WHEN)))
    archive.close()
    kept = list(responses_in(tmp_path / archive.name))
    assert first.sha256 == again.sha256 == kept[1].ref.sha256
    assert kept[0].ref == first
    assert kept[1].ref == again
    assert kept[1].body is None


@pytest.mark.parametrize("cut", [1, 30, 150])
def test_a_torn_tail_loses_only_the_torn_record(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path, page("one"), page("two"))
    path.write_bytes(path.read_bytes()[:-cut])
    bodies = []
    with pytest.raises(TornArchiveError, match="cut off or damaged"):
        for kept in responses_in(path):
            bodies.append(kept.body)
    assert bodies == [b"one"]
