"""Words that dates are made of: months, weekdays, "yesterday", "ago", in several languages."""

import re

AGO = re.compile(
    r"(?P<n>[0-9]{1,4}|an?|one)\s+(?P<unit>second|minute|hour|day|week|month|year)s?\s+ago"
    r"|(?P<n2>[0-9]{1,4})?\s*(?P<unit2>секунд|минут|час|день|дня|дней|недел|месяц|год|лет)\w*\s+назад"
    r"|vor\s+(?P<n3>[0-9]{1,4}|einer|einem)\s+(?P<unit3>sekunde|minute|stunde|tag|woche)\w*",
    re.I,
)
UNITS = {
    "seco": 1, "секу": 1, "seku": 1, "minu": 60, "мину": 60, "hour": 3600, "час": 3600,
    "stun": 3600, "day": 86400, "день": 86400, "дня": 86400, "дней": 86400, "tag": 86400,
    "week": 604800, "неде": 604800, "woch": 604800, "mont": 2592000, "меся": 2592000,
    "year": 31536000, "год": 31536000, "лет": 31536000,
}  # fmt: skip
"""Seconds of a unit, by the first letters of its name."""
NOW = re.compile(
    r"(?<!\w)(just now|a moment ago|moments ago|less than a minute|только что|gerade eben)", re.I
)
DAYS = {
    "today": 0, "сегодня": 0, "сьогодні": 0, "heute": 0, "aujourd": 0, "hoy": 0, "oggi": 0,
    "hoje": 0, "dzisiaj": 0, "dziś": 0, "bugün": 0, "今天": 0, "yesterday": 1, "вчера": 1,
    "вчора": 1, "gestern": 1, "hier": 1, "ayer": 1, "ieri": 1, "ontem": 1, "wczoraj": 1,
    "dün": 1, "昨天": 1,
}  # fmt: skip
"""How many days ago a word means."""
DAY_WORD = re.compile(r"(?<!\w)(" + "|".join(DAYS) + r")", re.I)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = re.compile(r"^(" + "|".join(WEEKDAYS) + r")\s+(?:at\s+)?(?=[0-9]{1,2}:)", re.I)
MONTHS = (
    ("jan", "янв", "ene", "gen", "січ"), ("feb", "фев", "fév", "fev", "лют"),
    ("mar", "мар", "mär", "mrz", "бер"), ("apr", "апр", "avr", "abr", "кві"),
    ("may", "май", "мая", "mai", "maj", "mag", "тра"), ("jun", "июн", "juin", "giu", "чер"),
    ("jul", "июл", "juil", "lug", "лип"), ("aug", "авг", "aoû", "ago", "сер"),
    ("sep", "сен", "set", "вер"), ("oct", "окт", "okt", "ott", "out", "жов"),
    ("nov", "ноя", "лис"), ("dec", "дек", "dez", "déc", "dic", "гру"),
)  # fmt: skip
MONTH_OF = {prefix: number for number, names in enumerate(MONTHS, 1) for prefix in names}
MONTH_NAME = "(?P<month>(?:" + "|".join(MONTH_OF) + r")[^\W\d_]{0,8})\.?"
NAMED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<!\w)(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+|of\s+)?{MONTH_NAME}"
        r"[\s,.-]*(?:de\s+)?(?P<y>[12][0-9]{3})?(?!\d)",
        rf"(?<!\w){MONTH_NAME}[\s-]*(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:])"
        r"[\s,-]*(?P<y>[12][0-9]{3})?(?!\d)",
        rf"(?<!\w){MONTH_NAME}[\s,-]*(?P<y>[12][0-9]{{3}})(?!\d)",
    )
)
"""12 July 2026; July 12, 2026; July 2026."""
