"""Invented posts with what they want and offer."""

CASES: list[tuple[str, str, str, str]] = [
    (
        "forum",
        "offer access.rdp",
        "WTS RDPs - EU/US",
        "Got about 80 RDPs, mostly US and DE, admin and user.\nUS admin 5$\nDE admin 6$\nuse"
        "r any 2$\nDM or jabber pinefox@jab.example",
    ),
    (
        "forum",
        "offer hosting.bph.vps,hosting.bph.dedicated",
        "Ravenport | Offshore servers",
        "Ravenport is back with new location.\n\nVPS\n- R1: 1 core, 2GB, 30GB SSD - 14 EUR/m"
        "onth\n- R2: 2 core, 4GB, 60GB SSD - 25 EUR/month\n\nDedicated\n- E3-1240, 32GB, 2x1T"
        "B - 110 EUR/month\n\nWe ignore DMCA and abuse. Payment crypto. Site: ravenport.exa"
        "mple",
    ),
    (
        "forum",
        "other",
        "VPS for a bot",
        "hi all, I need to run a discord bot 24/7, which vps is cheap and good? budget 5$/month",
    ),
    (
        "forum",
        "other",
        "Is Ravenport still alive?",
        "I have a VPS with them, paid 25 EUR, panel is down since yesterday. Anyone else?",
    ),
    (
        "forum",
        "wanted access.logs",
        "Куплю логи стилеров",
        "Интересуют логи BR, MX, свежие, до 0.5$ за лог. Телега @logbuyer_demo",
    ),
    (
        "forum",
        "other",
        "Арендую дедик, тормозит",
        "Взял дедик в обычном дц, 32 гб, ssd, пинг скачет. Куда копать?",
    ),
    (
        "channel",
        "offer anon.proxy.residential",
        "",
        "🔥 Резидентские прокси 🔥\n1 ГБ — 250₽\n5 ГБ — 1100₽\n20 ГБ — 4000₽\n@resi_demo_bot",
    ),
    (
        "channel",
        "offer telephony.sms_pva",
        "",
        "📱 Приём СМС\nTelegram RU — 45₽\nWhatsApp ID — 20₽\nБот @priem_demo_bot",
    ),
    (
        "channel",
        "other",
        "",
        "Друзья, завтра с 3 до 5 по мск профилактика на сервере активаций. Извините за неудобства!",
    ),
    (
        "market",
        "offer access.cloud_account",
        "AWS 64 vCPU | verified",
        "Fresh AWS account with 64 vCPU limit in us-east-1. Replacement 24h.\nPrice: $120\n"
        "Stock: 6",
    ),
    (
        "market",
        "offer other",
        "Netflix premium account lifetime",
        "Warranty 30 days. Price 3 USD",
    ),
    (
        "forum",
        "offer access.corporate",
        "Access to EU manufacturing, revenue 120M$",
        "Country: Poland\nAccess: RDP via VPN, local admin\nHosts 300+\nAV: Defender\nprice 2.5k",
    ),
    (
        "forum",
        "offer access.corporate",
        "Продам доступ, логистика, Турция",
        "рев 45кк$, доменный юзер, циска впн, около 200 машин в сети. 700$",
    ),
    (
        "forum",
        "offer abuse.cryptomining",
        "Silent XMR miner + panel",
        "Selling silent miner build, $80 one time, updates free. Telegram @miner_demo_x",
    ),
    (
        "forum",
        "offer access.bot_rental",
        "[S] Loads, mix and tier1",
        "1k mix - 80$\n1k US - 600$\n1k EU - 300$\nmin order 500. XMPP loads@jab.example",
    ),
    (
        "forum",
        "offer hosting.ddos_protection",
        "AegisShield - protection for your project",
        "AegisShield protects sites from layer 7 floods and DDoS attacks. From 50 USD per"
        " month. Any content accepted.",
    ),
    (
        "forum",
        "other",
        "How to detect web shells",
        "In this article we explain how to find web shells on an apache server. Step 1: l"
        "ook at the logs.",
    ),
    (
        "forum",
        "offer telephony.voip_spoof",
        "SIP + Caller ID",
        "SIP accounts with caller ID spoofing\nUS $0.03/min\nUK $0.05/min\nContact: wickr siproute",
    ),
    (
        "forum",
        "offer anon.vpn",
        "ZeroTrace VPN – no logs",
        "ZeroTrace VPN has 40 locations.\n1 month 6$\n6 months 30$\n1 year 50$",
    ),
    (
        "forum",
        "wanted hosting.bph.dedicated",
        "LF bulletproof server for scanning",
        "Need 10G server, abuse ignored, budget up to $400/month. pm me",
    ),
    (
        "forum",
        "offer hosting.ip_asn",
        "Lease /24 and /23",
        "Clean subnets for lease: /24 95$/mo, /23 180$/mo. LOA provided, abuse ignored.",
    ),
    (
        "forum",
        "offer access.webshell,access.hosting_panel",
        "Shells & cPanels",
        "wso shells random 2$\ncpanel random 4$\ncpanel DA20+ 10$",
    ),
    (
        "forum",
        "other",
        "Re: Shells & cPanels",
        "vouch, bought 5 cpanels for 20$ all working",
    ),
    (
        "forum",
        "offer telephony.sim",
        "eSIM UK/NL anonymous",
        "UK esim 12 GBP, NL esim 10 EUR. Delivery instant by mail.",
    ),
    (
        "forum",
        "other",
        "Sold my old RTX 3080",
        "finally sold for 350 EUR, thanks to all who bid. now I need a new psu, recommend me one",
    ),
    (
        "channel",
        "offer access.smtp",
        "",
        "📧 SMTP INBOX 📧\nOffice365 - $30\nSendGrid 100k - $120\nMailgun - $60\n@smtp_demo_shop",
    ),
    (
        "forum",
        "offer hosting.fastflux_dns",
        "Fastflux NS",
        "fast flux rental, 150$ week, 450$ month, tox in pm",
    ),
    (
        "forum",
        "other",
        "DMCA notice on my site",
        "got a dmca notice for my blog hosted at a normal host, what should i do? move offshore?",
    ),
    (
        "forum",
        "offer access.hidden_desktop",
        "hvnc bots for rent",
        "US hvnc 10$/day\nDE hvnc 9$/day",
    ),
    (
        "forum",
        "offer hosting.bph.shared",
        "Bulletproof hosting for scampages",
        "cPanel included, 10$/month, 50$/6 months. Stays online. tg @scamhost_demo",
    ),
    (
        "forum",
        "offer access.iot_router",
        "Microtik + Hikvision access",
        "500 mikrotik 60$ lot\nhikvision cams 0.2$ each",
    ),
    (
        "forum",
        "offer hosting.bph.domain",
        "Абузоустойчивые домены .ru/.com",
        "рег за 10 минут, .com 30$, .ru 10$, жалобы в мусор. @domreg_demo",
    ),
    (
        "forum",
        "offer hosting.bph.vps",
        "Аренда VPS/VDS без абуз",
        "1 ядро 1 гб — 350 р/мес\n2 ядра 4 гб — 900 р/мес\nЛокация: Нидерланды, Молдова. На"
        " абузы не реагируем",
    ),
    (
        "forum",
        "other",
        "Какой VPN выбрать",
        "Посоветуйте впн чтобы ютуб работал, до 300 рублей в месяц",
    ),
    (
        "forum",
        "offer access.ssh_root",
        "Рутованные сервера",
        "10 рутов, канал 1гбит, 12$ шт, все за 100$",
    ),
    (
        "forum",
        "offer hosting.spoof_iphm",
        "IPHM boxes",
        "1 Gbps spoof enabled 250$/month, 10G 900$/month",
    ),
    (
        "forum",
        "offer hosting.mobile_satellite",
        "Host behind LTE",
        "LTE hosting in EU, 50GB traffic, 90 EUR/month, box behind mobile CGNAT",
    ),
    (
        "forum",
        "offer hosting.reverse_proxy",
        "Hide your backend",
        "reverse proxy fronts, 3 nodes 45$/month, 10 nodes 120$/month",
    ),
    (
        "forum",
        "offer telephony.bulk_sms",
        "SMS blast USA",
        "1k sms - 25$, 10k - 200$, links ok, sender id ok",
    ),
    (
        "forum",
        "offer anon.ssh_tunnel",
        "SSH tunnels fresh",
        "US 0.8$, UK 1$, mix 0.5$. 24h replace",
    ),
    (
        "forum",
        "offer hosting.bph.vps",
        "Kugelsichere VPS in Moldau",
        "Biete VPS mit KVM, Beschwerden werden ignoriert.\n1 Kern, 2 GB RAM, 12 Euro im Mo"
        "nat\n2 Kerne, 4 GB RAM, 20 Euro im Monat\nKontakt: jabber@kugel.example",
    ),
    (
        "forum",
        "other",
        "Frage zu VPN",
        "Hallo, welcher VPN ist für Torrents gut? Was haltet ihr von den Anbietern?",
    ),
    (
        "forum",
        "wanted access.rdp",
        "Suche RDP DE/AT",
        "Brauche 20 Stück pro Woche, zahle 8 Euro, nur Admin.",
    ),
    (
        "forum",
        "offer access.webshell,access.hosting_panel",
        "Vendo shells y cpanel",
        "Shell wso 2 USD\ncPanel con SSL 4 USD\nGarantía 24h, telegram @vendo_demo",
    ),
    (
        "forum",
        "other",
        "Me estafaron con un RDP",
        "Le pagué 30 USD por 5 RDP a @falso_demo y desapareció. Cuidado con ese estafador.",
    ),
    (
        "forum",
        "offer anon.proxy.residential",
        "Proxies residenciais BR",
        "1 GB R$ 25\n5 GB R$ 110\nchama no telegram @proxies_demo_br",
    ),
    (
        "forum",
        "wanted access.corporate",
        "Compro acesso a empresa BR",
        "Procuro acesso VPN ou RDP em empresa com faturamento acima de 50M, pago até 2000 USD",
    ),
    (
        "channel",
        "offer telephony.sms_pva",
        "",
        "接码平台上线！Telegram 每条 3 元，WhatsApp 每条 2 元，支持API。客服 @jm_demo_kf",
    ),
    (
        "channel",
        "offer hosting.bph.dedicated",
        "",
        "抗投诉服务器出租\n无视DMCA，无视投诉\nE5 32G 内存 1T 硬盘 每月 900元\n"
        "荷兰/俄罗斯机房\n联系 @kts_demo",
    ),
    (
        "forum",
        "other",
        "请问哪家VPS好？",
        "想做个博客，预算每月5美元，有人推荐吗？",
    ),
    (
        "forum",
        "wanted access.webshell",
        "收购 webshell",
        "长期收 webshell，政府站优先，每个 20 美元",
    ),
    (
        "forum",
        "offer access.rdp",
        "بيع RDP أمريكا",
        "RDP أدمن 5 دولار\nRDP يوزر 2 دولار\nتيليجرام @rdp_demo_ar2",
    ),
    (
        "forum",
        "other",
        "سؤال عن VPN",
        "هل يوجد VPN مجاني جيد؟ ساعدوني",
    ),
    (
        "forum",
        "offer hosting.bph.vps,hosting.bph.domain",
        "NordHaven – abuse-resistant VPS & domains",
        "[b]NordHaven[/b]\nVPS from 12$/mo\n- NH1 1 core 1GB 12$/mo\n- NH2 2 core 4GB 26$/mo"
        "\nDomains\n.com 35$/yr\n.net 38$/yr\nWe also have RDP pre-installed on Windows plans"
        ". No logs kept. Support via telegram @nordhaven_demo",
    ),
    (
        "forum",
        "offer access.logs",
        "Cloud of logs | FRESH DAILY",
        "Our cloud: 2000+ logs/day, US/EU mix. VPN, RDP, cPanel credentials inside.\nweek "
        "120$\nmonth 400$",
    ),
    (
        "forum",
        "offer other",
        "Selling stealer source code",
        "C++ stealer, panel included, 500$. Logs to telegram. Full source.",
    ),
    (
        "forum",
        "offer other",
        "UK fullz + CC",
        "UK fullz 25$, CC 10$, VBV 12$, telegram @fullz_demo_x",
    ),
    (
        "market",
        "offer other",
        "Phishing kit - bank login pages",
        "10 pages, admin panel, price $75",
    ),
    (
        "market",
        "offer access.rdp",
        "RDP Germany 8GB admin Win10",
        "Private RDP, one user. Price: $9.50 Stock: 14",
    ),
    (
        "market",
        "offer anon.vpn",
        "VPN account premium 1 year",
        "Warranty 30 days. Price: $4",
    ),
    (
        "market",
        "offer access.hosting_panel",
        "cPanel .edu high authority",
        "Host: .edu, SSL yes. Price $15",
    ),
    (
        "market",
        "other",
        "Shop update: new payment methods",
        "From Monday we accept XMR only. Old balances stay valid.",
    ),
    (
        "channel",
        "other",
        "",
        "⚠️ Остерегайтесь фейков! Наш единственный контакт @real_demo. Фейк @reall_demo к"
        "инул уже троих на 200$",
    ),
    (
        "channel",
        "other",
        "",
        "Отзыв: «взял 10 дедов, все живые, спасибо продавцу»",
    ),
    (
        "channel",
        "offer access.bot_rental",
        "",
        "Инсталлы 🔥\n🇺🇸 1k — 600$\n🇪🇺 1k — 350$\nMIX 1k — 90$\n@inst_demo",
    ),
    (
        "channel",
        "offer anon.proxy.datacenter",
        "",
        "SOCKS5 private\n10 pcs - 8$/month\n50 pcs - 35$/month\n@socks_demo_bot",
    ),
    (
        "forum",
        "offer access.cloud_account",
        "Хетцнер/AWS/Azure аккаунты",
        "AWS 32 vcpu - 70$\nHetzner - 25$\nAzure - 40$\nгарант ок",
    ),
    (
        "forum",
        "offer access.corporate",
        "[Auction] ES hotel chain",
        "Revenue 60M$\nRDWeb, domain user\nHosts 250\nStart 500\nStep 100\nBlitz 1500",
    ),
    (
        "forum",
        "other",
        "Re: [Auction] ES hotel chain",
        "600",
    ),
    (
        "forum",
        "other",
        "[Auction] rules changed",
        "From now on all auctions of access need escrow. Fee is 3%, min 20$.",
    ),
    (
        "forum",
        "offer telephony.voip_spoof",
        "Флуд звонками и смс",
        "Флуд телефона: час - 3$, сутки - 25$. Пишите @flood_demo",
    ),
    (
        "forum",
        "other",
        "Мой опыт с резидентными прокси",
        "Пользовался тремя сервисами, расскажу. Первый стоил 4$ за ГБ, второй 3$. Скорост"
        "ь так себе.",
    ),
    (
        "forum",
        "offer hosting.bph.dedicated",
        "Серверы под любые задачи (абузоустойчивые)",
        "Сдаём выделенные серверы: E3 / 16 ГБ / 1 ТБ — 7000 руб/мес; 2xE5 / 64 ГБ — 14000"
        " руб/мес. Локации РФ, Иран. Абузы игнорируем.",
    ),
    (
        "forum",
        "other",
        "Heads up: new botnet hits MikroTik",
        "Researchers published a report: MikroTik routers are used as proxies, 20k infect"
        "ed hosts. Patch your devices.",
    ),
    (
        "forum",
        "offer access.ssh_root",
        "ssh root eu",
        "20x root EU, 1gbit, 8$ each, bulk 130$",
    ),
    (
        "forum",
        "other",
        "Lost my server again",
        "My provider suspended my VPS after abuse complaint, lost 60$. Which offshore hos"
        "t should I try?",
    ),
    (
        "forum",
        "other",
        "Leaving the scene",
        "Closing my shop, thanks to all customers. No more RDP from me.",
    ),
    (
        "forum",
        "wanted hosting.bph.shared",
        "Need bulletproof hosting for a landing page",
        "Looking for offshore hosting, cPanel, up to 20$ a month, BTC.",
    ),
    (
        "forum",
        "other",
        "Clearwater Hosting: new VPS plans in Helsinki",
        "Hello from Clearwater Hosting. New VPS plans:\n2 GB - 4 EUR/month\n4 GB - 8 EUR/mo"
        "nth\nAll orders pass our fraud check, abuse reports are answered within 24 h. VAT"
        " invoices. Questions welcome.",
    ),
    (
        "forum",
        "other",
        "Хостинг «Берег»: новые тарифы VPS",
        "Открыли новый зал в Казани. VPS от 300 руб/мес, выделенные серверы от 4500 руб/м"
        "ес. Работаем по договору, на жалобы реагируем, паспортные данные обязательны.",
    ),
    (
        "forum",
        "other",
        "gpu too loud",
        "my 3070 miner rig is loud as hell, paid 45$ for new fans and still. what do you use?",
    ),
    (
        "forum",
        "other",
        "My story with three VPN providers",
        "First one cost me 9$ a month and leaked DNS. Second 5$, ok. Third free, do not use.",
    ),
    (
        "market",
        "other",
        "Rules for vendors",
        "Logs, RDP and SMTP need a replacement policy. Fee 4%. No weapons, no ransomware.",
    ),
    (
        "forum",
        "offer hosting.bph.vps",
        "VDS в Нидерландах, игнор DMCA",
        "1 ядро / 2 ГБ / 20 ГБ NVMe — 6$/мес\n2 ядра / 4 ГБ / 40 ГБ NVMe — 11$/мес\nСвязь: "
        "@vds_demo_nl",
    ),
    (
        "forum",
        "offer access.rdp",
        "свежие деды",
        "юса 6$, еу 5$, мир 2$. проверка при вас, аська 123-456-789",
    ),
    (
        "forum",
        "other",
        "продал дедик с авито",
        "собрал дома сервер, продал за 30к, доволен. кому интересно отвечу",
    ),
    (
        "forum",
        "other",
        "Re: свежие деды",
        "у меня из 5 два сдохли, жду замену",
    ),
    (
        "channel",
        "other",
        "",
        "📰 Исследователи нашли ботнет из 40 000 роутеров. Операторы сдавали его как резид"
        "ентские прокси по 3$ за ГБ.",
    ),
    (
        "channel",
        "offer hosting.fastflux_dns,hosting.bph.domain",
        "",
        "🌐 FLUXLINE\nFast flux — 400$/мес\nДомены .com абузоустойчивые — 30$/год\n@fluxline_demo",
    ),
    (
        "forum",
        "offer access.smtp",
        "SMTP / Webmail shop",
        "Fresh webmail 5$\nOffice SMTP 35$\nUnlimited SMTP 150$/month\nicq 678-123-456",
    ),
    (
        "forum",
        "offer access.corporate",
        "Fortinet access, DE, machinery",
        "Machinery manufacturer, Germany. 60kk revenue. Forti VPN + domain user. 1.2k$",
    ),
    (
        "forum",
        "offer access.corporate",
        "shell + domain admin, university BR",
        "uni in Brazil, 3000 hosts, webshell with system, DA dumped. 900$",
    ),
    (
        "forum",
        "wanted anon.proxy.residential",
        "need resi proxies",
        "looking for residential proxies US only, 100 GB per month, max 2$/GB",
    ),
    (
        "forum",
        "wanted other",
        "Buying CC fullz",
        "buying fresh fullz US, paying 15$ each",
    ),
    (
        "forum",
        "offer telephony.sms_pva",
        "Telegram accounts aged",
        "TG accounts +1, +44, tdata, 2.5$ each, from 50 pcs 2$",
    ),
    (
        "forum",
        "other",
        "How much is a /24 now?",
        "Prices for leasing a /24 went from 110 to 95 a month. Anyone knows why?",
    ),
    (
        "forum",
        "offer hosting.bph.shared,hosting.bph.vps,hosting.bph.dedicated",
        "HarborVault offshore hosting",
        "HarborVault - DMCA ignored hosting since 2017\n\nShared hosting from $5/mo\nVPS fro"
        "m $14/mo\nDedicated servers from $95/mo\n\nharborvault.example",
    ),
    (
        "forum",
        "offer access.webshell",
        "wts shells",
        "have 300 shells, mixed tlds, 1.5$ each or 250$ all",
    ),
]
"""Kind, intent with asset types, title, text."""
