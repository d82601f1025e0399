"""Rule files: what is wrong is one line that names file, field, value and remedy."""

import re
from pathlib import Path

import pytest

from crawler.alerting.conditions import When
from crawler.alerting.loading import AlertError, find_rule, load_rule, load_rules, references
from crawler.alerting.rules import Rule, Target
from crawler.home import DATA, Home
from tests.market import ROOT, rackrent

TO = "to: [{atom: true}]\n"
WHEN = "when: {asset_types: [hosting.bph]}\n"


def written(folder: Path, text: str, name: str = "rule") -> Path:
    home = Home(folder)
    home.alerts.mkdir(exist_ok=True)
    path = home.alerts / f"{name}.yml"
    path.write_text(text, "utf-8")
    return path


def test_a_rule_has_sane_defaults(tmp_path: Path) -> None:
    rule = load_rule(written(tmp_path, f"name: rule\n{WHEN}{TO}")).rule
    assert (rule.enabled, rule.digest, rule.tlp_max, rule.timezone) == (
        True, "immediate", "amber", "UTC"
    )  # fmt: skip
    assert rule.when.max_age == "30d"
    assert not rule.when.watched


@pytest.mark.parametrize("path", sorted((DATA / "alerts").glob("*.yml")), ids=lambda p: p.stem)
def test_shipped_rules_are_sound_and_not_at_work(path: Path, tmp_path: Path) -> None:
    file = load_rule(path)
    assert not file.rule.enabled
    assert list(references(Home(tmp_path), file)) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"{WHEN}{TO}colour: red\n", ("colour", "unknown key", "quiet_hours")),
        (f"when: {{asset_type: x}}\n{TO}", ("when.asset_type", "unknown key", "asset_types")),
        (WHEN, ("to", "is missing")),
        (f"when: {{}}\n{TO}", ("when", "names no condition", "asset_types")),
        (f"when: {{reposts: ignore}}\n{TO}", ("when", "names no condition")),
        (f"when: {{countries: [NO]}}\n{TO}", ("when.countries", "'NO'")),
        (f"when: {{countries: [Germany]}}\n{TO}", ("when.countries", "Germany", "DE")),
        (f"when: {{contacts: [seller]}}\n{TO}", ("when.contacts", "'seller'", "telegram:name")),
        (f"when: {{usd_month_below: -1}}\n{TO}", ("when.usd_month_below", "-1")),
        (f"when: {{below_market_median: 130}}\n{TO}", ("when.below_market_median", "130")),
        (f"when: {{max_age: soon, keywords: [a]}}\n{TO}", ("when.max_age", "'soon'", "30m")),
        (f"when: {{keywords: ['--']}}\n{TO}", ("when.keywords", "'--'")),
        (
            f"when: {{source_health: [paused], keywords: [vps]}}\n{TO}",
            ("source_health", "sources only", "keywords"),
        ),
        (f"when: {{source_health: [sad]}}\n{TO}", ("when.source_health", "'sad'")),
        (f"{WHEN}to: []\n", ("to",)),
        (f"{WHEN}to: [{{atom: true, apprise: RACKRENT_MAIL}}]\n", ("to.0", "name one of")),
        (f"{WHEN}to: [{{}}]\n", ("to.0", "name one of")),
        (f"{WHEN}to: [{{atom: true}}, {{atom: true}}]\n", ("'atom' stands there twice",)),
        (f"{WHEN}{TO}digest: weekly\n", ("digest", "'weekly'", "daily@08:00")),
        (f"{WHEN}{TO}digest: daily@25:00\n", ("digest", "'daily@25:00'")),
        (f"{WHEN}{TO}quiet_hours: night\n", ("quiet_hours", "'night'", "08:00-22:30")),
        (f"{WHEN}{TO}timezone: Vienna\n", ("timezone", "'Vienna'", "Europe/Vienna")),
        (f"{WHEN}{TO}tlp_max: pink\n", ("tlp_max", "'pink'")),
        (f"{WHEN}{TO}desk: here\n", ("desk", "http://127.0.0.1:8001")),
    ],
)
def test_a_wrong_rule_is_one_line_that_says_what_to_do(
    tmp_path: Path, text: str, parts: tuple[str, ...]
) -> None:
    path = written(tmp_path, f"name: rule\n{text}")
    with pytest.raises(AlertError) as caught:
        load_rule(path)
    (line,) = str(caught.value).splitlines()
    for part in (str(path), *parts):
        assert part in line


@pytest.mark.parametrize(
    "text",
    [
        f"{WHEN}to: [{{apprise: 'mailto://user:hunter2@mail.example'}}]\n",
        f"{WHEN}to: [{{webhook: {{url_env: 'https://h.example/hunter2', secret_env: A_B_C}}}}]\n",
        f"{WHEN}to: [{{webhook: 'https://h.example/hunter2'}}]\n",
        f"{WHEN}to: 'https://h.example/hunter2'\n",
        f"{WHEN}to: [apprise: [hunter2\n",
    ],
)
def test_a_secret_in_a_rule_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    with pytest.raises(AlertError) as caught:
        load_rule(written(tmp_path, f"name: rule\n{text}"))
    assert "hunter2" not in str(caught.value)


def test_a_rule_is_named_as_its_file(tmp_path: Path) -> None:
    with pytest.raises(AlertError, match="write other"):
        load_rule(written(tmp_path, f"name: rule\n{WHEN}{TO}", "other"))


def test_the_operators_rule_replaces_the_shipped_one(tmp_path: Path) -> None:
    written(tmp_path, f"name: rebrands\n{WHEN}{TO}", "rebrands")
    rule = find_rule(Home(tmp_path), "rebrands")
    assert rule.enabled
    assert rule.when.asset_types == ("hosting.bph",)


def test_one_wrong_rule_keeps_no_other_back(tmp_path: Path) -> None:
    written(tmp_path, "name: bad\n", "bad")
    written(tmp_path, f"name: good\n{WHEN}{TO}", "good")
    rules = load_rules(Home(tmp_path))
    assert "good" in rules.files
    assert "bad" not in rules.files
    assert all("bad.yml" in fault for fault in rules.faults)
    assert len(rules.faults) == 2


def test_the_fingerprint_changes_with_conditions_and_targets_only() -> None:
    raw = {"name": "rule", "when": {"keywords": ["vps"]}, "to": [{"atom": True}]}
    rule = Rule.model_validate(raw)
    assert Rule.model_validate(raw | {"digest": "hourly"}).fingerprint == rule.fingerprint
    assert Rule.model_validate(raw | {"when": {"keywords": ["rdp"]}}).fingerprint != (
        rule.fingerprint
    )


def test_check_names_what_is_not_there(tmp_path: Path) -> None:
    written(
        tmp_path,
        "name: rule\nwhen: {asset_types: [hosting.nothing], sources: [nowhere]}\n"
        "to: [{apprise: RACKRENT_NO_SUCH}]\n",
    )
    done = rackrent(tmp_path, "alerts", "check")
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 3
    for part in ("'hosting.nothing'", "'nowhere'", "RACKRENT_NO_SUCH is not set"):
        assert sum(part in line for line in lines) == 1


def test_an_unknown_rule_is_exit_2(tmp_path: Path) -> None:
    done = rackrent(tmp_path, "alerts", "test", "nothing")
    assert done.returncode == 2
    assert "known rules" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", [*Rule.model_fields, *When.model_fields, *Target.model_fields])
def test_every_key_stands_in_the_docs(name: str) -> None:
    text = (ROOT / "docs" / "alerts.md").read_text("utf-8")
    assert re.search(rf"(?m)\b{name}\b(:|`)", text)
