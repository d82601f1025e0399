"""Leaks.

Pages that try to send something from the browser past the gate, or to press what does something.
"""

from tests.cases.traps import REFUSED, SILENT, STAYS, Trap, script

CASES: tuple[Trap, ...] = (
    Trap("window-storm", "200 new windows, by calls and by links", SILENT,
         "<a id=w target=_blank href=/trap-window>w</a>"
         + script("for (let n = 0; n < 200; n++) { go(() => open('/trap-' + n)); "
                  "document.getElementById('w').click(); }")),
    Trap("other-schemes", "Links to blob:, data:, file:, view-source:, chrome:, ftp: and about:",
         "Keeps the page that was asked for",
         script("""
const to = ['blob', 'data:text/html,x', 'file:///etc/passwd', 'view-source:/', 'chrome://crash',
  'chrome://kill', 'ftp://CANARY/x', 'about:blank', 'filesystem:x'];
to[0] = URL.createObjectURL(new Blob(['<p>blob'], {type: 'text/html'}));
for (const url of to) { go(() => { location.href = url; }); go(() => open(url, '_self'));
  const a = document.createElement('a'); a.href = url; document.body.append(a); a.click(); }""")),
    Trap("calls-programs", "Links to mailto:, tel:, intent:, tg: and ms-settings:", SILENT,
         script("for (const url of ['mailto:a@b.example', 'tel:1', 'intent://x#Intent;end', "
                "'tg://resolve?domain=x', 'ms-settings:x', 'xdg-open:x']) location.href = url;")),
    Trap("posts-itself", "Forms that send themselves, with POST and GET", STAYS,
         "<form id=a method=post action=/trap-post><input name=x></form>"
         "<form id=b action=/trap-get><input name=x></form>"
         + script("go(() => a.submit()); go(() => b.submit()); go(() => a.requestSubmit());")),
    Trap("presses-logout", "A script that presses the link to log out, and asks for it",
         "Refuses: the session lives on",
         "<a id=out href='/member.php?action=logout'>out</a><link rel=stylesheet href=/logout>"
         + script("out.click(); go(() => fetch('/member.php?action=logout'));"),
         told="it would do something"),
    Trap("downloads", "Downloads by attribute and by header", SILENT,
         "<a id=d download=x.exe href=/trap-download>d</a><iframe src=/attached></iframe>"
         + script("d.click();")),
    Trap("writes-by-script", "POST, PUT and DELETE by fetch, XHR, keepalive and beacon", REFUSED,
         script("""
for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
  go(() => fetch('/trap-' + method, {method, keepalive: method === 'POST', body: 'x'}));
go(() => { const x = new XMLHttpRequest(); x.open('POST', '/trap-xhr'); x.send('x'); });
go(() => navigator.sendBeacon('/trap-beacon', 'x'));
go(() => fetchLater('/trap-later', {method: 'POST', activateAfter: 0}));"""), told="POST "),
    Trap("pings", "A link with a ping attribute that is pressed", SILENT,
         "<a id=p href='#x' ping='/trap-ping http://CANARY/ping'>p</a>" + script("p.click();")),
    Trap("sockets", "WebSocket, EventSource, WebTransport and workers that open some", SILENT,
         script("""
go(() => new WebSocket('ws://CANARY/ws')); go(() => new WebSocket('ws://HOST/trap-ws'));
go(() => new EventSource('/trap-events')); go(() => new WebTransport('https://CANARY/wt'));
const code = URL.createObjectURL(new Blob(["new WebSocket('ws://HOST/trap-w2')"]));
go(() => new Worker(code)); go(() => new SharedWorker(code));
const f = document.createElement('iframe'); document.body.append(f);
go(() => new f.contentWindow.WebSocket('ws://HOST/trap-ws3'));
go(() => new f.contentWindow.Worker(code));""")),
    Trap("peer-connections", "WebRTC with STUN and TURN servers", SILENT,
         script("""
go(() => { const p = new RTCPeerConnection({iceServers: [{urls: 'stun:CANARY'},
  {urls: 'turn:CANARY', username: 'a', credential: 'b'}]});
  p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o)); });""")),
    Trap("service-worker", "A service worker", SILENT,
         script("go(() => navigator.serviceWorker.register('/trap-sw.js'));")),
    Trap("reads-ahead", "prefetch, preconnect, dns-prefetch, prerender, modulepreload, speculation "
         "rules and a Link header", SILENT,
         """<link rel=dns-prefetch href=//leak.example><link rel=preconnect href=http://CANARY>
<link rel=prefetch href=/trap-prefetch><link rel=prerender href=/trap-prerender>
<link rel=modulepreload href=http://CANARY/m.js><link rel=preload as=image href=/trap-preload>
<link rel=prefetch href=http://CANARY/p><script type=speculationrules>{"prefetch": [{"source":
"list", "urls": ["/trap-s1"], "eagerness": "immediate"}], "prerender": [{"source": "list",
"urls": ["/trap-s2"], "eagerness": "immediate"}]}</script>""",
         (("link", "</trap-l1>; rel=prefetch, <http://CANARY>; rel=preconnect"),
          ("speculation-rules", '"/trap-rules.json"'))),
    Trap("styles", "Style sheets, images, fonts and SVG of another host", SILENT,
         """<style>@import url(http://CANARY/i.css); p { background: url(http://CANARY/b.png) }
@font-face { font-family: x; src: url(http://CANARY/f.woff) } p { font-family: x }</style>
<svg><use href="http://CANARY/u.svg#a"/><image href="http://CANARY/s.png"/></svg>
<img src=/trap-img srcset="http://CANARY/2x 2x"><video src=/trap-video poster=/trap-poster></video>
<input type=image src=/trap-input><link rel=icon href=/trap-icon>
<link rel=manifest href=/trap-manifest><body background=/trap-background>"""),
    Trap("reports", "CSP reports, Reporting-Endpoints, NEL and Report-To",  SILENT,
         "<img src=http://CANARY/violation>" + script("go(() => document.bad());"),
         (("content-security-policy", "img-src 'none'; report-uri /trap-csp http://CANARY/csp; "
           "report-to e"),
          ("reporting-endpoints", 'e="/trap-report", default="/trap-report2"'),
          ("report-to", '{"group":"default","max_age":9,"endpoints":[{"url":"/trap-r3"}]}'),
          ("nel", '{"report_to":"default","max_age":9,"success_fraction":1.0}'),
          ("alt-svc", 'h3="CANARY"; ma=60'))),
    Trap("asks-for-a-password", "Pages parts that want HTTP authentication",
         "Gives none and asks nobody", script("go(() => fetch('/auth')"
         ".then((r) => document.body.append('answer ' + r.status)));"),
         shows="answer 401"),
    Trap("asks-for-rights", "Requests for place, camera, clipboard, devices, notifications",
         "Denies them all at once",
         script("""
const said = []; const n = navigator;
for (const f of [() => new Promise((a, b) => n.geolocation.getCurrentPosition(a, b)),
  () => n.mediaDevices.getUserMedia({audio: true, video: true}), () => n.clipboard.readText(),
  () => n.usb.requestDevice({filters: []}), () => n.serial.requestPort(),
  () => n.hid.requestDevice({filters: []}), () => n.bluetooth.requestDevice({acceptAllDevices: 1}),
  () => n.requestMIDIAccess({sysex: true}), () => showOpenFilePicker(),
  async () => { if (await Notification.requestPermission() !== 'granted') throw 1; }])
  (async () => { try { await f(); said.push('granted'); } catch (e) { said.push('denied'); }
    document.getElementById('said').textContent = said.join(' '); })();""")
         + "<p id=said></p>"),
    Trap("pays-and-signs-in", "Payment requests and federated sign-in, which ask past the page",
         SILENT, script("""
go(() => new PaymentRequest([{supportedMethods: 'http://HOST/trap-pay'}],
  {total: {label: 'x', amount: {currency: 'USD', value: '1'}}}).canMakePayment());
go(() => n.credentials.get({identity: {providers: [{configURL: 'http://HOST/trap-fed.json',
  clientId: '1'}]}}));""")),
)  # fmt: skip
"""Every page holds the sentence `good <name>`."""
