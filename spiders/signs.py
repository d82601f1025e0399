"""What pages of any software look like when they are no content: login, challenge, ban, gone.

These speak only about pages on which an engine found nothing to read; a user's text about
captchas never comes here.
"""

import re
from collections.abc import Callable

from crawler.reading import PageState
from spiders.nodes import SPACE, line_of
from spiders.page import Page
from spiders.pick import first

CHALLENGE_MARKS = (
    "#challenge-form, #challenge-running, #challenge-error-title, #cf-challenge, "
    ".cf-turnstile, .cf-browser-verification, #cf-wrapper .cf-captcha-container, "
    "script[src*='/cdn-cgi/challenge-platform/'], #ddg-captcha, .h-captcha, .g-recaptcha, "
    "#captcha-form, form[action*='captcha'], img[src*='captcha'], input[name*='captcha'], "
    "[id^='sec-if-'], #ddos-guard, script[src*='ddos-guard']"
)
CHALLENGE = re.compile(
    r"just a moment|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"ddos[- ]?(?:protection|guard)|attention required|security check|are you a (?:robot|human)|"
    r"are you human|prove (?:that )?you(?:'re| are) (?:not a robot|human)|"
    r"enter the (?:captcha|code)|"
    r"solve (?:the|this) captcha|enable javascript and cookies to continue|please wait while we "
    r"(?:check|verify)|bot protection|human verification|"
    r"проверка (?:вашего )?браузера|подтвердите,? что вы не робот|вы не робот|"
    r"введите (?:код|капчу)|"
    r"проверка безопасности|защита от ddos|sicherheitsüberprüfung|kein roboter|"
    r"vérification de sécurité|no soy un robot|verificación de seguridad|人机验证|安全验证",
    re.I,
)
BANNED = re.compile(
    r"you (?:have been|are|were) (?:permanently )?banned|your (?:ip(?: address)?|"
    r"account) (?:has been|"
    r"is|was) (?:banned|blocked|suspended)|banned (?:from|"
    r"by) (?:using )?this (?:board|forum|site)|"
    r"sorry [^.]{1,60}, you are banned|you have been blocked|your access (?:has been|"
    r"is) (?:blocked|"
    r"banned)|вы (?:были )?(?:заблокированы|забанены)|ваш (?:ip(?:-адрес)?|аккаунт|адрес) "
    r"(?:за(?:блокирован|банен))|доступ (?:для вас )?заблокирован|du (?:wurdest|"
    r"bist) (?:gesperrt|"
    r"gebannt)|sie wurden (?:gesperrt|gebannt)|vous (?:avez été|êtes) banni|ha(?:s| sido) "
    r"(?:baneado|bloqueado)|has sido expulsado|zostałeś zbanowany|您已被(?:禁止|封)",
    re.I,
)
LOGIN = re.compile(
    r"you (?:must|need to|have to) (?:be logged[ -]in|log ?in|register|login|sign in)|"
    r"please (?:log|sign) ?in"
    r"|login required|you are not logged in|only registered (?:members|users)|members only|"
    r"not logged in or (?:you )?do not have permission|allowed to access this section|"
    r"login or register to (?:view|continue)|log in to (?:view|continue|see)|"
    r"(?:необходимо|нужно|требуется|должны) (?:войти|авториз|зарегистр)|"
    r"войдите(?:,? (?:или|чтобы|на|в)| )|только (?:для )?зарегистрированн|вы не авторизованы|"
    r"(?:müssen|musst) (?:sich |dich |angemeldet|eingeloggt|registriert)|"
    r"bitte (?:melde|melden|logge)|"
    r"vous devez (?:être connecté|vous connecter)|veuillez vous connecter|"
    r"debe(?:s)? (?:iniciar sesión|"
    r"estar registrado|identificar)|inicia sesión para|musisz (?:być|się) za(?:log|rej)|"
    r"请(?:先)?登录|您需要(?:先)?登录",
    re.I,
)
FORBIDDEN = re.compile(
    r"(?:do(?:es)? not|don't|doesn't) have (?:the )?(?:required |sufficient |necessary )?"
    r"permissions?|(?:are|is) not (?:allowed|authori[sz]ed|permitted) to|"
    r"access (?:is |was )?denied|insufficient (?:permissions?|privileges)|"
    r"not a member of (?:the|a) (?:required |usergroup|group)|permission denied|"
    r"нет (?:прав|доступа|разрешени)|недостаточно прав|доступ (?:запрещ|закрыт|ограничен)|"
    r"keine (?:ausreichende[nr]? |nötigen )?(?:berechtigung|rechte|zugriff)|zugriff verweigert|"
    r"n'avez pas (?:la permission|l'autorisation|les permissions)|accès (?:refusé|interdit)|"
    r"no tiene(?:s)? (?:permiso|autorización)|acceso denegado|nie masz uprawnień|无权|没有权限",
    re.I,
)
NOT_FOUND = re.compile(
    r"(?:thread|topic|post|forum|board|page|item|product|message|conversation|listing)s? "
    r"(?:specified |requested |you (?:requested|are looking for) |"
    r"that you (?:requested|specified) )?"
    r"(?:does(?:n't| not) exist|(?:is|was|were|could(?: not|n't) be|not|can(?:not|"
    r"'t) be) (?:not )?found)|"
    r"(?:requested|specified) (?:thread|topic|forum|board|page|"
    r"post) (?:could not be found|does not "
    r"exist)|invalid (?:thread|topic|forum|board|post)|(?:is|"
    r"be) (?:either )?missing(?: or off limits)?|"
    r"\b404\b|page not found|no longer (?:available|exists?)|does not (?:currently )?exist|"
    r"(?:тема|форум|сообщение|страница|раздел|товар|"
    r"запрашиваемая? \w+) (?:не (?:найден|существует)|"
    r"был[аои]? удал|удал[её]н)|не найден[ао]?|не (?:может быть|удалось) найд|не существует|"
    r"(?:thema|forum|beitrag|seite) (?:existiert nicht|(?:wurde |konnte )?nicht gefunden)|"
    r"(?:introuvable|n'existe pas)|no (?:existe|se (?:ha )?encontr)|nie (?:istnieje|znaleziono)|"
    r"不存在|未找到",
    re.I,
)
ERROR = re.compile(
    r"internal (?:server )?error|database error|bad gateway|service unavailable|"
    r"gateway time-?out|"
    r"connection problems|too many connections|внутренняя ошибка|ошибка базы данных",
    re.I,
)
MAINTENANCE = re.compile(
    r"(?:board|forum|forums|site|website|shop|store)s? (?:is |are )?(?:currently |temporarily )?"
    r"(?:closed|offline|unavailable|disabled|down)|maintenance mode|"
    r"(?:under|down for|performing|undergoing|scheduled) (?:\w+ )?maintenance|"
    r"техническ(?:ие|их|ое) (?:работ|обслуж)|форум (?:временно )?(?:закрыт|отключ)|"
    r"wartungs(?:arbeiten|modus)|en mantenimiento|en maintenance|网站维护|系统维护",
    re.I,
)
HIDDEN = re.compile(r"(?is)<(script|style|noscript|select)\b[^>]{0,2000}>.{0,100000}?</\1>")
SEEN = 4000
"""Characters of a page's words that are looked at: notices stand at its top."""

