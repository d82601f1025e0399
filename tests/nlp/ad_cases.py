# ruff: noqa: E501 (a line of an ad is not broken)
"""More invented ads in many hands: title, text, prices in the notation of test_prices."""

ADS: list[tuple[str, str, str]] = [
    (
        "Selling 40 RDP Canada",
        """Hello, selling a pack of 40 RDPs, Canada, all admin. I want 160$ for all of them or 5$ for one.
They come from my own scan, no brute lists. I accept BTC, LTC and USDT (TRC20), min. payment 20$.
Discord: maple.boxes""",
        "160 USD lot x40; 5 USD unit",
    ),
    (
        "Аренда серверов",
        """Сдам сервер в аренду, i9-9900k, 64 гига, 2 nvme по терабайту. Прошу 90 евро в месяц. Если берёте на полгода - 480 евро. Канал гигабит безлимит.
Тест на сутки за 5 евро.""",
        "90 EUR month; 480 EUR half-year; 5 EUR day",
    ),
    (
        "",
        """💎 GOLD VPN 💎
1 device — 30 days — $3.99
5 devices — 30 days — $9.99
5 devices — 365 days — $79.99
No logs. Pay: crypto
@goldvpn_robot""",
        "3.99 USD month; 9.99 USD month; 79.99 USD year",
    ),
    (
        "Domains",
        """Abuse proof domains:
.com - 49$
.net - 55$
.su - 25$
.ru - 25$ / year each. Renewal costs the same.
NS included. Whois fake. Bulk from 10 domains -10%.""",
        "49 USD ?; 55 USD ?; 25 USD ?; 25 USD year",
    ),
    (
        "Куплю логи",
        """Куплю логи США, Канада. Плачу 0.7$ за лог, за логи с криптой до 5$.
Объёмы от 1000 в неделю. Депозит 300$. Жаба buyer@logmart.test""",
        "0.7 USD unit; ..5 USD ?",
    ),
    (
        "IPTV friendly dedi",
        """Specs / price list
D-100 : Xeon E3-1240 | 32GB | 2x480 SSD | 1Gbps ==> 85 EUR/m
D-200 : 2x Xeon Silver | 128GB | 4x960 SSD | 10Gbps ==> 320 EUR/m
D-300 : AMD EPYC 7443P | 256GB | 2x3.84 NVMe | 20Gbps ==> 690 EUR/m
Setup: D-100 none, D-200 50 EUR, D-300 100 EUR""",
        "85 EUR month; 320 EUR month; 690 EUR month; 50 EUR ? setup; 100 EUR ? setup",
    ),
    (
        "SMS OTP",
        """Rates per one sms/otp:
🇷🇺 RU — 12 ₽
🇰🇿 KZ — 9 ₽
🇺🇸 US — 45 ₽
🇬🇧 GB — 38 ₽
Min deposit 100 ₽""",
        "12 RUB unit; 9 RUB unit; 45 RUB unit; 38 RUB unit",
    ),
    (
        "Hacked mail servers",
        """smtp root (fresh) -> 15$
smtp mixed -> 5$
bulk 50 smtp -> 180$
php mailers -> 3$
combo 1kk lines -> 20$""",
        "15 USD ?; 5 USD ?; 180 USD lot x50; 3 USD ?; 20 USD lot x1000000",
    ),
    (
        "Доступ к сети ритейла, Бразилия",
        """Выручка: 58 млн $
Кол-во ПК: ~220
Доступ: RDWeb, права ДА
АВ: SEP
Цена: 2.500$
Торг уместен, гарант приветствуется""",
        "2500 USD ?",
    ),
    (
        "[Auction] FR - law",
        """Country: France
Rev: 12M €
Type: VPN (Forti)
Rights: user
Start : 300
Step : 50
Blitz : 900
PPS : 24h""",
        "300 EUR unit start; 50 EUR unit step; 900 EUR unit blitz",
    ),
    (
        "VDS в Нидерландах",
        """Тарифные планы (руб/мес):
NL-1: 1 ядро, 1 Гб, 20 Гб — 250
NL-2: 2 ядра, 2 Гб, 40 Гб — 450
NL-3: 4 ядра, 8 Гб, 80 Гб — 1200
Скидка 10% при оплате за год.""",
        "250 RUB month; 450 RUB month; 1200 RUB month",
    ),
    (
        "Proxy shop",
        """IPv4 private: $1.5 per IP (month), 10+ IPs - $1.3, 100+ IPs - $1
Rotating: 1 GB $4 | 5 GB $18 | 25 GB $75
Unlimited port: 99$/mo""",
        "1.5 USD month; 1.3 USD month; 1 USD month; 4 USD gb; 18 USD lot x5; 75 USD lot x25; 99 USD month",
    ),
    (
        "",
        """Сдам в аренду вебшеллы с хорошим трастом под дорвеи
ТИЦ 10-50 — 2$
ТИЦ 50-200 — 5$
edu/gov — 15$
Оптом дешевле. Аккаунт в тг @shell_rent_ru""",
        "2 USD ?; 5 USD ?; 15 USD ?",
    ),
    (
        "Bulletproof RDP/VPS",
        """All servers have 1 Gbps port and we dont care about abuse.
✔ 2GB RAM – 1 Core – 30GB SSD – Only $10/month
✔ 4GB RAM – 2 Core – 60GB SSD – Only $18/month
✔ 8GB RAM – 4 Core – 120GB SSD – Only $32/month
🎁 Use code DARK20 for 20% off. Over 3000 happy clients.""",
        "10 USD month; 18 USD month; 32 USD month",
    ),
    (
        "Flood service",
        """Call flood: 1 hour 15$, 1 day 100$, 1 week 400$
SMS flood: 1000 sms 10$, 10 000 sms 70$
Mail flood: 5$ per 10k mails""",
        "15 USD hour; 100 USD day; 400 USD week; 10 USD thousand; 70 USD lot x10000; 5 USD lot x10000",
    ),
    (
        "Root access to hosting provider, IN",
        """Selling root on a hosting company, India, 300 clients inside, WHMCS too.
Their revenue is about 2 million USD. I ask 3000$ or 0.05 btc. No time wasters. First who pays.""",
        "3000 USD ?; 0.05 BTC ?",
    ),
    (
        "Servidores a prueba de abuso",
        """Precios por mes en dólares:
Básico ........ 15
Medio ......... 30
Premium ....... 60
Registro de dominios: 20 dólares al año. Pago en cripto.""",
        "15 USD month; 30 USD month; 60 USD month; 20 USD year",
    ),
    (
        "Proxies móveis 4G",
        """Chip Vivo/Claro/Tim dedicado
diária R$ 15 | semanal R$ 80 | mensal R$ 250
Teste de 1 hora: R$ 5
Pagamento via Pix. Telegram: @proxymovelbr""",
        "15 BRL day; 80 BRL week; 250 BRL month; 5 BRL hour",
    ),
    (
        "Biete Bulletproof vServer",
        """Mini: 1 Kern, 2 GB – 6 EUR
Midi: 2 Kerne, 4 GB – 11 EUR
Maxi: 4 Kerne, 8 GB – 20 EUR
Alle Preise pro Monat, Zahlung nur Krypto. Windows-Lizenz +5 EUR.""",
        "6 EUR month; 11 EUR month; 20 EUR month",
    ),
    (
        "美国服务器",
        """美国洛杉矶 E5-2620 32G 1T 20M独享 月付 680元
香港 CN2 E3 16G 10M 月付 750元 季付 2100元
日本 VPS 2核4G 每月 98元
高防IP 300G防御 1500元/月 起""",
        "680 CNY month; 750 CNY month; 2100 CNY quarter; 98 CNY month; 1500.. CNY month",
    ),
    (
        "Private SOCKS bots",
        """Subscription: week - 25, month - 80, 3 months - 200 (USD)
Online now ~4,500. Countries 90+. Limit 100 per day.""",
        "25 USD week; 80 USD month; 200 USD quarter",
    ),
    (
        "ISO: bulletproof host for panel",
        "Looking for VPS for a panel. 2-4 GB RAM is ok. My price is 20-25$ monthly, maybe 30$ if really stable. Will pay for 3 months at once.",
        "20..25 USD month; 30 USD month",
    ),
    (
        "Steam + Netflix + RDP",
        """RDP 2 cores 4GB 30 days = 3$
RDP 4 cores 8GB 30 days = 5$
RDP 8 cores 16GB 30 days = 9$
replacement 15 days""",
        "3 USD month; 5 USD month; 9 USD month",
    ),
    (
        "Mikrotik pack",
        """Selling 2500 mikrotik (vpn/socks ready)
price 0.25$ for one, min 100 pcs
all 2500 = 400$""",
        "0.25 USD unit; 400 USD lot x2500",
    ),
    (
        "Caller ID spoofing",
        """Tariffs:
- USA/CA $0.04 per min
- UK $0.06 per min
- EU $0.09 per min
Account activation $25 (goes to your balance).""",
        "0.04 USD minute; 0.06 USD minute; 0.09 USD minute",
    ),
    (
        "Облако логов",
        """Подписка:
7 дней – 3000₽
30 дней – 9000₽
Навсегда – 45 000₽
Ежедневно 1-2к новых логов. Для входа пишите @oblako_ne_moe, оплата в боте.""",
        "3000 RUB week; 9000 RUB month; 45000 RUB ?",
    ),
    (
        "VPS cheap",
        "cheap vps 3$, 5$ and 8$ monthly, ask for specs",
        "3 USD month; 5 USD month; 8 USD month",
    ),
    (
        "WTS cpanels",
        "cp 3.5 usd / whm 20 usd / smtp 8 usd, pm",
        "3.5 USD ?; 20 USD ?; 8 USD ?",
    ),
    (
        "Сим-карты",
        "Симки мтс/билайн 350 р/шт, от 20 шт 300 р/шт, от 100 шт 250 р/шт. Доставка сдэк 400р",
        "350 RUB unit; 300 RUB unit; 250 RUB unit",
    ),
    (
        "esim",
        """eSIM data 10GB EU - 12$
eSIM data 50GB EU - 35$
numbers only - 6$""",
        "12 USD ?; 35 USD ?; 6 USD ?",
    ),
    (
        "hosting arabic",
        """استضافة ضد الحذف
الخطة الاولى 5$ في الشهر
الخطة الثانية 60 دولار في السنة
سيرفر كامل 150$ شهرياً""",
        "5 USD month; 60 USD year; 150 USD month",
    ),
    (
        "GPU",
        "RTX 4090 box: 0.55$/hr, A100: $1.8 per hour, month price on request",
        "0.55 USD hour; 1.8 USD hour",
    ),
    (
        "Reverse proxy",
        "Price: 80 USD / 30 days / front. Second front: 50 USD / 30 days",
        "80 USD month; 50 USD month",
    ),
    (
        "fastflux",
        """1 domain — 250$ / month
5 domains — 900$ / month
dns only — 70$ / month
test 24h — 20$""",
        "250 USD month; 900 USD lot x5; 70 USD month; 20 USD day",
    ),
    (
        "installs",
        "EU mix 1k/250$, US 1k/600$, 500 = 320$",
        "250 USD thousand; 600 USD thousand; 320 USD lot x500",
    ),
    (
        "Crypted servers",
        """I rent servers with full disk encryption. Prices in dollars per month.
Server A (Ryzen 3600/64/2x500): 70
Server B (Ryzen 5950/128/2x1000): 140
Server C (Epyc/256/4x2000): 380
Minimum period is one month, paid in advance. If you order two servers you get 5% off.""",
        "70 USD month; 140 USD month; 380 USD month",
    ),
    (
        "Дедики под брут и чек",
        """Дедики на сутки/неделю/месяц
8 ядер 16гб: 150р/900р/3000р
16 ядер 32гб: 250р/1500р/5000р""",
        "150 RUB day; 900 RUB week; 3000 RUB month; 250 RUB day; 1500 RUB week; 5000 RUB month",
    ),
    (
        "",
        """Shop updated ✅
US RDP - 4$ x 50
UK RDP - 5$ x 20
DE RDP - 5$ x 11
cPanel - 3$ x 100
Join @tools_daily""",
        "4 USD ?; 5 USD ?; 5 USD ?; 3 USD ?",
    ),
    (
        "Fullz no, hosting yes",
        """Offshore hosting packages:
Bronze 5GB $2.99
Silver 20GB $5.99
Gold 50GB $9.99
(billed monthly)
SSL free, migration $15 one time""",
        "2.99 USD month; 5.99 USD month; 9.99 USD month; 15 USD ?",
    ),
    (
        "Access to city hall, Italy",
        """Type: Citrix
Rights: local admin
Revenue: gov
Hosts: 130
Price: 1.2k usd""",
        "1200 USD ?",
    ),
    (
        "Продам корп доступ",
        """США, юр. фирма, 15кк ревеню, пульс, юзер домена, 80 хостов
старт 200 шаг 50 блиц 500
пишите в пм""",
        "200 - unit start; 50 - unit step; 500 - unit blitz",
    ),
    (
        "SMTP warmed up",
        """Price list
Office365 x1 = 40 USD
Office365 x5 = 180 USD
Office365 x10 = 330 USD
GSuite x1 = 35 USD""",
        "40 USD unit; 180 USD lot x5; 330 USD lot x10; 35 USD unit",
    ),
    (
        "bots 4 rent",
        "need bots? 24h 100 bots = 20$, 24h 1000 bots = 120$. week 1000 bots = 600$",
        "20 USD lot x100; 120 USD thousand; 600 USD thousand",
    ),
    (
        "Аренда подсетей",
        """Подсеть /24 в аренду: RIPE - 110 евро, ARIN - 130 евро, APNIC - 120 евро (в месяц)
Продажа ASN 300 евро. Своп раз в месяц 20 евро.""",
        "110 EUR month; 130 EUR month; 120 EUR month; 300 EUR ?; 20 EUR month",
    ),
    (
        "Bulk email hosting",
        """Mailing server plans
- 5 IPs | 50k/day | $150
- 15 IPs | 200k/day | $390
- 30 IPs | 500k/day | $700
Monthly payment. Contract none.""",
        "150 USD month; 390 USD month; 700 USD month",
    ),
    (
        "[RU] прокси",
        "прокси ру/юа 3 руб/сутки, 60 руб/мес; индивидуальные от 80 руб/мес. промо 2+1 до конца марта",
        "3 RUB day; 60 RUB month; 80.. RUB month",
    ),
    (
        "Warmed AWS",
        """AWS 8 vcpu — $25
AWS 32 vcpu — $70
AWS SES 50k — $150
AWS $1000 credits — $120
Azure $200 — $20""",
        "25 USD ?; 70 USD ?; 150 USD ?; 120 USD ?; 20 USD ?",
    ),
    (
        "Hidden services hosting",
        """Tor hosting. 1 GB space, 1 onion, own mysql.
15 EUR for 3 months, 25 EUR for half a year, 45 EUR for a year.
Vanity onion (7 chars): + 30 EUR.""",
        "15 EUR quarter; 25 EUR half-year; 45 EUR year",
    ),
    (
        "Wholesale numbers",
        """Virtual numbers US (non-VoIP)
1-50: $0.9
51-500: $0.7
500+: $0.5
per number, one use""",
        "0.9 USD unit; 0.7 USD unit; 0.5 USD unit",
    ),
    (
        "rent hvnc",
        "Hvnc rent -> 1 day 15$ // 1 week 70$ // 1 month 200$ // source 3000$",
        "15 USD day; 70 USD week; 200 USD month; 3000 USD ?",
    ),
    (
        "vpn reselling",
        """Reseller panel of our VPN
100 keys 90 EUR
500 keys 380 EUR
1 key retail 3 EUR/month""",
        "90 EUR lot x100; 380 EUR lot x500; 3 EUR month",
    ),
    (
        "Куплю",
        "Куплю впс под почту, порт 25 открыт, до 10$ в мес. Срочно! Гарант оплачу сам, депозита нет.",
        "..10 USD month",
    ),
    (
        "Suche",
        "Suche RDP DE, zahle bis 15 € pro Stück oder 100 € für 10 Stück.",
        "..15 EUR unit; 100 EUR lot x10",
    ),
    (
        "compro",
        "Compro accesos a cpanel .ar, pago 2 USD por cada uno, hasta 50 por semana",
        "2 USD unit",
    ),
    (
        "出售",
        "出售美国住宅IP 5U/月/个，量大优惠，50个以上4U",
        "5 USDT month; 4 USDT month",
    ),
    (
        "收购",
        "收购 AWS 账号 32v 60U 一个，8v 20U",
        "60 USDT unit; 20 USDT ?",
    ),
    (
        "بيع",
        "بيع RDP امريكا 6$ للواحد، 10 بـ 50$",
        "6 USD unit; 50 USD lot x10",
    ),
    (
        "Shells",
        """Wso shells | random: 1.2$ | with mailer: 2$ | edu: 6$ | gov: 9$
payment: btc (min 10$)""",
        "1.2 USD ?; 2 USD ?; 6 USD ?; 9 USD ?",
    ),
    (
        "RDP with GUI",
        "RDP price: 1 month 10$, 1 week 4$. Free test 1h. Total sold 900.",
        "10 USD month; 4 USD week",
    ),
    (
        "Satellite",
        "Uplink: 512 kbit 200 EUR, 1 mbit 350 EUR, 4 mbit 900 EUR. All per month, dish 600 EUR once.",
        "200 EUR month; 350 EUR month; 900 EUR month; 600 EUR ?",
    ),
    (
        "crypto",
        "Price $200 (0.0031 BTC) per month",
        "200 USD month; 0.0031 BTC month",
    ),
    (
        "price",
        "price: 35 $ / 3200 руб",
        "35 USD ?; 3200 RUB ?",
    ),
    (
        "title",
        """cPanel 5$
now only 3.5$!!!
plesk 4$ => 3$""",
        "5 USD ?; 3.5 USD ?; 3 USD ?",
    ),
    (
        "Spam hosting",
        "VPS from 15$, dedicated from 80$, /24 from 120$ monthly",
        "15.. USD month; 80.. USD month; 120.. USD month",
    ),
    (
        "Проверка",
        "Чек логов 10р за 100 шт, сортировка 500р разово",
        "10 RUB lot x100; 500 RUB ?",
    ),
    (
        "",
        "VPS Start\n2 vCPU\n4 GB RAM\n$10\nper month\n\nVPS Pro\n4 vCPU\n8 GB RAM\n$18\nper month",
        "10 USD month; 18 USD month",
    ),
    ("", "Plan: Alpha\nPrice: €7.50\nPeriod: month", "7.5 EUR month"),
    ("", "300$ - 50 шт\n500$ - 100 шт", "300 USD lot x50; 500 USD lot x100"),
    ("", "1 - 5$, 5 - 20$, 10 - 35$", "5 USD unit; 20 USD lot x5; 35 USD lot x10"),
    ("", "5$ — USA admin\n6$ — UK admin", "5 USD ?; 6 USD ?"),
    ("", "RDP: USA(5$), UK(6$), DE(6$)", "5 USD ?; 6 USD ?; 6 USD ?"),
    ("", "$5 VPS | $10 VPS | $20 VPS, all monthly", "5 USD month; 10 USD month; 20 USD month"),
    ("", "Цена 5 долл./мес., при оплате за год 50 долл.", "5 USD month; 50 USD year"),
    ("", "Стоимость услуги - 3000 руб. Срок - 2 дня", "3000 RUB ?"),
    ("", "аккаунт AWS (лимит 32): 4500р\nаккаунт GCP ($300): 1500р", "4500 RUB ?; 1500 RUB ?"),
    ("", "Price: 0.5 XMR or 80 USDT or 75 EUR (SEPA)", "0.5 XMR ?; 80 USDT ?; 75 EUR ?"),
    (
        "",
        "Dedicated from 60$ to 400$ per month, VPS from 6$ to 45$ per month",
        "60..400 USD month; 6..45 USD month",
    ),
    (
        "",
        "Стартуем с 700$, шаг 100$, блиц 2000$",
        "700 USD unit start; 100 USD unit step; 2000 USD unit blitz",
    ),
    (
        "",
        "Bids start at 1000$. Step 100$. BIN 3500$.",
        "1000 USD unit start; 100 USD unit step; 3500 USD unit blitz",
    ),
    (
        "",
        "Start - $1k, step - $0.1k, blitz - $3k",
        "1000 USD unit start; 100 USD unit step; 3000 USD unit blitz",
    ),
    (
        "",
        "Старт: 0.1 BTC / Шаг: 0.02 BTC / Блиц: 0.3 BTC",
        "0.1 BTC unit start; 0.02 BTC unit step; 0.3 BTC unit blitz",
    ),
    ("", "Price $1,500 (negotiable) / revenue $25 million / employees 120", "1500 USD ?"),
    ("", "Company makes $10.5M per year, asking price is $2k", "2000 USD ?"),
    ("", "split 60/40 or 2500$ flat", "2500 USD ?"),
    ("", "your 80% / my 20%", "80 - share; 20 - share"),
    ("", "work for 30% or buy for $800", "30 - share; 800 USD ?"),
    (
        "",
        "€0.07/min, $0.02 per sms, £5/number/month",
        "0.07 EUR minute; 0.02 USD unit; 5 GBP month",
    ),
    ("", "USD 12 p.m. / USD 120 p.a.", "12 USD month; 120 USD year"),
    ("", "12 €/мес (120 €/год)", "12 EUR month; 120 EUR year"),
    ("", "10$/month,25$/3 months,90$/year", "10 USD month; 25 USD quarter; 90 USD year"),
    ("", "Price for 1 month: 15$. Price for 3 months: 40$.", "15 USD month; 40 USD quarter"),
    ("", "15$ for 1 month; 40$ for 3 months", "15 USD month; 40 USD quarter"),
    ("", "15$ / 1 month, 40$ / 3 months", "15 USD month; 40 USD quarter"),
    ("", "[*]1 Month = $15 [*]3 Months = $40", "15 USD month; 40 USD quarter"),
    ("", "Trial 3 days $2", "2 USD ?"),
    ("", "ежемесячная плата 20$, разовая установка 15$", "20 USD month; 15 USD ? setup"),
    (
        "",
        "VDS 1/1/10 - 2.5$ VDS 2/2/20 - 4$ VDS 4/4/40 - 7.5$ (месяц)",
        "2.5 USD month; 4 USD month; 7.5 USD month",
    ),
    ("", "Buy 100+ - 0.8$, 500+ - 0.6$", "0.8 USD unit; 0.6 USD unit"),
    ("", "$20/100k emails", "20 USD lot x100000"),
    ("", "100k emails - $20", "20 USD lot x100000"),
    ("", "1M sends $300", "300 USD ?"),
    ("", "9.99$ only today, tomorrow 15$", "9.99 USD ?; 15 USD ?"),
    ("", "Windows VPS 4GB 8$/m + windows license 5$/m", "8 USD month; 5 USD month"),
    ("", "cost: 1500 rub/mo ~ 17$", "1500 RUB month; 17 USD month"),
    ("", "цена вопроса 50 баксов", "50 USD ?"),
    ("", "отдаю по 2 бакса, оптом по 1.5", "2 USD ?; 1.5 USD ?"),
    ("", "по 300р, от 10 шт по 250р", "300 RUB ?; 250 RUB ?"),
    ("", "Kosten: 15€/Mon.", "15 EUR month"),
    ("", "15 Euro/Monat, 150 Euro/Jahr", "15 EUR month; 150 EUR year"),
    ("", "40 € trimestre, 140 € año", "40 EUR quarter; 140 EUR year"),
    ("", "R$49,90/mês ou R$499/ano", "49.9 BRL month; 499 BRL year"),
    ("", "100 MXN al mes", "100 MXN month"),
    ("", "首月50元，续费80元/月", "50 CNY month"),
    ("", "30天 20U，90天 50U", "20 USDT month; 50 USDT quarter"),
    ("", "20U/30天", "20 USDT month"),
    ("", "سعر الشهر 10$ وسعر السنة 90$", "10 USD month; 90 USD year"),
    ("", "юса 8, юк 10, мир 3 (вмз)", "8 WMZ ?; 10 WMZ ?; 3 WMZ ?"),
    ("", "us 5, uk 6, ca 6 (all in $)", "5 USD ?; 6 USD ?; 6 USD ?"),
    ("", "цены в баксах: юса 8, юк 10", "8 USD ?; 10 USD ?"),
    ("", "юса - 8$\nюк - 10\nмир - 3", "8 USD ?; 10 USD ?; 3 USD ?"),
    ("", "Прайс ($):\n1. root — 10\n2. shell — 3\n3. cpanel — 4", "10 USD ?; 3 USD ?; 4 USD ?"),
    ("", "1) root 10$\n2) shell 3$\n3) cpanel 4$", "10 USD ?; 3 USD ?; 4 USD ?"),
    (
        "",
        "Pricing:\n1 IP: $5\n5 IPs: $22\n10 IPs: $40",
        "5 USD unit; 22 USD lot x5; 40 USD lot x10",
    ),
    ("", "10 proxies = 15$/month", "15 USD lot x10"),
    ("", "100 прокси 900р/мес", "900 RUB lot x100"),
    ("", "VPS with 5 IPs 25$/month", "25 USD month"),
    ("", "2 servers, 50$/month each", "50 USD month"),
    ("", "my price 50$ fix", "50 USD ?"),
    ("", "Budget: $50-100/mo", "50..100 USD month"),
    ("", "Budget is around 300 dollars", "300 USD ?"),
    ("", "готов платить до 200$ в месяц", "..200 USD month"),
    ("", "плачу 100р за смс", "100 RUB unit"),
    ("", "оплата 5000р в неделю", "5000 RUB week"),
    ("", "цена договорная, от 100$", "100.. USD ?"),
    ("", "Setup $0, monthly $45", "45 USD month"),
    ("", "No setup fee. $45/m", "45 USD month"),
    ("", "$45/m, setup fee $20", "45 USD month; 20 USD ? setup"),
    ("", "€15 pm", "15 EUR ?"),
    ("", "15 EUR mensile", "15 EUR ?"),
    ("", "Rev 300M$, 5k hosts. 10k$", "10000 USD ?"),
    ("", "Доход: $9M | Хосты: 50 | Цена: $400", "400 USD ?"),
    ("", "revenue: < $5M\nprice: 150$", "150 USD ?"),
    ("", "Sell for 2000$ (buyer pays escrow)", "2000 USD ?"),
    ("", "last price 700$, was 1000$", "700 USD ?"),
    ("", "Price drop: $15 -> $12", "12 USD ?"),
    ("", "Было 15$ стало 12$", "12 USD ?"),
    ("", "-20%: 80$ instead of 100$", "80 USD ?"),
    ("", "Only 3 left! 25$ each!", "25 USD unit"),
    ("", "Wallet balance 0.5 BTC, logs with it - 3000$", "3000 USD ?"),
    ("", "30 USD/m (25 USD if paid yearly)", "30 USD month; 25 USD ?"),
    ("", "7$/мес 60$/год", "7 USD month; 60 USD year"),
    ("", "2 core / 2gb / 30gb / 5$", "5 USD ?"),
    ("", "2 core | 2gb | 30gb | 5$ | unlimited", "5 USD ?"),
    ("", "UK £8, EU €9, US $10", "8 GBP ?; 9 EUR ?; 10 USD ?"),
    ("", "8£ / 9€ / 10$", "8 GBP ?; 9 EUR ?; 10 USD ?"),
    ("", "0.02 eth/month", "0.02 ETH month"),
    ("", "$1=90р, цена 900р", "900 RUB ?"),
]
