"""The schedule under a made-up clock: a month of twenty sources, restarts, clock changes."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.clock import moment_of
from crawler.scheduling.keeper import Keeper
from crawler.scheduling.ledger import Slot
from crawler.scheduling.plan import Plan, jitter_of, newest_slot, opened, slot_after, start_of
from tests.scheduling import MINUTE, START, World, plan

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KINDS: tuple[dict[str, object], ...] = (
    {"every": "1h"},
    {"every": "6h"},
    {"every": "24h"},
    {"every": "12h", "active_hours": "08:00-23:00", "timezone": "Europe/Kyiv"},
    {"every": "1d", "at": ["03:30"], "timezone": "Europe/Berlin"},
    {"every": "1d", "at": ["06:00", "18:45"], "timezone": "America/New_York"},
    {"every": "1w", "at": ["23:15"], "timezone": "Asia/Shanghai"},
)


def twenty() -> dict[str, Plan]:
    """Twenty sources of all kinds of plans."""
    kinds = itertools.islice(itertools.cycle(KINDS), 20)
    return {f"s{n:02}": plan(f"s{n:02}", **kind) for n, kind in enumerate(kinds)}


def slots_of(keeper: Keeper, source_id: str) -> list[Slot]:
    """A source's slots, oldest first."""
    return keeper.ledger.newest(source_id, 10_000)[::-1]


def until_it_reads(world: World, keeper: Keeper) -> set[str]:
    """Let time pass until at least two sources are read; which."""
    while len(keeper.running) < 2:
        world.let_pass(keeper, MINUTE)
    return set(keeper.running)


def test_a_month_of_twenty_sources_with_restarts_and_a_kill(tmp_path: Path) -> None:
    world = World(tmp_path, twenty())
    keeper = world.boot()
    world.let_pass(keeper, 9 * DAY + 5 * HOUR)
    stopped = until_it_reads(world, keeper)
    keeper.stop()  # a clean restart of the machine
    world.now += 20 * MINUTE
    keeper = world.boot()
    world.let_pass(keeper, 6 * DAY + 3 * HOUR)
    killed = until_it_reads(world, keeper)
    world.die()  # kill -9: neither keeper nor crawls say farewell
    world.now += 9 * HOUR
    keeper = world.boot()
    world.let_pass(keeper, 8 * DAY)
    stopped |= until_it_reads(world, keeper)
    keeper.stop()  # the second restart
    world.now += 2 * MINUTE
    keeper = world.boot()
    world.let_pass(keeper, START + 30 * DAY - world.now)
    for one in world.sources.values():
        assert_sound(world, keeper, one, cut_off=one.source_id in stopped | killed)
    assert most_at_a_time(world) == keeper.jobs


def assert_sound(world: World, keeper: Keeper, one: Plan, *, cut_off: bool) -> None:
    """A source's month: no slot lost, none read twice, no two runs at a time."""
    slots, crawls = slots_of(keeper, one.source_id), world.of(one.source_id)
    for before, after in itertools.pairwise(slots):
        # a slot that was cut off and overtaken by the next one is made up for by that
        expected, missed = slot_after(one, moment_of(before.slot)), int(before.state == "again")
        while expected < moment_of(after.slot):
            expected, missed = slot_after(one, expected), missed + 1
        assert (expected, missed) == (moment_of(after.slot), after.missed)
    assert slot_after(one, moment_of(slots[0].slot)) > START
    assert start_of(one, slot_after(one, moment_of(slots[-1].slot))) >= world.now - HOUR
    whole = [crawl for crawl in crawls if crawl.ended and not crawl.code]
    done = [slot for slot in slots if (slot.state, slot.exit_code) == ("done", 0)]
    assert len(whole) == len(done)
    for first, second in itertools.pairwise(crawls):
        assert (first.ended or first.began) <= second.began
    cut = [crawl for crawl in crawls if crawl.code or (not crawl.ended and crawl.ends < world.now)]
    assert bool(cut) <= cut_off
    assert all(any(w.began > c.began for w in whole) for c in cut)


def most_at_a_time(world: World) -> int:
    """How many crawls ran at one moment at most."""
    return max(
        sum(c.began <= one.began < (c.ended or c.ends) for c in world.crawls)
        for one in world.crawls
    )


def test_slots_that_were_slept_through_are_one_run(tmp_path: Path) -> None:
    world = World(tmp_path, {"aa": plan("aa", every="1h")}, longest_min=2)
    keeper = world.boot()
    world.let_pass(keeper, 3 * HOUR)
    keeper.stop()
    before = len(world.of("aa"))
    world.now += 10 * HOUR
    keeper = world.boot()
    world.let_pass(keeper, 30 * MINUTE)
    assert len(world.of("aa")) == before + 1
    assert slots_of(keeper, "aa")[-1].missed >= 8


def test_a_run_by_hand_stands_for_the_slot(tmp_path: Path) -> None:
    world = World(tmp_path, {"aa": plan("aa", every="6h")}, longest_min=2)
    keeper = world.boot()
    world.let_pass(keeper, HOUR)
    first = world.of("aa")[0]
    world.let_pass(keeper, 4 * HOUR + 30 * MINUTE)
    world.by_hand["aa"] = world.now
    world.let_pass(keeper, HOUR + 20 * MINUTE)
    assert world.of("aa") == [first]
    last = slots_of(keeper, "aa")[-1]
    assert last.state == "fresh"
    assert "read already" in (last.reason or "")
    world.let_pass(keeper, 6 * HOUR)
    assert len(world.of("aa")) == 2


