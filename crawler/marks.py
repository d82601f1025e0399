"""What speaks for and against sellers: reviews, complaints, escrow, deposits, ranks."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from sqlite3 import Row

from crawler.ids import id_of
from crawler.records import MarkRow
from crawler.store.database import Store
from crawler.store.providers import drop_others

_DETAIL = 200
"""Characters of a post that are kept with its mark."""
LONG = 5
"""Letters of a name that a title can mean."""
_SAID = f"""
select p.account_id, p.source_id, p.id as post_id, v.id as version_id, n.tone,
    substr(v.text, 1, {_DETAIL}) as detail, v.seen_at, coalesce(v.title, '') as title,
    case s.kind when 'channel' then null else o.account_id end as opener
from analyses n join post_versions v on v.id = n.post_version_id
join posts p on p.version_id = v.id join sources s on s.id = p.source_id
left join posts o on o.thread_id = p.thread_id and o.position = 1
where n.tone is not null and p.account_id is not null
order by p.id
"""
_CONTACTS = """
select m.post_version_id, pm.provider_id
from analyses n join contact_mentions m on m.post_version_id = n.post_version_id
join provider_members pm on pm.kind = 'contact' and pm.member_id = m.contact_id
where n.tone is not null and m.part <> 'signature'
order by m.post_version_id, m.start
"""
_ACCOUNTS = """
select a.id, a.name, a.source_id, a.rank, a.first_seen, m.provider_id
from provider_members m join accounts a on a.id = m.member_id
where m.kind = 'account' order by a.first_seen, a.id
"""
_SHOWN = """
select p.account_id, min(p.id) as post_id, a.value as kind, min(v.seen_at) as seen_at
from attributes a join listings l on l.id = a.listing_id and l.intent = 'offer'
join post_versions v on v.id = l.post_version_id join posts p on p.version_id = v.id
where a.key = 'guarantee' and a.value in ('escrow', 'deposit') and p.account_id is not null
group by p.account_id, a.value
"""
_BAD = re.compile(
    r"ripper|scam|banned|blocked|arbitra(?:ge|tion)|кидал|рип+ер|забанен|заблокир|арбитраж"
    r"|(?:un|not |не ?)(?:verified|trusted|проверен)",
    re.IGNORECASE,
)
_GOOD = re.compile(r"vendor|seller|verified|trusted|продав|проверен|гарант-сервис", re.IGNORECASE)


@dataclass
class Sellers:
    """Sellers' accounts, to be found by what a post says."""

    owners: dict[str, str] = field(default_factory=dict)
    """The provider of each account."""
    accounts: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    """Accounts of each provider, oldest first."""
    named: dict[tuple[str, str], str] = field(default_factory=dict)
    """Accounts by source and name."""
    given: dict[str, str] = field(default_factory=dict)
    """The provider whose contact a post version gives first."""

    def meant(self, post: Row) -> str | None:
        """The account that a post speaks of: by contact, by its title, else its thread's opener.

        None when that is nobody, or its author himself under whatever name.
        """
        mine = self.owners.get(post["account_id"])
        provider = self.given.get(post["version_id"])
        if provider is not None and provider != mine:
            known = self.accounts[provider]
            here = [row["id"] for row in known if row["source_id"] == post["source_id"]]
            return str((here or [known[0]["id"]])[0])
        words = re.findall(r"[\w.-]+", post["title"].lower())
        told = (self.named.get((post["source_id"], word)) for word in words if len(word) >= LONG)
        account = next(filter(None, told), post["opener"])
        owner = self.owners.get(account) if account else None
        return None if owner is None or owner == mine else account


def mark_sellers(store: Store) -> int:
    """Bring the marks up to date; how many there are. Call it inside a transaction."""
    sellers = _load(store)
    marks = [*_said(store, sellers), *_shown(store), *_ranked(sellers)]
    rows = list({row.id: row for row in marks}.values())
    drop_others(store, "marks", rows)
    store.upsert("marks", rows)
    return len(rows)


def rank_sign(rank: str) -> int:
    """1 for a rank that speaks for a seller, -1 against, 0 for others."""
    return -1 if _BAD.search(rank) else 1 if _GOOD.search(rank) else 0


def _load(store: Store) -> Sellers:
    sellers = Sellers()
    for row in store.rows(_ACCOUNTS):
        sellers.owners[row["id"]] = row["provider_id"]
        sellers.accounts[row["provider_id"]].append(row)
        sellers.named.setdefault((row["source_id"], row["name"].lower()), row["id"])
    for version_id, provider_id in store.conn.execute(_CONTACTS):
        if sellers.accounts[provider_id]:
            sellers.given.setdefault(version_id, provider_id)
    return sellers


def _said(store: Store, sellers: Sellers) -> Iterator[MarkRow]:
    """Reviews and complaints."""
    for post in store.conn.execute(_SAID):
        account = sellers.meant(post)
        if account is not None:
            sign = 1 if post["tone"] == "review" else -1
            kind, detail = post["tone"], post["detail"]
            yield _mark(account, post["post_id"], kind, sign, detail, post["seen_at"])


def _shown(store: Store) -> Iterator[MarkRow]:
    """Escrow and deposits that sellers speak of."""
    for row in store.conn.execute(_SHOWN):
        detail = f"accepts or has: {row['kind']}"
        yield _mark(row["account_id"], row["post_id"], row["kind"], 1, detail, row["seen_at"])


def _ranked(sellers: Sellers) -> Iterator[MarkRow]:
    """Ranks under sellers' names."""
    for rows in sellers.accounts.values():
        for row in rows:
            sign = rank_sign(row["rank"] or "")
            if sign:
                yield _mark(row["id"], None, "rank", sign, row["rank"], row["first_seen"])


def _mark(
    account: str, post_id: str | None, kind: str, sign: int, detail: str, seen_at: str
) -> MarkRow:
    """A mark of an account."""
    row_id = id_of("mark", account, post_id or "", kind)
    return MarkRow(row_id, account, post_id, kind, sign, detail, seen_at)
