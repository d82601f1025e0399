"""All checks, in the order in which faults are to be mended."""

from collections.abc import Callable, Iterator

from crawler.doctor import data, files, machine, sources
from crawler.doctor.finding import Finding
from crawler.home import Home

Check = Callable[[Home], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    machine.python_checks,
    machine.disk_checks,
    files.folder_checks,
    files.privacy_checks,
    files.clock_checks,
    files.leftover_checks,
    files.lock_checks,
    data.database_checks,
    data.wal_checks,
    data.backup_checks,
    data.evidence_checks,
    sources.source_file_checks,
    sources.proxy_checks,
    sources.credential_checks,
    sources.session_checks,
    machine.schedule_checks,
    machine.chromium_checks,
    machine.enclosure_checks,
)


def diagnose(home: Home, checks: tuple[Check, ...] = CHECKS) -> list[Finding]:
    """What all checks say. Nothing is changed, and no monitored site is asked."""
    return [finding for check in checks for finding in check(home)]