def test_a_source_that_is_paused_waits_and_is_read_once_when_it_is_resumed(tmp_path: Path) -> None:
    world = World(tmp_path, {"aa": plan("aa", every="1h")}, longest_min=2)
    keeper = world.boot()
    world.held.add("aa")
    world.let_pass(keeper, 5 * HOUR)
    assert world.crawls == []
    world.held.clear()
    world.let_pass(keeper, 20 * MINUTE)
    assert len(world.crawls) == 1


@pytest.mark.parametrize(("code", "tries"), [(0, 1), (1, 3), (3, 3), (4, 1), (5, 1), (6, 1)])
def test_only_faults_that_may_pass_are_tried_again(tmp_path: Path, code: int, tries: int) -> None:
    world = World(tmp_path, {"aa": plan("aa", every="24h")}, longest_min=2, codes={"aa": code})
    keeper = world.boot()
    world.let_pass(keeper, 20 * HOUR)
    assert len(world.crawls) == tries
    (slot,) = slots_of(keeper, "aa")
    assert (slot.state, slot.exit_code, slot.attempt) == ("done", code, tries)


def test_a_run_that_always_kills_the_machine_is_given_up(tmp_path: Path) -> None:
    world = World(tmp_path, {"aa": plan("aa", every="24h")})
    for _ in range(5):
        keeper = world.boot()
        while not keeper.running and world.now < START + 20 * HOUR:
            world.let_pass(keeper, MINUTE)
    assert len(world.crawls) == 3


def test_texts_are_analysed_once_for_many_runs(tmp_path: Path) -> None:
    world = World(tmp_path, {f"s{n}": plan(f"s{n}", every="24h") for n in range(6)}, longest_min=3)
    world.let_pass(world.boot(), 3 * HOUR)
    assert len(world.crawls) == 6
    assert 1 <= len(world.analyses) <= 2
    assert world.analyses[-1].began >= max(crawl.ends for crawl in world.crawls)


def test_alerts_that_wait_are_seen_to_every_ten_minutes(tmp_path: Path) -> None:
    world = World(tmp_path, {}, rules=True)
    world.let_pass(world.boot(), 3 * HOUR)
    assert len(world.rounds) == 18
    assert world.analyses == []


def test_an_analysis_that_a_crash_prevented_is_made_up_for(tmp_path: Path) -> None:
    world = World(tmp_path, {"aa": plan("aa", every="24h")}, longest_min=2)
    keeper = world.boot()
    while not keeper.ledger.wanted("chores"):
        world.let_pass(keeper, MINUTE)
    assert world.analyses == []
    world.let_pass(world.boot(), 10 * MINUTE)
    assert len(world.analyses) == 1


@pytest.mark.parametrize(
    ("zone", "at", "after", "slots"),
    [
        # Europe/Berlin: 02:30 does not exist on 2026-03-29, comes twice on 2026-10-25
        ("Europe/Berlin", "02:30", "2026-03-27T12:00", ["28T01:30", "29T01:30", "30T00:30"]),
        ("Europe/Berlin", "02:30", "2026-10-23T12:00", ["24T00:30", "25T00:30", "26T01:30"]),
        ("America/New_York", "23:30", "2026-03-06T12:00", ["07T04:30", "08T04:30", "09T03:30"]),
    ],
)
def test_times_of_the_day_follow_the_zone(zone: str, at: str, after: str, slots: list[str]) -> None:
    one, found = plan(every="1d", at=[at], timezone=zone), []
    slot = datetime.fromisoformat(after).replace(tzinfo=UTC)
    for _ in slots:
        slot = slot_after(one, slot)
        found.append(f"{slot:%dT%H:%M}")
    assert found == slots


def test_a_week_at_a_time_of_the_day() -> None:
    one = plan(every="1w", at=["04:00"], timezone="Europe/Berlin")
    slot = datetime(2026, 3, 24, 3, tzinfo=UTC)
    assert slot_after(one, slot) == datetime(2026, 3, 31, 2, tzinfo=UTC)


def test_slots_outside_of_active_hours_wait_for_the_next_opening() -> None:
    one = plan(every="6h", active_hours="08:00-23:00", timezone="Europe/Kyiv")
    night = datetime(2026, 1, 10, 23, tzinfo=UTC)  # 01:00 in Kyiv
    assert opened(one, night) == datetime(2026, 1, 11, 6, tzinfo=UTC)
    late = datetime(2026, 1, 10, 20, 59, tzinfo=UTC)  # 22:59 in Kyiv
    assert start_of(one, late) - late < MINUTE
    assert newest_slot(one, night, datetime(2026, 1, 11, 6, 1, tzinfo=UTC))[1] == 1


def test_jitter_is_the_same_after_a_restart_and_differs_between_sources() -> None:
    plans = [plan(f"s{n}", every="6h") for n in range(30)]
    delays = [jitter_of(one, START) for one in plans]
    assert delays == [jitter_of(one, START) for one in plans]
    assert len(set(delays)) > 25
    assert timedelta(0) <= min(delays) and max(delays) <= 10 * MINUTE
