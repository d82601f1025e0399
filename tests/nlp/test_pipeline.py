import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.findings import Document, Findings, Span
from nlp.lexicon import load_lexicon
from nlp.version import VERSION
from tests.nlp.analysing import analyser, facts, findings, only_listing

BRANDS = [
    (
        "Kestrel Hosting gives you VPS.\n2 GB - $15/mo, abuse ignored",
        "Bulletproof VPS",
        "Kestrel Hosting",
    ),
    (
        "We at StoneQuay rent servers. $90/month, abuse ignored",
        "StoneQuay - bulletproof dedicated",
        "StoneQuay",
    ),
    (":: OTTER NODES ::\nBulletproof VPS, $15/mo\nOtter Nodes is 5 years old", "", "OTTER NODES"),
    ("Сервис «Маяк» - впн без логов, 200 руб/мес", "", "Маяк"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "name"), BRANDS)
def test_brand(text: str, title: str, name: str) -> None:
    provider = findings(text, title).provider
    assert provider is not None
    assert provider.name == name


NO_BRANDS = [
    ("Bought from StoneQuay, all fine, would buy again", "My review of StoneQuay"),
    ("Need a server like StoneQuay, budget 100$", "[WTB] bulletproof dedicated"),
    ("Selling hacked RDP, USA Admin 6$, Windows Server 2019. Telegram @x_demo_shop", "RDP USA"),
]


@pytest.mark.parametrize(("text", "title"), NO_BRANDS)
def test_no_brand(text: str, title: str) -> None:
    assert findings(text, title).provider is None


def test_columns_of_the_page_outrank_the_text() -> None:
    document = Document(
        text="RDP, Germany, admin. Price: 9 USD. Stock: 3", title="RDP Germany", kind="market"
    )
    assert facts(only_listing(analyser().analyse(document))) >= {("country", "DE"), ("quantity", 3)}
    stated = replace(
        document, fields={"price": "12.50", "stock": "41 left", "region": "Poland"},
        default_currency="EUR",
    )  # fmt: skip
    listing = only_listing(analyser().analyse(stated))
    assert [(p.min, p.currency, p.per) for p in listing.prices] == [(12.5, "EUR", "unit")]
    assert facts(listing) >= {("country", "PL"), ("quantity", 41)}
    assert ("country", "DE") not in facts(listing)


def test_columns_speak_of_the_goods_in_the_title() -> None:
    document = Document(
        text="In stock: hacked RDP.\nBulletproof VPS - 20$ per month, abuse ignored",
        title="Hacked RDP Germany",
        kind="market",
        fields={"price": "12.50 USD"},
    )
    listings = {x.asset_type: x for x in analyser().analyse(document).listings}
    assert [p.min for p in listings["access.rdp"].prices] == [12.5]
    assert [p.min for p in listings["hosting.bph.vps"].prices] == [20]


def test_languages() -> None:
    assert findings("Selling the best servers for you and all of your projects").languages == (
        "en",
    )
    assert findings("Продам дедики, пишите в личку").languages == ("ru",)
    assert findings("Vendo servidores para todos, el pago es en cripto").languages == ("es",)
    assert findings("出售服务器").languages[0] == "zh"


def test_what_was_cut_is_said() -> None:
    assert findings("selling RDP", "x" * 1_500).problems == (
        "title cut at 1000 of 1500 characters",
    )
    assert findings("word " * 9_000).problems[0].startswith("text cut at 20000")
    assert findings("rdp 5$\n" * 1_000).problems == ()


def test_text_behind_a_thousand_amounts_is_read_for_contacts_alone() -> None:
    found = findings("rdp 5$\n" * 1_000 + "vps 7$, telegram @quay_sales")
    assert found.problems == ("text cut behind 1000 amounts",)
    assert [listing.asset_type for listing in found.listings] == ["access.rdp"]
    assert [price.min for price in found.listings[0].prices] == [5.0] * 1_000
    assert [contact.value for contact in found.contacts] == ["quay_sales"]


def test_signature_contacts_are_read_but_not_its_goods() -> None:
    found = analyser().analyse(
        Document(text="thanks", signature="Selling RDP 5$ @sig_demo_shop t.me/sig_demo_shop")
    )
    assert found.listings == ()
    assert {(c.kind, c.span.part) for c in found.contacts} == {("telegram", "signature")}


def test_version_ends_with_the_digest_of_the_words() -> None:
    assert VERSION.endswith(f"-{load_lexicon().digest}")


def _spans(found: Findings) -> list[Span]:
    spans = [c.span for c in found.contacts]
    for listing in found.listings:
        spans += [listing.span, *(p.span for p in listing.prices)]
        spans += [a.span for a in listing.attributes]
    return spans + ([found.provider.span] if found.provider else [])


PIECES = st.sampled_from([
    "Selling RDP ", "bulletproof VPS ", "abuse ignored ", "Продам дедики ", "логи ", "$15/mo ",
    "6$ ", "🇩🇪 ", "USA ", "\n", "| ", "4 GB RAM ", "抗投诉服务器 ", "للبيع ", "@demo_shop_x ",
    "[b]", "[/b]", "?", "куплю ", "revenue $20M ", "domain admin ", "«Маяк» ", "\u200b", "ＲＤＰ ",
    "r d p ", "1.000,50 € ", "İ",
])  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=200)),
    st.one_of(st.just(""), st.lists(PIECES, max_size=4).map("".join), st.text(max_size=40)),
    st.sampled_from(["forum", "channel", "market"]),
)
def test_any_text_gives_valid_places_and_the_same_answer_twice(
    text: str, title: str, kind: str
) -> None:
    found = findings(text, title, kind=kind)
    parts = {"text": text, "title": title}
    for span in _spans(found):
        assert parts[span.part][span.start : span.end] == span.quote
    assert findings(text, title, kind=kind) == found


HOSTILE = {
    "one letter": "a" * 50_000,
    "digits": "1" * 50_000,
    "prices": "$5 " * 15_000,
    "commas": "US," * 15_000,
    "goods": "RDP VPS logs proxy " * 3_000,
    "lines": "rdp 5$\n" * 6_000,
    "open brackets": "[b]" * 15_000,
    "marks": "!?" * 20_000,
    "zalgo": "a\u0301\u0302\u0303" * 12_000,
    "quotes": "«А" * 20_000,
    "capitals": "Aa Bb " * 8_000,
    "brand": "StoneQuay is " * 4_000,
    "numbers": "5 500 000 hosts " * 3_000,
    "revenue": "revenue revenue 1 " * 3_000,
    "chinese": "抗投诉服务器肉鸡" * 5_000,
    "blank": " " * 50_000,
    "newlines": "\n" * 50_000,
    "gigabytes": "4 GB / 8 GB / " * 3_000,
    "nul": "\x00\ud800" * 5_000,
    "machines": "[WTS]\n" + "rdp 5$ us 2gb ram 2 cores, " * 2_000,
    "packs": "[WTS]\n" + "100 logs 5$ " * 4_000,
    "names": "[WTS] rdp 5$\n" + "«Kiln» " * 7_000,
    "spelled": "[WTS] 3 rdp 5$\n" + "five usd " * 6_000,
    "rights": "[WTS] rdp 5$\n" + "روت " * 12_000,
    "thousands": "Prices in USD:\n" + "цена1к1к" * 6_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_little_time(text: str) -> None:
    analyser()
    start = time.process_time()
    findings(text, text[:5_000])
    # the bar is half a second; twice that leaves room for a slow machine
    assert time.process_time() - start < 1.0
