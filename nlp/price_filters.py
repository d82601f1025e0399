"""Set-up fees and surcharges, shares of proceeds, and words of auctions."""

import re

from nlp.findings import PriceKind
from nlp.folded import folded
from nlp.sought import Sought

_PLUS = re.compile(r"\+\s?$")
_SETUP_BEFORE = folded(
    r"(?:set[- ]?up(?: fee| cost)?|onboarding|installation|install fee|activation fee|connection"
    r"|настройк[аи]|установк[аи]|подключени[ея]\w*(?: \w{1,12}){0,2}"
    r"|einrichtung(?:sgebühr)?|bereitstellung|instalaci[oó]n|instala[cç][aã]o"
    r"|taxa de (?:ativa[cç][aã]o|instala[cç][aã]o)|alta"
    r"|初装费|开通费|安装费|رسوم (?:ال)?(?:تركيب|تفعيل|تجهيز|إعداد|اعداد|تنصيب)"
    r"|первичная настройка)"
    r"(?:[^\d$€£\n]{0,40})$",
)
_SETUP_AFTER = folded(
    r"[\s(,]{0,3}(?:set[- ]?up|(?:urgent|express|rush|one[- ]?time|setup|installation|activation"
    r"|connection) fee|(?:for |за |на )?(?:настройк|установк|подключени|installation)\w*"
    r"|einrichtung\w*)",
)
_SERVICE = folded(
    r"(?<![^\W_])(?:plus|más|mais|zzgl\.?|плюс)\s$|\+\s?$"
    r"|(?<![^\W_])(?:prepar\w+|подготов\w+|vorbereit\w+|config\w+|activa\w+|aktivier\w+"
    r"|активаци\w+|terminal|hardware"
    r"|equipment|оборудован\w+|equipo|equipamento|antenna|антенн\w+)"
    r"(?:\s[^\W\d]\w{0,12}){0,6}\s?[:=—–-]?\s?$",
)
_SETUP_LIST = folded(
    r"\W*(?:set[- ]?up(?: fees?)?|установка|настройка|подключение|einrichtung|instalaci[oó]n"
    r"|instala[cç][aã]o)\s?:",
)
_FREE_SETUP = folded(r"(?:set[- ]?up|setup|настройка)\W{0,4}(?:0|free|беспл)")
_SHARE = re.compile(
    r"(?<![\w.,])(?P<plus>\+\s?)?(?P<low>\d{1,2})(?:\s?%)?(?:\s?[-–—]\s?(?P<high>\d{1,2}))?\s?%"
    r"(?!\d)",
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
    r"(?:(?:my|our)\s(?:cut|share|percent\w*)|my|your|you (?:get|receive|keep)|вы получаете"
    r"|получаете|получаешь|твои|ваши"
    r"|recib(?:es|ís|e)|te llevas|voc[eê] (?:recebe|fica com|leva)|du bekommst|ihr bekommt|你拿|لك"
    r"|work(?:ing)? for|вам|тебе|мне|нам|даю|да[её]м"
    r"|paying|(?:i|we) pay"
    r"|мой процент|моя доля|наш процент|наша доля"
    r"|процент\w*|доля|share(?: of proceeds)?|split|i take|беру|забираю|for a share of"
    r"|отда[мю]\w{0,3} (?:под|за)|под|rev ?share|revenue share|мы берем|берём|платим|anteil"
    r"|分成)[\s:=—–-]{0,4}(?:is |от |of )?$",
)
_HALVES = Sought(
    r"(?:работ\w{1,4}|work(?:ing)?|split|делим|profit|trabajo|trabalho|dividimos|share)\s?(?:за "
    r"|на |at |al |a |is |it )?:?\s?"
    r"(?P<n>50 ?/ ?50)(?!\d)|(?P<n2>50 ?/ ?50) (?:split|share|profit|от профита|с профита|пополам)",
)
_NOT_SHARE = folded(
    r"\s?(?:off|discount|скидк|uptime|valid|валид|рефер|commission|комисс|fee|garant|bonus|бонус"
    r"|чист)",
)
_AUCTION: dict[PriceKind, str] = {
    "start": r"start(?:ing)?(?:[ -](?:price|bid|at|from))?|старт(?:овая(?: цена)?)?|начало"
    r"|нач\.?|начальная(?: цена| ставка)?|bids? (?:start(?:s|ing)? )?(?:from|at)"
    r"|opening(?: bid)?|lance (?:inicial|m[ií]nimo)"
    r"|puja (?:inicial|m[ií]nima)|precio (?:inicial|de salida)|salida|in[ií]cio|lance|startpreis"
    r"|startgebot|起拍价?|起价|(?:سعر )?بداية(?: المزاد)?|(?:سعر )?الافتتاح"
    r"|السعر الابتدائي|سعر البداية"
    r"|ставки от|(?:стартуем|начинаем) (?:с|от)|(?-i:S)|st\.? ?price",
    "step": (
        r"(?:bid )?step|шаг(?: ставки| аукциона)?|крок|increments?|incremento|pas(?:o|so)|salto"
        r"|escal[oó]n|schritt(?:weite)?"
        r"|gebotsschritt|bietschritt|加价幅度?|加价|(?:مقدار )?(?:ال)?زيادة"
        r"|min(?:imum)?\.? (?:raise|increment)"
        r"|(?-i:ST|St|STEP)"
    ),
    "blitz": (
        r"blitz|блиц(?:[- ]?цена)?|bin|b\.i\.n\.?|buy ?(?:it ?)?(?:now|out)|buyout|выкуп"
        r"|instant(?: buy)?|flash|arremate(?: imediato)?|compra (?:ya|inmediata|directa)"
        r"|sofort-?kauf(?:en)?(?:preis)?|一口价|(?:ال)?شراء (?:ال)?(?:فوري|مباشر)|بلتز|(?-i:B|BL)"
        r"|мгновенная|сразу"
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
    + r")[\s:=—–\-|(>]{0,6}(?:from |от |de )?(?=(?:[a-z]{0,3}[$€£]|usdt?|eur|btc|xmr|brl)?\s?\d)",
)


_AUCTION_WORDS = [Sought(_AUCTION[kind]) for kind in ("step", "blitz", "start")]
"""Rare ones first."""


def is_auction(masked: str) -> bool:
    """Whether a text names at least two of start, step and blitz price."""
    missing = 0
    for words in _AUCTION_WORDS:
        missing += not words.may_match(masked)
        if missing > len(_AUCTION_WORDS) - 2:
            return False
    return len({m.lastgroup for m in AUCTION_LABEL.finditer(masked)}) >= 2


def is_surcharge(label: str) -> bool:
    """Whether a plus stands right before the amount."""
    return _PLUS.search(label) is not None


def is_setup_list(line: str) -> bool:
    """Whether a line lists set-up fees: `Setup: A 50 EUR, B 100 EUR`."""
    return _SETUP_LIST.match(line) is not None


def is_once_for_service(label: str) -> bool:
    """Whether an amount paid once is for work or equipment beside the goods, not the goods."""
    return _SERVICE.search(label[-60:]) is not None


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


def halves_in(masked: str) -> list[tuple[float, float, int, int]]:
    """`работаю 50/50`, `50/50 split`: half of the proceeds as a share; not half of a fee."""
    if "/50" not in masked and "/ 50" not in masked:
        return []
    return [(50.0, 50.0, *m.span("n" if m["n"] else "n2")) for m in _HALVES.finditer(masked)]
