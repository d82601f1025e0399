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
SOON_MS = 3000
"""A timer that is due later is not waited for, milliseconds."""
FIRST = """
((doors, said, soon, hook) => {
  const {apply, deleteProperty} = Reflect, define = Object.defineProperty;
  const got = (from, name) => Object.getOwnPropertyDescriptor(from, name)?.get;
  const mute = (from, name, answer) => {
    const own = from[name];
    if (own) define(from, name, {value: new Proxy(own, {apply: () => answer}), writable: true,
      configurable: true, enumerable: true});
  };
  for (const name of doors) deleteProperty(window, name);
  for (const [name, answer] of [["open", null], ["print"], ["alert"], ["confirm", false],
    ["prompt", null]]) mute(window, name, answer);
  mute(Navigator.prototype, "sendBeacon", false);
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
    const download = got(NavigateEvent.prototype, "downloadRequest");
    const towards = got(NavigateEvent.prototype, "destination");
    const url = got(NavigationDestination.prototype, "url");
    const stop = Event.prototype.preventDefault, starts = String.prototype.startsWith;
    navigation.addEventListener("navigate", (event) => {
      const to = apply(url, apply(towards, event, []), []);
      const away = !apply(starts, to, ["http:"]) && !apply(starts, to, ["https:"]);
      if (away || apply(download, event, []) !== null) apply(stop, event, []);
    });
  }
  const due = Object.create(null), clock = performance, now = Performance.prototype.now;
  window.setTimeout = new Proxy(window.setTimeout, {apply(own, self, given) {
    const id = apply(own, self, given), wait = +given[1] || 0;
    if (wait <= soon) due[id] = apply(now, clock, []) + wait;
    return id;
  }});
  window.clearTimeout = new Proxy(window.clearTimeout, {apply(own, self, given) {
    if (typeof given[0] === "number") delete due[given[0]];
    return apply(own, self, given);
  }});
  define(window, hook, {get() {
    let open = 0;
    const past = apply(now, clock, []) - 5;
    for (const id in due) due[id] < past ? delete due[id] : open++;
    return open;
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
STATE = f'[rk.state.call(document) !== "loading", rk.changes, ...{SIZE}]'
BOTTOM = f"window.scrollTo(0, {HEIGHT})"
FRAMES = """
new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
  setTimeout(done, 250);
})
"""
DOCUMENT = """
((limit) => {
  const root = rk.root.call(document), kind = rk.kind.call(document);
  const html = (kind ? new XMLSerializer().serializeToString(kind) : "")
    + (root ? rk.html.call(root) : "");
  return [html.length, html.slice(0, limit)];
})
"""
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
    given = (json.dumps(list(DOORS)), json.dumps(navigator), str(SOON_MS), json.dumps(hook))
    return f"{FIRST}({', '.join(given)})"


def storage_script(origins: list[dict[str, Any]]) -> str:
    """What brings a session's local storage back."""
    return f"({RESTORE_STORAGE})({json.dumps(origins)})"
