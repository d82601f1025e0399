"""How Chromium is started: sandboxed, silent, and with the gate as its only way out."""

import json
import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Playwright

from crawler.chromium import find_chromium
from crawler.rendering.enclosure import ADDRESS, Enclosure
from crawler.rendering.identity import LANGUAGES, Identity

START_MS = 25_000
FEATURES_OFF = (
    # what Playwright turns off; the last such flag wins, so its list is repeated
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch", "Translate",
    # the browser's own errands
    "InterestFeedContentSuggestions", "DialMediaRouteProvider", "AutofillServerCommunication",
    "CertificateTransparencyComponentUpdater", "OptimizationGuideModelDownloading",
    "SegmentationPlatform", "AsyncDns", "UseDnsHttpsSvcb", "DnsOverHttps",
    # what asks or tells past the routes
    "Prerender2", "FedCm", "BrowsingTopics", "InterestGroupStorage", "PrivacySandboxAdsAPIs",
    "SharedStorageAPI", "Reporting", "NetworkErrorLogging",
)  # fmt: skip
NOWHERE = "http://127.0.0.1:9/"
FLAGS = (
    "--disable-background-networking",
    "--disable-blink-features=AutomationControlled,FetchLaterAPI",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-quic",
    "--disable-sync",
    "--deny-permission-prompts",
    "--lang=en-US",
    "--accept-lang=en-US,en",
    "--no-first-run",
    "--no-pings",
    "--metrics-recording-only",
    "--js-flags=--max-old-space-size=512",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    # no name is ever looked up here: the gate does it
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--check-for-update-interval=31536000",
    f"--component-updater=url-source={NOWHERE}",
    f"--gaia-url={NOWHERE}",
    f"--google-base-url={NOWHERE}",
)
LEFT_OUT = ("--disable-popup-blocking", "--disable-ipc-flooding-protection")
"""What Playwright sets for tests and hostile pages profit from."""
PREFERENCES = {
    # 2: never (prefetch, prerender, preconnect, speculation rules)
    "net": {"network_prediction_options": 2},
    # 3: all of them
    "download_restrictions": 3,
    "safebrowsing": {"enabled": False},
    "search": {"suggest_enabled": False},
}
LOCAL_STATE = {
    # no question for a password is understood, so none waits for an answer
    "auth": {"schemes": ""},
}


@dataclass(frozen=True, slots=True)
class Start:
    """What Chromium is started with."""

    folder: Path
    """Where its profile goes."""
    proxy: str
    """URL of its only way out."""
    program: Path | None
    """What to start; None: whatever Playwright finds."""


def start_for(stack: ExitStack, isolation: str, gate: str) -> Start:
    """What Chromium is started with, given the gate's URL; the stack ends what that needs.

    Raises:
        NotEnclosedError: a network of its own cannot be had.
    """
    folder, found = Path(tempfile.gettempdir()), find_chromium()
    if isolation == "process":
        return Start(folder, gate, found)
    way = Enclosure(folder, gate)
    stack.callback(way.close)
    return Start(folder, ADDRESS, way.program(found) if found else None)


def launch(stack: ExitStack, playwright: Playwright, start: Start, who: Identity) -> Browser:
    """A Chromium with a fresh profile whose only way out is a proxy; the stack ends it.

    Raises:
        PlaywrightError: it does not start.
    """
    profile = Path(os.environ.get("TMPDIR", "/tmp")) / "profile"
    (profile / "Default").mkdir(parents=True, exist_ok=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(PREFERENCES), "utf-8")
    (profile / "Local State").write_text(json.dumps(LOCAL_STATE), "utf-8")
    first = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path=start.program,
        proxy={"server": start.proxy, "bypass": "<-loopback>"},
        **options(who),
    )
    stack.callback(first.close)
    if first.browser is None:
        raise RuntimeError("this Playwright gives no browser of a persistent context; renew it")
    return first.browser


def options(who: Identity, uid: int | None = None) -> dict[str, Any]:
    """How Playwright starts Chromium; as root Chromium has no sandbox and does not start with."""
    off = (*FEATURES_OFF, *(() if who.hints else ("UserAgentClientHint",)))
    return {
        "headless": True,
        "chromium_sandbox": (os.geteuid() if uid is None else uid) != 0,
        "args": [*FLAGS, f"--user-agent={who.user_agent}", f"--disable-features={','.join(off)}"],
        "ignore_default_args": list(LEFT_OUT),
        "timeout": START_MS,
    }


def context_options(who: Identity, *, verify: bool) -> dict[str, Any]:
    """How a window without a past is opened: nothing of it reaches the disk."""
    return {
        "user_agent": who.user_agent,
        "extra_http_headers": {"Accept-Language": LANGUAGES},
        "timezone_id": "UTC",
        "accept_downloads": False,
        "service_workers": "block",
        "permissions": [],
        "ignore_https_errors": not verify,
    }
