import pytest

from nlp.findings import Intent, ListingState
from tests.nlp.analysing import findings

INTENTS: list[tuple[Intent, str, str]] = [
    ("offer", "[SELL] RDP USA admin", "Fresh, 6$ each, 24h replacement. tg @harrow_demo_shop"),
    ("offer", "Сдам прокси", "Соксы, 50 шт - 400 руб/мес, тест час, пишите в лс"),
    ("offer", "", "Vendo VPS offshore, ignoramos quejas, 15 USD al mes, @vps_demo_es"),
    ("offer", "", "出售 webshell，权重站，每个 50 元，联系 @ws_demo_cn"),
    ("offer", "", "للبيع RDP مخترق، 5 دولار، أدمن، تواصل @rdp_demo_ar"),
    ("wanted", "[WTB] cPanels in bulk", "Buying 500 a week, pay 2$ each"),
    ("wanted", "Куплю логи", "нужны логи юса, плачу 1$ за лог, объём любой"),
    ("wanted", "Suche RDP", "Kaufe frische RDP, zahle 5 Euro pro Stück"),
    ("wanted", "", "求购 webshell，预算 100 元一个"),
    ("other", "Which VPN is good?", "My old one stopped working, what do you recommend?"),
    ("other", "Re: RDP USA admin", "bought 10, all alive, recommended seller"),
    ("other", "SCAM REPORT", "He took $200 for RDP and disappeared. Blocked me."),
    ("other", "Rules of the section", "It is forbidden to sell without a price. Fee 5%, min $10."),
    ("other", "Re: Продам шеллы", "ап"),
    ("other", "Re: US access, DA", "3500"),
    ("other", "Гайд: защита RDP", "Разбираемся, как защитить сервер, шаг 1: закрыть порт"),
    ("other", "", "С новым годом, друзья! Дарим 10 подписок на VPN"),
    ("other", "News: hosting owners charged", "Prosecutors said they rented bulletproof servers"),
]


@pytest.mark.parametrize(("intent", "title", "text"), INTENTS)
def test_intent(intent: Intent, title: str, text: str) -> None:
    assert findings(text, title).intent == intent


def test_a_post_of_neither_kind_lists_nothing() -> None:
    assert findings("bought 10 RDP for 60$, all alive", "Re: RDP USA").listings == ()


def test_a_market_page_is_an_offer_unless_it_says_otherwise() -> None:
    text = "SSH tunnel Canada\nPrice: 0.80 USD\nIn stock: 318"
    assert findings(text, kind="market").intent == "offer"
    assert findings("Would buy again, fast", "Review for order #1", kind="market").intent == "other"


STATES: list[tuple[ListingState | None, str, str]] = [
    ("sold", "Re: US access", "SOLD, thanks"),
    ("sold", "Re: Доступ", "Продано. Спасибо всем."),
    ("closed", "Re: Прокси", "Неактуально, тему можно закрывать"),
    ("active", "Re: Доступ", "ещё актуально"),
    ("sold", "[SOLD] US access, DA", "Revenue $20M, 100 hosts, domain admin, 800$"),
    (None, "Re: US access", "any discount for two?"),
    (None, "Shop of RDP", "Every RDP is sold once. " + "USA admin 6$, UK admin 7$. " * 12),
]


@pytest.mark.parametrize(("state", "title", "text"), STATES)
def test_state(state: ListingState | None, title: str, text: str) -> None:
    assert findings(text, title).state == state


@pytest.mark.parametrize(
    "text",
    [
        "Price is a bit high for me, will wait.",
        "Still here, new stock every day.",
        "Ещё в продаже?",
        "Sent you a PM, please answer.",
    ],
)
def test_a_reply_that_names_no_goods_is_no_offer(text: str) -> None:
    assert findings(text).intent == "other"
