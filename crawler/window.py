"""A real browser window in which the operator logs in; everything else is done without hands."""

import os
import tempfile
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from crawler.chromium import find_chromium
from crawler.gate import Gate
from crawler.session import SessionError, State
from crawler.source import Source
from crawler.upstream import upstream_of

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)


def state_from_window(
    source: Source, url: str, wait: Callable[[BrowserContext], None], *, headless: bool = False
) -> State:
    """The session after `wait` returned, which it does when the operator is done.

    The window's only way out is the gate: the source's hosts, through the source's proxy. Forms
    may be sent here, by the operator's own hands.

    Raises:
        SessionError: no browser, or no window can be opened here.
    """
    gate = Gate(source.hosts, local=source.local, upstream=upstream_of(source), forms=True)
    try:
        with tempfile.TemporaryDirectory(prefix="rackrent-") as profile, sync_playwright() as play:
            context = play.chromium.launch_persistent_context(
                profile,
                executable_path=find_chromium(),
                headless=headless,
                chromium_sandbox=os.geteuid() != 0,
                args=list(FLAGS),
                user_agent=source.user_agent,
                proxy={"server": gate.address},
            )
            context.pages[0].goto(url, wait_until="domcontentloaded", timeout=120_000)
            wait(context)
            state: Any = context.storage_state()
            context.close()
    except PlaywrightError as error:
        reason = str(error).splitlines()[0]
        raise SessionError(
            f"{source.id}: no window could be opened: {reason}; on a machine without a screen, "
            "log in elsewhere and use `rackrent session import`"
        ) from error
    finally:
        gate.close()
    return {"cookies": list(state["cookies"]), "origins": list(state["origins"])}
