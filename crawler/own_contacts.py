"""Which contacts are an account's own: not an escrow agent's, a partner's or a forwarded one."""

import re
from collections import Counter, defaultdict
from collections.abc import Container
from dataclasses import dataclass

from crawler.store.database import Store

OFTEN = 0.34
"""Share of an account's offers from which on a contact in them is its own."""
SOME = 0.1
"""The same share for a contact that stands in two offers or more."""
_OTHERS = re.compile(
    r"(?:(?:escrow|garant|guarantor|middle ?man|гарант\w*|посредник\w*|moder\w*|модер\w*"
    r"|partners?|партн[её]р\w*|resell\w*|реселлер\w*|suppliers?|поставщик\w*|friends?"
    r"|scam\w*|fake|фейк\w*|кидал\w*|скам\w*|beware(?: of)?|avoid|vouch\w*|recommend\w*"
    r"|рекоменд\w*|forward\w*|credits?|thanks to|спасибо|担保|وسيط)"
    r"[^\w@\n]{0,3}(?:[^\W\d_]{1,12}[^\w@\n]{1,3}){0,2}|\b(?:not|не)\s)"
    r"(?:https?://)?(?:t\.me/|@)?$"
)
"""Words before a contact that say that it is somebody else's."""
_BEFORE = 48
"""Characters before a contact that are looked at."""
_MENTIONS = f"""
select c.id as contact_id, c.kind, c.value, m.account_id, m.part, m.post_version_id as version_id,
    v.seen_at,
    substr(
        case m.part when 'text' then v.text when 'title' then v.title else '' end,
        max(m.start - {_BEFORE}, 0) + 1, min(m.start, {_BEFORE})
    ) as before
from contact_mentions m join contacts c on c.id = m.contact_id
join post_versions v on v.id = m.post_version_id
join analyses n on n.post_version_id = v.id
where m.account_id is not null and (n.intent = 'offer' or m.part = 'signature')
    and coalesce(v.fields, '') not like '%"forwarded%'
order by c.id, v.seen_at, m.account_id, m.id
"""


@dataclass(frozen=True, slots=True)
class Mention:
    """An account's own contact: it stands in its offers, or in its signature."""

    contact_id: str
    kind: str
    value: str
    account_id: str
    seen_at: str


def load_mentions(store: Store, sellers: Container[str]) -> list[Mention]:
    """The sellers' own contacts, by contact, first mentions first.

    Offers that were forwarded, and contacts that their sentence gives to somebody else (escrow,
    partner, supplier, a warning), say nothing. A contact of the text is the account's own when it
    stands in a fair share of its offers.
    """
    offers = offers_by_account(store)
    texts: dict[tuple[str, str], set[str]] = defaultdict(set)
    signed: set[tuple[str, str]] = set()
    first: dict[tuple[str, str], Mention] = {}
    for row in store.rows(_MENTIONS):
        key = (row["contact_id"], row["account_id"])
        if row["account_id"] not in sellers or _OTHERS.search(row["before"].lower()):
            continue
        if row["part"] == "signature":
            signed.add(key)
        texts[key].add(row["version_id"])
        first.setdefault(
            key,
            Mention(
                row["contact_id"], row["kind"], row["value"], row["account_id"], row["seen_at"]
            ),
        )
    return [
        mention
        for key, mention in first.items()
        if key in signed or is_own(len(texts[key]), offers[mention.account_id])
    ]


def offers_by_account(store: Store) -> Counter[str]:
    """How many texts with an offer each account has written."""
    return Counter(
        {
            row["account_id"]: row["texts"]
            for row in store.rows(
                "select p.account_id, count(distinct v.id) as texts from listings l "
                "join post_versions v on v.id = l.post_version_id "
                "join posts p on p.id = v.post_id "
                "where l.intent = 'offer' and p.account_id is not null group by p.account_id"
            )
        }
    )


def is_own(texts: int, offers: int) -> bool:
    """Whether a contact in so many of an account's offers is its own."""
    share = texts / max(offers, 1)
    return share >= OFTEN or (texts > 1 and share >= SOME)
