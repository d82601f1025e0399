import pytest

from tests.nlp.analysing import facts, findings, only_listing

ROWS: list[tuple[str, set[tuple[str, str | int]]]] = [
    (
        "Bulletproof VPS 2 vCPU, 4 GB RAM, 60 GB SSD, 1 Gbps, Netherlands - $32/mo, abuse ignored",
        {("cpu_cores", 2), ("ram_gb", 4), ("disk_gb", 60), ("bandwidth_mbps", 1000)},
    ),
    (
        "Абузоустойчивый VPS: 4 ядра, 8 гб оперативки, 1 тб диск, 100 мбит, Молдова - 20$/мес",
        {("cpu_cores", 4), ("ram_gb", 8), ("disk_gb", 1000), ("bandwidth_mbps", 100)},
    ),
    (
        "Selling hacked RDP, Germany, Windows Server 2019, admin, $7",
        {("os", "windows-server-2019")},
    ),
    ("Selling hacked RDP 🇩🇪 admin - 7$", {("country", "DE"), ("privilege", "admin")}),
    ("Продам дедики, юса/де, вин 10, юзер - 3$ шт", {("country", "US"), ("privilege", "user")}),
    ("Selling SSH root, London and Milan, 12$ each", {("country", "GB"), ("country", "IT")}),
    ("Selling RDP, US / CA / PL, 5$ each, stock: 41", {("country", "CA"), ("quantity", 41)}),
    ("出售 RDP 肉鸡，美国，管理员，每台 30 元", {("country", "US"), ("privilege", "admin")}),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_facts_of_a_row(text: str, expected: set[tuple[str, str | int]]) -> None:
    assert expected <= facts(only_listing(findings(text)))


def test_facts_of_a_company() -> None:
    text = "Country: US\nRevenue: $85M\nAccess: VPN, domain admin\nHosts: ~400\nStart: $3000"
    found = facts(only_listing(findings(text, "[AUCTION] US construction, DA")))
    assert found == {
        ("country", "US"), ("revenue_usd", 85_000_000), ("privilege", "domain-admin"),
        ("hosts", 400),
    }  # fmt: skip


def test_a_table_with_columns() -> None:
    text = (
        "Abuse ignored, always.\nPlan  CPU  RAM    Disk    Month\n"
        "Wren  1    2 GB   20 GB   $15\nTern  4    8 GB   90 GB   $40\n"
    )
    found = facts(only_listing(findings(text, "Bulletproof VPS")))
    assert {("cpu_cores", 4), ("ram_gb", 8), ("disk_gb", 90), ("ram_gb", 2)} <= found


NOT_COUNTRIES = [
    ("Selling hacked RDP, USA, 6$ each. No Russia, no Ukraine.", {"US"}),
    ("Продам дедики, Польша, 6$ шт. По РФ не работаем, кроме Казахстана", {"PL"}),
    ("Selling RDP, 16 GB RAM, all in stock, 6$ each", set()),
    ("Selling RDP IN bulk, it IS cheap, 6$ each", set()),
]


@pytest.mark.parametrize(("text", "countries"), NOT_COUNTRIES)
def test_what_is_excluded_is_no_country(text: str, countries: set[str]) -> None:
    found = {v for k, v in facts(only_listing(findings(text))) if k == "country"}
    assert found == countries


def test_a_price_is_no_stock() -> None:
    listing = only_listing(findings("Продам соксы\n50 шт - 400 руб\n100 шт - 700 руб"))
    assert "quantity" not in {k for k, _ in facts(listing)}
