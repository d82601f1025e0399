"""Forms that other authors write: each was read wrong once, though nothing was wrong with it."""

import pytest

from nlp.findings import Listing
from tests.nlp.analysing import findings

Row = tuple[float | None, str | None, str | None, str]


def only(text: str, title: str = "") -> Listing:
    (listing,) = findings(text, title).listings
    return listing


@pytest.mark.parametrize(
    ("text", "title", "rows"),
    [
        # `рев` and `rev` are short for revenue, but not inside of other words
        ("реверс прокси, 30$ мес, @lane_pier", "", [(30, "USD", "month", "fixed")]),
        ("Reverse proxy, 30$ monthly, @lane_pier", "", [(30, "USD", "month", "fixed")]),
        (
            "Hosts: 610\nInício: 900$\nPasso: 100$\nBlitz: 2.500$",
            "[LEILÃO] Rede corporativa, VPN + DA",
            [(900, "USD", "unit", "start"), (100, "USD", "unit", "step"),
             (2500, "USD", "unit", "blitz")],
        ),
        (
            "VPS antiabuso\n1 vCore / 2 GB RAM: 14 USDT/mes\nIP adicional 3 USDT",
            "",
            [(14, "USDT", "month", "fixed")],
        ),
        (
            "SIMs activadas\nEspaña: 6€ unidad\nEnvío a la UE, portes 5€ aparte",
            "",
            [(6, "EUR", "unit", "fixed")],
        ),
        (
            "Proteção anti-DDoS: R$ 380 por mês. Um cliente tinha gastado R$ 6.000 em outro lugar",
            "",
            [(380, "BRL", "month", "fixed")],
        ),
        ("动态住宅IP\n美国住宅 1G 25元", "", [(25, "CNY", "gb", "fixed")]),
        (
            "سي بانل ⬅️ 5$ للواحد\nباكج 20 سي بانل ⬅️ 80$\n@lane_pier",
            "",
            [(5, "USD", "unit", "fixed"), (80, "USD", "lot", "fixed")],
        ),
        ("☁️ shelf\nAWS 32 vCPU — 45$\nGCP with 300 credit — 12$\n@lane_pier", "",
         [(45, "USD", "unit", "fixed"), (12, "USD", "unit", "fixed")]),
        ("need 200 socks5 per day, US. budget 2.5k$ a month max", "WTB socks",
         [(None, "USD", "month", "upto")]),
        ("Остатки за неделю, все админы:\n\nСША - 9$ шт\nПольша - 6$", "Дедики в розницу",
         [(9, "USD", "unit", "fixed"), (6, "USD", "unit", "fixed")]),
        ("Симки РФ по 450 р. Почта за ваш счёт (~350 р)\neSIM Грузия, 15$ за штуку", "",
         [(450, "RUB", "unit", "fixed"), (15, "USD", "unit", "fixed")]),
        ("US ....... 7\nCA ........ 6\n(prices in $, each)\nwin srv 2016, 2019", "fresh rdp",
         [(7, "USD", "unit", "fixed"), (6, "USD", "unit", "fixed")]),
        (
            "للإيجار رنجات IP نظيفة\nالإعلان من أي ASN تريد\n"
            "/24 بـ 120 دولار شهريا\nرسوم تجهيز 30 دولار مرة واحدة",
            "",
            [(120, "USD", "month", "fixed"), (30, "USD", None, "setup")],
        ),
    ],
)  # fmt: skip
def test_prices(text: str, title: str, rows: list[Row]) -> None:
    listing = only(text, title)
    assert [(p.min, p.currency, p.per, p.kind) for p in listing.prices] == rows


@pytest.mark.parametrize(
    ("text", "title", "key", "values"),
    [
        ("收国外3389,内存8G以上。20到35元一台", "", "ram_gb", [8]),
        ("荷兰服务器可伪造源IP\n另有1G口 180U/月", "发包机 现货3台", "bandwidth_mbps", [1000]),
        ("荷兰服务器可伪造源IP\n另有1G口 180U/月", "发包机 现货3台", "quantity", [3]),
        ("VPS ضد البلاغات: 4 معالجات، رام 8 جيجا = 49 دولار شهريا", "", "cpu_cores", [4]),
        (
            "WhatsApp BR .... R$ 2,50\n@lane_pier",
            "NÚMERO VIRTUAL / SMS DE ATIVAÇÃO",
            "country",
            ["BR"],
        ),
        ("Suche VPN, keine Logs, Exit in der Schweiz. Budget 10€ im Monat", "", "country", ["CH"]),
        ("WHY US\nno KYC\nBulletproof VPS in Moldova $12/mo", "", "country", ["MD"]),
        (
            "Escrow: YES  Finalize early: NO\nOne working SMTP relay, 18$ each",
            "INBOX SMTP",
            "country",
            [],
        ),
        ("Country: NO\nOne working SMTP relay, 18$ each", "INBOX SMTP", "country", ["NO"]),
        ("Роутеры микротик 3$ шт\nУкраины и РФ нет.", "", "country", []),
        ("SMTP relay $18\nQty left: 26", "", "quantity", [26]),
        ("Webshells je 3€\nab 10 Stück Rabatt\n@lane_pier", "", "quantity", []),
    ],
)
def test_facts(text: str, title: str, key: str, values: list[int | str]) -> None:
    listing = only(text, title)
    assert [each.value for each in listing.attributes if each.key == key] == values


def test_an_address_whose_sign_is_replaced() -> None:
    found = findings("高防服务器 1200元/月\n邮箱 quay#kefu.example(#换@)").contacts
    assert [(each.kind, each.value) for each in found] == [("email", "quay@kefu.example")]
    assert not findings("高防服务器 1200元/月\n型号 quay#kefu.example").contacts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("高防服务器 1200元/月\n我们是铁桶网络,做了六年", "铁桶网络"),
        ("我们是专业机房,高防服务器 1200元/月", None),
        ("荷兰机房,可伪造源IP 450U/月", None),
        ("☁️ ОБЛАКО «СИЗЫЙ ТУМАН» ☁️\nсвежие логи, месяц — 300$\n@lane_pier", "СИЗЫЙ ТУМАН"),
        ("Servicio de NieblaSur:\nFast flux 95 USDT / semana", "NieblaSur"),
    ],
)
def test_firms(text: str, name: str | None) -> None:
    provider = findings(text).provider
    assert (provider.name if provider else None) == name


def test_setup_sells_no_installs() -> None:
    text = "Спутник, аренда\nSetup / установка: 600$\nAbonent: 350$ / month"
    assert [each.asset_type for each in findings(text).listings] == ["hosting.mobile_satellite"]


def test_who_buys_up_wants() -> None:
    assert findings("5-8$ шт", "скуплю рутов, Debian/CentOS").intent == "wanted"
