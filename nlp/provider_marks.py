"""Marks by which a brand is known in a text."""

import re

from nlp.sought import exact

NAME = re.compile(
    r"[A-ZА-ЯЁ](?<![\w@/.&-].)[\w'’]*(?:[-&+][A-ZА-ЯЁ0-9]?[\w'’]*)*"
    r"(?:[ ](?:&[ ])?[A-ZА-ЯЁ0-9][\w'’]*(?:[-&+][A-ZА-ЯЁ0-9]?[\w'’]*)*){0,3}(?!@)"
)
VERB = re.compile(
    r"^(?:[\"”»*]|\s[-–—|]\s|:\s|,\s|™|®)?\s?(?:is\b|are\b|has\b|have\b|gives?\b|sells?\b"
    r"|runs?\b|rents?\b|opens?\b|offers?\b|provides?\b|presents?\b"
    r"|supplies\b|prices\b|update\b|works\b|team\b|welcomes\b|hosts?\b|keeps\b|does\b|-?\s?это\b"
    r"|[-–—]\s?это\b|предлагает|предоставляет|рад\w?\b"
    r"|приветствует|на связи|снова с вами|продаёт|продает|сдаёт|сдает|запускает|открыл\w*|bietet"
    r"|verkauft|vermietet|ist\b|es un\w?\b|ofrece|vende|é um\w?\b|oferece"
    r"|提供|出售|是|为您|نقدم|تقدم|يقدم|makes\b|delivers\b|store\b|since\b|accepts\b)",
    re.IGNORECASE,
)
SELF = re.compile(
    r"(?:\bwe at|\bhere at|under the name|welcome to|\bwe are|\bthis is|thread of|team of|\bteam"
    r"|the brand|\bbrand|мы\s?[-–—]|команда|сервис|магазин|проект"
    r"|хостинг|компания|облако|магаз|шоп|канал|под именем|вас приветствует|на связи|это"
    r"|wir sind|wir von|willkommen bei"
    r"|somos|bienvenidos a|bem-vindo à|aqui é a?|en|na|我们是|这里是"
    r"|servi(?:cio|ço) d[eao]|service (?:of|von)|نحن|shop of|from|by|от|von|de la|da)\s[«\"“*]?$",
    re.IGNORECASE,
)
ENDS = re.compile(r"\s*(?:[-–—|:•]|$|\W+$)|\.\s")
QUOTED = exact(r"[«“\"]([^\W\d_][\w'’&+ -]{2,30})[»”\"]|[「『【]([^\W\d_][\w ]{1,15})[」』】]")
CHINESE = exact(
    r"^[\W_]*([\u4e00-\u9fff]{2,4}(?:云|数据|科技|网络|机房|代理|主机|工作室|商城))(?![\u4e00-\u9fff])"
)
CHINESE_SELF = exact(
    r"(?:我们是|这里是|本店是?|欢迎来到)(?!专业|正规|老牌|一家)"
    r"([\u4e00-\u9fff]{2,4}(?:云|数据|科技|网络|机房|代理|主机|工作室|商城))(?![\u4e00-\u9fff])"
)
"""How a Chinese seller names the own firm, anywhere in a line."""
SHOP = exact(r"(?<!\w)(?:متجر|شركة|فريق|خدمة)\s(?!ال(?:بيع|سعر))(?:[\u0621-\u064a]{3,14})")
SPECIFICATION = re.compile(r"[A-Z]{1,3}\d|\d+[A-Za-z]{1,3}$")
OPENING = ("«", '"', "“", "*")
"""Signs before a name."""
INTRO = re.compile(
    r"(?:\bwe are|\bthis is|\bit'?s|under the name|welcome to|\bhere at|\bwe at|the brand"
    r"|мы\s?[-–—]"
    r"|под именем|вас приветствует|на связи|wir sind|wir von|willkommen bei|\bsomos|bienvenidos a"
    r"|bem-vindos? (?:à|ao)|aqui é a?|我们是|这里是|نحن|اهلا بكم في)\s[«\"“*]?$",
    re.IGNORECASE,
)
"""What a seller says before his own name."""
SIGNED = re.compile(r"\b(?:by|от|von)\s[«\"“*]?$", re.IGNORECASE)
"""What stands before a name that ends a title."""
LEADS = frozenset({
    "команда", "сервис", "магазин", "хостинг", "шоп", "компания", "проект", "ателье", "студия",
    "площадка", "servicio", "serviço", "de", "do", "da",
    "somos", "equipo", "equipe", "tienda", "loja", "team", "wir", "a", "o", "as", "os",
    "la", "el", "los", "las", "die", "der", "das",
})  # fmt: skip
"""Words before a name that are not part of it."""
TRADES = re.compile(
    r"[ -](?:hosting|host|hosts|hoster|vpn|vps|cloud|clouds|servers?|networks?|net|data|datacenter"
    r"|infrastructure|infra|solutions|systems|labs?|market|shop|store|nodes?|services?|team|group"
    r"|vault|bunker|proxies|proxy|logs|domains|names|cdn|dns|sms|voice|telecom|mail|rdp|panel|tech|it)$",
    re.IGNORECASE,
)
"""Last words of firms' names."""
