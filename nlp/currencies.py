"""Currency signs, codes and slang words."""

import re
from functools import lru_cache

_SIGNS = {
    "us$": "USD", "u$s": "USD", "usd$": "USD", "r$": "BRL", "a$": "AUD", "au$": "AUD",
    "c$": "CAD", "ca$": "CAD", "hk$": "HKD", "nz$": "NZD", "s$": "SGD", "mx$": "MXN", "nt$": "TWD",
    "$": "USD", "＄": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "₽": "RUB",
    "₴": "UAH", "₿": "BTC", "₺": "TRY", "₹": "INR", "₸": "KZT", "₩": "KRW", "₫": "VND",
    "zł": "PLN", "ξ": "ETH", "₮": "USDT", "₾": "GEL", "₪": "ILS", "₦": "NGN", "₱": "PHP",
    "元": "CNY", "块": "CNY", "美元": "USD", "美金": "USD", "刀": "USD", "人民币": "CNY",
    "欧元": "EUR", "欧": "EUR", "港币": "HKD",
}  # fmt: skip
_CODES = re.findall(
    r"\S+",
    "usd eur gbp rub uah cny brl pln chf aud cad mxn kzt inr jpy czk nok dkk huf bgn byn ils aed "
    "sar egp idr vnd thb myr sgd hkd twd krw nzd zar ngn btc eth xmr ltc trx usdt wmz",
)
_SHOUTED = re.findall(
    r"\S+", "TRY SEK RON MAD DZD ARS COP CLP PEN GEL AMD AZN UZS KGS IQD JOD KWD QAR YER LBP TND"
)
_STEMS = {
    "USD": r"us dollars?|dollars?|bucks?|usdollars?|бакс(?:ов|а|ы|ам|ах|иков)?"
    r"|долл?(?:ар(?:ов|а"
    r"|ы|ах|ам)?|\.)?"
    r"|у\.?е\.?|(?:вечно)?зел[её]ных|зелени|бакинских"
    r"|d[oó]lar(?:es)?|dls|d[oó]l\.|دولار(?:ات)?|quid usd|usd\.",
    "EUR": r"euros?|евро|eur\.|يورو",
    "GBP": r"pounds?|quid|фунт(?:ов|а|ы)?|libras?|pfund",
    "RUB": (
        r"руб(?:л(?:ей|я|ь|и|ям|ями|ях)|\.)?|рубл[её]й|rub(?:les?)?|rur|rubl|деревянных|деревяных|р\.?"
        r"|т\.?р\.?|тыр"
    ),
    "UAH": r"грн\.?|гривен(?:ь)?|гривн[аыи]|uah",
    "KZT": r"тенге|тнг|tenge",
    "BYN": r"бел\.? ?руб",
    "CNY": r"rmb|yuan|юан(?:ей|я|ь)",
    "CENTAVO": r"centavos?",
    "EGP": r"جنيه(?: مصري)?",
    "KWD": r"دينار(?: كويتي)?",
    "JOD": r"دينار أردني|دينار اردني",
    "IQD": r"دينار عراقي",
    "BRL": r"reais|real|conto|contos|pila",
    "PLN": r"zl|zlotych|zloty|злотых|zł",
    "TRY": r"tl|liras?|лир|ليرة(?: تركية)?",
    "COP": r"pesos colombianos|cop",
    "ARS": r"pesos argentinos",
    "CLP": r"pesos chilenos",
    "PEN": r"soles",
    "MXN": r"pesos(?: mexicanos)?|mxn",
    "INR": r"rupees?|rs\.?",
    "SAR": r"ريال(?: سعودي)?",
    "YER": r"ريال يمني",
    "MAD": r"درهم مغربي",
    "AED": r"درهم(?: [إا]ماراتي)?",
    "USDT": r"usdt\.?|юсдт|юсдт|tether|тезер|тизер|usdttrc20|usdt-?trc-?20|театр",
    "WMZ": r"вмз|wmz|wm|вм",
    "BTC": r"btc|биткоин(?:ов|а)?|битк(?:а|ов|оин)?|биток|bitcoins?|бтц|比特币",
    "ETH": r"eth(?:er(?:eum)?)?|эфир(?:а|ов)?|эт(?=\b)",
    "XMR": r"xmr|monero|монеро|хмр",
    "LTC": r"ltc|litecoins?|лайткоин(?:ов|а)?|лтц",
    "TRX": r"trx|tron|трон(?:ов|а)?|трх",
    "CENT": r"cents?|цент(?:ов|а)?|¢|ct(?=\b)",
    "KOPEK": r"коп(?:еек|ейки|\.)?",
}
CRYPTO = frozenset({"BTC", "ETH", "XMR", "LTC", "TRX"})
_SIGN = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_LOUD = f"(?-i:{'|'.join(_SHOUTED)})"
_WORD = "|".join([*_STEMS.values(), *_CODES, _LOUD])
_CJK_U = r"[uU](?![A-Za-z\d])"
_KNOWN = {code.lower(): code.upper() for code in [*_CODES, *_SHOUTED]} | _SIGNS
_STEM_PATTERNS = [(re.compile(stem, re.IGNORECASE), code) for code, stem in _STEMS.items()]

_BEFORE_CODES = [*_CODES, _LOUD, "rmb", r"rs\.?", "euros?"]
_BEFORE_CJK = ["人民币", "港币", "美金", "美元", "欧元"]
BEFORE_WORDS = frozenset([*_CODES, *_SHOUTED, "rmb", "rs", "euro", "euros", *_BEFORE_CJK])
"""Words of letters alone that may be a currency before its number, as in a lowered text."""
BEFORE = (
    r"(?:(?<![\w$])(?:US|U|USD|R|A|AU|C|CA|HK|NZ|S|MX|NT)\$S?|[$€£¥₽₴₿₺₹₸₩₫₮]|(?<![^\W\d_])"
    r"(?=[^\W\d_]{2,5}\.?\s?\d)(?:"
    + "|".join(_BEFORE_CODES)
    + rf")|(?:{'|'.join(_BEFORE_CJK)})(?=\s?\d))"
)
"""A currency before its number."""
AFTER_SIGN = rf"(?:{_SIGN})"
AFTER_WORD = rf"(?:(?:{_WORD})(?![^\W_])|{_CJK_U})"


@lru_cache(maxsize=1_000)
def currency_of(written: str) -> tuple[str | None, float]:
    """The currency a sign or word stands for, and what to multiply the amount by (cents: 0.01)."""
    word = written.strip().lower()
    if word in ("u",):
        return "USDT", 1.0
    code = _KNOWN.get(word) or _KNOWN.get(word.rstrip("."))
    if code is None:
        code = next((c for p, c in _STEM_PATTERNS if p.fullmatch(word)), None)
    if code == "CENT":
        return "USD", 0.01
    if code == "CENTAVO":
        return "BRL", 0.01
    if code == "KOPEK":
        return "RUB", 0.01
    if code == "RUB" and re.fullmatch(r"т\.?р\.?|тыр", word):
        return "RUB", 1000.0
    return code, 1.0
