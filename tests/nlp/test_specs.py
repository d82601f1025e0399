# ruff: noqa: E501 (a line of an ad is not broken)
import pytest

from nlp.lexicon import load_lexicon
from nlp.normalise import normalise
from nlp.post import Page
from nlp.specs import Specs, fits
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


FORMS: list[tuple[str, str, set[tuple[str, str | int]], set[tuple[str, str | int]]]] = [
    (
        "Bulletproof VPS",
        "Abuse ignored. 2-4 cores, 8 or 16 GB of RAM, 1 Gbps - $30/mo",
        {("cpu_cores", 4), ("ram_gb", 8), ("cpu_cores", 2), ("ram_gb", 16)},
        set(),
    ),
    (
        "Bulletproof VPS",
        "Abuse ignored.\nRAM: 4 GB\nUplink: 1 Gbps\nPrice: $30/mo",
        {("bandwidth_mbps", 1000), ("ram_gb", 4)},
        {("bandwidth_mbps", 4000)},
    ),
    (
        "Selling hacked RDP",
        "Windows 11, 8 or 16 GB of RAM, US, 6$ each",
        {("ram_gb", 8), ("os", "windows-11")},
        {("os", "windows-8")},
    ),
    (
        "Selling hacked RDP",
        "win 2012 r2 and 2016, US, 6$ each",
        {("os", "windows-server-2012"), ("os", "windows-server-2016")},
        {("os", "windows-2")},
    ),
    (
        "抗投诉服务器",
        "投诉不理\n荷兰 2核4G 60G 1G口 120元/月",
        {
            ("bandwidth_mbps", 1000),
            ("cpu_cores", 2),
            ("ram_gb", 4),
            ("country", "NL"),
            ("disk_gb", 60),
        },
        set(),
    ),
    (
        "抗投诉服务器",
        "投诉不理\n荷兰 16核 32G 240G固态 100M独享 880元/月",
        {("cpu_cores", 16), ("bandwidth_mbps", 100), ("ram_gb", 32), ("disk_gb", 240)},
        set(),
    ),
    (
        "سيرفر اوفشور ديديكيتد",
        "معالج 8 أنوية، رام 32 جيجا، قرص 1 تيرا، الموقع مولدوفا. نتجاهل جميع البلاغات. السعر 95 دولار شهرياً",
        {("disk_gb", 1000), ("country", "MD"), ("ram_gb", 32), ("cpu_cores", 8)},
        set(),
    ),
    (
        "Acceso a constructora",
        "País: México\nIngresos: 48 millones USD según ZoomInfo\nEquipos en la red: unos 620\nPrecio: 800 USD",
        {("country", "MX"), ("revenue_usd", 48000000), ("hosts", 620)},
        set(),
    ),
    (
        "出售某集团内网权限",
        "年营收:约1.2亿美元\n终端:1500台左右\n价格 3500U",
        {("hosts", 1500), ("revenue_usd", 120000000)},
        {("quantity", 1500)},
    ),
    (
        "Zugang Maschinenbauer AT, Citrix",
        "Umsatz: 31 Mio. USD\nHosts: ca. 400\nPreis 1.000 $",
        {("revenue_usd", 31000000), ("hosts", 400)},
        set(),
    ),
    (
        "Selling access: retail company",
        "VPN, domain user, 50M+ revenue, 90 hosts, $500, UK",
        {("revenue_usd", 50000000), ("hosts", 90), ("country", "GB")},
        set(),
    ),
    ("eSIM no passport EU", "€7 pcs", {("country", "EU")}, set()),
    ("SIM-карты без паспорта Польша", "400 руб шт", {("country", "PL")}, set()),
    ("DISPARO DE SMS", "R$ 60 por mil, todas as operadoras", set(), {("country", "DE")}),
    ("Residential proxy", "住宅代理 12元/GB 美国", {("country", "US")}, {("country", "GB")}),
    (
        "Selling hacked RDP",
        "Flats in Ukraine and Georgia, 6$ each",
        {("country", "UA"), ("country", "GE")},
        set(),
    ),
    (
        "Selling hacked RDP",
        "US only: Texas, Georgia, Ohio, 6$ each",
        {("country", "US")},
        {("country", "GE")},
    ),
    ("Selling RDP", "25$ per PC. 16 left", {("quantity", 16)}, set()),
    ("cPanel .com.br", "Acesso cPanel, R$ 22,00 cada. 14 em estoque.", {("quantity", 14)}, set()),
    ("WTB cPanel", "Taking 100 cPanels every week, 3 USD per panel", set(), {("quantity", 100)}),
    ("Selling WHM", "Root WHM $65, CentOS 7", {("privilege", "root")}, set()),
]


@pytest.mark.parametrize(("title", "text", "said", "unsaid"), FORMS)
def test_facts_of_many_forms(
    title: str, text: str, said: set[tuple[str, str | int]], unsaid: set[tuple[str, str | int]]
) -> None:
    found = set().union(*(facts(listing) for listing in findings(text, title).listings))
    assert said <= found
    assert not unsaid & found


def test_a_place_said_once_holds_for_all_hosting() -> None:
    text = (
        "Abuse ignored.\n\nVPS\n1 core, 2 GB RAM - $9/mo\n\nDedicated\nE3, 32 GB RAM - $99/mo\n\n"
        "All servers are in Iceland and Moldova."
    )
    listings = findings(text, "Bulletproof VPS and dedicated servers").listings
    assert len(listings) == 2
    for listing in listings:
        assert {("country", "IS"), ("country", "MD")} <= facts(listing)


def test_only_facts_that_the_goods_take_are_read() -> None:
    """The goods' own facts are the same as those read for all goods."""
    lexicon = load_lexicon()
    specs, types = Specs(lexicon), tuple(lexicon.assets)
    for text, _ in ROWS:
        page = Page("text", normalise(text), normalise(text).clean, ())
        every = specs.facts([page], types)
        for asset_type in types:
            own = [f for f in specs.facts([page], [asset_type]) if fits(f.attribute, asset_type)]
            assert own == [fact for fact in every if fits(fact.attribute, asset_type)]
