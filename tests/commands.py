"""Runs the command inside of the test's process, which is faster than a process of its own."""

from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from crawler.cli.parts import command_of


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said."""

    code: int
    """Exit code."""
    out: str
    """Standard output."""
    err: str
    """Standard error."""


def ran(home: Path, *arguments: str, given: str = "") -> Ran:
    """Run the command in a home, `given` at its standard input.

    Errors that `main` turns into exit codes are raised as they are.
    """
    done = CliRunner().invoke(
        command_of(),
        list(arguments),
        input=given,
        env={"RACKRENT_HOME": str(home), "COLUMNS": "200"},
    )
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)
