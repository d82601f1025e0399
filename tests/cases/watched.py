"""Crawls in a network of their own whose every packet is recorded: `python -m tests.cases.watched`.

Prints JSON: by case, packets that went where they must not, and what the site and the proxy saw.
"""

import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from crawler.home import Home
from crawler.rendering.enclosed import enclose
from tests.cases.leaks import CASES as LEAKS
from tests.site import SOURCE, site
from tests.socks import socks_proxy

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "crawler.settings"
NAME = "hidden-board.example"
PROXIED = "proxy: socks5h://{proxy}\n"
BROWSER = (
    "robots: ignore\nrobots_reason: a test\nbrowser: {{isolation: {isolation}, timeout_s: 40}}\n"
)
STRANGERS = """<img src=http://169.254.169.254/latest/meta-data/><script>
for (const to of ['http://198.51.100.7/', 'http://leak.example/', 'http://[2001:db8::7]/',
  'http://127.0.0.1:1/', 'http://10.1.2.3/', 'http://localhost:1/']) fetch(to).catch(() => 0);
try { const p = new RTCPeerConnection({iceServers: [{urls: 'stun:198.51.100.7:3478'}]});
  p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o)); } catch (e) {}
</script><link rel=dns-prefetch href=//prefetch.example>"""


@dataclass
class Recorder:
    """Sees every packet of this network."""

    seen: list[str] = field(default_factory=list)
    """Packets that are for no loopback address, or ask for a name."""

    def __post_init__(self) -> None:
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            packet, address = self._socket.recvfrom(200)
            line = told(packet[14:], address[1])
            if line and line not in self.seen:
                self.seen.append(line)


def told(packet: bytes, kind: int) -> str | None:
    """Where a packet goes, if it must not go there."""
    if kind == 0x0800:
        start, protocol, to = (packet[0] & 15) * 4, packet[9], socket.inet_ntoa(packet[16:20])
        inner = to.startswith("127.")
    elif kind == 0x86DD:
        start, protocol, to = 40, packet[6], socket.inet_ntop(socket.AF_INET6, packet[24:40])
        # the kernel's own neighbour discovery
        inner = to == "::1" or (protocol in (0, 58) and to.startswith("ff02"))
    else:
        return None
    ports = packet[start : start + 4]
    port = struct.unpack(">HH", ports)[1] if protocol in (6, 17) and len(ports) == 4 else 0
    asks = protocol == 17 and port in (53, 5353)
    return None if inner and not asks else f"protocol {protocol} to {to} port {port}"


def crawl(extra: str, host: str) -> None:
    """Crawl a source with these lines in its file."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.make()
        (home.sources / "site.yml").write_text(SOURCE.format(source_id="site", host=host) + extra)
        subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "forum", "-a", "source=site"],
            cwd=ROOT,
            env=os.environ | {"RACKRENT_HOME": folder, "SCRAPY_SETTINGS_MODULE": SETTINGS},
            capture_output=True,
            check=False,
        )


def main() -> None:
    """Run all cases and print what was seen."""
    enclose(as_root=True)
    for family in ("-4", "-6"):
        subprocess.run(["ip", family, "route", "add", "default", "dev", "lo"], check=True)
    recorder = Recorder()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        control.sendto(b"x", ("198.51.100.9", 53))
    time.sleep(0.3)
    report: dict[str, object] = {"control": list(recorder.seen)}
    hostile = STRANGERS + "".join(trap.page for trap in LEAKS)
    body = f"<html><body><p>hello</p>{hostile.replace('CANARY', '198.51.100.7')}</body></html>"
    asked: list[str] = []
    with site({"/index.php": (200, body)}, asked) as host, socks_proxy() as proxy:
        port = int(host.rpartition(":")[2])
        proxy.leads_to[NAME] = ("127.0.0.1", port)
        way = PROXIED.format(proxy=proxy.address)
        for name, extra, at in (
            ("proxied-crawl-seen-whole", way, f"{NAME}:{port}"),
            ("proxied-browser-seen-whole", way + BROWSER.format(isolation="process"),
             f"{NAME}:{port}"),
            ("enclosed-browser-seen-whole", way + BROWSER.format(isolation="namespace"),
             f"{NAME}:{port}"),
            ("direct-browser-seen-whole", BROWSER.format(isolation="process"), host),
            ("proxy-gone-seen-whole", PROXIED.format(proxy="127.0.0.1:9"), f"{NAME}:{port}"),
        ):  # fmt: skip
            for seen in (recorder.seen, asked, proxy.asked):
                seen.clear()
            crawl(extra, at)
            time.sleep(0.3)
            report[name] = {
                "packets": list(recorder.seen),
                "asked": list(asked),
                "proxied": [f"{to}:{number}" for _, to, number in proxy.asked],
            }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
