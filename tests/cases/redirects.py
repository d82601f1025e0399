"""Redirects: to where nothing may be asked for, without an end, or bearing what they must not.

The canary listens on 127.0.0.1; a second server, on 127.0.0.2, is named by the source.
"""

import itertools
from collections.abc import Callable

from tests.cases import Case
from tests.cases.fetching import Good, Hostile
from tests.cases.server import Answer, page, redirect

REFUSED = "does not follow it; an issue, the canary hears nothing"
READ = "follows it and reads the page"
SPELLINGS = {
    "plain": "127.0.0.1",
    "name": "localhost",
    "sub-name": "a.localhost",
    "short": "127.1",
    "decimal": "2130706433",
    "hex": "0x7f000001",
    "hex-parts": "0x7f.0.0.0x1",
    "octal": "0177.0.0.1",
    "long-octal": "017700000001",
    "unspecified": "0.0.0.0",
    "zero": "0",
    "dotted": "127.0.0.1.",
    "six": "[::1]",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped-hex": "[::ffff:7f00:1]",
    "full-width": "１２７.0.0.1",
    "escaped": "127.0.0.%31",
}
"""Ways to write this machine's address that some client somewhere takes."""
ELSEWHERE = {
    "metadata": ("http://169.254.169.254/latest/meta-data/", "cloud metadata"),
    "metadata-six": ("http://[fd00:ec2::254]/latest/meta-data/", "cloud metadata by IPv6"),
    "private-net": ("http://10.1.2.3/", "a private network"),
    "carrier-net": ("http://100.64.0.1/", "a carrier's network (100.64/10)"),
    "router": ("http://192.168.0.1/", "a home router"),
    "nat64": ("http://[64:ff9b::7f00:1]/", "this machine through NAT64"),
    "file": ("file:///etc/passwd", "a file"),
    "ftp": ("ftp://127.0.0.1/x", "FTP"),
    "data": ("data:text/html,<p>x", "a data URL"),
    "javascript": ("javascript:alert(1)", "a script"),
    "gopher": ("gopher://127.0.0.1:70/x", "Gopher"),
    "other-host": ("http://elsewhere.test/", "a host that the source does not name"),
    "no-port": ("http://127.0.0.1:99999/", "a port that is none"),
    "no-url": ("http://[not-an-address/", "a URL that is none"),
}
"""Where else a redirect may lead, and what that is."""


def at_once(location: str) -> Callable[[Good], bytes]:
    """A redirect; HOST, OTHER and CANARY in it stand for servers, PORT for the canary's port."""

    def made(good: Good) -> bytes:
        port = good.canary.rpartition(":")[2]
        text = location.replace("HOST", good.host).replace("OTHER", good.other)
        text = text.replace("CANARY", good.canary).replace("PORT", port)
        return redirect(text.encode().decode("latin-1"))

    return made


def chain(length: int) -> Callable[[Good], Answer]:
    """So many redirects in a row, the good page at their end."""

    def made(good: Good) -> Answer:
        hops = [f"/hop-{length}-{number}" for number in range(1, length + 1)]
        for here, there in itertools.pairwise(hops):
            good.put(here, redirect(there))
        good.put(hops[-1], good.page())
        return redirect(hops[0])

    return made


def to_itself(good: Good) -> Answer:
    """A redirect that leads to itself."""
    good.put("/round", redirect("/round"))
    return redirect("/round")


def with_cookie(good: Good) -> Answer:
    """A cookie, then a redirect to the source's second server."""
    return redirect(f"http://{good.other}/from-first", set_cookie="secret=token-of-first; Path=/")


def gone(name: str, does: str, answer: Callable[[Good], Answer], detail: str = "") -> Hostile:
    """A redirect that is not followed."""
    return Hostile(Case(f"redirect-{name}", does, REFUSED), answer, "refused", detail, 1)


def followed(name: str, does: str, answer: Callable[[Good], Answer]) -> Hostile:
    """A redirect that is followed."""
    return Hostile(Case(f"redirect-{name}", does, READ), answer, None, "", 1)


PAGES = (
    *(
        gone(f"to-us-{name}", f"leads to this machine as `{host}`", at_once(f"http://{host}:PORT/"))
        for name, host in SPELLINGS.items()
    ),
    *(
        gone(f"to-{name}", f"leads to {what}", at_once(location))
        for name, (location, what) in ELSEWHERE.items()
    ),
    gone("to-other-port", "leads to another port of the same host", at_once("http://CANARY/")),
    gone("without-scheme", "leads to `//host`", at_once("//CANARY/")),
    gone("with-backslashes", "leads to `http:\\\\host`", at_once("http:\\\\CANARY\\")),
    gone("with-user", "hides the host behind a user name", at_once("http://HOST@CANARY/")),
    gone("with-password", "bears a password to the right host", at_once("http://u:p@HOST/x"),
         "name or password"),
    gone("in-a-circle", "leads to itself", to_itself, "more than 5"),
    gone("six-times", "six redirects in a row", chain(6), "more than 5"),
    gone("very-long", "leads to a URL of 15 kB elsewhere",
            at_once("http://CANARY/" + "x" * 15_000)),
    followed("five-times", "five redirects in a row", chain(5)),
    followed("relative", "leads to a path of its own", chain(1)),
    Hostile(Case("redirect-with-cookie", "sets a cookie and leads to the second server",
                 "follows it without cookie, Referer or credentials"), with_cookie, None, "", 1),
    Hostile(Case("refresh-header", "a page with `Refresh: 0` that leads to the canary",
                 "reads the page, follows nothing"),
            lambda good: good.page(refresh=f"0; url=http://{good.canary}/"), None, "", 1),
    Hostile(Case("refresh-tag", "a page with a meta refresh that leads to the canary",
                 "reads the page, follows nothing"),
            lambda good: page(good.body.replace(b"<head>", b'<head><meta http-equiv="refresh" '
                              b'content="0;url=http://%s/">' % good.canary.encode())),
            None, "", 1),
)  # fmt: skip
"""The threads of the board, in their order."""

DOWNGRADE = Case(
    "redirect-downgrade",
    "leads from https to http on the same host",
    "does not follow it; an issue",
)
NO_REFERER = Case(
    "referer", "writes down where its visitors come from", "sends no Referer with any request"
)
CASES = (*(each.case for each in PAGES), DOWNGRADE, NO_REFERER)
