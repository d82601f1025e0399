"""Makes Datasette safe and pleasant for hostile text: nothing in a cell is a link to outside."""

import re
from functools import cache
from pathlib import Path
from unicodedata import category

import yaml
from datasette import hookimpl
from markupsafe import Markup, escape

ASSETS = Path(__file__).resolve().parents[2] / "assets"
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
]
ROW_LINKS = {
    "listing": "listings",
    "listing_id": "listings",
    "post": "posts",
    "post_id": "posts",
    "post_version_id": "post_versions",
    "version_id": "post_versions",
    "provider_id": "providers",
    "thread_id": "threads",
    "account_id": "accounts",
    "contact_id": "contacts",
    "price": "prices",
    "page_id": "pages",
    "account_a": "accounts",
    "account_b": "accounts",
}
ID = re.compile(r"[0-9a-f]{24}")
TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ")
HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
URL = re.compile(r"\b(h)tt(ps?://)([^\s<>\"]+)", re.I)
EMAIL = re.compile(r"([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,5}[a-z]{2,24})\b", re.I)
ONION = re.compile(r"\b([a-z2-7]{16}|[a-z2-7]{56})\.(onion)\b", re.I)
STATES = {
    "active", "sold", "closed", "gone", "replaced", "ok", "degraded", "failed", "paused",
    "interrupted", "running", "never", "open", "offer", "wanted", "other", "replayed",
    "edited", "deleted", "price", "new provider",
}  # fmt: skip
STATE_COLUMNS = {"state", "status", "intent", "what"}
MONEY = re.compile(r"usd|amount|change")

COUNTS = """
select (select count(*) from sources) as sources, (select count(*) from posts) as posts,
    (select count(*) from latest_listings where state = 'active') as active,
    (select count(*) from latest_listings) as listings,
    (select count(distinct asset_type) from latest_listings
        where asset_type <> 'other') as asset_types,
    (select count(*) from providers) as providers, (select count(*) from contacts) as contacts,
    (select max(coalesce(finished_at, started_at)) from runs) as last_run
"""


def defang(text):
    """Text for people: URLs and onion names that nothing turns into links, marks made visible."""
    text = "".join(f"\\u{ord(c):04x}" if is_hidden(c) else c for c in text)
    text = URL.sub(lambda m: f"{m[1]}xx{m[2]}{m[3].replace('.', '[.]')}", text)
    text = EMAIL.sub(lambda m: f"{m[1]}[@]{m[2].replace('.', '[.]')}", text)
    return ONION.sub(r"\1[.]\2", text)


def is_hidden(character):
    """Whether a character is invisible or turns the direction of text."""
    return character not in "\n\t" and category(character) in HIDDEN


def short_id(value, table=None, database=None):
    """An id, shortened; a link to its row inside this Datasette where the table is known."""
    shown = Markup('<code title="{0}">{1}</code>').format(value, value[:8])
    if table:
        return Markup('<a href="/{0}/{1}/{2}">{3}</a>').format(database, table, value, shown)
    return shown


@hookimpl(tryfirst=True)
def render_cell(row, value, column, table, database):
    """Every cell as inert HTML."""
    if isinstance(value, float | int) and MONEY.search(column):
        return Markup('<span class="number">{0}</span>').format(f"{value:,.2f}")
    if not isinstance(value, str):
        return None
    if ID.fullmatch(value):
        return short_id(value, ROW_LINKS.get(column), database)
    if match := TIME.fullmatch(value):
        return Markup('<time title="{0}">{1} {2}</time>').format(value, match[1], match[2])
    if column in STATE_COLUMNS and value in STATES:
        return Markup('<span class="state state-{0}">{0}</span>').format(value)
    return Markup('<div class="text">{0}</div>').format(escape(defang(value)))


@hookimpl
def extra_css_urls():
    """The stylesheet."""
    return ["/rackrent/rackrent.css"]


@hookimpl
def extra_js_urls():
    """What Datasette's own inline scripts would do."""
    return ["/rackrent/rackrent.js"]


@cache
def asset_names():
    """Names of the asset types by id."""
    return {
        path.stem: yaml.safe_load(path.read_text("utf-8"))["name"] for path in ASSETS.glob("*.yml")
    }


@hookimpl
def extra_template_vars(template, datasette):
    """Figures for the home page."""

    async def figures():
        if template != "index.html":
            return {}
        database = datasette.get_database("market")
        health = await database.execute("select * from source_health order by source_id")
        kinds = await database.execute(
            "select * from asset_type_overview where asset_type <> 'other' "
            "order by offers desc, asset_type"
        )
        counts = await database.execute(COUNTS)
        changes = await database.execute("select * from recent_changes order by at desc limit 12")
        return {
            "counts": dict(counts.first()),
            "health": [dict(row) for row in health.rows],
            "kinds": [dict(row) for row in kinds.rows],
            "changes": [dict(row) for row in changes.rows],
            "names": asset_names(),
            "defang": defang,
        }

    return figures


@hookimpl
def asgi_wrapper(datasette):
    """Security headers on every response."""

    def wrap(app):
        async def guarded(scope, receive, send):
            async def send_guarded(message):
                if message["type"] == "http.response.start":
                    ours = {name for name, _ in HEADERS}
                    kept = [
                        pair for pair in message.get("headers", []) if pair[0].lower() not in ours
                    ]
                    message = {**message, "headers": [*kept, *HEADERS]}
                await send(message)

            await app(scope, receive, send_guarded)

        return guarded

    return wrap
