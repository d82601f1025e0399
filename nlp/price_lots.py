"""Counted packs: `25 pcs =`, `1k —`, `Ten:`, `whole pack`."""

import re

from nlp.folded import folded
from nlp.numbers import count_of
from nlp.price_units import Unit

_NUMBER = r"\d{1,3}(?:[.,  ]\d{3}){1,2}|\d{1,6}(?:[.,]\d{1,2})?"
_WORDS = (
    r"ten|twelve|twenty|fifty|hundred|sixty|two|three|five|thousand|dozen|десять|десяток"
    r"|двадцать|пять"
    r"|пяток|полсотни|сто|сотка|сотку|сотня|сотню|тыща|тыщу|тысяча|тысячу|diez|dez|docena|dúzia"
    r"|cien|cem"
    r"|cento|zehn|cinco|fünf|dutzend|hundert"
)
_DIGIT = re.compile(r"\d")
_WORD_NUMBER = folded(_WORDS)
_PIECES = (
    r"pcs|pc|pieces?|units?|items?|hosts?|хост(?:ов|а)?|тачек|тачки|машин|vps|впс|шт(?:ук[аи]?"
    r"|\.)?|stk\.?|stück|unidades|unids?|uds?|un|قطع"
    r"|قطعة|شرائح|شريحة|حسابات|حساب|[أا]رقام|رقم|بروكسي|رسالة|رسائل|个|条|张|台|只|号"
    r"|acc(?:ount)?s|акк(?:аунт)?(?:ов|а)|logs?|лог(?:ов|а)|installs?|инсталлов|загрузок|sms|смс"
    r"|messages|сообщений|прокси|prox(?:y|ies)"
    r"|socks5?|сокс(?:ов|а)|носк(?:ов|а)|ips?|айпи|адрес(?:ов|а)|дедик(?:ов|а)|дед(?:ов|а)|rdps?"
    r"|рдп|shells?|шелл(?:ов|а)|numbers|номер(?:ов|а)"
    r"|sims?|esims?|сим(?:ок|ки)|tunnels|туннел(?:ей|я)|roots?|рут(?:ов|а)|smtps?|смтп|domains"
    r"|домен(?:ов|а)|leads|routers|роутер(?:ов|а)|bots?|бот(?:ов|а)"
    r"|keys|ключ(?:ей|а)|activations|активаци[йи]|chips|tarjetas|cuentas|contas|números|nummern"
    r"|konten|emails|mails|cams|cameras|камер|servers|сервер(?:ов|а)"
    r"|boxes|cpanels?|panels|wp|users|юзер(?:ов|а)|accesses|доступ(?:ов|а)|corps|lines|строк"
    r"|records|uniques?|уник(?:ов|а)?|slots|vouchers|requests|запрос(?:ов|а)"
    r"|calls|звонк(?:ов|а)|minutes\b(?=x)"
)
_COUNTED = folded(
    rf"(?:^|[\s,;:|(/—–-])(?:x|х|pack(?:age)? (?:of )?|пакет |пачка |пак |bundle (?:of )?"
    rf"|lote de |paquete de |pacote(?: de)? |bulk[: ]{{1,3}})?"
    rf"(?P<n>{_NUMBER}|{_WORDS})\s?(?P<k>kk|кк|k|к|тыс\.?|mil(?=\s)|m(?=\s)|м(?=\s)|млн|mln|万|千|x"
    rf"|х)?\s?(?P<plus>\+)?\s?(?P<noun>(?:{_PIECES})(?![^\W_]))"
    r"(?P<more>(?:\s[^\W\d_][\w.+-]{0,14}){0,3})[\s:=—–→|>~.(,/]{0,12}-?\s?(?:for|por|за|ب|zu|für"
    r"|en|от|a|=|ровно)?\s?[(:=]?\s?$",
)
_PACKAGE = folded(
    rf"(?<![^\W_])(?:пакет|package|pack|paquete|pacote|paket|باكج|باكيج|باقة|حزمة)\s(?:of |de "
    rf"|из )?(?P<n>{_NUMBER})\s?(?P<k>[kк])?(?P<plus>\+)?\s?"
    rf"(?P<noun>[^\W\d_]{{1,12}}(?:\s[^\W\d_]{{1,12}})?)[^\w\n]{{0,6}}$",
)
_SET = folded(
    r"(?<![\w.,])(?P<n>\d{1,5})(?P<k>[kк])?(?P<plus>\+)?(?:er)?[\s-]?(?:pack|paket|set|bundle"
    r"|пак|пачка)[\s:=—–-]*$",
)
"""`10er Pack 25 €`, `20-pack: $50`."""
_SLANG = folded(
    r"(?<![^\W_])(?P<n>сотка|сотку|сотня|сотню|тыща|тыщу|тысяча|тысячу|десяток|пяток|полсотни"
    r"|dozen|docena"
    r"|dúzia|dutzend)(?P<k>[kк])?(?P<plus>\+)?(?:\s[^\W\d]\w{0,11}){0,4}[\s:=—–-]*$",
)
_PLAN = folded(r"(?<![\w.,])\d{1,4} [^\W\d]\w{1,11}(?: [^\W\d]\w{1,11})?\s?[,+/|]\s?$")
"""Another count before the last one: `6 fronts, 5 domains → $110` is a plan."""
_HOSTS = folded(r"[\d.,]{1,9}\s?[kк]?\s?(?:hosts?|хост|тач|машин|vps|впс)")
"""What is also said of a network's size: a pack only with a sign before its price."""
_GOODS = folded(
    r"(?:bots?|бот|socks|сокс|носк|прокси|prox|rdp|рдп|дед|shell|шелл|roots?|рут|logs?|лог"
    r"|install|инсталл"
    r"|hosts?|хост"
    r"|sims?|сим|acc|акк|cuentas|contas|konten)",
)
"""Goods that are a pack even beside more words and a period; `5 domains` may be a limit."""
_PERIOD_SAID = folded(r"/|(?:per|a|в|за) ")
_IS = re.compile(r"[=:—–→-]\s?$")
_VERSION = folded(
    r"(?<![^\W_])(?:win(?:dows)?|server|srv|office|php|android|ios|iphone|level|lvl|tier|plan|type"
    r"|ver(?:sion)?|v|no|вин"
    r"|винда|винды|сервер|уровень|тариф|план|версия|nivel|nível|stufe)\.?\s?$",
)
"""Before a number that names a version or kind, no count: `win 11 — 25$`."""
_RANGE = re.compile(r"\d\s?[-–—]\s?$")
"""`11-50 pcs $4`: a tier of a price per piece."""
_BARE = folded(
    rf"(?:^|[\s,;:|(])(?:(?P<x>[xх])\s?)?(?P<n>{_NUMBER}|{_WORDS})\s?(?P<k>kk|кк|k|к"
    rf"|тыс\.?|mil|tsd\.?|tausend|万|千)?(?P<times>\s?[xх](?![^\W_])[^\d\n]{{1,24}}?)?"
    rf"(?P<plus>\+)?\s?(?:[-–—=:>→]{{1,2}}|\s(?:for|por"
    rf"|за|ب|für|en)|(?<=\d[kкKК])\s?/)\s?$",
)
_GB = folded(
    rf"^[\W_]*(?:[^:\d\n]{{1,24}}:\s)?(?:(?:traffic|трафик|residential|mobile|резидентские"
    rf"|мобильные|пакет|pack|package"
    rf"|тариф|residenciais"
    rf"|пул)\s|[\u4e00-\u9fff]{{0,4}}(?:住宅|流量"
    rf"|动态)\s?)?(?:from )?(?P<n>{_NUMBER})(?P<range>\s?[-–]\s?\d{{1,5}})?\s?(?:gb|гб|gigs?"
    rf"|جيجا|g|tb"
    rf"|тб)\s?(?P<plus>\+)?\s?(?:for|за|por)?[\s:=—–→|>.-]{{0,12}}$",
)
_LIMIT = folded(
    r"(?<![^\W_])(?:ses|limits?|quota|лимит\w*|квот\w*|up to|до|от|from|over|ab|bis|desde|hasta"
    r"|até)\s(?:of )?[\d.,]{1,7}\s?[kк]?[\s:=—–|-]*$",
)
_TIER = folded(r"(?<![^\W_])(?:от|from|over|ab|desde|until|при|above|a partir de)\s$")
_PACK_AFTER = folded(
    r"[\s(]{0,2}(?:(?:for|за|per|a|the)\s)?(?:the\s|whole\s|весь\s|вс[её]\s|all\s){0,2}(?:pack\b"
    r"|bundle\b|скопом|оптом за вс|за вс[её]|за пачк|пачк|for (?:all|everything|the lot)|lot\b"
    r"|набор|комплект|el paquete|o pacote|das paket|打包|全部"
    r"|all(?=\s?(?:$|[\n,.;)!]))|todo junto|tudo junto|(?:el |o )?lote (?:completo|todo|inteiro)"
    r"|alles zusammen|整包|الكل\b)",
)
_FOR_COUNT = folded(
    rf"\s?(?:for|за|por|für|per|/)\s?(?P<n>{_NUMBER}|{_WORDS})\s?(?P<k>kk|кк|k"
    rf"|к)?(?:\s?(?P<noun>(?:{_PIECES})(?![^\W_]))|(?=\s?(?:$|\n|[,.;)])))",
)
_DASH_COUNT = folded(
    rf"\s?[-–—=]\s?[~≈]?(?P<n>{_NUMBER})\s?(?P<k>[kк])?\s?(?:{_PIECES})(?![^\W_])(?!\s(?:left"
    rf"|in stock|avail|осталось|в налич))",
)
_ALL_BEFORE = folded(
    r"(?:whole (?:pack|lot|list|set)|all (?:of (?:it|them)|together|in one)|price for all"
    r"|for all|take all|everything|вс[её] (?:сразу|вместе|скопом|разом|пачкой)"
    r"|забир\w+ вс[её]|забер\w+ вс[её]|отда\w{1,3} вс[её]|вс[её] одним|оптом вс[её]|whole bundle"
    r"|complete pack|bundle|весь (?:пак|список|объ[её]м|лот)|вс[юе] (?:пачк\w|партию|связк\w)"
    r"|lote (?:completo|todo|inteiro)|ganze[sn]? paket|整包|الكل|جملة|пачкой|pack(?:age)? price"
    r"|todo junto"
    r"|tudo|alles zusammen|全部|打包)[^\d\n]{0,26}$",
)
SPEC_NOUN = folded(
    r"(?:cores?|vcpu|cpu|gb|tb|mb|ram|ssd|threads?|мбит|гбит|mbit|gbit|[mg]bps|ядер|ядра|ядро"
    r"|ghz|days?|дн|мес|h\b|час|min|мин)",
)


