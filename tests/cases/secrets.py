"""Secrets and privacy"""

from tests.cases import Case

NOWHERE = (
    "in no file of the home (WARC unpacked, database and its log raw, logs, exports, backup, "
    "schedule), temporary file, command line or output, with every logger at DEBUG"
)

PLANTED = {
    "session-cookie-echoed": (
        "the session's cookie", "Repeats our session's cookie in comments and scripts"
    ),
    "password-echoed": (
        "the account's password", "Repeats the password that we signed in with, in an error too"
    ),
    "proxy-password-echoed": (
        "the proxy's password", "Repeats the password of our proxy, quoted as HTML and plain"
    ),
    "set-cookie-echoed": (
        "a cookie that pages set", "Sets a cookie and repeats it in a header and a script"
    ),
    "token-in-redirects": (
        "a token in URLs", "Puts a token into redirects, links, Refresh and headers"
    ),
    "token-of-forms": ("a token of forms", "Puts a token into hidden fields, meta tags, scripts"),
    "cookie-of-somebody-else": ("a stolen cookie", "Shows a header line with a stolen cookie"),
    "session-in-a-path": ("a token in the path", "Puts a session into the path of links"),
    "card-in-a-post": ("a card of a third person", "Posts a payment card in groups of four"),
    "password-in-a-post": (
        "a password of a third person", "Posts the password of a victim's panel behind a label"
    ),
    "mail-and-password": ("a password in a list", "Posts a stolen mail address with its password"),
    "proxy-for-sale-with-password": (
        "a password of a proxy for sale", "Posts a proxy's URL with user and password"
    ),
    "web-token-in-a-post": ("a web token", "Posts a signed web token (JWT)"),
    "cloud-key-in-a-post": ("a key of a cloud", "Posts the key of somebody's cloud account"),
}  # fmt: skip
"""Which secret each case plants, and how."""

CASES = (
    *(Case(name, does, f"The secret stands {NOWHERE}") for name, (_, does) in PLANTED.items()),
    Case(
        "secrets-in-command-lines",
        "Somebody with another account lists the processes of a crawl that signs in",
        "No command line holds a secret; memory dumps are switched off",
    ),
    Case(
        "files-under-a-loose-umask",
        "The operator's umask lets others read new files",
        "Every file and folder of the home is its owner's alone",
    ),
    Case(
        "good-posts-beside-secrets",
        "Every page of a board carries secrets",
        "Every good post is kept with the rest of its text, and replaying the evidence gives it",
    ),
)
