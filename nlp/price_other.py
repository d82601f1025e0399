"""Money that is no price of what is offered: revenue, deposits, balances, old prices, losses."""

import re

from nlp.folded import folded

_EDGE = r"(?<![^\W_])"
_SUM_OF = (
    r"(?:(?:rev(?:enue|s)?|рев[аыу]?)(?![^\W_])|revenues|turnover|annual sales|sales|income"
    r"|доход\w*"
    r"|ревен[ьюя]\w*|выручк\w*|оборот\w*"
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
    r"[^\d\n;|.]{0,32}(?:[$€£][^\d\n]{0,2})?$"
)
_FEE = (
    r"(?:fees?|takes?|комисси\w*|commission|comisi[oó]n|comiss[aã]o"
    r"|provision)[^\n.]{0,30}\d ?%[^\d\n]{0,24}$"
)
_BEFORE = (
    r"(?:(?<![\dkк$€] )credits?|discount|скидк\w*|descuento|desconto|rabatt|save|bonus\w*|бонус\w*"
    r"|cash ?back|кэшбэк"
    r"|instead of|вместо|statt|en vez de|em vez de|was|were|old price|regular(?: price)?"
    r"|usual(?:ly)?|обычно|normal(?:ly)?"
    r"|раньше|было|был|стоил[аои]?|antes|früher|原价|renews?(?: at| for)?|renewal|续费|продлени\w*"
    r"|(?:shipping|postage|delivery|доставк\w*|env[ií]os?|portes|gastos de env[ií]o|frete|versand"
    r"|porto)(?:\s[^\W\d]\w{0,9}){0,2}"
    r"|курьер\w*(?: \w{1,8})?|почт\w*|за (?:ваш|свой) сч[её]т|paid|took|taken|spent|lost"
    r"|stole|stolen|owes?|scam(?:med)?"
    r"|ripped(?: me| us)?(?: off)?|cheated|estafad\w|estafaron|betrogen|обманул\w*|развел\w*"
    r"|отдал\w*"
    r"|потратил\w*|заплатил\w*|gast(?:ado|ou|ei|[oóé]|amos|aron|aram)|pag(?:ou|uei)|ausgegeben"
    r"|кинул\w*|earn(?:s|ed|ing)?|making|makes|made|profit|заработ\w*|прибыль|bill|"
    r"(?<![\dkк] )(?<!no )(?<!out )limits?"
    r"|(?<![\dkк] )лимит\w*|worth|value|ценност\w*|fine"
    r"|express|экспресс|registered|tracked|over|above|exceed\w*|свыше|orders? (?:over|above"
    r"|from)|при (?:заказе|покупке|сумме) от|\d{1,3} ?%\s(?:bonus )?(?:от|on|for|over|при|ab"
    r"|desde)|(?<!\d )(?<!\d)(?:min(?:imum|imal|\.)?|минимум|мин\.?)"
    r"|add[- ]?ons?|(?:extra|additional|adiciona(?:l|les|is)|zusätzlich\w*"
    r"|доп(?:олнительн\w*)?\.?)(?:\s[^\W\d]\w{0,11}){0,2}"
    r"|surcharge|aufpreis|zzgl\.?|дальше|btc (?:moved|at)|price of btc)"
    r"[\s:=—–-]{0,4}(?:(?:of|is|are|for|from|at|about|like|roughly|almost|почти|типа|approx\.?"
    r"|around|only|over|up to|a|the"
    r"|just|was|cost\w*|kostete|custava|me|us|him|меня|нас|от|до|на|в|около|по|это|de|da|do|von"
    r"|ab|с|был[аои]?|составляет|per year|p\.a\.|yearly|[~≈<>+(])[\s:]{0,2}){0,3}$"
)
_STORY = (
    r"(?:statistics?|stats|статистик\w*|статк\w*)[^\d\n]{0,40}$|"
    r"(?:valorad[oa]s? en|valued at|estimated at|ущерб\w*|убыт\w*|damages?|losses|schaden\w*"
    r"|preju[ií]zos?|daños|perjuicio\w*"
    r"|(?:make|makes|bring|brings|give|gives) (?:me|you|us|in)|приносит|приносят|навар\w*"
    r"|verdien\w+"
    r"|gan[oóé]|gana(?:mos|n)?|ganhei|ganh[ao]\w{0,3}"
    r"|bounty|reward|prize|вознаграждени\w*|наград\w*|recompensa|belohnung"
    r"|(?:was|were|been) offered|offered (?:me|us)|предлагали|предложили|me ofrec\w+"
    r"|(?:leak|bug|hole|log|logs|proof|утечк\w*)\w? (?:and|и) (?:we|i|мы|я) (?:will )?(?:pay"
    r"|заплат\w*|плат\w*)"
    r"|refund(?:s|ed)?|верн[уеё]\w*|возврат\w*|reembols\w+|erstatt\w+|devolv\w+"
    r"|(?:late|cancel\w*|reactivation|withdrawal|transaction|network|delay|exchange|account) fee"
    r"|раньше|ранее|previously|formerly|originally|used to (?:be|cost|sell)|früher|vorher"
    r"|rrp|msrp|uvp|list price|market price|official price|listenpreis"
    r"|precio oficial"
    r"|others? (?:sell|charge|ask|want)|elsewhere|competitors?|конкурент\w*|у других"
    r"|te ahorras?|ahorras?|ahorro|economi[zsа]\w*|экономи\w*|sparst|spart|era|eram|costaba|costava"
    r"|custava|valía|valia|kostete|стоил[аои]?"
    r"|пересыл\w*|(?:доплат|надбавк|наценк)\w*(?:[^\n;|.,$€]{0,30}\d[^\n;|.,$€]{0,12})?|recargo"
    r"|acréscimo|aufschlag"
    r"|кредит\w{0,2}|credit line|spend(?:ing)?(?: limit)?)"
    r"(?:\s[^\W\d_]\w{0,12}){0,5}[\s:(~≈=—–-]{0,3}(?:r(?=[$]))?$"
)
"""Damage, earnings, rewards, refunds, old and others' prices, what is paid on top."""
_SAID = folded(
    rf"{_EDGE}(?:{_SUM_OF}|{_FEE}|{_BEFORE}|{_STORY})"
    r"|(?:deposit|депозит)\w{0,2}\s[^\d\n.]{0,48}$"
)
"""All of these in one pattern: where a word begins is told once."""
_UNSPACED = folded(
    r"(?:押金|保证金|余额|充值|最低消费|手续费|担保费|运费|邮费|快递费?|利润|年?收入|营收|损失|原价|官网价|官方价|市场价"
    r"|立减|立省|返现|优惠|续费|涉案|(?:ال)?[إا]يرادات|عربون|(?:ال)?ت[أا]مين|(?:ال)?رصيد|عمول[ةت]\w?"
    r"|[أا]رباح|ربح"
    r"|خصم|بدل[اً]{0,2} من|بدل|التوصيل|الشحن|توفر|الحد ال[أا]دنى)"
    r"(?:[:：=为是约在至少满\s]|[^\W\d]){0,14}[:：]?\s?[~约]?(?:[$€£¥]\s?)?$",
)
"""The same in scripts that write words without blanks or with prefixes."""
_UNSPACED_LETTER = re.compile(r"[\u0600-\u06ff\u4e00-\u9fff]")
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
    r"|мимо\b|не интерес|not interested|prepaid\b|bond\b|voucher|gift ?card|не беру"
    r"|не предлагать|de saldo|de cr[eé]dito"
    r"|de descuento|de desconto|receita|umsatz|каждому на|на баланс)",
)


def own_label(label: str) -> str:
    """The words between two amounts without those that explain the first one (`$200 balance -`)."""
    m = _AFTER.match(label)
    return label[m.end() :] if m else label


def is_other_money(label: str, tail: str) -> bool:
    """Whether the words around an amount say that it is no price: revenue, deposit, old price…"""
    near = label[-90:]
    if _SAID.search(near) or _AFTER.match(tail):
        return True
    return _UNSPACED_LETTER.search(near) is not None and _UNSPACED.search(near) is not None
