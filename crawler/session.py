"""Logged-in state: imported or made by a login, kept as a Playwright storage state.

Files are readable by their owner only and are never written by a visitor who is logged out.
"""

import json
import os
import time
from collections.abc import Iterable, Mapping
from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from typing import Any

from crawler.boundaries.secrets import remember_tokens
from crawler.home import Home
from crawler.source import Source

HTTP_ONLY = "#HttpOnly_"
State = dict[str, Any]
"""A Playwright storage state: `cookies` and `origins`."""


class SessionError(ValueError):
    """A session that cannot be used; the text names file, value and remedy."""


def state_path(home: Home, source_id: str) -> Path:
    """Where the state of a source lies."""
    return home.sessions / f"{source_id}.json"


def load_state(home: Home, source_id: str) -> State | None:
    """The kept state of a source; None when there is none.

    Raises:
        SessionError: the file is broken.
    """
    path = state_path(home, source_id)
    if not path.exists():
        return None
    state = state_in(path)
    remember_state(state)
    return state


def remember_state(state: State) -> None:
    """Have what lets us in hidden wherever it might be written: cookies and stored values."""
    remember_tokens(str(cookie["value"]) for cookie in state["cookies"])
    for origin in state["origins"]:
        items = origin.get("localStorage")
        if isinstance(items, list):
            remember_tokens(str(item.get("value", "")) for item in items if isinstance(item, dict))


def save_state(home: Home, source_id: str, state: State) -> None:
    """Keep a state: whole or not at all, for its owner's eyes only."""
    remember_state(state)
    home.sessions.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = state_path(home, source_id)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(state, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)


def import_state(home: Home, source: Source, path: Path) -> int:
    """Keep the cookies of a file that belong to a source; how many.

    Raises:
        SessionError: the file cannot be read, or holds none for the source's hosts.
    """
    state = state_in(path)
    hosts = [host.partition(":")[0] for host in source.hosts]
    kept = [cookie for cookie in state["cookies"] if fits(cookie, hosts)]
    origins = [
        origin
        for origin in state["origins"]
        if str(origin.get("origin", "")).partition("://")[2] in source.hosts
    ]
    if not kept and not origins:
        raise SessionError(
            f"{path}: no cookie for {', '.join(source.hosts)} among {len(state['cookies'])}; "
            "export them from the browser in which you are logged in to this site"
        )
    save_state(home, source.id, {"cookies": kept, "origins": origins})
    return len(kept)


def fits(cookie: Mapping[str, Any], hosts: Iterable[str]) -> bool:
    """Whether a cookie is for one of the hosts and still holds."""
    domain = str(cookie.get("domain", "")).lower()
    bare = domain.lstrip(".")
    expires = cookie.get("expires", -1)
    fresh = not isinstance(expires, int | float) or expires <= 0 or expires > time.time()
    return fresh and any(host == bare or host.endswith(f".{bare}") for host in hosts if bare)


def state_in(path: Path) -> State:
    """The state in a Playwright storage state or a Netscape cookies.txt.

    Raises:
        SessionError: it is neither.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SessionError(f"{path}: cannot be read: {error}") from error
    if text.lstrip()[:1] in ("{", "["):
        return storage_state(path, text)
    return {"cookies": netscape_cookies(path, text), "origins": []}


def storage_state(path: Path, text: str) -> State:
    """A storage state, or a bare list of cookies as browser extensions export it.

    Raises:
        SessionError: it is not of that form.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SessionError(f"{path}: is no JSON: {error}") from error
    cookies = raw if isinstance(raw, list) else raw.get("cookies")
    origins = [] if isinstance(raw, list) else raw.get("origins", [])
    if not isinstance(cookies, list) or not isinstance(origins, list):
        raise SessionError(f"{path}: holds no list `cookies`; export a Playwright storage state")
    return {
        "cookies": [cookie_of(path, cookie) for cookie in cookies],
        "origins": [origin for origin in origins if isinstance(origin, dict)],
    }


def cookie_of(path: Path, raw: Any) -> dict[str, Any]:
    """A cookie with the keys that Playwright wants.

    Raises:
        SessionError: name, value or domain is missing.
    """
    if not isinstance(raw, dict) or not all(
        isinstance(raw.get(key), str) for key in ("name", "value", "domain")
    ):
        raise SessionError(f"{path}: a cookie without name, value and domain")
    expires = raw.get("expires", raw.get("expirationDate", -1))
    return {
        "name": raw["name"],
        "value": raw["value"],
        "domain": raw["domain"],
        "path": str(raw.get("path") or "/"),
        "expires": expires if isinstance(expires, int | float) else -1,
        "httpOnly": bool(raw.get("httpOnly")),
        "secure": bool(raw.get("secure")),
        "sameSite": raw["sameSite"] if raw.get("sameSite") in ("Strict", "Lax", "None") else "Lax",
    }


def netscape_cookies(path: Path, text: str) -> list[dict[str, Any]]:
    """Cookies of a cookies.txt: domain, subdomains, path, secure, expiry, name, value.

    The form is that of curl's cookie jar, with its `#HttpOnly_` prefix.

    Raises:
        SessionError: a line is of another form.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.removeprefix(HTTP_ONLY)
        if not bare.strip() or bare.startswith("#"):
            continue
        parts = bare.split("\t")
        if len(parts) != 7:
            raise SessionError(
                f"{path}: line {number} has {len(parts)} columns, not the 7 of a cookies.txt"
            )
        raw = {
            "domain": parts[0],
            "path": parts[2],
            "secure": parts[3].upper() == "TRUE",
            "expires": int(parts[4]) if parts[4].isdigit() and parts[4] != "0" else -1,
            "name": parts[5],
            "value": parts[6],
            "httpOnly": line.startswith(HTTP_ONLY),
        }
        found.append(cookie_of(path, raw))
    return found


def fill_jar(jar: CookieJar, state: State | None) -> None:
    """Put a state's cookies into a jar."""
    for cookie in (state or {}).get("cookies", []):
        jar.set_cookie(jar_cookie(cookie))


def jar_cookie(cookie: Mapping[str, Any]) -> Cookie:
    """A cookie as Python's jar holds it."""
    domain = str(cookie["domain"])
    expires = cookie.get("expires", -1)
    return Cookie(
        version=0, name=str(cookie["name"]), value=str(cookie["value"]), port=None,
        port_specified=False, domain=domain, domain_specified=domain.startswith("."),
        domain_initial_dot=domain.startswith("."), path=str(cookie.get("path") or "/"),
        path_specified=True, secure=bool(cookie.get("secure")),
        expires=int(expires) if expires and expires > 0 else None, discard=expires is None,
        comment=None, comment_url=None, rest={"HttpOnly": ""} if cookie.get("httpOnly") else {},
    )  # fmt: skip


def cookies_in(jar: Iterable[Cookie]) -> list[dict[str, Any]]:
    """A jar's cookies as Playwright wants them."""
    return [
        {
            "name": cookie.name,
            "value": cookie.value or "",
            "domain": cookie.domain,
            "path": cookie.path,
            "expires": cookie.expires if cookie.expires is not None else -1,
            "httpOnly": cookie.has_nonstandard_attr("HttpOnly"),
            "secure": cookie.secure,
            "sameSite": "Lax",
        }
        for cookie in jar
    ]
