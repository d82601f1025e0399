"""The desk's addresses and what answers them."""

import functools
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Forbidden, NotFound, Response

from crawler.desk import archived, asset_types, feeds, finding, posts, providers, search, victims
from crawler.desk.alert_feeds import alert_feed
from crawler.desk.asking import NAME, Desk, Row
from crawler.desk.changing import annotate_form, decide_form, withdraw_form
from crawler.desk.setting import masking, signed_in
from crawler.home import Home

Handler = Callable[[Any, Any], Awaitable[Any]]
ID = r"(?P<id>[0-9a-f]{24})"
_NOTES = "select * from annotations where object_id in ({holes}) order by at desc"


def guarded(handler: Handler) -> Handler:
    """A handler for those who may see this Datasette."""

    @functools.wraps(handler)
    async def checked(request: Any, datasette: Any) -> Any:
        await datasette.ensure_permissions(request.actor, ["view-instance"])
        return await handler(request, datasette)

    return checked


async def page(datasette: Any, request: Any, template: str, context: Mapping[str, Any]) -> Any:
    """A page of the desk."""
    html = await datasette.render_template(template, dict(context), request=request)
    return Response.html(html)


async def provider(request: Any, datasette: Any) -> Any:
    """The page of a provider."""
    desk, known = Desk(datasette), request.url_vars["id"]
    found = _or_404(await providers.provider_page(desk, known), "provider", known)
    found["notes"] = await _notes(desk, known)
    if not victims.may_see(request.actor, masking=masking(datasette)):
        found = victims.masked_provider(found)
    return await page(datasette, request, "provider.html", found)


async def asset_type(request: Any, datasette: Any) -> Any:
    """The page of an asset type."""
    known = request.url_vars["name"]
    found = _or_404(await asset_types.asset_type_page(Desk(datasette), known), "asset type", known)
    if not victims.may_see(request.actor, masking=masking(datasette)):
        found["latest"] = victims.masked_rows(found["latest"])
    return await page(datasette, request, "asset_type.html", found)


async def all_asset_types(request: Any, datasette: Any) -> Any:
    """All asset types with their figures."""
    rows = await Desk(datasette).rows("select * from asset_type_overview")
    figures = {row["asset_type"]: row for row in rows}
    return await page(datasette, request, "asset_types.html", {
        "taxonomy": asset_types.taxonomy(), "figures": figures,
    })  # fmt: skip


async def post(request: Any, datasette: Any) -> Any:
    """The page of a post, masked where it tells of a victim and the reader has no such role."""
    desk, known = Desk(datasette), request.url_vars["id"]
    wanted = request.args.get("version")
    found = _or_404(await posts.post_page(desk, known, wanted), "post", known)
    hidden = victims.about_victims(found["listings"]) and not victims.may_see(
        request.actor, masking=masking(datasette)
    )
    found["notes"] = await _notes(desk, known, *(row["id"] for row in found["listings"]))
    found |= {"hidden": hidden, "mask": victims.mask}
    return await page(datasette, request, "post.html", found)


async def listing(request: Any, datasette: Any) -> Any:
    """The post that states a listing."""
    known = request.url_vars["id"]
    row = await Desk(datasette).row(
        "select v.post_id, v.id from listings l join post_versions v on v.id = l.post_version_id "
        "where l.id = ?",
        (known,),
    )
    found = _or_404(row, "listing", known)
    return Response.redirect(f"/post/{found['post_id']}?version={found['id']}#listing-{known[:8]}")


async def look(request: Any, datasette: Any) -> Any:
    """The search page, or all matches of its window as JSON or CSV."""
    asked, desk = search.search_of(_args(request)), Desk(datasette)
    seeing = victims.may_see(request.actor, masking=masking(datasette))
    if form := request.url_vars["form"]:
        rows = await finding.matches(desk, asked)
        rows = rows if seeing else victims.masked_rows(rows)
        if form == ".json":
            return Response.json(rows)
        return Response(search.csv_of(rows), content_type="text/csv; charset=utf-8")
    found = await finding.search_page(desk, asked)
    if not seeing:
        found["rows"] = victims.masked_rows(found["rows"])
    return await page(datasette, request, "search.html", found)


