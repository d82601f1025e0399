"""What answers in place of a site: the police, a parking page, a brake, the wrong format.

Asked only of pages on which an engine found nothing to read, and the first two only of pages that
the source's software did not make: what authors write in posts and titles never comes here.
"""

import re

from crawler.reading import PageState, Problem
from spiders.engines import detect
from spiders.page import Engine, Page
from spiders.signs import is_challenge, words_of

SPLASH = 2500
"""Characters of words that a notice in place of a site has at most."""
SEIZED = re.compile(
    r"(?:this|the|these) (?:\w+ ){0,3}?(?:site|website|service|domain(?: name)?s?|forum|"
    r"market(?:place)?|servers?|platform|page)s? (?:has|have|is|was|were) (?:now )?(?:been )?"
    r"(?:seized|confiscated|taken (?:down|over) by (?:law|the police))|"
    r"\b(?:domain|site|website|server|service|forum|marketplace|infrastructure)s? (?:name )?"
    r"(?:has been |have been |was |were )?(?:seized|confiscated)\b|"
    r"seized (?:by|pursuant|as part of|under)|seizure (?:notice|warrant|order|banner)|"
    r"(?:seite|webseite|website|domain|plattform|server|dienst)\w* (?:wurde\w*|ist) (?:\w+ ){0,6}?"
    r"(?:beschlagnahmt|sichergestellt|abgeschaltet)|beschlagnahmt (?:durch|von|im)|"
    r"(?:site|domaine|service|serveur)s? (?:a|ont|est) (?:été )?saisie?s?|saisi par|"
    r"(?:sitio|dominio|página|servicio) (?:ha sido|fue) (?:incautad|intervenid|confiscad)[oa]|"
    r"(?:sito|dominio) (?:è stato|posto sotto) (?:sequestrat|sequestro)|"
    r"(?:website|domein|dienst|site) is (?:\w+ ){0,3}?in beslag genomen|"
    r"(?:strona|domena|serwis) został[ao]? (?:zajęt|przejęt)[aey]|"
    r"(?:сайт|домен|ресурс|сервер|форум|площадка) (?:был[аи]? )?(?:изъят|конфискован|арестован|"
    r"захвачен|заблокирован правоохран)|"
    r"(?:сайт|домен) (?:вилучено|конфісковано|арештовано)|(?:网站|域名)已被(?:查封|没收|扣押)",
    re.I,
)
POLICE = re.compile(
    r"\bFBI\b|Federal Bureau of Investigation|\bEuropol\b|\bEurojust\b|\bInterpol\b|\bBKA\b|"
    r"Bundeskriminalamt|Landeskriminalamt|Generalstaatsanwaltschaft|\bNCA\b|National Crime Agency|"
    r"Department of Justice|Secret Service|Homeland Security|Drug Enforcement|law enforcement|"
    r"\bPolitie\b|\bPolizei\b|\bPolice\b|\bPolicía\b|\bPolizia\b|Guardia (?:Civil|di Finanza)|"
    r"Gendarmerie|\bCBZC\b|\bSBU\b|\bСБУ\b|МВД|кіберполіці|киберполици|公安|"
    r"United States (?:District Court|Attorney)|court order|\bOperation [A-Z]\w+",
    re.I,
)
SEIZED_SIGN = re.compile(r"seiz(?:ed|ure)|beschlagnahm|confiscat|saisi[es_.-]|incautad", re.I)
PARKED = re.compile(
    r"(?:this |the )?domain(?: name)?(?: \S{1,80})? (?:is|may be|might be) (?:for sale|parked|"
    r"available)|buy (?:this|the) domain|domain (?:name )?(?:\S{1,80} )?(?:has |is )?"
    r"expired|domain parking|"
    r"parked (?:free|by|domain)|this domain (?:has been|was) (?:registered|suspended)|"
    r"(?:website|site|hosting) (?:is |has )?(?:coming soon|under construction)|"
    r"welcome to nginx|apache2? (?:\w+ ){0,3}default page|it works!|default web ?site page|"
    r"test page for the|web server'?s default page|iis windows server|"
    r"(?:account|website|site|hosting) (?:has been |is )?suspended|index of /|"
    r"there is no website configured|no site configured|"
    r"домен (?:\S{1,80} )?(?:прода[её]тся|не оплачен|припаркован|свободен)|"
    r"срок регистрации домена|сайт (?:временно )?не опубликован|"
    r"хостинг (?:не оплачен|приостановлен)|"
    r"domain steht zum verkauf|diese domain (?:ist|wurde) (?:registriert|geparkt)|"
    r"domaine (?:est )?à vendre|dominio (?:en|a la) venta|域名(?:出售|已过期)",
    re.I,
)
BRAKE = re.compile(
    r"(?:you may|you can|users may|members may)(?: only)? [^.]{0,60}?(?:once )?every [0-9]{1,5} "
    r"(?:second|minute|sec|min)|flood (?:control|protection|limit)|"
    r"(?:please )?(?:wait|try again in|retry in)(?: at least| for| another)? [0-9]{1,5} "
    r"?(?:second|minute|sec|min)|"
    r"too many (?:requests|page views|hits)|rate[- ]limit(?:ed|ing)?(?: (?:exceeded|reached|hit))?|"
    r"requesting (?:pages )?too (?:fast|quickly|often)|(?:please )?slow down|"
    r"слишком (?:много запросов|часто)|подождите [0-9]{1,5} (?:сек|мин)|"
    r"zu viele (?:anfragen|zugriffe)|warten? sie [0-9]{1,5} (?:sekunden|minuten)|"
    r"trop de requêtes|demasiadas (?:solicitudes|peticiones)|zbyt wiele żądań|"
    r"(?:请求|操作|访问)(?:过于|太)频繁",
    re.I,
)
WAIT = re.compile(
    r"(?:every|wait|in|for|another|least|подождите|через|warten sie|in) (?P<number>[0-9]{1,5}) ?"
    r"(?:(?P<minutes>min|мин)|sec|сек|sek)",
    re.I,
)
LONGEST_BRAKE_S = 3600.0
DATA = frozenset({"mastodon", "reddit", "bluesky", "rss", "telegram_export", "discord_export"})
"""Engines that read JSON or feeds, and no markup."""