Sign = Callable[[Page, str], bool]


def words_of(page: Page, area: str | None = None) -> str:
    """The start of what a page says, on one line: of `area` where it is there, else of all."""
    parts = [line_of(page.tree.css_first("title"))[:200]]
    node = page.tree.css_first(area) if area else None
    node = node or page.tree.body
    if node is not None:
        parts.append(shown_in(node.html or ""))
    return SPACE.sub(" ", " ".join(parts))[:SEEN]


def shown_in(html: str) -> str:
    """Words of markup: without scripts, styles, hidden notes and tags."""
    bare = HIDDEN.sub(" ", html[:200_000])
    return re.sub(r"<[^>]{0,5000}>", " ", bare)[: SEEN * 4]


QUICK_LOGIN = "#quick_login, #guest_form, .quick_login, .quicklogin, header, #header, #top"
"""Small login boxes that MyBB, SMF and themes show on every page."""


def has_login_form(page: Page) -> bool:
    """Whether a form asks for a password, boxes that stand on every page aside."""
    small = {
        field.mem_id
        for box in page.tree.css(QUICK_LOGIN)
        for field in box.css("input[type=password]")
    }
    return any(field.mem_id not in small for field in page.tree.css("input[type=password]"))


SIGNED_IN = (
    "a[href*='logout' i], a[href*='log-out' i], a[href*='signout' i], a[href*='sign_out' i], "
    "a[href*='logoff' i], form[action*='logout' i], html[data-logged-in='true'], html.LoggedIn, "
    "a[href*='do=logout' i], [data-signed-in='true'], a[href*='login.php?action=out'], "
    "#data-preloaded[data-preloaded*='\"currentUser\"']"
)
"""The ways out that forum software shows to a visitor who is signed in, and to no other."""


def is_signed_in(page: Page) -> bool:
    """Whether a page shows that its visitor is logged in: by a mark or a way out."""
    own = page.selectors.get("signed_in")
    return first(page, None, own if isinstance(own, str) else SIGNED_IN) is not None


def is_challenge(page: Page, words: str) -> bool:
    """Whether a page without content asks to prove that one is human, or waits for a check."""
    return bool(CHALLENGE.search(words)) or page.tree.css_first(CHALLENGE_MARKS) is not None


def sign_of(page: Page, area: str | None = None) -> PageState | None:
    """What a page without content is; None when nothing tells.

    A login form that also shows a captcha is a login page.
    """
    words = words_of(page, area)
    if BANNED.search(words):
        return "banned"
    login = has_login_form(page)
    if is_challenge(page, words) and not login:
        return "challenge"
    if MAINTENANCE.search(words):
        return "maintenance"
    if ERROR.search(words) or page.status >= 500:
        return "error"
    if is_signed_in(page) and (FORBIDDEN.search(words) or LOGIN.search(words)):
        return "forbidden"
    if LOGIN.search(words) or FORBIDDEN.search(words):
        return "login"
    if page.status in (404, 410) or NOT_FOUND.search(words):
        return "not_found"
    if login:
        return "login"
    return None
