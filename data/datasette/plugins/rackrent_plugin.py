"""The desk in Datasette: its pages, its cells, its guard. What they do stands in `crawler/desk`."""

import re

from datasette import hookimpl
from datasette.utils import tilde_encode
from markupsafe import Markup

from crawler.boundaries.inert import defang
from crawler.desk import errors, filters, guard, home, victims
from crawler.desk.asking import NAME, Desk
from crawler.desk.routes import routes
from crawler.desk.setting import is_analyst, masking, setting

LINKS = (
    ("/search", "Search"),
    ("/asset-types", "Asset types"),
    ("/market/provider_overview", "Providers"),
    ("/proposals", "Same seller?"),
    ("/questions", "Questions"),
    ("/market", "Tables"),
)
PAGES = {
    "listing": "/listing",
    "listing_id": "/listing",
    "post": "/post",
    "post_id": "/post",
    "provider_id": "/provider",
}
ROWS = {
    "post_version_id": "post_versions",
    "version_id": "post_versions",
    "thread_id": "threads",
    "account_id": "accounts",
    "contact_id": "contacts",
    "price": "prices",
    "page_id": "pages",
    "account_a": "accounts",
    "account_b": "accounts",
    "source_id": "sources",
    "run_id": "runs",
    "ad_id": "ad_texts",
}
LABEL = 120
"""Characters of a label that are shown."""
LONG, LINES = 160, 5
"""Characters and line ends from which a text may need scrolling."""
LONGEST = 6000
"""Characters of a text that are shown in a table; its post's page, JSON and CSV have all."""
ID = re.compile(r"[0-9a-f]{24}")
TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ")
STATES = {
    "active", "sold", "closed", "gone", "replaced", "ok", "degraded", "failed", "paused",
    "interrupted", "running", "never", "open", "offer", "wanted", "other", "replayed",
    "edited", "deleted", "price", "new provider",
}  # fmt: skip
STATE_COLUMNS = {"state", "status", "intent", "what"}
MONEY = re.compile(r"usd|amount|change|median|\bq1\b|\bq3\b")
TEXT_ACTIONS = {
    "execute-sql",
    "view-query",
    "view-table",
    "view-database",
    "view-database-download",
}
"""What shows raw texts, which may name victims."""


def linked(key, column, database, shown):
    """A value as a link to the page or row of a key, where its column tells which."""
    if column in PAGES:
        return Markup('<a href="{0}/{1}">{2}</a>').format(PAGES[column], key, shown)
    if column in ROWS:
        return Markup('<a href="/{0}/{1}/{2}">{3}</a>').format(
            database, ROWS[column], tilde_encode(key), shown
        )
    return shown


def linked_row(value, column, database):
    """A foreign key as Datasette hands it over, with its row's label."""
    key, label = str(value["value"]), defang(str(value["label"]))
    label = label if len(label) <= LABEL else label[:LABEL] + "…"
    return linked(key, column, database, Markup('<span class="text">{0}</span>').format(label))


def text(value):
    """A text, harmless; a long one is cut or can be scrolled, by keyboard too."""
    shown, more = defang(value[:LONGEST]), len(value) - LONGEST
    if more > 0:
        shown += f"… and {more:,} more characters"
    if len(value) < LONG and value.count("\n") < LINES:
        return Markup('<div class="text">{0}</div>').format(shown)
    return Markup('<div class="text long" tabindex="0">{0}</div>').format(shown)


@hookimpl(tryfirst=True)
def render_cell(row, value, column, table, database):
    """Every cell as inert HTML."""
    if isinstance(value, float | int) and MONEY.search(column):
        return Markup('<span class="number">{0}</span>').format(f"{value:,.2f}")
    if isinstance(value, dict):
        return linked_row(value, column, database)
    if not isinstance(value, str):
        return None
    if ID.fullmatch(value):
        shown = Markup('<code title="{0}">{1}</code>').format(value, value[:8])
        return linked(value, column, database, shown)
    if match := TIME.fullmatch(value):
        return Markup('<time title="{0}">{1} {2}</time>').format(value, match[1], match[2])
    if column in STATE_COLUMNS and value in STATES:
        return Markup('<span class="state state-{0}">{1}</span>').format(
            value.replace(" ", "-"), value
        )
    return text(value)


@hookimpl
def extra_css_urls():
    """The stylesheet."""
    return ["/rackrent/rackrent.css"]


@hookimpl
def extra_js_urls():
    """What Datasette's own inline scripts would do, and the copy buttons."""
    return ["/rackrent/rackrent.js"]


@hookimpl
def prepare_jinja2_environment(env):
    """How values are written."""
    env.filters.update(filters.FILTERS)


@hookimpl
def register_routes():
    """The desk's pages."""
    return routes()


@hookimpl
def extra_template_vars(template, request, datasette):
    """What every page needs, and what the first one shows."""

    async def variables():
        actor = request.actor if request else None
        shared = {
            "desk_links": LINKS,
            "signed_in": is_analyst(datasette, actor),
            "has_analysts": bool(setting(datasette).get("analysts")),
        }
        if template != "index.html":
            return shared
        seen = request.cookies.get("rackrent_seen") if request else None
        found = await home.home_page(Desk(datasette), seen)
        if not victims.may_see(actor, masking=masking(datasette)):
            found["latest"] = victims.masked_rows(found["latest"])
            found["changes"] = victims.masked_rows(found["changes"])
        return shared | found

    return variables


@hookimpl
def permission_allowed(datasette, actor, action, resource):
    """Where victims are masked, raw tables and SQL are for those who may see them."""
    if action in TEXT_ACTIONS and masking(datasette):
        known = NAME if resource is None else resource if isinstance(resource, str) else resource[0]
        if known == NAME and not victims.may_see(actor, masking=True):
            return False
    return None


@hookimpl
def menu_links(datasette, actor):
    """The sheet of victims, for those who notify."""
    if actor and victims.ROLE in (actor.get("roles") or ()):
        return [{"href": "/victims", "label": "Victims to notify"}]
    return []


@hookimpl(hookwrapper=True)
def handle_exception(datasette, request, exception):
    """Errors that visitors cause, as pages of the desk."""
    outcome = yield
    if errors.is_expected(exception):
        outcome.force_result([errors.answer(datasette, request, exception)])


@hookimpl
def asgi_wrapper(datasette):
    """Security headers on every response, CSV without formulas."""
    return guard.wrap
