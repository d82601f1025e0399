"""Words of invented ads and replies in several languages, for databases of any size."""

import random
from dataclasses import dataclass

LANGUAGES = {"en": 45, "ru": 33, "es": 6, "pt": 5, "zh": 5, "de": 3, "ar": 3}
"""Languages and their shares, per cent."""
WORDS = {
    "en": "fresh fast offshore server panel root admin hidden clean private stable stock warranty "
    "escrow abuse ignored monthly setup bulk country domain traffic shell access network gigabit "
    "cores memory disk windows linux support night replace test order message seller price list",
    "ru": "свежие быстрые сервера дедики доступ админ права чистые приватные стабильно наличие "
    "гарант абузы игнор месяц настройка оптом страна домен трафик шелл сеть гигабит ядра память "
    "диск поддержка замена тест заказ пишите продавец цена список рут панель подсети",
    "es": "servidores rápidos dedicados acceso limpio privado estable garantía mensual abuso país "
    "dominio tráfico red núcleos memoria disco soporte prueba pedido mensaje precio lista",
    "pt": "servidores rápidos dedicados acesso limpo privado estável garantia mensal abuso país "
    "domínio tráfego rede núcleos memória disco suporte teste pedido mensagem preço lista",
    "zh": "独立 服务器 高防 抗投诉 月付 稳定 出售 权限 机房 带宽 内存 硬盘 免实名 担保 价格 联系",
    "de": "schnelle server anonym zugang sauber privat stabil garantie monatlich missbrauch land "
    "domäne verkehr netz kerne speicher platte hilfe prüfung bestellung nachricht preis liste",
    "ar": "خوادم سريعة خاصة وصول نظيف مستقر ضمان شهري تجاهل بلد نطاق شبكة ذاكرة قرص دعم سعر",
}
MINING = {"en": "good for mining", "ru": "под майнинг", "zh": "适合挖矿"}
"""What one ad in a hundred says besides."""
POOL = 1500
"""Sentences a language."""


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences to make texts from."""

    dice: random.Random
    pool: dict[str, list[str]]

    def language(self) -> str:
        """A language, by its share."""
        return self.dice.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]

    def text(self, language: str, sentences: int) -> str:
        """So many sentences."""
        return "\n".join(self.dice.choices(self.pool[language], k=sentences))


def make_words(seed: int) -> Words:
    """The same sentences for the same seed."""
    dice = random.Random(seed)
    pool = {}
    for language, words in WORDS.items():
        vocabulary = words.split()
        # rare words, as names and model numbers are in real posts
        rare = ["".join(dice.choices("abcdefghiklmnoprstuvyz", k=7)) for _ in range(3000)]
        joint = "" if language == "zh" else " "
        pool[language] = [
            joint.join(dice.choices(vocabulary, k=dice.randint(5, 11))) + f" {dice.choice(rare)}."
            for _ in range(POOL)
        ]
    return Words(dice, pool)
