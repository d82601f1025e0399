from pathlib import Path

import pytest
import yaml

from nlp.findings import Document, Findings, Listing
from tests.nlp.analysing import analyser, findings, only_listing


def by_type(found: Findings) -> dict[str, Listing]:
    return {x.asset_type: x for x in found.listings}


def amounts(listing: Listing) -> list[float | None]:
    return [p.min for p in listing.prices]


def test_prices_under_headings_go_to_the_type_of_the_heading() -> None:
    text = (
        "Abuse ignored everywhere.\nDedicated servers\nE3, 16 GB RAM | $149/mo\n"
        "E5, 64 GB RAM | $229/mo\nVPS (KVM)\n1 vCPU / 2 GB RAM | $25/mo\n2 vCPU / 4 GB | $42/mo\n"
    )
    found = by_type(findings(text, "Bulletproof dedicated & VPS"))
    assert amounts(found["hosting.bph.dedicated"]) == [149, 229]
    assert amounts(found["hosting.bph.vps"]) == [25, 42]


def test_a_line_outranks_the_title() -> None:
    text = (
        "root linux - 25$\nwso shell - 1$\ncPanel - 3$\nWHM - 20$\nall fresh, tg @mixed_demo_shop"
    )
    found = by_type(findings(text, "Roots and more"))
    assert amounts(found["access.ssh_root"]) == [25]
    assert amounts(found["access.webshell"]) == [1]
    assert amounts(found["access.hosting_panel"]) == [3, 20]


def test_one_listing_per_type() -> None:
    found = findings("cPanel - 3$\ncPanel SSL - 5$\nWHM - 20$", "Selling cPanel")
    assert amounts(only_listing(found)) == [3, 5, 20]


UNITS = [
    ("Selling hacked RDP, USA admin $6", "unit"),
    ("Double VPN, no logs, price $9, selling", None),
    ("Selling WHM root $60, lifetime", None),
    ("Bulletproof VPS 2 GB - $15/mo, DMCA ignored", "month"),
]


@pytest.mark.parametrize(("text", "per"), UNITS)
def test_goods_by_the_piece_have_prices_per_unit(text: str, per: str | None) -> None:
    assert only_listing(findings(text)).prices[0].per == per


OFF_TOPIC = [
    "Selling CVV, USA classic $9, UK $18, refund 20 minutes",
    "Продам базы, клиенты, 1.2 млн строк - 150$, гарант ок",
    "Ransomware builder for sale, $3000, source code included",
]


@pytest.mark.parametrize("text", OFF_TOPIC)
def test_goods_outside_the_taxonomy_are_one_listing_without_prices(text: str) -> None:
    listing = only_listing(findings(text))
    assert (listing.asset_type, listing.prices, listing.attributes) == ("other", (), ())


def test_a_price_in_title_and_text_counts_once() -> None:
    found = findings("USA admin RDP, 6$ each, 24h replacement", "Selling RDP 6$")
    assert amounts(only_listing(found)) == [6]


def test_what_a_thing_is_for_is_not_offered() -> None:
    found = findings("2 fronts - $60 per month", "Reverse proxy for your panel and shop")
    assert set(by_type(found)) == {"hosting.reverse_proxy"}


def test_rented_windows_with_a_promise_is_a_vps_and_by_the_piece_it_is_rdp() -> None:
    rented = findings("Offshore RDP server, 4 GB - $20 a month. Abuse ignored, any content.")
    assert set(by_type(rented)) == {"hosting.bph.vps"}
    hacked = findings("RDP USA 4GB admin - 6$, fresh, one hand")
    assert set(by_type(hacked)) == {"access.rdp"}


CASES = yaml.safe_load(Path(__file__).with_name("offer_cases.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"] or case["text"][:20])
def test_whole_posts(case: dict[str, str]) -> None:
    intent, _, types = case["wanted"].partition(" ")
    found = findings(case["text"], case["title"], kind=case["kind"], author="somebody")
    assert found.intent == intent
    assert set(by_type(found)) == set(filter(None, types.split(",")))


def test_goods_bought_in_an_offering_post_are_wanted() -> None:
    text = "USA admin RDP - 6$, 24h replacement, tg @two_way_demo\nBuying SMTP, up to 10$ each"
    found = by_type(findings(text, "Selling RDP, USA"))
    assert found["access.rdp"].intent == "offer"
    assert found["access.smtp"].intent == "wanted"


def test_a_market_category_names_goods_that_the_text_does_not() -> None:
    document = Document(
        text="USA, admin, one hand. Price: $6", kind="market", fields={"category": "Hacked RDP"}
    )
    found = analyser().analyse(document)
    assert set(by_type(found)) == {"access.rdp"}
