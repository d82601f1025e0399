"""The one login form that an operator configured: found, filled in, sent, and checked."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from crawler.boundaries.secrets import remember_login
from crawler.home import Home
from crawler.session import SessionError, cookies_in, fill_jar, load_state, save_state
from crawler.source import Source
from crawler.source_fields import Login, host_of
from crawler.upstream import ProxyDownError, upstream_of
from crawler.visit import Visited, VisitError, Visitor
from spiders.looking import asked_for
from spiders.page import Page
from spiders.pick import attribute
from spiders.reading import page_asked
from spiders.signs import is_signed_in, sign_of

TEXTS = frozenset({"text", "email", "", "search"})
FORMS = 20


@dataclass(frozen=True, slots=True)
class Form:
    """A login form as its page writes it."""

    action: str
    """Where it is sent."""
    user_field: str
    """Name of the user's field."""
    password_field: str
    """Name of the password's field."""
    others: Mapping[str, str]
    """Hidden fields, the button and "remember me", with their values."""
    charset: str
    """Charset in which it is sent."""


def visitor_of(source: Source) -> Visitor:
    """A visitor with the source's hosts, way out and identity, without cookies."""
    return Visitor(
        hosts=source.hosts,
        user_agent=source.user_agent,
        local=source.local,
        upstream=upstream_of(source),
        verify=source.tls == "verified",
    )


def page_of(source: Source, visited: Visited) -> Page:
    """A visited page of a source as engines see it."""
    asked = asked_for(visited)
    return page_asked(replace(asked, timezone=source.timezone, selectors=source.selectors))


def check_session(home: Home, source: Source) -> bool:
    """Whether the kept session of a source is logged in, by a look at one page.

    Raises:
        SessionError: there is no session.
        ProxyDownError: the proxy does not answer.
        VisitError: the page did not come.
    """
    state = load_state(home, source.id)
    if state is None:
        raise SessionError(
            f"{source.id}: no session is kept; import one with "
            f"`rackrent session import {source.id} FILE`"
        )
    with visitor_of(source) as visitor:
        fill_jar(visitor.cookies, state)
        return is_signed_in(page_of(source, visitor.get(check_url(source))))


def check_url(source: Source) -> str:
    """The page that shows whether a session holds."""
    stated = source.session.check_url if source.session else None
    return stated or source.start[0]


def sign_in(home: Home, source: Source) -> None:
    """Make sure that a source with a login form has a session that holds.

    Raises:
        SessionError: the credentials are not there, or the site did not let us in.
        ProxyDownError: the proxy does not answer.
        VisitError: a page did not come.
    """
    login = source.session.login if source.session else None
    if login is None:
        raise SessionError(f"{source.id}: session.login is not set: there is no form to send")
    if load_state(home, source.id) is not None and check_session(home, source):
        return
    user, password = credentials_of(source, login)
    with visitor_of(source) as visitor:
        page = page_of(source, visitor.get(login.url))
        form = form_on(page)
        if form is None:
            raise SessionError(
                f"{login.url}: no login form here ({sign_of(page) or 'unknown page'}); "
                f"log in by hand with `rackrent session login {source.id}`"
            )
        if host_of(form.action) not in source.hosts:
            raise SessionError(f"{login.url}: its form leads to {form.action}, not to this site")
        fields = {**form.others, form.user_field: user, form.password_field: password}
        visitor.send_form(form.action, fields, form.charset)
        if not is_signed_in(page_of(source, visitor.get(check_url(source)))):
            raise SessionError(
                f"{source.id}: the site did not let us in as ${login.user_env}; check the "
                f"credentials, or log in by hand with `rackrent session login {source.id}`"
            )
        save_state(home, source.id, {"cookies": cookies_in(visitor.cookies), "origins": []})


def entry_obstacle(home: Home, source: Source) -> str | None:
    """Why a source that needs a session cannot be read now; None when it can.

    A text that begins with `proxy:` means that the way out is down, not the session.
    """
    try:
        if source.session and source.session.login:
            sign_in(home, source)
        elif load_state(home, source.id) is None:
            return f"no session is kept; `rackrent session import {source.id} FILE` brings one"
    except ProxyDownError as error:
        return f"proxy: {error}"
    except (SessionError, VisitError) as error:
        return str(error)
    return None


def credentials_of(source: Source, login: Login) -> tuple[str, str]:
    """User and password from the environment.

    Raises:
        SessionError: one of them is not there.
    """
    user, password = os.environ.get(login.user_env), os.environ.get(login.password_env)
    if not user or not password:
        lacking = login.user_env if not user else login.password_env
        raise SessionError(f"{source.id}: the environment holds no {lacking}; set it and try again")
    remember_login(user, password)
    return user, password


def form_on(page: Page) -> Form | None:
    """The login form of a page: one password field and a text field before it.

    A form of its own outranks the small one that stands on every page.
    """
    found = [form for node in page.tree.css("form")[:FORMS] if (form := form_of(page, node))]
    found.sort(key=lambda form: "quick" in form.user_field or "quick_login" in form.others)
    return found[0] if found else None


def form_of(page: Page, node: LexborNode) -> Form | None:
    """A form as a login form; None when it is none (a registration asks twice)."""
    inputs = [field for field in node.css("input, button") if attribute(field, "name")]
    passwords = [field for field in inputs if kind_of(field) == "password"]
    texts = [field for field in inputs if field.tag == "input" and kind_of(field) in TEXTS]
    if len(passwords) != 1 or not texts:
        return None
    return Form(
        action=urljoin(page.url, attribute(node, "action") or page.url),
        user_field=attribute(texts[0], "name"),
        password_field=attribute(passwords[0], "name"),
        others=others_of(inputs) | selects_of(node),
        charset=attribute(node, "accept-charset").split(" ")[0] or "utf-8",
    )


def others_of(inputs: list[LexborNode]) -> dict[str, str]:
    """What a form sends beside user and password: hidden fields, one button, "remember me"."""
    sent: dict[str, str] = {}
    buttons = 0
    for field in inputs:
        kind, name = kind_of(field), attribute(field, "name")
        if kind == "hidden":
            sent[name] = attribute(field, "value")
        elif kind == "checkbox" and "checked" in field.attributes:
            sent[name] = attribute(field, "value") or "on"
        elif kind == "submit" and not buttons:
            # phpBB looks for its button's name
            buttons += 1
            sent[name] = attribute(field, "value")
    return sent


def selects_of(node: LexborNode) -> dict[str, str]:
    """Chosen options of a form's lists, such as how long to stay logged in."""
    chosen = {}
    for field in node.css("select[name]")[:FORMS]:
        option = field.css_first("option[selected]") or field.css_first("option")
        chosen[attribute(field, "name")] = attribute(option, "value")
    return chosen


def kind_of(field: LexborNode) -> str:
    """A field's type, lower case."""
    kind = attribute(field, "type").lower()
    return kind or ("submit" if field.tag == "button" else "")