async def feed(request: Any, datasette: Any) -> Any:
    """An Atom feed of a search's newest listings."""
    asked = search.search_of({**_args(request), "what": "listings"})
    rows = await finding.matches(Desk(datasette), asked, feeds.NEWEST)
    if not victims.may_see(request.actor, masking=masking(datasette)):
        rows = victims.masked_rows(rows)
    base = datasette.absolute_url(request, "/").rstrip("/")
    body = feeds.feed_of(asked, rows, base).decode()
    return Response(body, content_type="application/atom+xml; charset=utf-8")


async def archived_page(request: Any, datasette: Any) -> Any:
    """An archived page as inert text."""
    known = request.url_vars["id"]
    row = _or_404(await archived.page_row(Desk(datasette), known), "archived page", known)
    if not victims.may_see(request.actor, masking=masking(datasette)):
        raise Forbidden("archived pages may name victims: sign in with the role notify")
    home = Home(Path(datasette.get_database(NAME).path).parent)
    shown = archived.shown(home.evidence, row)
    return await page(datasette, request, "archived.html", {"page": row, "shown": shown})


async def proposals(request: Any, datasette: Any) -> Any:
    """Proposals that two names are one seller, by state, the most likely first."""
    start = request.args.get("from") or "0"
    context = await providers.proposals_page(
        Desk(datasette), int(start) if start[:6].isdecimal() else 0
    )
    return await page(datasette, request, "proposals.html", context)


async def victim_sheet(request: Any, datasette: Any) -> Any:
    """The sheet for notification."""
    if victims.ROLE not in ((request.actor or {}).get("roles") or ()):
        raise Forbidden("the sheet of victims is for analysts with the role notify")
    rows = await victims.victim_sheet(Desk(datasette))
    return await page(datasette, request, "victims.html", {"rows": rows})


async def questions(request: Any, datasette: Any) -> Any:
    """The canned questions."""
    queries = await datasette.get_canned_queries(NAME, request.actor)
    return await page(datasette, request, "questions.html", {"queries": queries})


async def _notes(desk: Desk, *object_ids: str) -> list[Row]:
    """What analysts wrote on things, newest first."""
    return await desk.rows(_NOTES.format(holes=", ".join("?" * len(object_ids))), object_ids)


def _args(request: Any) -> dict[str, str]:
    return {key: request.args.get(key) for key in request.args}


def _or_404(row: Row | None, what: str, known: str) -> Row:
    if row is None:
        raise NotFound(f"there is no {what} {known}")
    return row


def routes() -> list[tuple[str, Handler]]:
    """Every address of the desk with its handler."""
    reading: list[tuple[str, Handler]] = [
        (rf"^/provider/{ID}$", provider),
        (r"^/asset-type/(?P<name>[a-z_.]{3,60})$", asset_type),
        (r"^/asset-types$", all_asset_types),
        (rf"^/post/{ID}$", post),
        (rf"^/listing/{ID}$", listing),
        (r"^/search(?P<form>\.json|\.csv|)$", look),
        (r"^/feed\.atom$", feed),
        (r"^/alerts/(?P<rule>[a-z][a-z0-9_]{1,39})\.atom$", alert_feed),
        (rf"^/archived/{ID}$", archived_page),
        (r"^/proposals$", proposals),
        (r"^/victims$", victim_sheet),
        (r"^/questions$", questions),
    ]
    writing: list[tuple[str, Handler]] = [
        (r"^/decide$", decide_form),
        (r"^/annotate$", annotate_form),
        (r"^/withdraw$", withdraw_form),
    ]
    return [(path, guarded(handler)) for path, handler in reading] + [
        (path, signed_in(handler)) for path, handler in writing
    ]
