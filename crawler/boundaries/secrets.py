"""Secrets of ours, which no file, log or screen may show: those that are known, and their forms.

Known are session cookies, passwords, proxies' credentials and cookies that a site gave us in this
process. Forms find what nobody named: tokens in URLs, credentials before a host, header lines.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from re import Match
from typing import Any
from urllib.parse import quote, quote_plus, unquote

from crawler.boundaries.forms import (
    ASSIGNED,
    BEARER,
    HEADER,
    INPUT,
    LINE,
    LINE_MARKS,
    LONG_MARKS,
    MARKS,
    NAMED,
    NAMED_MARKS,
    OPEN,
    PAIR,
    PATH_MARK,
    PATH_SESSION,
    QUERY,
    QUOTED_QUERY,
    SHORT_MARKS,
    SHORT_SESSION,
    SMALL_QUERY,
    TOKEN_KEY_FORM,
    USERINFO,
)
from crawler.boundaries.strings import Strings
from crawler.boundaries.text import small, spliced

HIDDEN = "HIDDEN"
"""What stands in the place of a secret; it needs no quoting in a URL."""
LEAST = 6
"""Shortest value that is looked for: shorter ones stand in every page by chance."""
MOST_SERVED = 64
"""Cookies of a site that are remembered, the newest ones."""
_STRINGS = Strings(
    (*MARKS, *(word for word, _ in LONG_MARKS), *NAMED_MARKS, *LINE_MARKS, PATH_MARK, *SHORT_MARKS)
)
_known: dict[str, None] = {}
_served: dict[str, None] = {}


def remember(*values: str | None) -> None:
    """Hide these values from now on, however they are quoted; short ones are left out."""
    for value in values:
        if value and len(value) >= LEAST:
            _known.update(dict.fromkeys(_spellings(value)))


def remember_login(user: str, password: str) -> None:
    """Hide a password, alone and together with its user as HTTP sends them (RFC 7617)."""
    remember(password, b64encode(f"{user}:{password}".encode()).decode())


def remember_tokens(values: Iterable[str]) -> None:
    """Hide those of these values that nobody would write by chance, as cookies of a session."""
    remember(*(value for value in values if _is_token(value)))


def remember_served(values: Iterable[str]) -> None:
    """Hide cookies that a site gave us, where they are long or mixed enough to be secrets."""
    for value in values:
        if value not in _served and _is_token(value):
            _served[value] = None
    while len(_served) > MOST_SERVED:
        _served.pop(next(iter(_served)))


def remember_environment(environment: Mapping[str, str]) -> None:
    """Hide what variables hold that are named like secrets."""
    for name, value in environment.items():
        if NAMED.search(name) and name not in OPEN and not value.startswith(("/", "unix:")):
            remember(value)
            if name.startswith("RACKRENT_PROXY_AUTH_"):
                remember_login(*value.partition(":")[::2])


def forget() -> None:
    """Know nothing again."""
    _known.clear()
    _served.clear()


def hide(text: str) -> str:
    """A text without known secrets and without what has the form of one."""
    text = hide_known(text)
    if "=" in text or "%3" in text:
        text = QUOTED_QUERY.sub(_value, QUERY.sub(_value, text))
        text = SHORT_SESSION.sub(_value, text)
        text = PATH_SESSION.sub(_value, text)
    if "@" in text:
        text = USERINFO.sub(rf"\1{HIDDEN}@", text)
    return text


def hide_all(text: str) -> str:
    """Like `hide`, and without header lines that carry secrets: for logs and errors."""
    return BEARER.sub(rf"\1 {HIDDEN}", HEADER.sub(rf"\1\2{HIDDEN}", hide(text)))


def hide_header(value: str) -> str:
    """The value of a header without secrets; names and values stand in it without a `?` too."""
    return hide(PAIR.sub(_value, value) if "=" in value else value)


def hide_known(text: str) -> str:
    """A text without the secrets that this process knows."""
    for secret in (*_known, *_served):
        if secret in text:
            text = text.replace(secret, HIDDEN)
    return text


def hide_rows(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows without the secrets that this process knows; mostly the rows themselves."""
    if not (_known or _served):
        return rows
    # one look at all texts: mostly there is nothing to hide, and then no value is touched
    together = "\0".join([value for row in rows for value in row if type(value) is str])
    if not any(secret in together for secret in (*_known, *_served)):
        return rows
    return [tuple(hide_known(v) if isinstance(v, str) else v for v in row) for row in rows]


def hide_in_body(body: str) -> str:
    """A page without known secrets and without the sessions in its links."""
    body = hide_known(body)
    lower = small(body)
    held = _STRINGS.held_by(lower)
    if _may_have_query(lower, held):
        body = _without_queries(body, lower)
    if not held.isdisjoint(NAMED_MARKS):
        body = ASSIGNED.sub(_value, INPUT.sub(_value, body))
    if not held.isdisjoint(LINE_MARKS):
        body = LINE.sub(_value, body)
    if PATH_MARK in held:
        body = PATH_SESSION.sub(_value, body)
    if not held.isdisjoint(SHORT_MARKS):
        body = SHORT_SESSION.sub(_value, body)
    return body


def is_token(key: str, value: str) -> bool:
    """Whether a part of a URL's query lets somebody in, or tells visitors apart."""
    return (len(value) >= 8 or value == HIDDEN) and TOKEN_KEY_FORM.fullmatch(key) is not None


def tokens_in(url: str) -> list[str]:
    """Values in a URL that let somebody in, or tell visitors apart."""
    return [
        found[2] for form in (QUERY, SHORT_SESSION, PATH_SESSION) for found in form.finditer(url)
    ]


def cookie_value(header: str) -> str:
    """The value of a Set-Cookie line; empty where it has none."""
    return header.partition(";")[0].partition("=")[2].strip().strip('"')


def _may_have_query(lower: str, held: frozenset[str]) -> bool:
    """Whether a look for tokens in queries pays, by the strings that a page holds."""
    if not held.isdisjoint(MARKS):
        return True
    return any(word in held and form.search(lower) for word, form in LONG_MARKS)


def _without_queries(body: str, lower: str) -> str:
    """A text without tokens in its queries; told by its small letters, which is faster."""
    if len(lower) != len(body):
        return QUERY.sub(_value, body)
    spans = (found.span(2) for found in SMALL_QUERY.finditer(lower))
    return spliced(body, (span for span in spans if not body.startswith(HIDDEN, span[0])), HIDDEN)


def _value(found: Match[str]) -> str:
    return found[0] if found[2].startswith(HIDDEN) else f"{found[1]}{HIDDEN}"


def _spellings(value: str) -> tuple[str, ...]:
    """A value as pages, URLs and JSON write it."""
    return (
        value,
        quote(value, safe=""),
        quote_plus(value),
        unquote(value),
        escape(value),
        value.encode("unicode_escape").decode(),
    )


def _is_token(value: str) -> bool:
    """Whether a cookie's value is one that nobody would write by chance."""
    if len(value) >= 16:
        return not value.isdecimal()
    return len(value) >= 8 and not value.isalpha() and not value.isdecimal()
