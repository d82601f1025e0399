"""Everybody else in the world of bench-link: those who make sellers look alike or apart."""

from datetime import timedelta

from scripts.link_sellers import Contact, moments, new_contact
from scripts.link_talk import add_forwarders, add_talk, claim_of
from scripts.link_words import invented_name, one_letter_apart
from scripts.link_world import (
    BEGIN,
    END,
    FORUMS,
    GROUPS,
    Post,
    World,
    telegram_of,
)

AGENT_WORDS = (
    "Escrow: @{}", "We work through escrow @{}", "Гарант: @{}", "Guarantor of the board - @{}",
    "@{} (escrow)", "Middleman @{} is welcome", "Escrow accepted, only @{}",
    "Сделки через гаранта @{}",
)  # fmt: skip
AGENT_BARE = ("Safe deal: @{}", "Deals only through @{}", "Проверка сделки @{}", "Deal via @{}")
PARTNER_WORDS = (
    "Our partners: @{}", "Partner for logs: @{}", "Friends: @{} sells good proxies",
    "Recommended: @{}", "We recommend @{}", "Партнёр: @{}",
)  # fmt: skip


def add_others(world: World) -> World:
    """Add agents, shops, staff, impostors, forwarders, resellers and those who talk of others."""
    count = len(world.sellers)
    add_agents(world, count)
    add_shared_places(world, count)
    add_cross_talk(world, count)
    add_fakes_named(world, count)
    add_resellers(world, count)
    add_impostors(world, count)
    add_forwarders(world, count)
    add_talk(world, count)
    return world


def ads_of(world: World, seller: int) -> list[Post]:
    """A seller's ads."""
    return [
        p for p in world.posts if p.ad is not None and world.accounts[p.account].seller == seller
    ]


def insert(world: World, seller: int, line: str, *, first: bool, often: float = 0.8) -> None:
    """Put a line into most of a seller's ads, over or under his own contacts."""
    for post in ads_of(world, seller):
        if world.rng.random() < often:
            lines = post.text.split("\n")
            at = len(lines) - 2 if first else len(lines)
            post.text = "\n".join([*lines[:at], line, *lines[at:]])


