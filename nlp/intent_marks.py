"""Patterns that tell what a post wants, beside the words of data/languages."""

import re

TAG = re.compile(r"^\W*[\[(【{<]\s*([^\])】}>]{1,24})\s*[\])】}>]|^\W*([^\W\d_]{1,9})\s*[:：|/]")
BUYING = re.compile(
    r"\W*(?:also |also: )?(?:buying|we buy|i buy|wtb|куплю|купим|скупаю|покупаю"
    r"|compro|kaufe|收购|求购)"
)
"""Beginning of a line that buys."""
FIRST_WANTED = re.compile(
    r"\W*(?:(?:куплю|купим|покупаю|скупаю|скупка|ищу|ищем|нужн[ыоа]?|нужен|надо|возьму|сниму|приобрету"
    r"|buying|wtb|wtr|lf|iso|looking (?:for|to|4)|need|wanna|we buy|i buy|i want|seeking|searching"
    r"|suche|kaufe|brauche|busco|compro|necesito|quiero comprar|procuro|preciso|quero comprar)\b"
    r"|求购|收购|求租|[求收蹲寻](?=[a-z0-9\u3400-\u9fff])(?![款费入据到教助解证货钱益录藏件])|مطلوب|محتاج|ابحث|أبحث|احتاج|أحتاج"
    r"|عايز|عاوز|ابغى|أبغى|(?:buy|purchase)\s(?!(?:now|from|here|online|cheap|best|our|my|\d|one|two)\b)"
    r"(?!.*\b(?:shop|store|from us|instant|order|stock|only)\b))"
)
FIRST_OFFER = re.compile(
    r"\W*(?:长期|大量|批量|低价|高价|诚心)?[出售卖甩](?=[a-z\u3400-\u9fff])(?![现来去了海差国口])"
)
"""Chinese offers begin with one sign: 出webshell."""
ASKING = re.compile(
    r"\W*(?:что|для чего|ч[её]м|o que|как|како[йем]\w{0,2}|какие|какая|где|кто|почему|зачем|чем"
    r"|сколько|можно ли|стоит ли"
    r"|which|what|how|where|why|who|is|are|does|do|can|should|wie|was|welche\w?|warum|wo|qué|cómo|cuál"
    r"|dónde"
    r"|qual|como|onde|por ?qu[eê]|alguém|alguien)\b|请问|怎么|如何|كيف|هل|ما هو|ما هي"
)
WHO = re.compile(
    r"\W*(?:(?:hi|hello|hey|привет|всем привет|hola|hallo)\W+)?(?:who|any\w*|some\w*"
    r"|(?:does|can|is) (?:any|some)\w*"
    r"|кто|у кого|есть|может|qui[eé]n|alg[uú][ieé]+[nm]|quem|wer|verkauft|vermietet|hat"
    r"|need|want|looking|lf|wtb|buy|ищу|нуж[ен]н?\w?|куплю|busco|compro|procuro|suche|kaufe)\b"
    r"|谁|有|求|收|哪里|من|مين|هل|في حد|حد|أحد|احد|مطلوب"
)
"""Beginning of a question that looks for goods, where how and which look for advice."""
DENIED = re.compile(
    r"(?:\b(?:не|no|not|nicht|kein\w*|não|sin|sem)|n't|无需?|不|لا)\s?$", re.IGNORECASE
)
"""Before a word of buying that is not meant: no passport needed has `not needed` in Russian."""
VOICE = re.compile(
    r"\b(?:[dp]m|pm me|write me|contact|we (?:sell|offer|rent|provide|accept)|i (?:sell|offer|rent)"
    r"|my (?:shop|price)|our (?:shop|prices?|plans?)|пиши\w*|в лс|обращайтесь|связь|контакт\w*"
    r"|прода[юм]\w*|сдам|сдаю|vendo|verkaufe|por privado|chama)\b|联系|私聊|تواصل|راسل"
)
"""Words with which a seller speaks of himself to his readers."""
