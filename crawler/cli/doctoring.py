"""`rackrent doctor`."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from crawler.boundaries.terminal import safe_term_line
from crawler.cli import screen
from crawler.cli.exits import Exit
from crawler.doctor.finding import Finding
from crawler.doctor.report import report_of
from crawler.doctor.run import diagnose
from crawler.home import find_home

MARKS = {"ok": "ok     ", "warning": "WARNING", "fault": "FAULT  "}
STORAGE = ("database", "disk", "folders", "wal")


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(epilog="Example: rackrent doctor --json")(doctor)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    report: Annotated[
        bool,
        typer.Option("--report", help="Print a report to send to people who help, without names."),
    ] = False,
) -> None:
    """Look for what is wrong with this set-up, and say how each fault is mended.

    Nothing is changed, and no monitored site is asked; proxies are.
    """
    home = find_home()
    findings = diagnose(home)
    if as_json:
        screen.print_json([asdict(one) for one in findings])
    elif report:
        screen.say_lines(report_of(home, findings))
    else:
        for one in findings:
            show(one)
    raise typer.Exit(verdict(findings))


def show(one: Finding) -> None:
    """Print what a check says, and the remedy on a line of its own."""
    screen.say(f"{MARKS[one.status]}  {one.check:<13} {safe_term_line(one.text)}")
    if one.remedy:
        screen.say(f"         {'mend it:':<13} {one.remedy}")


def verdict(findings: Sequence[Finding]) -> Exit:
    """6 for faults of storage, 4 for others, 0 where all works, warnings or not."""
    faults = {one.check for one in findings if one.status == "fault"}
    if faults & set(STORAGE):
        return Exit.STORAGE
    return Exit.DEGRADED if faults else Exit.DONE
