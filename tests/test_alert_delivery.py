"""Alerts reach a webhook, a mail server and a feed reader: each once, whatever crashes between."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from crawler.alerting.channels import DELIVERY
from crawler.clock import stamp
from crawler.purging.rows import replace_text
from crawler.records import PostVersionRow
from crawler.serving import datasette_of
from tests.alerts import SECRET, Hook, Mailbox, Market, hook, mailbox, market_at, posted, real, vps
from tests.market import ROOT, rackrent
from tests.pages import START

ATOM = "{http://www.w3.org/2005/Atom}"
WHEN = "when: {asset_types: [hosting.bph]}\n"
TO = "to: [{atom: true}]\n"
TARGETS = ("webhook", "apprise", "atom")
ALL = (
    f"{WHEN}"
    "to:\n"
    "  - webhook: {url_env: TEST_HOOK, secret_env: TEST_SECRET}\n"
    "  - apprise: TEST_MAIL\n"
    "  - atom: true\n"
)


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


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mailbox() as made:
        monkeypatch.setenv("TEST_MAIL", made.url)
        yield made


def crash(market: Market, point: str, kind: str) -> None:
    """A pass that is killed there."""
    asked = (stamp(market.now), point, kind)
    done = subprocess.run(
        [sys.executable, "-m", "tests.alert_crash", market.home.root, *asked],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def hooked(web: Hook) -> list[str]:
    """Titles of alerts that the webhook got."""
    return [one["title"] for body in posted(web).values() for one in json.loads(body)["alerts"]]


def mailed(mail: Mailbox) -> list[str]:
    """Subjects of mails, by delivery."""
    return list({one[DELIVERY]: str(one["Subject"]) for one in mail.mails}.values())


def entries(market: Market, rule: str = "rule") -> list[ElementTree.Element]:
    """Entries of a rule's feed."""
    feed = ElementTree.parse(market.home.alerts / f"{rule}.atom").getroot()
    return feed.findall(f"{ATOM}entry")


POINTS = [
    ("matching", ""),
    *((point, kind) for point in ("before", "after", "marked") for kind in TARGETS),
]


@pytest.mark.parametrize(("point", "kind"), POINTS)
def test_each_alert_arrives_once_across_two_runs_and_a_crash(
    market: Market, web: Hook, mail: Mailbox, point: str, kind: str
) -> None:
    market.rule(ALL)
    market.read(vps(1, 20, author="host1"), vps(2, 30, author="host2"))
    crash(market, point, kind)
    market.alert(real)
    market.read(vps(1, 20, author="host1"), vps(2, 30, author="host2"), vps(3, 40, author="host3"))
    market.alert(real)
    market.alert(real)
    titles = [f"hosting.bph.vps offered by host{n}" for n in (1, 2, 3)]
    assert Counter(hooked(web)) == Counter(titles)
    assert Counter(mailed(mail)) == Counter(f"[TLP:AMBER] rule: {title}" for title in titles)
    shown = [entry.findtext(f"{ATOM}title") for entry in entries(market)]
    assert Counter(shown) == Counter(f"[TLP:AMBER] {title}" for title in titles)
    assert [row["state"] for row in market.rows()] == ["sent"] * 9
    # only what was on its way when it died came a second time, under the same key
    came = len(web.calls) + len(mail.mails)
    assert came == 6 + (point == "after" and kind != "atom")


def test_the_whole_way_by_the_command(market: Market, web: Hook, mail: Mailbox) -> None:
    market.rule(ALL, written=START)
    market.read(vps(1, 20))
    # by the real clock the board's reading is long ago
    first = rackrent(market.home.root, "alerts", "send", "--since", "5000d", "--json")
    second = rackrent(market.home.root, "alerts", "send", "--since", "5000d", "--json")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert json.loads(first.stdout) == {"matched": 3, "sent": 3, "failed": 0, "suppressed": 0}
    assert json.loads(second.stdout) == {"matched": 0, "sent": 0, "failed": 0, "suppressed": 0}
    assert (len(web.calls), len(mail.mails), len(entries(market))) == (1, 1, 1)
    log = rackrent(market.home.root, "alerts", "log", "--json")
    assert {row["state"] for row in json.loads(log.stdout)} == {"sent"}


def test_what_the_webhook_gets(market: Market, web: Hook) -> None:
    market.rule(f"{WHEN}to: [{{webhook: {{url_env: TEST_HOOK, secret_env: TEST_SECRET}}}}]\n")
    market.read(vps(1, 20))
    market.alert(real)
    ((key, body),) = posted(web).items()
    told = json.loads(body)
    (row,) = market.rows()
    assert told["delivery"] == key == row["delivery"]
    assert (told["rule"], told["tlp"]) == ("rule", "amber")
    (one,) = told["alerts"]
    assert one["id"] == row["id"]
    assert one["link"] == f"http://127.0.0.1:8001/post/{row['post_id']}"
    assert (one["source"], one["admiralty"], one["reason"]) == ("board", "F6", "new offer")


def test_a_mail_is_text_with_labels_and_link(market: Market, mail: Mailbox) -> None:
    market.rule(f"{WHEN}to: [{{apprise: TEST_MAIL}}]\n")
    market.read(vps(1, 20))
    market.alert(real)
    (one,) = mail.mails
    body = one.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    (row,) = market.rows()
    for part in ("TLP:AMBER", "Admiralty F6", "why: new offer", f"/post/{row['post_id']}"):
        assert part in text
    assert len(one.get_all("Message-ID") or []) == 1


def test_the_feed_is_served_by_the_desk_and_holds_no_outside_link(market: Market) -> None:
    market.rule(f"{WHEN}{TO}")
    market.read(vps(1, 20))
    market.alert(real)
    (entry,) = entries(market)
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href", "").startswith("http://127.0.0.1:8001/post/")
    path = market.home.alerts / "rule.atom"
    assert path.stat().st_mode & 0o077 == 0
    desk = datasette_of(market.home.database)
    answer = asyncio.run(desk.client.get("/alerts/rule.atom"))
    assert answer.content == path.read_bytes()
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert asyncio.run(desk.client.get("/alerts/other.atom")).status_code == 404


def test_what_is_purged_leaves_alerts_and_feed_and_is_not_told_again(market: Market) -> None:
    market.rule(f"{WHEN}{TO}")
    market.read(vps(1, 20))
    market.alert(real)
    (row,) = market.rows()
    assert "abuse ignored" in (entries(market)[0].findtext(f"{ATOM}summary") or "")
    store = market.board.store
    (version,) = store.rows("select * from post_versions")
    emptied = replace(PostVersionRow(**dict(version)), id="emptied", text="")
    with store.transaction():
        replace_text(store, version["id"], emptied)
    assert market.alert(real).matched == 0
    (left,) = market.rows()
    assert (left["id"], left["text"], left["reason"]) == (row["id"], "", "")
    assert "abuse ignored" not in (entries(market)[0].findtext(f"{ATOM}summary") or "")
