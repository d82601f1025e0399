"""The engines: one module for each forum software, and the registry of them."""

from spiders.engines import (
    bluesky,
    declared,
    discord_export,
    discourse,
    fluxbb,
    invision,
    mastodon,
    mybb,
    phpbb,
    reddit,
    rss,
    smf,
    telegram_export,
    telegram_web,
    vanilla,
    vbulletin,
    vbulletin5,
    xenforo,
)
from spiders.page import Engine, Page

ENGINES: dict[str, Engine] = {
    engine.NAME: engine
    for engine in (
        declared,
        mastodon,
        reddit,
        bluesky,
        rss,
        telegram_export,
        discord_export,
        discourse,
        mybb,
        smf,
        xenforo,
        phpbb,
        vbulletin5,
        vbulletin,
        invision,
        fluxbb,
        vanilla,
        telegram_web,
    )
}
"""Engines by name, most telling first."""


def detect(page: Page) -> Engine | None:
    """The engine of the software that made a page; None when no engine knows it."""
    return next((engine for engine in ENGINES.values() if engine.detect(page)), None)
