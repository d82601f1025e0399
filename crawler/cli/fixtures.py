"""`rackrent fixture`: pages that no engine could read, as test cases for whoever mends it."""

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.archived import body_at
from crawler.boundaries.paths import OutsideError, inside
from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.home import Home, find_home
from crawler.intake import masked
from crawler.source import Source, find_source
from crawler.store.database import Store

MOST = 3
"""Pages that are written: more of the same teach nothing."""
UNREADABLE = """
select pages.* from pages
where pages.source_id = :source and pages.kind <> 'other' and (
    pages.state in ('unknown', 'error')
    or exists (
        select 1 from issues where issues.source_id = pages.source_id
            and issues.url = pages.url and issues.kind not in ('refused', 'rate_limited')
    )
)
order by pages.state in ('unknown', 'error') desc, pages.fetched_at desc, pages.id limit :most
"""


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(epilog="Example: rackrent fixture board --to tests/engines")(fixture)


def fixture(
    source_id: Annotated[str, typer.Argument(metavar="SOURCE", help="Id of the source.")],
    to: Annotated[
        Path | None, typer.Option(help="Folder of test cases; the home's `fixtures` by default.")
    ] = None,
) -> None:
    """Write the last pages that could not be read as test cases: page, facts, no names."""
    home = find_home()
    source = find_source(home, source_id)
    with closing(Store(home.database)) as store:
        rows = store.rows(UNREADABLE, {"source": source.id, "most": MOST})
    if not rows:
        screen.say(f"{source.id}: every page was understood")
        return
    folder = to or home.root / "fixtures"
    for place, row in enumerate(rows, 1):
        case = folder / source.engine / f"{source.id}_{place}"
        write_case(home, source, dict(row), case)
        screen.say(str(case))
    screen.say("scrub names before you share them; then make expected.json")


def write_case(home: Home, source: Source, row: dict[str, Any], case: Path) -> None:
    """Write one page with what an engine needs to read it again."""
    try:
        path = inside(home.evidence, row["warc_file"])
    except OutsideError as error:
        fail(f"{error}: the database was tampered with", Exit.STORAGE)
    if not path.is_file():
        fail(f"{path}: the evidence of {row['url']} is not here", Exit.STORAGE)
    body = body_at(path, row["warc_offset"])
    text, _ = masked(body.decode("latin-1"))
    case.mkdir(parents=True, exist_ok=True)
    (case / "page.html").write_bytes(text.encode("latin-1"))
    meta = {
        "url": row["url"],
        "fetched_at": row["fetched_at"],
        "status": row["status"],
        "timezone": source.timezone,
        "selectors": source.selectors,
    }
    (case / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", "utf-8")
