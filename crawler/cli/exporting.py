"""`rackrent export`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.clock import now
from crawler.exporting.asked import Asked, AskedError, since_of
from crawler.exporting.run import export
from crawler.home import find_home


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(
        "export",
        epilog="Example: rackrent export stix --asset-type access.rdp --since last --tlp green",
    )(export_command)


Filter = str | None


def export_command(  # noqa: PLR0913
    form: Annotated[
        str, typer.Argument(metavar="FORMAT", help="stix, misp, csv, ndjson or parquet.")
    ],
    since: Annotated[
        str | None,
        typer.Option(
            help="Only what is new or changed since a day, a time, an age (7d) or `last`."
        ),
    ] = None,
    asset_type: Annotated[Filter, typer.Option(help="Asset type, such as access.rdp.")] = None,
    source: Annotated[Filter, typer.Option(help="Id of a source.")] = None,
    provider: Annotated[Filter, typer.Option(help="Name or id of a provider.")] = None,
    country: Annotated[Filter, typer.Option(help="Where the goods are, such as DE.")] = None,
    intent: Annotated[Filter, typer.Option(help="offer or wanted.")] = None,
    state: Annotated[Filter, typer.Option(help="active, sold, closed or gone.")] = None,
    language: Annotated[Filter, typer.Option(help="Language of the text, such as ru.")] = None,
    band: Annotated[Filter, typer.Option(help="Price band, such as '10 to 50'.")] = None,
    q: Annotated[Filter, typer.Option("--q", help="Words, as in the search.")] = None,
    tlp: Annotated[
        str | None,
        typer.Option(help="Highest label that may leave (default: each source's own)."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="File, or with --partition folder, to write.")
    ] = None,
    partition: Annotated[
        bool, typer.Option("--partition", help="Parquet by month and source, in a folder.")
    ] = False,
    victims: Annotated[
        bool,
        typer.Option("--victims", help="Show victims of access sales, though they are masked."),
    ] = False,
    by: Annotated[str | None, typer.Option(help="Who exports (default: your account).")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the export's row as JSON.")
    ] = False,
) -> None:
    """Write offers and requests to a file, under their labels, and note what left."""
    typed = {
        "asset_type": asset_type, "source": source, "provider": provider, "country": country,
        "intent": intent, "state": state, "language": language, "band": band, "q": q,
    }  # fmt: skip
    filters = {name: value for name, value in typed.items() if value}
    try:
        label = tlp.lower().removeprefix("tlp:") if tlp else None
        asked = Asked(form, filters, since_of(since, now()), label, partition)
        row = export(find_home(), asked, to=to, by=by, victims=victims)
    except AskedError as error:
        fail(str(error), Exit.USAGE)
    if as_json:
        screen.print_json(asdict(row))
    else:
        new = f" new or changed since {row.since}" if row.since else ""
        screen.say(f"{row.rows} offers and requests{new} · TLP up to {row.tlp} · {row.file}")
