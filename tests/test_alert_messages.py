"""What alerts say: labels, harmless words, masked victims; what a back-test shows."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.alerting.backtest import backtest
from crawler.alerting.loading import find_rule
from crawler.alerting.plain import plain
from crawler.desk.analysts import add_analyst
from tests.alerts import Kept, Market, market_at, vps
from tests.pages import START, post, source

TO = "to: [{atom: true}]\n"
EVERYTHING = f"when: {{sources: [board]}}\n{TO}"


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    made = market_at(tmp_path)
    yield made
    made.board.store.close()


def test_what_is_labelled_too_strictly_stays_here(market: Market) -> None:
    market.board.source = source(tlp="amber+strict")
    market.rule(EVERYTHING, "usual")
    market.rule(f"tlp_max: red\n{EVERYTHING}", "trusted")
    market.read(vps(1, 20))
    market.alert(Kept())
    states = {row["rule"]: (row["state"], row["detail"]) for row in market.rows()}
    assert states == {
        "usual": ("suppressed", "TLP:AMBER+STRICT is above tlp_max amber"),
        "trusted": ("sent", None),
    }


def test_a_label_given_before_the_digest_leaves_counts(market: Market) -> None:
    market.rule(f"digest: hourly\n{EVERYTHING}")
    market.read(vps(1, 20))
    market.alert(Kept())
    (row,) = market.rows()
    assert row["state"] == "pending"
    market.board.store.execute(
        "insert into annotations values ('x', 'post', ?, 'tlp', 'RED', 'anna', '')",
        (row["post_id"],),
    )
    kept = Kept()
    market.alert(kept, market.now + timedelta(hours=2))
    (row,) = market.rows()
    assert (row["state"], row["tlp"], kept.messages) == ("suppressed", "red", [])


def test_a_message_is_short_harmless_labelled_and_links_to_the_desk(market: Market) -> None:
    market.rule(f"desk: https://desk.team.example/\n{EVERYTHING}")
    market.read(
        vps(1, 20, author="<b>x</b>@everyone"),
        post(
            2,
            "Selling RDP [click](http://evil.example/a), t.me/evil @evil \x1b[31m\u202e USA - 5$",
            author="b",
        ),
    )
    kept = Kept()
    market.alert(kept)
    assert kept.subjects[0] == ("[TLP:AMBER] rule: hosting.bph.vps offered by ‹b›x‹/b›[@]everyone")
    bodies = "\n".join(message.body for message in kept.messages)
    assert "source board · Admiralty F6 · TLP:AMBER · 2026-03-01 09:00 UTC" in bodies
    (row,) = [row for row in market.rows() if "access" in row["title"]]
    assert f"https://desk.team.example/post/{row['post_id']}" in bodies
    for sign in ("<", "@e", "](", "http://", "t.me", "\x1b", "\u202e", "evil.example"):
        assert sign not in bodies, sign


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        (None, ""),
        ("a\nb\tc  d", "a b c d"),
        ("**x** `y` ~~z~~ ||w|| &lt;", "∗∗x∗∗ 'y' ∼∼z∼∼ ¦¦w¦¦ ＆lt;"),
        ("1.5gb 2.4 GHz, 10.0.0.1", "1.5gb 2.4 GHz, 10.0.0[.]1"),
        ("a@b.example", "a[@]b[.]example"),
        ("x" * 300, "x" * 239 + "…"),
    ],
)
def test_plain(text: str | None, harmless: str) -> None:
    assert plain(text) == harmless


def test_victims_are_masked_where_the_home_masks_them(market: Market) -> None:
    add_analyst(market.home, "anna", "correct horse battery", [])
    path = market.home.root / "analysts.yml"
    path.write_text(path.read_text("utf-8").replace("victims: false", "victims: true"), "utf-8")
    market.rule(EVERYTHING)
    text = "Selling VPN access to muster-werkzeug.example, domain admin, Germany, 900$"
    market.read(post(1, text, author="broker"))
    market.alert(Kept())
    assert market.rows()
    assert "muster" not in "".join(row["text"] + row["reason"] for row in market.rows())


def test_a_back_test_sorts_history_by_day_and_writes_nothing(market: Market) -> None:
    market.rule(f"enabled: false\n{EVERYTHING}")
    days = (50, 20, 20, 3)
    market.read(*(
        vps(n, 20, author=f"host{n}", posted_at=START - timedelta(days=day))
        for n, day in enumerate(days, start=1)
    ))  # fmt: skip
    rule = find_rule(market.home, "rule")
    found = backtest(market.board.store, rule, START - timedelta(days=30))
    assert [(day["day"], len(day["alerts"])) for day in found] == [
        ("2026-02-09", 2), ("2026-02-26", 1)
    ]  # fmt: skip
    assert found[1]["alerts"][0]["title"] == "hosting.bph.vps offered by host4"
    assert market.rows() == market.rows("select * from alert_rules") == []
