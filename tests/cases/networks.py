"""Networks: every packet of a crawl is seen.

The crawls run in a network of their own whose every route leads to a recorder.
"""

from tests.cases import Case

CASES: tuple[Case, ...] = (
    Case(
        "proxied-crawl-seen-whole",
        "A board behind a proxy, and whoever watches the network",
        "No packet to anywhere but the proxy, no name looked up",
    ),
    Case(
        "proxied-browser-seen-whole",
        "A page that tries every way out (STUN, sockets, prefetch, other hosts, metadata address), "
        "behind a proxy",
        "No packet to anywhere but the proxy and the gate, no name looked up",
    ),
    Case(
        "enclosed-browser-seen-whole",
        "The same page, in a browser with a network of its own",
        "The same; the page is read all the same",
    ),
    Case(
        "direct-browser-seen-whole",
        "The same page on a source without a proxy",
        "No packet to anywhere but the site, no name looked up",
    ),
    Case(
        "proxy-gone-seen-whole",
        "A proxy that does not answer",
        "Nothing goes any other way: no packet to the site, none elsewhere",
    ),
)
