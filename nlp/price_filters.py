"""Money that is not the price of what is offered, shares of proceeds, and words of auctions."""

import re

from nlp.findings import PriceKind
from nlp.folded import folded
from nlp.sought import Sought

_EDGE = r"(?<![^\W_])"
_SUM_OF = folded(
    _EDGE
    + r"(?:rev(?:enue|s)?|revenues|turnover|annual sales|sales|income|доход\w*|рев(?:ен[ьюя]\w*"
    r"|[аыу])?|выручк\w*|оборот\w*"
    r"|receita|ingresos|facturaci[oó]n|faturamento|umsatz|营收|年收入|الإيرادات|إيرادات|zoominfo|zoom"
    r"|зум\w*"
    r"|deposit\w*|dep[oó]sito|депозит\w*|депо|bond|залог\w*|einlage|kaution|押金|balance|баланс\w*"
    r"|saldo|guthaben|余额"
    r"|refill|top[- ]?ups?|пополнени\w*|recarga\w*|aufladung|充值|минималк\w*"
    r"|(?:escrow|middleman|guarantor|garant)(?: service)? (?:fee|takes)|fee of|комисси\w*"
    r"|commission|comisi[oó]n|comiss[aã]o|provision|手续费"
    r"|average order|avg\.? order|средн\w{2,4} чек|monthly bill|штраф\w*|penalty|salary|зарплат\w*"
    r"|min(?:imum|imal)?\.? (?:order|deposit|top[- ]?up|purchase|payment|refill|amount)"
    r"|минимальн\w{2,4} (?:заказ|пополнени\w*|сумм\w*|депозит|плат[её]ж\w*|оплат\w*|чек)"
    r"|m[ií]nimo de (?:compra|recarga)|mindest\w+|takes? \d{1,2} ?%)"
    r"[^\d\n;|.]{0,32}(?:[$€£][^\d\n]{0,2})?$|(?:deposit|депозит)\w{0,2}\s[^\d\n.]{0,48}$",
)
_FEE = folded(
    _EDGE + r"(?:fees?|takes?|комисси\w*|commission|comisi[oó]n|comiss[aã]o"
    r"|provision)[^\n.]{0,30}\d ?%[^\d\n]{0,24}$",
)
_BEFORE = folded(
    _EDGE + r"(?:credits?|discount|скидк\w*|descuento|desconto|rabatt|save|bonus\w*|бонус\w*"
    r"|cash ?back|кэшбэк"
    r"|instead of|вместо|statt|en vez de|em vez de|was|were|old price|regular(?: price)?"
    r"|usual(?:ly)?|обычно|normal(?:ly)?"
    r"|раньше|было|был|стоил[аои]?|antes|früher|原价|renews?(?: at| for)?|renewal|续费|продлени\w*"
    r"|(?:shipping|postage|delivery|доставк\w*|env[ií]os?|frete|versand"
    r"|porto)(?:\s[^\W\d]\w{0,9}){0,2}"
    r"|курьер\w*(?: \w{1,8})?|почт\w*|paid|took|taken|spent|lost|stole|stolen|owes?|отдал\w*"
    r"|потратил\w*|заплатил\w*"
    r"|кинул\w*|earn(?:s|ed|ing)?|making|makes|made|profit|заработ\w*|прибыль|bill|limits?"
    r"|лимит\w*|worth|value|ценност\w*|fine"
    r"|express|экспресс|registered|tracked|over|above|exceed\w*|свыше|orders? (?:over|above"
    r"|from)|при (?:заказе|покупке|сумме) от|\d{1,3} ?%\s(?:bonus )?(?:от|on|for|over|при|ab"
    r"|desde)|(?<!\d )(?<!\d)(?:min(?:imum|imal|\.)?|минимум|мин\.?)"
    r"|add[- ]?ons?|(?:extra|additional|доп(?:олнительн\w*)?\.?)(?:\s[^\W\d]\w{0,11}){0,2}"
    r"|surcharge|aufpreis|zzgl\.?|дальше|btc (?:moved|at)|price of btc)"
    r"[\s:=—–-]{0,4}(?:(?:of|is|are|for|from|at|about|approx\.?|around|only|over|up to|a|the"
    r"|just|was|cost\w*|kostete|custava|me|us|him|меня|нас|от|до|на|в|около|по|это|de|da|do|von"
    r"|ab|с|был[аои]?|составляет|per year|p\.a\.|yearly|[~≈<>+(])[\s:]{0,2}){0,3}$",
)
_AFTER = folded(
    r"[\s)(]{0,2}(?:(?:goes|added|credited|зачисл\w+)\s)?(?:(?:to|of|in|on|with|as|worth of|на|в"
    r"|de|no|en)\s)?(?:(?:the|free|promo|your|each"
    r"|my|our|start(?:ing)?|ad|ads|их|его)\s)?"
    r"(?:balance|credits?|cred|revenue|rev|revs|turnover|deposit\w*|promo\b|bonus|off(?!shore"
    r"|er)|discount|cash ?back|top[- ]?up|guthaben|saldo|баланс\w*|кредит\w*|inside"
    r"|дороже|дешевле|cheaper|more expensive|more\b|extra\b|выручк\w*|прибыл\w*|ревен\w*"
    r"|оборот\w*|годов\w*|депозит\w*|депо\b|гарант[еу]?\b|back\b|refund|назад|limit\b|escrow fee"
    r"|mm fee"
    r"|bill\b|income|доход\w*|in the wallet|wallets?\b|на кошел\w*|余额|押金|profit\b|profits\b"
    r"|prepaid\b|bond\b|voucher|gift ?card|не беру|не предлагать|de saldo|de cr[eé]dito"
    r"|de descuento|de desconto|receita|umsatz|каждому на|на баланс)",
)
_PLUS = re.compile(r"\+\s?$")
_SETUP_BEFORE = folded(
    r"(?:set[- ]?up(?: fee| cost)?|onboarding|installation|install fee|activation fee|connection"
    r"|настройк[аи]|установк[аи]|подключени[ея]\w*(?: \w{1,12}){0,2}"
    r"|einrichtung(?:sgebühr)?|bereitstellung|instalaci[oó]n|instala[cç][aã]o"
    r"|taxa de (?:ativa[cç][aã]o|instala[cç][aã]o)|alta"
    r"|初装费|开通费|安装费|رسوم (?:التركيب|التفعيل)"
    r"|первичная настройка)"
    r"(?:[^\d$€£\n]{0,40})$",
)
_SETUP_AFTER = folded(
    r"[\s(,]{0,3}(?:set[- ]?up|(?:urgent|express|rush|one[- ]?time|setup|installation|activation"
    r"|connection) fee|(?:for |за |на )?(?:настройк|установк|подключени|installation)\w*"
    r"|einrichtung\w*)",
)
_SETUP_LIST = folded(
    r"\W*(?:set[- ]?up(?: fees?)?|установка|настройка|подключение|einrichtung|instalaci[oó]n"
    r"|instala[cç][aã]o)\s?:",
)
_FREE_SETUP = folded(r"(?:set[- ]?up|setup|настройка)\W{0,4}(?:0|free|беспл)")
_SHARE = re.compile(
    r"(?<![\w.,])(?P<plus>\+\s?)?(?P<low>\d{1,2})(?:\s?%)?(?:\s?[-–—]\s?(?P<high>\d{1,2}))?\s?%(?!\d)",
)
_SHARE_AFTER = folded(
    r"\s?(?:(?:of|from|on)\s(?:the\s|your\s|all\s|final\s|total\s)?(?:net\s)?(?:payout"
    r"|proceeds"
    r"|profits?|ransom|income|earnings|mined|mining|cash ?out|take|outcome|result|money made|haul"
    r"|deal)"
    r"|share|cut|split|me\b|mine|my part|to me|goes to me|revenue share|rev ?share"
    r"|(?:от|с)\s(?:\w{2,8}\s)?(?:прибыл|добыч|выплат|профит|выхлоп|дохода|выкупа|отработк"
    r"|намайн|залив|сумм|выход|сделк)\w*|мне\b|мои\b|моих\b|наши\b|доля"
    r"|(?:de|del|do|da|dos|das)\s(?:l[oa]s?\s|o\s)?(?:ganancias?|beneficios?|lucros?|rescate"
    r"|resgate|pago)"
    r"|(?:vom|am|des)\s(?:gewinn|erlös|lösegeld|umsatz)\w*|anteil|分成|利润|من الأرباح|من الارباح)",
)
_SHARE_BEFORE = folded(
    r"(?:(?:my|our)\s(?:cut|share|percent\w*)|my|your"
    r"|work(?:ing)? for|вам|тебе|мне|нам|даю|да[её]м"
    r"|paying|(?:i|we) pay"
    r"|мой процент|моя доля|наш процент|наша доля"
    r"|процент\w*|доля|share(?: of proceeds)?|split|i take|беру|забираю|for a share of"
    r"|отда[мю]\w{0,3} (?:под|за)|под|rev ?share|revenue share|мы берем|берём|платим|anteil"
    r"|分成)[\s:=—–-]{0,4}(?:is |от |of )?$",
)
_NOT_SHARE = folded(
    r"\s?(?:off|discount|скидк|uptime|valid|валид|рефер|commission|комисс|fee|garant|bonus|бонус"
    r"|чист)",
)
_AUCTION: dict[PriceKind, str] = {
    "start": r"start(?:ing)?(?:[ -](?:price|bid|at|from))?|старт(?:овая(?: цена)?)?|начало"
    r"|нач\.?|начальная(?: цена| ставка)?|bids? (?:start(?:s|ing)? )?(?:from|at)"
    r"|opening(?: bid)?|lance (?:inicial|m[ií]nimo)"
    r"|puja (?:inicial|m[ií]nima)|precio (?:inicial|de salida)|salida|inicio|startpreis"
    r"|startgebot|起拍价?|起价|بداية المزاد|السعر الابتدائي|سعر البداية"
    r"|ставки от|(?:стартуем|начинаем) (?:с|от)|(?-i:S)|st\.? ?price",
    "step": (
        r"(?:bid )?step|шаг(?: ставки| аукциона)?|increments?|incremento|paso|schritt(?:weite)?"
        r"|gebotsschritt|bietschritt|加价幅度?|加价|الزيادة|min(?:imum)?\.? (?:raise|increment)"
        r"|(?-i:ST|St|STEP)"
    ),
    "blitz": (
        r"blitz|блиц(?:[- ]?цена)?|bin|b\.i\.n\.?|buy ?(?:it ?)?(?:now|out)|buyout|выкуп"
        r"|instant(?: buy)?|flash|arremate(?: imediato)?|compra (?:ya|inmediata|directa)"
        r"|sofort-?kauf(?:en)?(?:preis)?|一口价|الشراء الفوري|(?-i:B|BL)|мгновенная|сразу"
    ),
}
_AUCTION_LABELS = [
    (
        kind,
        folded(rf"(?<![^\W_])(?:{words})[\s:=—–\-|(>]{{0,6}}(?:from |от |is |at |de )?$"),
    )
    for kind, words in _AUCTION.items()
]
AUCTION_LABEL = Sought(
    r"(?<![^\W_])(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _AUCTION.items())
    + r")[\s:=—–\-|(>]{0,6}(?:from |от )?(?=[$€£]?\s?\d)",
)


