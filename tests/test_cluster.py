"""The language stage on a Dask cluster finds what this machine finds, and trusts no worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from crawler.analyse import analyse
from crawler.analyse_worker import read_documents
from crawler.cluster import ClusterError, cluster_at
from crawler.cluster_worker import read_plain
from crawler.home import Home
from crawler.wire import answer_unpacked, documents_packed, documents_unpacked
from nlp.findings import Document, Findings
from nlp.version import VERSION
from tests.market import FINDINGS as TABLES
from tests.market import dump
from tests.pages import post
from tests.shards import shard_at

TEXTS = (
    "Fresh RDP, USA and DE, 5$ each, win2016/8gb. tg: @kiln_host, jabber: kiln@jab.example",
    "куплю дедик 300р/мес, оплата btc",
    "Bulletproof VPS\n1 month - $20\n3 months - $50\nsold: nothing yet",
    "",
    "🔥 7 days - $50 20 days - $80 🔥 t.me/harbour_seller",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1",
    ) as cluster:  # fmt: skip
        yield str(cluster.scheduler_address)


def home_with(folder: Path, texts: tuple[str, ...]) -> Home:
    board = shard_at(folder)
    posts = [post(number, text) for number, text in enumerate(texts, start=1)]
    board.thread_page(board.begin(), posts)
    board.store.close()
    return Home(folder)


def test_a_cluster_finds_what_this_machine_finds(address: str, tmp_path: Path) -> None:
    texts = TEXTS * 30
    ours, theirs = home_with(tmp_path / "ours", texts), home_with(tmp_path / "theirs", texts)
    assert analyse(theirs, cluster=address) == analyse(ours)
    for table in TABLES:
        clocks = frozenset({"first_seen", "last_seen"}) if table == "issues" else frozenset()
        assert dump(theirs.database, table, clocks) == dump(ours.database, table, clocks), table
    assert analyse(theirs, cluster=address).texts == 0


def test_findings_pass_through_json_unchanged() -> None:
    documents = [Document(text, title="RDP 5$", fields={"price": "5.00"}) for text in TEXTS]
    question = documents_packed(documents)
    assert documents_unpacked(question) == documents
    answer = answer_unpacked(read_plain(question.decode()))
    assert answer.version == VERSION
    found = answer.found
    assert found == read_documents(documents)
    assert len(found) == len(documents)
    assert any(one.listings and one.contacts for one in found)
    assert all(isinstance(one, Findings) for one in found)


def test_a_worker_of_another_release_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.cluster.VERSION", "another")
    with cluster_at(address) as cluster, pytest.raises(ClusterError, match="install the same"):
        list(cluster.read([[Document("RDP 5$")]]))


def test_a_worker_that_sends_anything_else_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.cluster.read_plain", print)
    with cluster_at(address) as cluster, pytest.raises(ClusterError, match="nothing readable"):
        list(cluster.read([[Document("RDP 5$")]]))


@pytest.mark.parametrize("wrong", ["10.0.0.5:8786", "http://h:1", "tcp://127.0.0.1:9"])
def test_a_wrong_address_is_told(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.cluster.CONNECT_S", 1)
    with pytest.raises(ClusterError, match="tcp://"), cluster_at(wrong):
        pass