def lot_before(label: str, *, with_period: bool = False) -> Unit | None:
    """The pack a label counts right before its amount; 1 is a unit, 1000 a thousand.

    With a period said beside it only counted goods make a pack (`50 socks - 400 руб/мес`).
    """
    label = label[-80:]
    if not (_DIGIT.search(label) or _WORD_NUMBER.search(label)) or _LIMIT.search(label):
        return None
    gigabytes = _GB.match(label)
    if gigabytes and not with_period:
        return _gigabytes(gigabytes)
    m = _COUNTED.search(label)
    if m is None and not with_period:
        m = (
            _PACKAGE.search(label)
            or _SET.search(label)
            or _SLANG.search(label)
            or _BARE.search(label)
        )
    if m is None or (with_period and not _only(label, m)) or _TIER.search(label[: m.start("n")]):
        return None
    lead = label[: m.start("n")]
    if not m["k"] and not m.groupdict().get("noun") and _VERSION.search(lead):
        return None
    size = _HOSTS.match(label, m.start("n")) and not _IS.search(label)
    if size or _PLAN.search(lead):
        return None
    if m["plus"] or (not with_period and _RANGE.search(label[: m.start("n")])):
        return Unit("unit", None, m.start(), m.end())
    count = count_of(m["n"] + (m["k"] if m["k"] and m["k"] not in "xх" else ""))
    return None if count is None or count < 1 else lot(int(count), m.start())


