"""Targets that refuse, secrets that are missing, rules and targets that go away."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.alerting.channels import DeliveryError, Way
from crawler.alerting.rules import Rule, Target
from crawler.alerting.running import Wish
from crawler.alerting.timing import TRIES
from crawler.alerting.wording import Message
from tests.alerts import SECRET, Hook, Kept, Market, hook, market_at, posted, real, vps
from tests.market import ROOT, rackrent

WHEN = "when: {asset_types: [hosting.bph]}\n"
TO = "to: [{atom: true}]\n"


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    made = market_at(tmp_path)
    yield made
    made.board.store.close()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    with hook() as made:
        monkeypatch.setenv("TEST_HOOK", made.url)
        monkeypatch.setenv("TEST_SECRET", SECRET)
        yield made


def refuse(way: Way, rule: Rule, target: Target, message: Message) -> None:
    """A target that takes nothing."""
    raise DeliveryError("TEST_HOOK: answered 503")


def test_a_refused_message_is_tried_later_with_the_same_key(market: Market, web: Hook) -> None:
    market.rule(f"{WHEN}to: [{{webhook: {{url_env: TEST_HOOK, secret_env: TEST_SECRET}}}}]\n")
    web.answers = [503]
    market.read(vps(1, 20))
    assert market.alert(real).delivered.failed == 1
    (row,) = market.rows()
    assert (row["state"], row["tries"], row["detail"]) == ("pending", 1, "TEST_HOOK: answered 503")
    assert market.alert(real).delivered.failed == 0
    assert len(web.calls) == 1
    assert market.alert(real, market.now + timedelta(minutes=2)).delivered.sent == 1
    assert len(web.calls) == 2
    assert len(posted(web)) == 1
    (row,) = market.rows()
    assert (row["state"], row["detail"]) == ("sent", None)


def test_what_no_try_delivers_is_failed_with_an_issue_and_can_be_tried_anew(
    market: Market,
) -> None:
    market.rule(f"{WHEN}{TO}")
    market.read(vps(1, 20))
    moment = market.now
    for _ in range(TRIES + 3):
        market.alert(refuse, moment)
        moment += timedelta(days=1)
    (row,) = market.rows()
    assert (row["state"], row["tries"], row["next_try"]) == ("failed", TRIES, None)
    (issue,) = market.rows("select * from issues where kind = 'alert_failed'")
    assert "rule rule: TEST_HOOK: answered 503" in issue["detail"]
    assert "rackrent alerts send --failed" in issue["detail"]
    kept = Kept()
    market.alert(kept, moment)
    assert kept.messages == []
    market.alert(kept, moment, Wish(failed=True))
    (row,) = market.rows()
    assert (row["state"], len(kept.messages)) == ("sent", 1)


def test_a_missing_secret_is_said_and_keeps_the_alert(market: Market) -> None:
    market.rule(f"{WHEN}to: [{{apprise: TEST_NOT_SET}}]\n")
    market.read(vps(1, 20))
    market.alert(real)
    (row,) = market.rows()
    assert row["state"] == "pending"
    assert row["detail"] == "TEST_NOT_SET: is not set; put it into the environment"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://hook.example/hunter2", "holds no https address"),
        ("hunter2", "holds no https address"),
        ("http://127.0.0.1:9/hunter2", "TEST_HOOK: "),
    ],
)
def test_a_wrong_webhook_is_named_without_its_address(
    market: Market, monkeypatch: pytest.MonkeyPatch, url: str, words: str
) -> None:
    monkeypatch.setenv("TEST_HOOK", url)
    monkeypatch.setenv("TEST_SECRET", SECRET)
    market.rule(f"{WHEN}to: [{{webhook: {{url_env: TEST_HOOK, secret_env: TEST_SECRET}}}}]\n")
    market.read(vps(1, 20))
    market.alert(real)
    (row,) = market.rows()
    assert words in row["detail"]
    assert "hunter2" not in row["detail"]


def test_a_refusing_mail_server_is_named_without_its_password(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "TEST_MAIL", "mailto://user:hunter2@127.0.0.1:9/?to=a@team.example&from=b@c.de"
    )
    market.rule(f"{WHEN}to: [{{apprise: TEST_MAIL}}]\n")
    market.read(vps(1, 20))
    market.alert(real)
    (row,) = market.rows()
    assert row["state"] == "pending"
    assert row["detail"].startswith("TEST_MAIL: ")
    assert "hunter2" not in row["detail"]


def test_a_target_that_is_removed_gets_nothing_more(market: Market) -> None:
    market.rule(f"digest: hourly\n{WHEN}to: [{{atom: true}}, {{apprise: TEST_MAIL}}]\n")
    market.read(vps(1, 20))
    kept = Kept()
    market.alert(kept)
    market.rule(f"digest: hourly\n{WHEN}{TO}")
    market.alert(kept, market.now + timedelta(hours=2))
    states = {row["target"]: row["state"] for row in market.rows()}
    assert states == {"atom": "sent", "apprise TEST_MAIL": "suppressed"}


def test_a_wrong_rule_is_said_after_the_analysis_and_the_others_work(market: Market) -> None:
    market.rule("colour: red\n", "bad")
    market.rule(f"{WHEN}{TO}", "good")
    market.read(vps(1, 20))
    done = rackrent(market.home.root, "analyse", "--json")
    assert done.returncode == 4
    assert "bad.yml: colour" in done.stderr
    assert json.loads(done.stdout)["texts"] >= 0
    assert rackrent(market.home.root, "analyse", "--no-alerts").returncode == 0
    assert [row["id"] for row in market.rows("select id from alert_rules")] == ["good"]


def test_the_docs_check_of_the_signature_works(market: Market, web: Hook) -> None:
    market.rule(f"{WHEN}to: [{{webhook: {{url_env: TEST_HOOK, secret_env: TEST_SECRET}}}}]\n")
    market.read(vps(1, 20))
    market.alert(real)
    ((headers, body),) = web.calls
    text = (ROOT / "docs" / "alerts.md").read_text("utf-8")
    said: dict[str, Any] = {}
    exec(text.split("```python")[1].split("```")[0], said)
    genuine, now = said["is_genuine"], market.now.timestamp()
    assert genuine(headers, body, SECRET, now)
    assert not genuine(headers, body + b" ", SECRET, now)
    assert not genuine(headers, body, "another secret", now)
    assert not genuine(headers, body, SECRET, now + 301)
