"""Which contacts are an account's own: not an escrow agent's, a partner's or a forwarded one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from sqlite3 import Row

from crawler.ids import id_of
from crawler.places import is_doubtful, is_staff
from crawler.sellers import Seller, name_key
from crawler.store.database import Store
from crawler.whose import AFTER, BEFORE, is_passed_on, whose

SOME, MOST = 0.1, 0.6
"""Share of an account's texts in which its own contact stands without a rival; in a channel."""
FAIR = 0.34
"""The same share for an account that gives more than a few contacts of a kind."""
FEW = 3
"""Contacts of one kind that a person has had."""
_PART = "case m.part when 'text' then v.text when 'title' then v.title else a.signature end"
_MENTIONS = f"""
select m.post_version_id as version_id, m.contact_id, c.kind, c.value, m.account_id, m.part, m.raw,
    v.seen_at, a.rank, lower(substr(v.text, 1, 32)) as head,
    substr({_PART}, max(m.start - {BEFORE}, 0) + 1, min(m.start, {BEFORE})) as before,
    substr({_PART}, m.end + 1, {AFTER}) as after
from contact_mentions m join post_versions v on v.id = m.post_version_id
join analyses n on n.post_version_id = v.id
join contacts c on c.id = m.contact_id join accounts a on a.id = m.account_id
where (n.intent = 'offer' or m.part = 'signature')
    and (m.part = 'signature' or coalesce(v.fields, '') not like '%"forwarded%')
    and (m.part <> 'signature' or substr(a.signature, m.start + 1, m.end - m.start) = m.raw)
order by m.post_version_id, m.start, m.id
"""
_CHANNEL = re.compile(r"https?://t\.me/(?:s/)?(\w+)")
_Key = tuple[str, str]
"""Contact and account."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A contact in an account's offers or signature that no words give to somebody else."""

    contact_id: str
    kind: str
    value: str
    account_id: str
    seen_at: str
    """When it was first seen there, UTC."""
    own: bool
    """Whether it is the account's own beyond doubt: it is signed with it, or stands alone."""
    place: bool
    """Whether it is one where many people are: a bot, a chat, a shop on a platform."""


@dataclass
class Dealings:
    """What is counted of contacts while texts go by."""

    first: dict[_Key, Row] = field(default_factory=dict)
    alone: Counter[_Key] = field(default_factory=Counter)
    """Texts in which the contact has no rival of its kind."""
    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Texts of an account with a contact of a kind."""
    signed: set[_Key] = field(default_factory=set)
    places: set[_Key] = field(default_factory=set)
    agents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Accounts that call a contact an agent's, by contact."""
    staff: set[str] = field(default_factory=set)
    """Contacts of people who keep order on a board."""


@dataclass(frozen=True)
class Contacts:
    """The sellers' contacts, and which of them are nobody's evidence."""

    mentions: list[Mention]
    agents: frozenset[str]
    """Ids of contacts that belong to escrow agents, staff and the like."""


def load_contacts(store: Store, sellers: Mapping[str, Seller]) -> Contacts:
    """The sellers' contacts, by contact, then by account."""
    dealings = Dealings()
    rows = store.conn.execute(_MENTIONS)
    for _, texts in groupby(rows, key=itemgetter("version_id")):
        _read_text(dealings, list(texts), sellers)
    mentions = [*_mentions(dealings, sellers), *_handles(dealings, sellers)]
    owners = Counter(m.contact_id for m in mentions if m.own)
    called = {c for c, by in dealings.agents.items() if len(by) >= max(owners[c], 1)}
    return Contacts(
        sorted(mentions, key=lambda m: (m.contact_id, m.account_id)),
        frozenset(called | dealings.staff),
    )


def _read_text(dealings: Dealings, rows: list[Row], sellers: Mapping[str, Seller]) -> None:
    """Count the contacts of one text and of the signature that was seen with it."""
    theirs: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        staff = is_staff(row["rank"] or "")
        said = whose(row["before"].lower(), row["after"].lower())
        if said == "agent":
            dealings.agents[row["contact_id"]].add(row["account_id"])
        if staff and said != "other" and row["part"] == "signature":
            dealings.staff.add(row["contact_id"])
        if said == "own" and row["account_id"] in sellers and not is_passed_on(row["head"]):
            theirs[row["kind"]].append(row)
    for kind, same in theirs.items():
        _count(dealings, kind, same)


def _count(dealings: Dealings, kind: str, rows: list[Row]) -> None:
    """Count contacts of one kind in one text."""
    account = rows[0]["account_id"]
    rivals = set()
    for row in rows:
        key = (row["contact_id"], account)
        dealings.first.setdefault(key, row)
        before, after = row["before"].lower(), row["after"].lower()
        if is_doubtful(kind, row["value"], before, row["raw"], after):
            dealings.places.add(key)
        elif row["part"] == "signature":
            dealings.signed.add(key)
        else:
            rivals.add(key)
    if rivals:
        dealings.texts[account, kind] += 1
    if len(rivals) == 1:
        dealings.alone[rivals.pop()] += 1


def _mentions(dealings: Dealings, sellers: Mapping[str, Seller]) -> Iterator[Mention]:
    """Each contact of each account."""
    had = Counter((account, dealings.first[c, account]["kind"]) for c, account in dealings.alone)
    for key, row in dealings.first.items():
        kind, account = row["kind"], row["account_id"]
        share = dealings.alone[key] / max(dealings.texts[account, kind], 1)
        place = key in dealings.places
        named = is_named_after(row["value"], sellers[account].name)
        if sellers[account].broadcast:
            own = dealings.alone[key] > 1 and share >= MOST
            if not own and not named:
                # what a channel passes on unmarked is not its own
                continue
        else:
            own = share >= (SOME if had[account, kind] <= FEW else FAIR)
        own = named or (not place and (own or key in dealings.signed))
        yield Mention(key[0], kind, row["value"], account, row["seen_at"], own, place)


def _handles(dealings: Dealings, sellers: Mapping[str, Seller]) -> Iterator[Mention]:
    """The handle of each channel that is a source itself, where somebody gives it as a contact."""
    given = {contact for contact, _ in dealings.first}
    for seller in sellers.values():
        handle = _CHANNEL.match(seller.broadcast.lower())
        contact = id_of("contact", "telegram", handle[1]) if handle else ""
        if handle and contact in given and (contact, seller.id) not in dealings.first:
            yield Mention(contact, "telegram", handle[1], seller.id, seller.first_seen, True, False)


def is_named_after(value: str, name: str) -> bool:
    """Whether a contact bears its account's name."""
    contact = name_key(value.partition("@")[0].partition(".")[0])
    shorter, longer = sorted((contact, name_key(name)), key=len)
    return len(shorter) >= 5 and shorter in longer


def by_contact(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Mentions by contact."""
    shared: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        shared[mention.contact_id].append(mention)
    return shared
