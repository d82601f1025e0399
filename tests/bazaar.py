"""A few sellers and what they write, read by the language stage and linked."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from crawler.ids import id_of
from crawler.store.database import Store
from scripts.link_rows import read, settled, write
from scripts.link_world import BEGIN, World

GOODS = "Selling hacked RDP with admin rights, USA and Germany.\n1 pc - 6$ each\n{}"


@dataclass
class Bazaar:
    """People write, then everything is linked."""

    path: Path
    world: World = field(default_factory=lambda: World(0, random.Random(0)))

    def say(
        self,
        name: str,
        text: str,
        *,
        source: str = "forum1",
        day: float = 0,
        title: str | None = "[SELL] hacked RDP",
        thread: int | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> int:
        """A post of an account, made at its first post; the number of its thread."""
        known = [a for a in self.world.accounts if (a.name, a.source) == (name, source)]
        account = known[0] if known else self.world.account(source, name, 0)
        number = self.world.thread(source) if thread is None else thread
        at = BEGIN + timedelta(days=day)
        self.world.post(account, text, at, title=title, thread=number, fields=dict(fields or {}))
        return number

    def sell(self, name: str, line: str, **rest: object) -> int:
        """An ad that ends in a line."""
        return self.say(name, GOODS.format(line), **rest)  # type: ignore[arg-type]

    def profile(self, name: str, *, rank: str | None = None, signature: str | None = None) -> None:
        """Rank and signature of an account that has written."""
        for account in self.world.accounts:
            if account.name == name:
                account.rank, account.signature = rank, signature

    def open(self) -> Store:
        """Everything written, read and linked."""
        store = Store(self.path / "market.db")
        write(self.world, store)
        read(self.world, store)
        settled(store)
        return store


def account(name: str, source: str = "forum1") -> str:
    """Id of an account."""
    return id_of("account", source, name)


def groups(store: Store) -> set[frozenset[str]]:
    """Names of the accounts of each provider that has several."""
    rows = store.rows(
        "select group_concat(a.name, ' ') as names from provider_members m "
        "join accounts a on a.id = m.member_id where m.kind = 'account' "
        "group by m.provider_id having count(*) > 1"
    )
    return {frozenset(row["names"].split()) for row in rows}
