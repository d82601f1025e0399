"""Two home-made shops and a home-made forum for tests: their pages, and what stands on them."""

import json

LOTS = [
    {
        "id": f"L{number}",
        "title": f"{('RDP', 'VPS', 'SMTP')[number % 3]} lot {number}",
        "price": f"{4 + number * 0.5:.2f}",
        "vendor": f"seller{number % 5}",
        "stock": str(number % 7),
        "category": ("RDP", "VPS", "Mail")[number % 3],
        "region": ("DE", "NL", "US", "MD")[number % 4],
        "rating": f"{3 + number % 2}.5",
        "date": f"2026-10-{1 + number % 28:02d}",
        "description": f"{number} GB memory, root, offshore line {number}",
    }
    for number in range(1, 48)
]
PER_PAGE = 10


def table_shop() -> dict[str, tuple[int, str]]:
    """A shop of plain HTML tables: counted list pages, product pages with labels and values."""
    pages = {"/robots.txt": (404, "")}
    for number in range(1, len(LOTS) // PER_PAGE + 2):
        lots = LOTS[(number - 1) * PER_PAGE : number * PER_PAGE]
        body = "".join(
            f'<tr><td>{lot["category"]}</td><td><a href="item.php?lot={lot["id"]}&sid=9a{number}">'
            f"{lot['title']}</a></td><td>{lot['price']} $</td></tr>"
            for lot in lots
        )
        text = f"<html><body><table><tr><th>Kind<th>Lot<th>Price</tr>{body}</table></body></html>"
        pages[f"/shop.php?p={number}"] = (200, text)
    pages["/shop.php"] = pages["/shop.php?p=1"]
    pages[f"/shop.php?p={len(LOTS) // PER_PAGE + 2}"] = (
        200, "<html><body><table><tr><th>Kind<th>Lot<th>Price</tr></table></body></html>"
    )  # fmt: skip
    for lot in LOTS:
        facts = "".join(
            f"<tr><th>{label}:</th><td>{value}</td></tr>"
            for label, value in [
                ("Seller", lot["vendor"].upper()),
                ("Price", f"USD {lot['price']}"),
                ("In stock", f"{lot['stock']} pcs"),
                ("Ships from", lot["region"]),
                ("Category", lot["category"]),
                ("Rating", lot["rating"]),
                ("Added", lot["date"]),
            ]
        )
        pages[f"/item.php?lot={lot['id']}"] = (
            200,
            f"<html><body><h1>{lot['title']}</h1><table>{facts}</table>"
            f"<div id=about>{lot['description']}</div></body></html>",
        )
    return pages


SPA_PAGE = """<html><head><title>Loft</title></head><body><main id="root"></main>
<button id="more">Load more</button><script>
let lots = [], shown = 0;
const make = (tag, name, text, parent) => {
  const made = document.createElement(tag); made.className = name; made.textContent = text;
  parent.appendChild(made); return made;
};
function more() {
  for (const lot of lots.slice(shown, shown + 12)) {
    const card = make("article", "c1", "", document.getElementById("root"));
    card.dataset.key = lot.id;
    const link = make("a", "c2", lot.title, card); link.href = "#/lot/" + lot.id;
    make("b", "c3", "€" + lot.price.replace(".", ","), card);
    make("i", "c4", "by " + lot.vendor, card);
    const facts = make("dl", "c5", "", card);
    for (const [label, value] of [["Left", lot.stock], ["Kind", lot.category],
        ["Land", lot.region], ["Score", lot.rating], ["Since", lot.date]]) {
      make("dt", "", label, facts); make("dd", "", value, facts);
    }
    make("p", "c6", lot.description, card);
  }
  shown += 12;
  if (shown >= lots.length) document.getElementById("more").remove();
}
document.getElementById("more").onclick = more;
fetch("/lots.json").then(answer => answer.json()).then(found => { lots = found; more(); });
</script></body></html>"""


def spa_shop() -> dict[str, tuple[int, str]]:
    """A shop of one page whose script fetches the lots and shows them twelve at a time."""
    return {"/": (200, SPA_PAGE), "/lots.json": (200, json.dumps(LOTS)), "/robots.txt": (404, "")}


THREADS = 12
POSTS = 7


def home_made_forum() -> dict[str, tuple[int, str]]:
    """A forum of somebody's own making: two boards, threads of two pages."""
    pages = {
        "/robots.txt": (404, ""),
        "/": (200, '<html><body><ul class="rooms"><li><a href="/room/sell">Sell</a>'
              '<li><a href="/room/buy">Buy</a></ul></body></html>'),
    }  # fmt: skip
    for room in ("sell", "buy"):
        rows = ""
        for number in range(THREADS):
            key = f"{room}-{number}"
            rows += (
                f'<li class="t"><a href="/talk/{key}">{room} VPS {number}</a>'
                f" <em>anon{number}</em> <u>{POSTS - 1} answers</u></li>"
            )
            pages[f"/talk/{key}"] = talk(key, 1, 4, f'<a rel="next" href="/talk/{key}/2">on</a>')
            pages[f"/talk/{key}/2"] = talk(key, 5, POSTS, "")
        pages[f"/room/{room}"] = (200, f"<html><body><ul>{rows}</ul></body></html>")
    return pages


def talk(key: str, first: int, last: int, more: str) -> tuple[int, str]:
    """One page of a thread."""
    posts = "".join(
        f'<section id="m-{key}-{number}"><h4>anon{number}</h4><time>2026-11-0{number} 10:00</time>'
        f"<div>Offer {number} in {key}: VPS NL 4 GB 5 USD</div></section>"
        for number in range(first, last + 1)
    )
    return 200, f"<html><body><h1>{key}</h1>{posts}{more}</body></html>"