def notice_on(page: Page, engine: Engine, state: PageState) -> PageState:
    """What a page that an engine calls `state` really is; `state` where nothing tells more."""
    if state == "ok" or page.is_data or page.text.lstrip()[:1] != "<":
        return state
    words = words_of(page)
    foreign = not engine.detect(page)
    if foreign and is_seized(page, words):
        return "seized"
    if state in ("unknown", "error", "forbidden", "login") and is_brake(page, words):
        return "rate_limited"
    if foreign and state in ("unknown", "not_found", "maintenance", "empty"):
        return "wrong_site" if is_parked(words) or is_others(page, engine, state) else state
    return state


def is_others(page: Page, engine: Engine, state: PageState) -> bool:
    """Whether another software than the source's made a page that nothing else explains."""
    other = detect(page) if state == "unknown" and engine.NAME != "declared" else None
    if other is None:
        return False
    page.note("wrong_site", f"made by {other.NAME}, where {engine.NAME} is expected")
    return True


def is_seized(page: Page, words: str) -> bool:
    """Whether a page is what the police put in a site's place: short, and it says so.

    Often all words are in a picture; then its name, its text or the page's title must tell.
    """
    if len(words) > SPLASH:
        return False
    shown = f"{words} {pictured(page)}"
    if SEIZED.search(shown):
        return bool(POLICE.search(shown)) or len(words) < SPLASH / 4
    return bool(SEIZED_SIGN.search(shown)) and (bool(POLICE.search(shown)) or len(words) < 60)


def pictured(page: Page) -> str:
    """What a page's first pictures say of themselves: their text, title and file name."""
    parts = []
    for node in page.tree.css("img, area, [aria-label], meta[name='description' i]")[:30]:
        for name in ("alt", "title", "aria-label", "src", "content"):
            parts.append((node.attributes.get(name) or "")[:300])
    return " ".join(parts + re.findall(r"url\(['\"]?([^'\")]{1,200})", page.text[:20_000])[:5])


def is_brake(page: Page, words: str) -> bool:
    """Whether a short page asks to come back later because one asked too often."""
    return len(words) <= SPLASH and bool(BRAKE.search(words)) and not is_challenge(page, words)


def is_parked(words: str) -> bool:
    """Whether a short page is that of a registrar, a hosting company or a bare server."""
    return len(words) <= SPLASH and PARKED.search(words) is not None


def brake_s(text: str) -> float:
    """Seconds that a notice asks to wait, at most an hour; 0 where it does not say."""
    match = WAIT.search(text)
    if match is None:
        return 0.0
    return min(float(match["number"]) * (60 if match["minutes"] else 1), LONGEST_BRAKE_S)


def misfits(page: Page, engine: Engine, state: PageState) -> list[Problem]:
    """A problem for data where markup is read, and for markup where data is."""
    if state not in ("unknown", "error") or engine.NAME in ("discourse", "declared"):
        return []
    if page.is_data and engine.NAME not in DATA:
        return [Problem("wrong_format", "data where markup was expected")]
    if not page.is_data and engine.NAME in DATA:
        return [Problem("wrong_format", "markup or text where data was expected")]
    return []