def is_auction(masked: str) -> bool:
    """Whether a text names at least two of start, step and blitz price."""
    return len({m.lastgroup for m in AUCTION_LABEL.finditer(masked)}) >= 2


def own_label(label: str) -> str:
    """The words between two amounts without those that explain the first one (`$200 balance -`)."""
    m = _AFTER.match(label)
    return label[m.end() :] if m else label


def is_other_money(label: str, tail: str) -> bool:
    """Whether the words around an amount say that it is no price: revenue, deposit, old price…"""
    near = label[-90:]
    found = _SUM_OF.search(near) or _FEE.search(near) or _BEFORE.search(near) or _AFTER.match(tail)
    return found is not None


def is_surcharge(label: str) -> bool:
    """Whether a plus stands right before the amount."""
    return _PLUS.search(label) is not None


def is_setup_list(line: str) -> bool:
    """Whether a line lists set-up fees: `Setup: A 50 EUR, B 100 EUR`."""
    return _SETUP_LIST.match(line) is not None


def is_setup(label: str, tail: str) -> bool:
    """Whether the amount is a one-off fee beside the price proper."""
    return _SETUP_AFTER.match(tail) is not None or _SETUP_BEFORE.search(label[-90:]) is not None


def auction_kind(label: str) -> PriceKind | None:
    """start, step or blitz when the label right before an amount says so."""
    return next((kind for kind, words in _AUCTION_LABELS if words.search(label[-40:])), None)


def shares_in(masked: str) -> list[tuple[float, float, int, int]]:
    """Shares of proceeds asked or given: low and high percent, start, end."""
    found: list[tuple[float, float, int, int]] = []
    if "%" not in masked:
        return found
    for m in _SHARE.finditer(masked):
        label, tail = masked[max(0, m.start() - 40) : m.start()], masked[m.end() : m.end() + 40]
        label = label.rpartition("\n")[2]
        said = _SHARE_AFTER.match(tail) or _SHARE_BEFORE.search(label)
        if said and not _NOT_SHARE.match(tail):
            low = float(m["low"])
            found.append((low, float(m["high"] or low), m.start(), m.end()))
    return found
