"""Opsec"""

from tests.cases import Case

CASES = (
    Case(
        "proxies-of-the-environment",
        "HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and no_proxy lead to somebody's machine",
        "A crawl asks the site itself, and nothing reaches that machine",
    ),
    Case(
        "one-identity",
        "Compares the headers of all requests of a crawl, robots.txt and the login form included",
        "User agent, language and encodings are the same in each; none names Rackrent, Scrapy, "
        "Python or a library",
    ),
    Case(
        "where-from",
        "Looks for Referer, Origin, Via, X-Forwarded-For and DNT",
        "No request has one of them",
    ),
    Case(
        "who-reads",
        "Looks for the reader's language, time zone, user, host and home in requests",
        "They are nowhere, whatever the machine's settings are",
    ),
    Case(
        "seen-before",
        "Looks for conditional headers that tell that a page was read before",
        "There are none, not even in a second crawl",
    ),
    Case(
        "cookies-of-another-site",
        "Sets a cookie for a parent domain and one for a foreign host, and redirects there",
        "Neither is sent, and the foreign host is not asked",
    ),
    Case(
        "what-evidence-tells",
        "A partner gets WARC files, exports and a report",
        "None names the reader's user, host or home",
    ),
    Case(
        "libraries-that-call-home",
        "Libraries that look for updates, models or telemetry while commands run",
        "Analysis, export, backup, doctor and the desk open no connection and look up no name",
    ),
    Case(
        "desk-and-docs-of-others",
        "Fonts, scripts, styles and pictures of other hosts in the desk and the docs",
        "There are none: all is served by the desk itself",
    ),
)
