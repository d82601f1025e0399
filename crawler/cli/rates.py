"""`rackrent rates update` and `show`."""

from datetime import date
from typing import Annotated

import typer

from crawler.cli import screen
from crawler.cli.exits import Exit, fail
from crawler.clock import now
from crawler.home import find_home
from crawler.rates import load_rates
from crawler.rates_update import DAILY, ECB, RatesError, update_days, update_ecb

rates_app = typer.Typer(
    help="Exchange rates: the bundled table and newer days.",
    epilog="Example: rackrent rates update",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(rates_app, name="rates")


@rates_app.command(epilog="Example: rackrent rates update")
def update(
    every: Annotated[int, typer.Option(min=1, max=60, help="Days between two rates.")] = 7,
    daily: Annotated[str, typer.Option(help="Address of a day's rates, with {day}.")] = DAILY,
    ecb: Annotated[str, typer.Option(help="Address of the ECB's history.")] = ECB,
    local: Annotated[bool, typer.Option(help="The addresses are on this machine.")] = False,
) -> None:
    """Fetch rates of the days since the last known one into the home's `rates/`."""
    home = find_home()
    try:
        added = update_days(home, now().date(), every=every, template=daily, local=local)
        size = update_ecb(home, url=ecb, local=local)
    except RatesError as error:
        fail(str(error), Exit.DEGRADED)
    screen.say(f"{added} rates added · ECB history {size:,} bytes · analyse --all converts again")


@rates_app.command(epilog="Example: rackrent rates show RUB 2025-02-01")
def show(
    currency: Annotated[
        str, typer.Argument(help="ISO 4217 code, or BTC, ETH, XMR, LTC, TRX, USDT.")
    ],
    day: Annotated[str, typer.Argument(help="YYYY-MM-DD.")],
) -> None:
    """Print the dollars that one unit was worth, the day of the rate and its source."""
    try:
        date.fromisoformat(day)
    except ValueError:
        fail(f"'{day}' is not a day; write it like 2025-02-01", Exit.USAGE)
    rate = load_rates(find_home()).find(currency.upper(), day)
    if rate is None:
        fail(
            f"no rate of {currency.upper()} near {day}; see `rackrent rates update`", Exit.DEGRADED
        )
    screen.say(f"{rate.usd:.6g} USD · {rate.day} · {rate.source}")
