"""`rackrent probe` and `add`: the first look at a site, and its source file."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from crawler.cli import screen
from crawler.cli.adding import SOURCE_ID, answers_for, look_around, source_text
from crawler.cli.exits import Exit, fail
from crawler.home import find_home
from crawler.source import Source, load_source, source_files
from crawler.source_fields import host_of, proxy_url
from crawler.upstream import Upstream
from crawler.visit import Visited, Visitor
from nlp.language import Languages
from nlp.lexicon import load_lexicon
from spiders.looking import look_at
from spiders.probe import Probed
from spiders.reading import post_as_json, thread_as_json

SHOWN = 5
"""Threads and posts that are shown."""
Proxy = Annotated[
    str | None, typer.Option(help="Such as socks5h://127.0.0.1:9050; needed for .onion.")
]
Local = Annotated[bool, typer.Option("--local", help="Allow hosts on this machine.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: rackrent probe https://board.example/")(probe)
    app.command(epilog="Example: rackrent add https://board.example/ --id board")(add)


def probe(
    target: Annotated[str, typer.Argument(metavar="URL|FILE", help="A page, live or saved.")],
    url: Annotated[str | None, typer.Option(help="Where a saved page came from.")] = None,
    proxy: Proxy = None,
    local: Local = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Tell what software made a page, and show what would be read of it."""
    visited = saved(Path(target), url) if not is_url(target) else visit(target, proxy, local)
    found = look_at(visited)
    if as_json:
        screen.print_json(as_shown(found))
    else:
        show(found, visited.url)
    if found.engine is None:
        raise typer.Exit(Exit.DEGRADED)


def add(  # noqa: PLR0913
    url: Annotated[str, typer.Argument(help="The site's index page, channel or list.")],
    source_id: Annotated[str | None, typer.Option("--id", help="Id of the new source.")] = None,
    name: Annotated[str | None, typer.Option(help="The site's own name.")] = None,
    basis: Annotated[str | None, typer.Option(help="public or authorised.")] = None,
    proxy: Proxy = None,
    local: Local = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: take what was seen.")] = False,
) -> None:
    """Look at a site, ask what cannot be seen, and write its source file."""
    home = find_home()
    home.make()
    with visitor(url, proxy, local) as guest:
        visited = guest.get(url)
        found = look_at(visited)
        show(found, visited.url)
        if found.engine is None:
            fail(
                f"{url}: no engine knows this site; describe it by hand: docs/add-a-market.md",
                Exit.DEGRADED,
            )
        seen = look_around(found, guest.get)
    given = {"id": source_id, "name": name, "basis": basis}
    answers = answers_for(visited.url, found, given, ask=not yes)
    if not SOURCE_ID.fullmatch(answers["id"]):
        fail(f"--id: {answers['id']!a} is no id; write it like second_board", Exit.USAGE)
    path = home.sources / f"{answers['id']}.yml"
    if answers["id"] in source_files(home):
        fail(f"{answers['id']}: there is a source of that id already; use --id", Exit.USAGE)
    path.write_text(source_text(visited.url, found, answers, seen, proxy, local), "utf-8")
    source: Source = load_source(path)
    screen.say(f"wrote {path}")
    screen.say(f"next: rackrent crawl {source.id}")


def is_url(target: str) -> bool:
    """Whether a target is a URL, not a file."""
    return urlsplit(target).scheme in ("http", "https")


def saved(path: Path, url: str | None) -> Visited:
    """A saved page as if it had been visited; the end of the command when it is not there."""
    if not path.is_file():
        fail(f"{path}: is neither a URL nor a file", Exit.USAGE)
    return Visited(url or "http://page.invalid/", 200, None, path.read_bytes())


def visitor(url: str, proxy: str | None, local: bool) -> Visitor:
    """A visitor of one site, or the end of the command when it must not be asked that way."""
    host = host_of(url)
    if host.partition(":")[0].endswith((".onion", ".i2p")) and not proxy:
        fail(f"{host}: needs --proxy socks5h://127.0.0.1:9050", Exit.USAGE)
    try:
        way = Upstream(proxy_url(proxy), "rackrent-probe", "rackrent") if proxy else None
    except ValueError as error:
        fail(f"--proxy: {error}", Exit.USAGE)
    agent = Source.model_fields["user_agent"].default
    return Visitor(hosts=[host], user_agent=agent, local=local, upstream=way)


def visit(url: str, proxy: str | None, local: bool) -> Visited:
    """The page at a URL."""
    with visitor(url, proxy, local) as guest:
        return guest.get(url)


def languages_of(found: Probed) -> tuple[str, ...]:
    """Languages of a page, most used first."""
    return Languages(load_lexicon().languages).of(found.words)


def as_shown(found: Probed) -> dict[str, Any]:
    """What a look found, as JSON."""
    reading = found.reading
    facts = {key: value for key, value in asdict_flat(found).items() if key != "words"}
    return facts | {
        "languages": languages_of(found),
        "state": reading.state,
        "boards": [{"name": board.name, "url": board.url} for board in reading.boards],
        "threads": [thread_as_json(thread) for thread in reading.threads[:SHOWN]],
        "posts": [post_as_json(post) for post in reading.posts[:SHOWN]],
        "problems": [asdict(problem) for problem in reading.problems],
    }


def asdict_flat(found: Probed) -> dict[str, Any]:
    """The plain facts of a look."""
    names = (
        "title", "engine", "version", "charset", "charset_lie", "needs_login", "needs_browser",
        "signed_in",
    )  # fmt: skip
    return {name: getattr(found, name) for name in names}


def show(found: Probed, url: str) -> None:
    """Print what a look found."""
    reading = found.reading
    lie = f" (declared {found.charset_lie})" if found.charset_lie else ""
    lines = [
        f"page       {url}",
        f"title      {found.title}",
        f"software   {found.engine or 'unknown'} {found.version or ''}",
        f"state      {reading.state}",
        f"charset    {found.charset}{lie}",
        f"languages  {', '.join(languages_of(found)) or 'cannot tell'}",
        f"login      {'needed' if found.needs_login else 'not needed for this page'}",
        f"browser    {'needed: scripts make the content' if found.needs_browser else 'not needed'}",
        f"boards     {len(reading.boards)}: {', '.join(b.name for b in reading.boards[:SHOWN])}",
        f"threads    {len(reading.threads)}",
        f"posts      {len(reading.posts)}",
    ]
    for line in lines:
        screen.say(line)
    for thread in reading.threads[:SHOWN]:
        screen.say(f"  {thread.title} · {thread.author} · {thread.last_post_at}")
    for post in reading.posts[:SHOWN]:
        text = " ".join(post.text.split())[:100]
        screen.say(f"  {post.author} · {post.posted_at} · {text}")
    for problem in reading.problems[:SHOWN]:
        screen.say(f"  not understood: {problem.kind}: {problem.detail}")
