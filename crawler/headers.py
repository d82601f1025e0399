"""What every plain request says beside its user agent: crawls, logins and probes alike."""

PLAIN = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br, zstd",
}
"""Fixed: the machine's own language and libraries are nobody's business."""