def lot_after(tail: str) -> Unit | None:
    """The pack said behind an amount: `$260 for 500`; quantity 0 for a pack of unsaid size."""
    m = _FOR_COUNT.match(tail)
    if m:
        count = count_of(m["n"] + (m["k"] or ""))
        return None if count is None or count < 1 else lot(int(count), 0, m.end())
    if m := _DASH_COUNT.match(tail):
        count = count_of(m["n"] + (m["k"] or ""))
        return None if count is None or count < 1 else lot(int(count), 0, m.end())
    if m := _PACK_AFTER.match(tail):
        return Unit("lot", 0, 0, m.end())
    return None


def is_whole(label: str) -> bool:
    """Whether a label offers everything at once: `all sixty`, `забираешь всё`."""
    return _ALL_BEFORE.search(label[-60:]) is not None


def lot(count: int, start: int = 0, end: int = 0) -> Unit:
    """The unit of a count of pieces."""
    if count == 1:
        return Unit("unit", None, start, end)
    return Unit("thousand", None, start, end) if count == 1000 else Unit("lot", count, start, end)


def _gigabytes(m: re.Match[str]) -> Unit | None:
    count = count_of(m["n"])
    if count is None:
        return None
    if m["range"] or m["plus"] or count == 1:
        return Unit("gb", None, m.start("n"), m.end())
    return Unit("lot", int(count), m.start("n"), m.end())


def _only(label: str, m: re.Match[str]) -> bool:
    """Whether the label says nothing but the count and its noun."""
    lead = label[: m.start("n")]
    if "," in label[m.end("noun") :]:
        return False
    if _GOODS.match(m["noun"]) and (not re.search(r"[^\W_]", lead) or lead.rstrip()[-1:] in ":|—–"):
        return _PERIOD_SAID.search(m["more"] or "") is None
    return not re.search(r"[^\W_]", lead) and not (m["more"] or "").strip()
