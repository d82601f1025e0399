"""Scripts that run in pages: before their own ones, and in a world of ours beside them."""

import json
import secrets
from typing import Any

DOORS = (
    "WebSocket", "WebSocketStream", "WebTransport", "RTCPeerConnection", "webkitRTCPeerConnection",
    "EventSource", "SharedWorker", "Worker", "fetchLater", "PaymentRequest", "PresentationRequest",
    "IdentityCredential", "sharedStorage",
)  # fmt: skip
"""What could speak past the routes; pages do not get it at all."""
LAST = ("beforeunload", "pagehide", "unload", "visibilitychange")
"""What a page hears when it is left; it does not, so it cannot keep us or begin anything."""
FORM = "a form"
"""What is told instead of an address when a page wants to send a form."""
SOON_MS = 3000
"""A timer that is due later is not waited for, milliseconds."""
FIRST = r"""
((doors, last, said, soon, hook, form) => {
  let moves = "", reloads = 0;
  const starts = String.prototype.startsWith, cut = String.prototype.slice;
  const cuts = String.prototype.split, stop = Event.prototype.preventDefault;
  const {apply, deleteProperty} = Reflect, define = Object.defineProperty;
  const got = (from, name) => Object.getOwnPropertyDescriptor(from, name)?.get;
  const mute = (from, name, answer) => {
    const own = from?.[name];
    if (own) define(from, name, {value: new Proxy(own, {apply: () => answer}), writable: true,
      configurable: true, enumerable: true});
  };
  for (const name of doors) deleteProperty(window, name);
  for (const [name, answer] of [["open", null], ["print"], ["alert"], ["confirm", false],
    ["prompt", null]]) mute(window, name, answer);
  mute(Navigator.prototype, "sendBeacon", false);
  const note = (text) => { if (window === top && moves.length < 2000) moves += "\n" + text; };
  for (const name of ["submit", "requestSubmit"]) {
    const own = HTMLFormElement.prototype[name];
    HTMLFormElement.prototype[name] = new Proxy(own, {apply: () => note(form)});
  }
  window.addEventListener("submit", (event) => { apply(stop, event, []); note(form); }, true);
  const halt = Event.prototype.stopImmediatePropagation;
  for (const name of last) window.addEventListener(name, (event) => apply(halt, event, []), true);
  for (const name of ["back", "forward", "go"]) mute(History.prototype, name);
  for (const name of ["back", "forward", "traverseTo"]) mute(window.Navigation?.prototype, name);
  for (const [name, value] of Object.entries(said)) {
    const own = got(Navigator.prototype, name) ?? function () {};
    if (value === null) deleteProperty(Navigator.prototype, name);
    else define(Navigator.prototype, name, {get: new Proxy(own, {apply: () => value}),
      configurable: true, enumerable: true});
  }
  if ("userAgentData" in said) {
    deleteProperty(window, "chrome");
    deleteProperty(window, "NavigatorUAData");
  }
  if (window.navigation) {
    const url = got(NavigationDestination.prototype, "url");
    const within = got(NavigationDestination.prototype, "sameDocument");
    const here = location.href, same = (url) => apply(cuts, url, ["#", 1])[0];
    const [download, towards] = ["downloadRequest", "destination"].map(
      (name) => got(NavigateEvent.prototype, name));
    navigation.addEventListener("navigate", (event) => {
      const aim = apply(towards, event, []), to = apply(url, aim, []);
      const web = apply(starts, to, ["http:"]) || apply(starts, to, ["https:"]);
      const down = apply(download, event, []) !== null;
      if (web && !down && apply(within, aim, [])) return;
      if (web && !down && same(to) === same(here) && reloads++ < 2) return;
      apply(stop, event, []);
      if (web && !down) note(apply(cut, to, [0, 300]));
    });
  }
  const due = Object.create(null), text = String;
  const clock = performance, now = Performance.prototype.now;
  window.setTimeout = new Proxy(window.setTimeout, {apply(own, self, given) {
    const id = apply(own, self, given), wait = +given[1] || 0;
    if (wait <= soon) due[id] = apply(now, clock, []) + wait;
    return id;
  }});
  window.clearTimeout = new Proxy(window.clearTimeout, {apply(own, self, given) {
    if (typeof given[0] === "number") delete due[given[0]];
    return apply(own, self, given);
  }});
  let busy = 0, frames = 0;
  const done = () => { busy--; }, then = Promise.prototype.then;
  const listen = EventTarget.prototype.addEventListener;
  const count = (from, name) => {
    from[name] = new Proxy(from[name], {apply(own, self, given) {
      const answer = apply(own, self, given);
      busy++;
      apply(then, answer, [done, done]);
      return answer;
    }});
  };
  count(window, "fetch");
  for (const name of ["json", "text", "blob", "arrayBuffer"]) count(Response.prototype, name);
  for (const [from, name] of [[window, "requestAnimationFrame"], [window, "requestIdleCallback"],
    [IntersectionObserver.prototype, "observe"], [ResizeObserver.prototype, "observe"]])
    from[name] = new Proxy(from[name], {apply(own, self, given) {
      frames = 1;
      return apply(own, self, given);
    }});
  XMLHttpRequest.prototype.send = new Proxy(XMLHttpRequest.prototype.send, {
    apply(own, self, given) {
      apply(own, self, given);
      busy++;
      apply(listen, self, ["loadend", done, {once: true}]);
    },
  });
  define(window, hook, {get() {
    let open = busy;
    const past = apply(now, clock, []) - 5;
    for (const id in due) due[id] < past ? delete due[id] : open++;
    return text(open) + "\n" + text(frames) + moves;
  }});
})
"""
WATCH = """
(() => {
  if (Object.hasOwn(globalThis, "rk")) return;
  const got = (from, name) => Object.getOwnPropertyDescriptor(from.prototype, name).get;
  const rk = globalThis.rk = {
    changes: 0, state: got(Document, "readyState"), root: got(Document, "documentElement"),
    kind: got(Document, "doctype"), html: got(Element, "outerHTML"),
    height: got(Element, "scrollHeight"), all: Document.prototype.getElementsByTagName,
  };
  new MutationObserver((seen) => { rk.changes += seen.length; })
    .observe(document, {subtree: true, childList: true, characterData: true});
})()
"""
HEIGHT = "(rk.root.call(document) ? rk.height.call(rk.root.call(document)) : 0)"
SIZE = f'[{HEIGHT}, rk.all.call(document, "*").length]'
BOTTOM = f"window.scrollTo(0, {HEIGHT})"
DOCUMENT = """
((limit) => {
  const root = rk.root.call(document), kind = rk.kind.call(document);
  const html = (kind ? new XMLSerializer().serializeToString(kind) : "")
    + (root ? rk.html.call(root) : "");
  return [html.length, html.slice(0, limit), location.href];
})
"""
"""The document as it stands: its length, its beginning, and where it is from."""
STATE = f"""
((frames, limit) => new Promise((done) => {{
  const before = rk.changes;
  let told = false;
  const tell = () => {{
    if (told) return;
    told = true;
    const parsed = rk.state.call(document) !== "loading", still = rk.changes === before;
    const taken = limit && parsed && still ? {DOCUMENT.strip()}(limit) : null;
    done([parsed, still, {SIZE}, taken && taken[0] <= limit ? taken : null]);
  }};
  const later = (left) => requestAnimationFrame(() => left > 1 ? later(left - 1) : tell());
  const soon = (left) => setTimeout(() => left > 1 ? soon(left - 1) : tell(), 0);
  frames ? later(frames) : soon(3);
  setTimeout(tell, 250);
}}))
"""
"""How the document stands after some frames, in which what scrolling starts has started, or, where
it needs no frames, after three turns of its event loop; with the document, if it is still and not
longer than a limit."""
RESTORE_STORAGE = """
(origins) => {
  for (const {origin, localStorage: items} of origins) {
    if (origin !== location.origin) continue;
    for (const {name, value} of items || []) window.localStorage.setItem(name, value);
  }
}
"""


def new_hook() -> str:
    """A name that no page knows beforehand: where it counts the timers that are due soon."""
    return f"_{secrets.token_hex(8)}"


def first_script(navigator: dict[str, Any], hook: str) -> str:
    """What runs in each frame before the page's own scripts."""
    given = (list(DOORS), list(LAST), navigator, SOON_MS, hook, FORM)
    return f"{FIRST}({', '.join(map(json.dumps, given))})"


def storage_script(origins: list[dict[str, Any]]) -> str:
    """What brings a session's local storage back."""
    return f"({RESTORE_STORAGE})({json.dumps(origins)})"
