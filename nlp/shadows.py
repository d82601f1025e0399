"""Types that a post names only because they belong to what it really offers."""

from nlp.assets import Mention
from nlp.rows import has_own_price, heads_row, leads_price

_SHADOWS = (
    ("hosting.bph.dedicated", "hosting.bph.vps"),
    ("hosting.bph.shared", "hosting.bph.vps"),
    ("hosting.bph.shared", "hosting.bph.dedicated"),
    ("anon.proxy.datacenter", "anon.proxy.residential"),
    ("anon.proxy.datacenter", "anon.ssh_tunnel"),
    ("access.rdp", "hosting.bph.vps"),
    ("access.rdp", "access.hidden_desktop"),
    ("access.ssh_root", "anon.ssh_tunnel"),
    ("access.smtp", "access.hosting_panel"),
    ("access.hosting_panel", "hosting.bph.shared"),
    ("access.bot_rental", "access.hidden_desktop"),
    ("hosting.bph.domain", "hosting.fastflux_dns"),
    ("hosting.bph.domain", "hosting.reverse_proxy"),
    ("hosting.bph.domain", "hosting.ddos_protection"),
    ("hosting.bph.domain", "hosting.bph.shared"),
    ("anon.proxy.datacenter", "access.hidden_desktop"),
    ("anon.proxy.datacenter", "access.rdp"),
)  # fmt: skip
"""(shadow, body): the first is dropped where only weak or passing words name it beside the
other."""


def without_shadows(
    taken: set[str], by_type: dict[str, list[Mention]], titled: set[str]
) -> set[str]:
    """The taken types without those that only accompany another one."""
    kept = set(taken)
    for shadow, body in _SHADOWS:
        named = shadow in titled and shadow in ("hosting.bph.domain", "access.smtp")
        if named or not {shadow, body} <= kept:
            continue
        lines = {(m.page.part, m.line) for m in by_type[body]}
        own = [m for m in by_type[shadow] if m.weight >= 2 and (m.strong or heads_row(m))]
        apart = any(has_own_price(m, by_type[body]) for m in own)
        if not apart and all((m.page.part, m.line) in lines for m in own):
            kept.discard(shadow)
    if _is_heading(by_type, kept):
        kept.discard(_GENERAL)
    pair = ["access.cloud_account", "abuse.cryptomining"]
    if set(pair) <= kept and len(titled & set(pair)) < 2:
        first = min(pair, key=lambda t: (t not in titled, _first_place(by_type[t]), t))
        kept.difference_update(t for t in pair if t != first)
    return kept


_GENERAL = "hosting.bph.shared"
_SERVERS = ("hosting.bph.vps", "hosting.bph.dedicated")


def _is_heading(by_type: dict[str, list[Mention]], kept: set[str]) -> bool:
    """Whether `bulletproof hosting` only heads priced servers and has no price of its own."""
    others = [m for t in kept if t != _GENERAL for m in by_type[t]]
    servers = [m for t in _SERVERS if t in kept for m in by_type[t]]
    own = any(leads_price(m, others) for m in by_type.get(_GENERAL, []))
    return not own and any(leads_price(m, others) for m in servers)


def _first_place(mentions: list[Mention]) -> tuple[bool, int]:
    return min((m.page.part != "title", m.start) for m in mentions)
