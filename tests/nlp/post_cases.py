"""Whole invented posts with their prices and contacts, in the notation of test_posts."""

from typing import NamedTuple


class Post(NamedTuple):
    """A post and what it says; prices as in test_prices, contacts as `kind:value`."""

    title: str
    text: str
    prices: str
    contacts: str


POSTS: list[Post] = [
    Post(
        "Offshore KVM, Iceland + Serbia",
        """Hey folks. New batch of nodes went live on 12.03.2024, 99.95% uptime last year.

Tiny    | 1 vCPU | 1 GB  | 20 GB  | €4.20
Little  | 2 vCPU | 4 GB  | 50 GB  | €9.80
Large   | 6 vCPU | 16 GB | 200 GB | €34

Billing is monthly, pay 6 months and get 1 free. Additional IPv4: +€2.
We take BTC/XMR. Deposit on this forum: €1500.
Order: https://coldrack.example/order or telegram @coldrack_sales
Jabber (OTR): boss@coldrack-im.test""",
        "4.2 EUR month; 9.8 EUR month; 34 EUR month",
        "site:coldrack.example telegram:coldrack_sales xmpp:boss@coldrack-im.test",
    ),
    Post(
        "",
        """🔥 SMTP / cPanel / RDP 🔥
▪️ RDP 🇺🇸 8GB - $7
▪️ RDP 🇩🇪 16GB - $9
▪️ cPanel HQ - $5
▪️ SMTP (webmail) - $12
▪️ SMTP office - $38

🎁 buy 5 get 1 free
📲 DM ➜ @zmarket_root
channel: https://t.me/zmarket_updates""",
        "7 USD ?; 9 USD ?; 5 USD ?; 12 USD ?; 38 USD ?",
        "telegram:zmarket_root telegram:zmarket_updates",
    ),
    Post(
        "Selling access: plastics manufacturer, Poland",
        """Country: Poland
Revenue: $64 Million (ZoomInfo)
Employees: 350
Access: AnyDesk + domain user
AV: ESET
Start price - 400$
Min step - 100$
Blitz - 1 100$
Auction ends 48h after last bid. Guarantor of the forum, fee 50/50.
TOX in PM""",
        "400 USD unit start; 100 USD unit step; 1100 USD unit blitz",
        "",
    ),
    Post(
        "Аренда выделенных серверов, Молдова/Нидерланды",
        """Всем привет! Работаем с 2019 г., более 300 клиентов.

E3-1230 / 16GB / 2x500 SSD — 75$
E5-2620v2 / 32GB / 1TB SSD — 110$
2xE5-2650 / 128GB / 2x1TB SSD — 195$
(цены за 1 мес., при оплате за 3 мес. скидка 5%, за 12 мес. — 15%)

Доп. IP — 3$/мес, установка Windows — 10$ разово.
Депозит 0.2 BTC. Минимальный платёж 20$.

Связь: tg @serv_kontora, жабер serv@kontora-jab.example, почта: hello [at] kontora [dot] example""",
        "75 USD month; 110 USD month; 195 USD month; 10 USD ? setup",
        "telegram:serv_kontora xmpp:serv@kontora-jab.example email:hello@kontora.example",
    ),
    Post(
        "",
        """⚡️ Прокси IPv4/IPv6 ⚡️

IPv4 shared:
— 1 нед. 35₽
— 1 мес. 90₽
IPv6:
— 1 мес. 12₽ (от 50 шт. 9₽)

Мобильные РФ: день 150₽ / неделя 800₽ / месяц 2500₽
Бот: @sova_proxy_bot
Поддержка 24/7: @sova_help""",
        "35 RUB week; 90 RUB month; 12 RUB month; 9 RUB month; "
        "150 RUB day; 800 RUB week; 2500 RUB month",
        "telegram:sova_proxy_bot telegram:sova_help",
    ),
    Post(
        "WTB: 200 residential socks5 USA",
        """Need 200 residential socks5, USA, sticky 30 min at least.
Paying 0.8-1.2$ per port weekly, or 2.5$/month.
Also interested in logs from UK, up to 3$ a log. My jab is fernhill@quietjab.test, no telegram.""",
        "0.8..1.2 USD week; 2.5 USD month; ..3 USD unit",
        "xmpp:fernhill@quietjab.test",
    ),
    Post(
        "Bulk SMS gateway",
        """Rates (EUR per SMS):
Germany 0.045
France 0.038
Spain 0.041
Volume > 100k: ask. Test credit 5 EUR for new clients. Top-up from 50 EUR.
Skype: live:smsgate_x, wickr: gatekeep33""",
        "0.045 EUR unit; 0.038 EUR unit; 0.041 EUR unit",
        "wickr:gatekeep33",
    ),
    Post(
        "Xeon root, hacked, gov",
        """Price: $85
In stock: 1
Location: Thailand
RAM: 64 GB
Uptime: 412 days
Seller contact: session 05aa11bb22cc33dd44ee55ff6600112233445566778899aabbccddeeff00112233""",
        "85 USD ?",
        "session:05aa11bb22cc33dd44ee55ff6600112233445566778899aabbccddeeff00112233",
    ),
    Post(
        "продам доступы",
        """WP админки 1.5$ шт, опт от 100 шт - 1$
шеллы 3$ шт
cpanel 4$
рдп брут микс 2.5$, юса 5$, европа 4$
забрать всё сразу - 1200$
оплата btc/usdt trc20, гарант за ваш счёт
тг: kot_v_meshke7""",
        "1.5 USD unit; 1 USD unit; 3 USD unit; 4 USD ?; 2.5 USD ?; 5 USD ?; 4 USD ?; 1200 USD lot",
        "telegram:kot_v_meshke7",
    ),
    Post(
        "VPN sin registros",
        """Hola a todos. VPN doble con servidores en Islandia y Suiza.
1 mes: 6 €
3 meses: 16 €
12 meses: 55 €
Pago con Monero o USDT. Antes costaba 8 € al mes.
Contacto: Telegram → @tunel_negro , correo tunel (arroba) correo (punto) example""",
        "6 EUR month; 16 EUR quarter; 55 EUR year",
        "telegram:tunel_negro email:tunel@correo.example",
    ),
    Post(
        "VPS offshore - aceita Pix",
        """Planos mensais:
Básico 2GB: R$ 35
Médio 4GB: R$ 65
Top 8GB: R$ 120
Taxa de instalação R$ 10 só no Top. Ignoramos DMCA.
Zap: +55 21 5550-0188 | Discord: porao#7731""",
        "35 BRL month; 65 BRL month; 120 BRL month; 10 BRL ? setup",
        "whatsapp:552155500188 discord:porao#7731",
    ),
    Post(
        "Dedizierte Server, keine Fragen",
        """Standort Rumänien, 1 Gbit/s.
Ryzen 5, 64 GB: 79,90 € mtl.
Ryzen 9, 128 GB: 149,00 € mtl.
Einrichtungsgebühr 25 €, entfällt ab 6 Monaten Laufzeit.
Kaution 100 €. Kontakt: Jabber keller@dunkelfunk.example oder Matrix @keller:dunkelfunk.example""",
        "79.9 EUR month; 149 EUR month; 25 EUR ? setup",
        "xmpp:keller@dunkelfunk.example matrix:@keller:dunkelfunk.example",
    ),
    Post(
        "",
        """【海风云】美国抗投诉服务器
E3-1270 16G 100M 月付 90U
E5-2660 64G 1G 月付 180U
站群 /25 月付 260U
季付9折 年付8折
TG:haifeng_yun 频道 t.me/haifeng_news""",
        "90 USDT month; 180 USDT month; 260 USDT month",
        "telegram:haifeng_yun telegram:haifeng_news",
    ),
    Post(
        "استضافة اوفشور",
        """خطط شهرية:
VPS 4GB بسعر 12$
VPS 8GB بسعر 22$
دومين .com بسعر 15$ سنويا
تواصل تليجرام @host_bahr""",
        "12 USD month; 22 USD month; 15 USD year",
        "telegram:host_bahr",
    ),
    Post(
        "IPv4 for rent /24 /23 /22",
        """/24 = 130 USD/mo
/23 = 250 USD/mo
/22 = 480 USD/mo
LOA in 24h, ROA included. AS64499. Setup: free. One-time cleaning of SBL: 60 USD.
Reach me: mail to noc@prefixbarn.example (PGP 0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567)""",
        "130 USD month; 250 USD month; 480 USD month; 60 USD ?",
        "email:noc@prefixbarn.example pgp:0123456789ABCDEF0123456789ABCDEF01234567",
    ),
    Post(
        "Stealer logs cloud",
        """Private cloud, 20 slots (7 left).
Access: 1 week 90$, 1 month 240$, 3 months 600$, lifetime 1500$
Daily upload 2-4k logs, mix world. Also single country request: 15$ per 100 logs.
Bot @skylake_cloud_bot, admin @skylake_adm, reserve channel t.me/+AbCdEfGh1234567""",
        "90 USD week; 240 USD month; 600 USD quarter; 1500 USD ?; 15 USD lot x100",
        "telegram:skylake_cloud_bot telegram:skylake_adm telegram:+abcdefgh1234567",
    ),
    Post(
        "Прозвон и подмена",
        """Подмена номера: 1 мин - 3 руб, пакет 500 мин - 1200 руб.
Флуд: час 400р, сутки 3000р
Минимальное пополнение 500р, бонус 10% от 5000р
Писать в телегу @zvonok_ded или в джаббер ded@zvonki.test""",
        "3 RUB minute; 1200 RUB lot x500; 400 RUB hour; 3000 RUB day",
        "telegram:zvonok_ded xmpp:ded@zvonki.test",
    ),
    Post(
        "DDoS guard for any site",
        """Plans (per month, USD):
Bronze - up to 5 Gbps - 40
Silver - up to 50 Gbps - 110
Gold - up to 500 Gbps - 350
Platinum - custom - from 900
Setup is free. Emergency onboarding $75.
Contact via tg/wickr: hexwall_noc""",
        "40 USD month; 110 USD month; 350 USD month; 900.. USD month; 75 USD ? setup",
        "telegram:hexwall_noc wickr:hexwall_noc",
    ),
    Post(
        "eSIM & SIM anonymous",
        """UK (O2) - 15 GBP
DE (Lebara) - 19 EUR, 10 pcs - 160 EUR
FR - 18 EUR
Rent of a number: 7 EUR/week, 20 EUR/month
Shipping 6 EUR, express 14 EUR.
Signal: +44 7700 900555, mail orders@simdrawer.example""",
        "15 GBP ?; 19 EUR ?; 160 EUR lot x10; 18 EUR ?; 7 EUR week; 20 EUR month",
        "signal:447700900555 email:orders@simdrawer.example",
    ),
    Post(
        "Installs",
        """1000 installs US = 500$, EU = 300$, MIX = 100$
min order 500 installs. payouts no. logs not mine.
tox 123
contact @load_bay , backup icq 733-001-884""",
        "500 USD thousand; 300 USD thousand; 100 USD thousand",
        "telegram:load_bay icq:733001884",
    ),
]