def add_agents(world: World, count: int) -> None:
    """Escrow agents: a few whom everybody names, many whom two to five name."""
    rng = world.rng
    agents = [(rng.choice(("garant_", "escrow_", "", "")) + invented_name(rng).lower())[:26]
              for _ in range(max(count // 50, 6))]  # fmt: skip
    for place, name in enumerate(agents):
        handle = f"{name}_{rng.choice(('aa', 'bo', 'cy'))}"
        if rng.random() < 0.6:
            staff = world.account(rng.choice(FORUMS), name, world.somebody())
            staff.rank = rng.choice(("Moderator", "Escrow", "Гарант", "Administrator"))
            staff.signature = f"Escrow service of the board. @{handle}"
            said = f"Escrow service, 5 % of the deal. Write to @{handle}"
            world.post(staff, said, moments(rng, 1, (BEGIN, END))[0], title="Escrow service")
        clients = rng.randint(8, count // 20 + 9) if place % 3 == 0 else rng.randint(2, 5)
        for seller in rng.sample(range(count), clients):
            words = AGENT_BARE if rng.random() < 0.3 else AGENT_WORDS
            insert(world, seller, rng.choice(words).format(handle), first=rng.random() < 0.5)


def add_shared_places(world: World, count: int) -> None:
    """Shop platforms, shop bots, community chats, boards' staff and places for price lists."""
    rng = world.rng
    lines = [
        *(f"Autoshop: https://sellbox{n}.example/u/{{}}" for n in range(max(count // 200, 2))),
        *(f"Buy in our bot: @quickshop{n}_bot" for n in range(max(count // 130, 3))),
        *(f"Join the chat t.me/market_talk{n}" for n in range(max(count // 130, 3))),
        *(f"Verified by @board_admin{n}" for n in range(max(count // 130, 3))),
        "Full price list: https://telegra.ph/list-{}", "Prices: https://rentry.co/{}",
        "Screens: https://pastebin.com/{}", "Price: https://{}.github.io/",
    ]  # fmt: skip
    for line in lines:
        for seller in rng.sample(range(count), rng.choice((2, 3, 4, 5, 8, count // 60 + 2))):
            said = line.format(f"{world.sellers[seller].name.lower().replace('_', '-')}{seller}")
            insert(world, seller, said, first=rng.random() < 0.4)
    for _ in range(count // 33):
        seen = f"Also advertised in t.me/dark_ads_{rng.randrange(max(count // 60, 4))}"
        insert(world, rng.randrange(count), seen, first=rng.random() < 0.4)
    for source in FORUMS:
        admin = world.account(source, f"{source}_admin", world.somebody(), rank="Administrator")
        admin.signature = f"Questions: @board_admin{FORUMS.index(source)}"
        world.post(admin, "Rules of the section: no duplicates.", BEGIN, title="Rules")


def add_cross_talk(world: World, count: int) -> None:
    """Sellers who name other sellers' contacts in their own ads: partners, competitors."""
    rng = world.rng
    for _ in range(count // 25):
        seller, *others = rng.sample(range(count), rng.randint(2, 4))
        handles = [h for h in (telegram_of(world, o) for o in others) if h]
        if handles and rng.random() < 0.3:
            lines = "\n".join(["Our partners:", *(f"@{h} - logs" for h in handles)])
            insert(world, seller, lines, first=rng.random() < 0.3)
        elif handles:
            said = rng.choice(PARTNER_WORDS).format(handles[0])
            insert(world, seller, said, first=rng.random() < 0.3)


def add_fakes_named(world: World, count: int) -> None:
    """Sellers who warn of fakes by handle; the fakes are impostors, or only others."""
    rng = world.rng
    for _ in range(count // 60):
        seller, *fakes = rng.sample(range(count), 3)
        handles = [h for h in (telegram_of(world, f) for f in fakes) if h]
        if handles:
            named = ", ".join(f"@{h}" for h in handles)
            words = ("Beware of fakes: {}", "Fake accounts: {}", "Not me: {}", "Фейки: {}")
            insert(world, seller, rng.choice(words).format(named), first=rng.random() < 0.5)


def add_resellers(world: World, count: int) -> None:
    """Sellers with own contacts who also give their supplier's; a few give nothing else."""
    rng = world.rng
    words = ("My supplier is @{}", "Supplier: @{}", "Reseller of @{}", "Поставщик @{}")
    bare = ("Stock comes from @{}", "Big orders go to @{}", "@{} for wholesale", "Опт: @{}")
    for _ in range(count // 33):
        seller, supplier = rng.sample(range(count), 2)
        handle = telegram_of(world, supplier)
        if handle:
            said = rng.choice(words if rng.random() < 0.6 else bare).format(handle)
            insert(world, seller, said, first=rng.random() < 0.3)
    for _ in range(max(count // 330, 1)):
        supplier = rng.randrange(count)
        handle = telegram_of(world, supplier)
        if handle:
            name = invented_name(rng)
            account = world.account(rng.choice(FORUMS), name, world.somebody())
            said = rng.choice(words[:3] if rng.random() < 0.6 else ("Order: @{}",)).format(handle)
            for at in moments(rng, 2, (BEGIN, END)):
                world.post(account, f"Selling hacked RDP USA\nRDP - 5$ each\n{said}", at,
                           title="[SELL] RDP USA")  # fmt: skip


def add_impostors(world: World, count: int) -> None:
    """Names one letter apart under copied ads; some claim to be the seller, some are sloppy."""
    rng = world.rng
    for place in range(count // 16):
        victim = rng.randrange(count)
        ads = ads_of(world, victim)
        if not ads:
            continue
        theirs = contacts_of(world, victim)
        mine = new_contact("telegram", invented_name(rng), rng)
        last = max(p.at for p in ads)
        span = (ads[0].at + (last - ads[0].at) / 4, min(END, last + timedelta(days=20)))
        name = one_letter_apart(world.accounts[ads[0].account].name, rng)
        account = world.account(rng.choice((*FORUMS, *GROUPS)), name, world.somebody(), span=span)
        claim = ""
        if place % 5 < 2:
            claim = claim_of(world, world.accounts[ads[0].account], ads[0], rng)
        elif place % 25 == 3:
            account.span = span = (min(END, last + timedelta(days=5)), END)
            claim = f"We were formerly {world.accounts[ads[0].account].name}"
        for at in moments(rng, rng.randint(1, 3), span):
            text = copied(theirs, rng.choice(ads), mine, sloppy=place % 30 == 7)
            world.post(account, f"{text}\n{claim}".strip(), at, title=ads[0].title)


def contacts_of(world: World, seller: int) -> list[Contact]:
    """Every contact that any account of a seller gives."""
    own = [c for a in world.accounts if a.seller == seller for c in a.own]
    return [*own, *(c for era in world.sellers[seller].contacts for c in era)]


def copied(theirs: list[Contact], ad: Post, mine: Contact, *, sloppy: bool) -> str:
    """An ad with the victim's contacts taken out; a sloppy thief leaves all but Telegram."""
    text = ad.text
    for contact in theirs:
        if contact.kind == "telegram":
            text = text.replace(contact.value, mine.value)
        elif contact.value in text and not sloppy:
            text = "\n".join(line for line in text.split("\n") if contact.value not in line)
    return text if mine.value in text else f"{text}\nTelegram: @{mine.value}"
