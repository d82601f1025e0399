"""Contacts at which many people are: platforms, shop bots, chats, boards' staff."""

import re
from functools import lru_cache

from crawler.home import DATA
from nlp.yamls import load_yaml

_STAFF = re.compile(
    r"moder|admin|staff|escrow|garant|guarant|middle ?man|support|arbit|модер|админ|гарант"
    r"|арбитр|поддержк|команда форума",
    re.IGNORECASE,
)
_AGENT = re.compile(r"escrow|garant(?!ie)|guarant|middlem[ae]n|гарант", re.IGNORECASE)
_CHAT = re.compile(
    r"(?:\bjoin\b|\bchats?\b|\bgroups?\b|\bdiscuss\w*|чат\w*|групп\w*|обсужд\w*|community)"
    r"[^\n.@]{0,24}(?:https?://)?(?:t\.me/|@)?$"
)
_WHOLESALE = r"wholesale|bulk|big orders|опт\w{0,3}|мелкий опт"
_BULK_BEFORE = re.compile(rf"\b(?:{_WHOLESALE})\b[^\n.@|;]{{0,12}}(?:https?://)?(?:t\.me/|@)?$")
_BULK_AFTER = re.compile(rf"\s?[-–—(:]?\s?(?:for |для )?(?:{_WHOLESALE})\b")
"""A wholesale contact is often the supplier's."""
_DEEP = re.compile(r"^(?:\w+://)?[^/]+/(?:[^/?#]+/[^/?#]|@|~)")
"""An address with a place of one among many: `host/u/name`, `host/@name`."""


@lru_cache(maxsize=4096)
def is_staff(rank: str) -> bool:
    """Whether a rank is that of somebody who keeps order or holds money on a board."""
    return _STAFF.search(rank) is not None


def is_agent_name(value: str) -> bool:
    """Whether a contact calls itself an escrow agent's."""
    return _AGENT.search(value) is not None


def is_doubtful(kind: str, value: str, before: str, raw: str, after: str) -> bool:
    """Whether a contact is a bot, a chat or a platform, or for wholesale only.

    Its owner need not be its writer. `before` and `after` stand beside it, in lower case.
    """
    if _BULK_BEFORE.search(before) or _BULK_AFTER.match(after):
        return True
    if kind == "telegram":
        return value.endswith("bot") or value.startswith("+") or bool(_CHAT.search(before))
    if kind == "site":
        return is_shared_host(value) or _DEEP.match(raw) is not None
    return kind == "discord" and value.startswith("discord.gg/")


def is_shared_host(host: str) -> bool:
    """Whether a host is a platform of `data/shared_hosts.yml`."""
    whole, parent = shared_hosts()
    labels = host.split(".")
    return host in parent or any(".".join(labels[n:]) in whole for n in range(len(labels)))


@lru_cache(maxsize=1)
def shared_hosts() -> tuple[frozenset[str], frozenset[str]]:
    """Hosts that are shared with all their subdomains, and those only their subdomains divide."""
    hosts = load_yaml(DATA / "shared_hosts.yml")
    return frozenset(hosts["whole"]), frozenset(hosts["parent"])
