"""The scheduler as a service: a hardened systemd unit, or a line for cron."""

import getpass
import shlex
import sys
from pathlib import Path

from crawler.home import Home

UNIT = "rackrent.service"
HARDENED = (
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=read-only",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectClock=yes",
    "ProtectControlGroups=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "CapabilityBoundingSet=",
    "SystemCallArchitectures=native",
    "UMask=0077",
)
"""What the service may not do. Chromium needs namespaces for its own sandbox and memory that is
written and run, so neither is forbidden."""
TEMPLATE = """\
# {name}: written by `rackrent schedule install`. Credentials belong into {environment}
# (NAME=value lines, mode 0600), never in here.
[Unit]
Description=Rackrent: scheduled reading of the monitored sources
Wants=network-online.target
After=network-online.target time-sync.target

[Service]
Type=exec
{user}Environment="RACKRENT_HOME={home}"
EnvironmentFile=-{environment}
WorkingDirectory={home}
ExecStart={command} schedule run --jobs {jobs}
Restart=on-failure
RestartSec=60
TimeoutStopSec=90
KillMode=mixed
ReadWritePaths="{home}"
{hardened}

[Install]
WantedBy={target}
"""


def unit_text(home: Home, *, system: bool, jobs: int) -> str:
    """The systemd unit that keeps the schedule of a home."""
    return TEMPLATE.format(
        name=UNIT,
        user=f"User={owner_of(home)}\n" if system else "",
        home=escaped(str(home.root)),
        environment=escaped(str(home.root / "environment")),
        command=" ".join(f'"{escaped(part)}"'.replace("$", "$$") for part in own_command()),
        jobs=jobs,
        hardened="\n".join(HARDENED),
        target="multi-user.target" if system else "default.target",
    )


def escaped(text: str) -> str:
    """A text as systemd reads it back: `%` starts a specifier there."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def owner_of(home: Home) -> str:
    """Who owns the home, so that the service can write there; ourselves before it is made."""
    return home.root.owner() if home.root.exists() else getpass.getuser()


def own_command() -> list[str]:
    """How to call ourselves with an absolute path, whatever the working directory."""
    script = Path(sys.executable).with_name("rackrent")
    return [str(script)] if script.exists() else [sys.executable, "-m", "crawler"]


def unit_path(*, system: bool) -> Path:
    """Where systemd looks for the unit."""
    if system:
        return Path("/etc/systemd/system") / UNIT
    return Path.home() / ".config" / "systemd" / "user" / UNIT


def cron_line(home: Home) -> str:
    """A crontab line that reads what is due every ten minutes; `%` means a new line to cron."""
    command = shlex.join([*own_command(), "schedule", "run", "--once"])
    line = f"*/10 * * * * RACKRENT_HOME={shlex.quote(str(home.root))} {command}"
    return line.replace("%", "\\%")
