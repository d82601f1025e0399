"""Amounts written in words: `сто баксов`, `полтора косаря рублей`, `twenty bucks`, `cien euros`."""

import re
from collections.abc import Iterator

from nlp.currencies import currency_of
from nlp.folded import folded
from nlp.money import Money
from nlp.sought import Sought

_VALUES = {
    "half": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "пол": 0.5, "полтора": 1.5, "полторы": 1.5, "один": 1, "два": 2, "две": 2, "три": 3,
    "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10,
    "чирик": 10, "пятнадцать": 15, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50,
    "полтинник": 50, "полтос": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80,
    "девяносто": 90, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500,
    "пятихатка": 500, "пятихатку": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800,
    "dos": 2, "tres": 3, "três": 3, "cuatro": 4, "quatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "oito": 8, "diez": 10, "dez": 10, "quince": 15, "quinze": 15, "veinte": 20,
    "vinte": 20, "treinta": 30, "trinta": 30, "cuarenta": 40, "quarenta": 40, "cincuenta": 50,
    "cinquenta": 50, "doscientos": 200, "duzentos": 200, "quinientos": 500, "quinhentos": 500,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "zehn": 10,
    "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 1000, "grand": 1000, "сто": 100, "сотка": 100, "сотку": 100,
    "сотни": 100, "сотня": 100, "сотню": 100, "косарь": 1000, "косаря": 1000, "косарей": 1000,
    "штука": 1000, "штуку": 1000, "штуки": 1000, "тысяча": 1000, "тысячу": 1000, "тысячи": 1000,
    "тысяч": 1000, "тыща": 1000, "тыщу": 1000, "лям": 1e6, "ляма": 1e6, "лямов": 1e6,
    "миллион": 1e6, "cien": 100, "ciento": 100, "cem": 100, "mil": 1000, "hundert": 100,
    "tausend": 1000,
}  # fmt: skip
_WORD = "|".join(sorted([*_VALUES, *_SCALES], key=len, reverse=True))
_CURRENCY = (
    r"us dollars?|dollars?|bucks?|usd|euros?|eur|pounds?|quid|gbp|usdt|бакс\w{0,4}|долл\w{2,6}"
    r"|руб(?:л\w{1,3})?|деревянных|зел[её]ных|зелени|бакинских|евро|грн|гривен\w{0,2}|юсдт|wmz"
    r"|d[oó]lar(?:es)?|reais|pesos(?: mexicanos| colombianos| argentinos| chilenos)?|soles|btc"
)
_MONEY = Sought(rf"(?:{_CURRENCY})(?![^\W_])")
_SPELLED = folded(rf"(?<![^\W_])(?P<words>(?:(?:{_WORD})[\s-]){{1,4}})(?:de )?$")
_NEAR = 60
"""Characters before a currency in which its number words stand."""


def spelled_in(low: str) -> Iterator[Money]:
    """Amounts in words with a currency behind them, in text order; digits are told elsewhere."""
    for said in _MONEY.finditer(low):
        at = said.start()
        if at < 2 or low[at - 1] not in " -" or not low[at - 2].isalpha():
            continue
        first = max(at - _NEAR, 0)
        m = _SPELLED.search(low[first:at])
        start = first + m.start() if m else at
        if m is None or low[max(start - 2, 0) : start].strip()[-1:].isdecimal():
            continue
        currency, scale = currency_of(said[0])
        if currency is not None:
            amount = round(_value(m["words"]) * scale, 9)
            yield Money(amount, amount, currency, "fixed", start, said.end(), start)


def _value(words: str) -> float:
    """What number words say together: `two hundred fifty`, `полтора косаря`."""
    total = part = 0.0
    for word in re.split(r"[\s-]", words.strip()):
        if word in _VALUES:
            part += _VALUES[word]
        elif _SCALES[word] == 100:
            part = (part or 1) * 100
        else:
            total, part = total + (part or 1) * _SCALES[word], 0.0
    return total + part
