"""`rackrent schedule run | list | install`."""

import logging
import os
import signal
import sys
from contextlib import closing
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer

from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.clock import now
from crawler.ending import SCHEDULER_S, allow_to_end_in
from crawler.home import Home, find_home
from crawler.scheduling.install import cron_line, unit_path, unit_text
from crawler.scheduling.keeper import QUIET, Keeper
from crawler.scheduling.ledger import Ledger
from crawler.scheduling.machine import Machine, Sources
from crawler.scheduling.overview import schedule_of
from crawler.scheduling.timer import ScheduleRunsError, is_scheduler_alive, keep_schedule
from crawler.store.database import Store

schedule = typer.Typer(
    help="Read every source when it is due.", epilog="Example: rackrent schedule run --jobs 4"
)
COLUMNS = ("source", "plan", "last_run", "next_run", "note")
Jobs = Annotated[int, typer.Option(min=1, max=32, help="Sources read at a time.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(schedule, name="schedule", no_args_is_help=True)


@schedule.command(epilog="Example: rackrent schedule run --jobs 4")
def run(
    jobs: Jobs = 2,
    once: Annotated[
        bool, typer.Option("--once", help="End when nothing is due any more; for cron.")
    ] = False,
) -> None:
    """Read sources whenever they are due, until stopped (SIGTERM or Ctrl-C).

    Runs that the machine slept through are made up for by one; a source is never read twice at
    a time, whoever else reads it.
    """
    home = find_home()
    home.make()
    allow_to_end_in(SCHEDULER_S)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with closing(Store(home.database)) as store, closing(Ledger(home.schedule)) as ledger:
        machine = Machine(home, store, Sources(home))
        quiet = timedelta(0) if once else QUIET
        keeper = Keeper(ledger, machine, now, jobs, os.getpid(), quiet)
        try:
            asked = keep_schedule(home, keeper, once=once)
        except ScheduleRunsError as error:
            # cron finds the service at work: that is no fault
            fail(str(error), Exit.DONE if once else Exit.USAGE)
    # an operator's Ctrl-C is an interruption, a service's SIGTERM its ordinary end
    raise typer.Exit(Exit.INTERRUPTED if asked == signal.SIGINT else Exit.DONE)


@schedule.command("list", epilog="Example: rackrent schedule list --json")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show each source's last and next run, and why there is none."""
    home = find_home()
    with closing(Store(home.database)) as store:
        rows = [asdict(line) for line in schedule_of(home, store, now())]
    if as_json:
        screen.print_json({"alive": is_scheduler_alive(home), "sources": rows})
        return
    if rows:
        screen.print_rows("Schedule (times are UTC)", COLUMNS, rows)
    else:
        screen.tell(f"no source of yours yet: put one in {home.sources}, or `rackrent add`")
    if not is_scheduler_alive(home):
        screen.tell("no scheduler is at work: `rackrent schedule run`, or `schedule install`")


@schedule.command(epilog="Example: rackrent schedule install --user")
def install(
    system: Annotated[
        bool, typer.Option("--system/--user", help="For the machine (root), or for you.")
    ] = False,
    show: Annotated[bool, typer.Option("--print", help="Print the unit, write nothing.")] = False,
    cron: Annotated[bool, typer.Option("--cron", help="Print a crontab line instead.")] = False,
    jobs: Jobs = 2,
) -> None:
    """Write a hardened systemd unit that keeps the schedule, or print a crontab line."""
    home = find_home()
    if cron:
        screen.say(cron_line(home))
        return
    unit = unit_text(home, system=system, jobs=jobs)
    if show:
        screen.say_lines(unit)
        return
    home.make()
    write_unit(home, unit, system=system)


def write_unit(home: Home, unit: str, *, system: bool) -> None:
    """Write the unit and say how to start it."""
    path = unit_path(system=system)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(unit, "utf-8")
        path.chmod(0o644)
    except OSError as error:
        remedy = "run it as root" if system else "give --print, and put the unit there by hand"
        fail(f"{path}: cannot be written: {error.strerror}; {remedy}", Exit.USAGE)
    control = "systemctl" if system else "systemctl --user"
    screen.say(f"wrote {path}")
    screen.say(f"next: {control} daemon-reload && {control} enable --now rackrent.service")
    if not system:
        screen.say("and, to have it run while you are logged out: loginctl enable-linger")
