"""Pages in the browser.

Each case is a page of one site; all are opened in one browser, one after the other.
"""

from tests.cases.traps import SILENT, STAYS, WITHOUT, Trap, script

CASES: tuple[Trap, ...] = (
    Trap("script-loops", "A script that never ends, while the page is parsed", WITHOUT,
         script("for (;;);"), timeout_s=5, without_scripts=True),
    Trap("unload-loops", "A script that loops when the page is left",
         "Keeps the page; the browser is given up, and the next page is kept too",
         script("addEventListener('pagehide', () => { for (;;); });")),
    Trap("memory-eater", "A script that fills memory", "Ends the browser at its bound; the next "
         "try reads the page without its scripts",
         script("const held = []; for (;;) held.push(new Uint8Array(1 << 24).fill(1));"),
         without_scripts=True),
    Trap("giant-document", "9 million characters written by a script",
         "Cuts the document before it leaves the browser, with a note",
         script("document.body.append('x'.repeat(9e6));"), told="was cut at"),
    Trap("million-elements", "300,000 elements written by a script", "Keeps the page",
         script("const d = document.createElement('div'); d.innerHTML = '<i></i>'.repeat(3e5); "
                "document.body.append(d);")),
    Trap("endless-list", "A list that grows with each scroll, for ever",
         "Scrolls as often as the source says and keeps what is there",
         script("addEventListener('scroll', () => { const d = document.createElement('div'); "
                "d.style.height = '2000px'; document.body.append(d); });")
         + "<div style='height:3000px'></div>", scroll=4),
    Trap("endless-timers", "Timers that start timers", "Keeps the page after a bounded wait",
         script("const t = () => setTimeout(t, 30); t();")),
    Trap("deep-recursion", "A script that recurses until the stack overflows", SILENT,
         script("const f = () => f() + 1; go(f);")),
    Trap("request-flood", "A script that sends 900 requests to its own site",
         "Lets 400 requests of a page out, no more",
         script("for (let n = 0; n < 900; n++) go(() => fetch('/flood?' + n));"),
         told="more than 400 requests"),
    Trap("never-answered", "A request whose answer never comes",
         "Keeps the page after a bounded wait", script("go(() => fetch('/never'));"), timeout_s=9),
    Trap("script-never-comes", "A script file that is never sent", WITHOUT,
         "<script src=/never></script>", timeout_s=5, without_scripts=True),
    Trap("dialog-storm", "500 alerts, confirms and prompts", "Answers no to all at once",
         script("for (let n = 0; n < 500; n++) { alert(n); confirm(n); prompt(n); }")),
    Trap("refuses-to-be-left", "A question whether the page may be left",
         "Leaves it; the next page is kept", script("onbeforeunload = (e) => { e.preventDefault(); "
         "return e.returnValue = 'stay'; };")),
    Trap("prints", "A call for the printer", SILENT, script("print();")),
    Trap("frames-in-frames", "Frames that hold themselves", "Loads no frame at all",
         "<iframe src='#'></iframe><iframe src=/trap-frame></iframe><object data=/trap-object>"
         "</object><embed src=/trap-embed>"
         + script("for (let n = 0; n < 50; n++) { const f = document.createElement('iframe'); "
                  "f.srcdoc = '<iframe src=/trap-inner></iframe>'; document.body.append(f); }")),
    Trap("redirect-by-script", "A script that leads to another page of the site", STAYS,
         script("location.href = '/trap-other';"), told="wanted to go there"),
    Trap("redirect-to-stranger", "A script that leads to another host", STAYS,
         script("location.replace('http://CANARY/away');"), told="/away"),
    Trap("refresh-by-markup", "A meta refresh to another page of the site", STAYS,
         "<meta http-equiv=refresh content='0;url=/trap-refresh'>", told="wanted to go there"),
    Trap("refresh-by-header", "A Refresh header to another host", STAYS, "",
         (("refresh", "0;url=http://CANARY/refresh"),), told="/refresh"),
    Trap("poses-as-another", "A script that rewrites the address (`history.pushState`)",
         "Files the page under the URL that was asked for",
         script("history.pushState({}, '', '/thread-of-somebody-else');")),
    Trap("goes-back", "A script that goes back in the history", "Has nothing to go back to",
         script("history.back(); history.go(-5);")),
    Trap("writes-itself-anew", "`document.open` and `document.write`", "Keeps what was written",
         script("setTimeout(() => { const kept = document.getElementById('good').outerHTML; "
                "document.open(); document.write(kept); document.close(); });")),
    Trap("takes-fingerprints", "WebGL, canvas and audio that are measured",
         "Answers like a browser",
         script("""
const c = document.createElement('canvas'); go(() => c.getContext('webgl').getParameter(7937));
go(() => document.createElement('canvas').getContext('2d').fillText('x', 1, 1));
go(() => new OfflineAudioContext(1, 99, 44100).startRendering());
go(() => navigator.gpu && navigator.gpu.requestAdapter());""")),
    Trap("hides-behind-names", "Elements named like the document's own properties",
         "Reads the document past them",
         "<form name=documentElement></form><img name=doctype><form name=readyState></form>"
         "<form name=body></form><form name=getElementsByTagName></form><i id=rk></i>"),
    Trap("poisons-the-well", "Scripts that replace the functions that a reader would use",
         "Reads in a world of its own", script("""
const lie = () => { throw new Error('no'); };
for (const p of [Element.prototype, Document.prototype, Node.prototype])
  for (const name of ['outerHTML', 'innerHTML', 'documentElement', 'doctype', 'childNodes'])
    go(() => Object.defineProperty(p, name, {get: lie}));
Array.prototype.push = lie; JSON.stringify = lie; window.Promise = lie; Object.keys = lie;
XMLSerializer.prototype.serializeToString = lie; window.requestAnimationFrame = lie;
Function.prototype.call = lie; Document.prototype.getElementsByTagName = lie;""")),
)  # fmt: skip
"""Every page holds the sentence `good <name>`."""
