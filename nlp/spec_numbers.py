"""Numbers of an offer: memory, cores, disk, port, revenue, hosts, stock."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nlp.folded import folded, lower
from nlp.post import Page
from nlp.sought import Sought

SIZE = "size_gb"
"""Key of a bare size, alone in its row: memory or web space, as the goods may be."""
_SIZE = folded(
    r"(?<![\w.,$€])(?:(?P<times>\d)\s?[x×х*]\s?)?(?P<n>\d{1,5}(?:[.,]\d)?)\+?\s?(?P<unit>tb|тб"
    r"|gb|гб|гигов|гига?|gigs?|g|t)(?![A-Za-zА-я0-9])"
    r"(?!\s?(?:port|порт|uplink|farm|ферма|modem|lte|prox|прокси|ps|bps|bit|/s|sim|network|data"
    r"|traffic|traf|трафик|logs|лог))",
)
_DISK_AFTER = folded(
    r"\s?(?:of\s)?(?:ssd|nvme|hdd|sata|sas|disk|диск\w?|storage|raid|硬盘|disco|festplatte|space"
    r"|web|места)",
)
_DISK_BEFORE = folded(r"(?:ssd|nvme|hdd|disk|диск|storage|硬盘|disco)\s?[:=]?\s?$")
_RAM_AFTER = folded(
    r"\s?(?:of\s)?(?:ram|ddr|memory|mem\b|озу|опер|памят|内存|memoria|memória|arbeitsspeicher"
    r"|de ram|رام)",
)
_RAM_BEFORE = folded(r"(?:ram|memory|озу|оперативк\w|память|内存|memoria|memória|رام)\s?[:=]?\s?$")
_CORES = Sought(
    r"(?<![\w.,$€])(?:(\d{1,3})\s?-\s?)?(\d{1,3})\+?\s?(?:x\s)?(?:v?cpus?\b|v?cores?\b|ядер"
    r"|ядр[ао]|ядро|核|núcleos?|nucleos?|kerne?\b|c\b(?=\s?/)|cpu核|v\b(?!\w)|vc\b|نواة|أنوية)"
    r"|(?:v?cpu|cores)\s?[:=]\s?(\d{1,3})\b",
)
_PORT = Sought(
    r"(?<![\w.,$€])(\d{1,5}(?:[.,]\d)?)(?:\s?-\s?(\d{1,4}))?\s?(gbps|gbit(?:/s|ps)?|gb/s|гбит"
    r"|гиг(?=\s?порт)|g(?=\s?(?:port|uplink|порт|line|带宽|口))|gb(?=\s?(?:port|порт|uplink))"
    r"|mbps|mbit(?:/s|ps)?|mb/s|мбит|mb(?=\s?(?:port|порт))|m(?=\s?(?:port|порт|带宽|独享"
    r"|口)))(?![A-Za-z0-9])"
    r"|(\bгигабит\w{0,3}\b|\bgigabit\b|千兆)",
)
_UNIT = (
    r"(?P<{0}>kkk|ккк|kk|кк|mln|mio|млн|million\w*|millones|milhões|m|м|b|bn|billion|млрд|亿|万"
    r"|mi|mm)"
)
_DOLLAR = r"(?:usd|us\$|u\$s|\$|долл\w*|баксов|дол)"
_REVENUE = Sought(
    r"(?:revenue|\brev\b|ревенью|\bрев\w{0,2}\b|оборот|доход|выручк\w|zoominfo|зум\w{0,4}|umsatz"
    r"|facturaci[óo]n|factura|ingresos"
    r"|faturamento|receita|营收|年收入|[إا]يرادات)[^\d\n$]{0,24}?(?:"
    + _DOLLAR
    + r"|~|>|<|us)*\s?(?P<n>\d{1,4}(?:[.,]\d{1,3})*)\s?"
    + _UNIT.format("u")
    + r"?(?!\w)\s?(?P<cur>€|eur|евро|£|gbp|₽|руб\w*|rub|r\$|brl|aud|a\$)?",
)
_BARE_REVENUE = folded(
    r"(?:(?P<d>\$)\s?)?(?<![\d.,])(?P<n>\d{1,4}(?:[.,]\d{1,2})?)\s?(?P<u>kkk|ккк|kk|кк|mln|млн"
    r"|million|m|bn|b)\s?(?P<d2>\$|usd|долл)?(?![\w€£])",
)
_IN_DOLLARS = Sought(_DOLLAR)
_SCALE = {
    "kkk": 1e9, "ккк": 1e9, "b": 1e9, "bn": 1e9, "billion": 1e9, "млрд": 1e9, "亿": 1e8, "万": 1e4,
}  # fmt: skip
_COLUMNS = Sought(r"(?:cpu|cores|ядра|核)\W+(?:[\w ]{0,12}\W+)?(?:ram|озу|内存|память)")
_HOSTS = Sought(
    r"(?<![\w.,$€])(\d{1,3}(?:[,. ]\d{3})+|\d{1,6})\s?\+?\s?(?:hosts?|pcs?(?= (?:in|each|on))"
    r"|pc\b|machines?|computers?|endpoints|workstations"
    r"|хост\w{0,2}|машин\w?|пк\b|компов|компьютер\w{0,2}|rechner|equipos|máquinas|computadores|台"
    r"|主机|جهاز)"
    r"|(?:hosts?|хост\w{0,2}(?: в домене)?|machines?|pc in network|pcs in network|endpoints"
    r"|машин|компов|пк в домене|rechner|equipos|máquinas|主机)"
    r"\s?(?:[:=]|about|around|approx\.?|~|около|примерно)+\s?[~≈><]?\s?(\d{1,3}(?:[,. ]\d{3})+"
    r"|\d{1,6})",
)


class Place(NamedTuple):
    """One fact in clean text."""

    key: str
    value: str | int | float
    start: int
    end: int


def numbers_in(page: Page) -> Iterator[Place]:
    """Numbers with their meaning, in no particular order."""
    text = page.low
    yield from _ports(text)
    if not page.numbered:
        return
    yield from _sizes(page)
    for m in _CORES.finditer(text):
        for number in filter(None, (m[1], m[2], m[3])):
            yield Place("cpu_cores", int(number), *m.span())
    yield from _revenue(page)
    for m in _HOSTS.finditer(text):
        before = text[max(m.start() - 8, 0) : m.start()].lower()
        if whole(m[1] or m[2]) >= 10 and "esxi" not in before:
            yield Place("hosts", whole(m[1] or m[2]), *m.span())


def whole(number: str) -> int:
    """The whole number in digits with any thousands marks."""
    return int(re.sub(r"\D", "", number))


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _sizes(page: Page) -> Iterator[Place]:
    """Memory and disks: by the word beside them, else by their order in the row."""
    text = page.low
    rows: dict[int, list[re.Match[str]]] = {}
    for m in _SIZE.finditer(text):
        rows.setdefault(page.line_of(m.start()), []).append(m)
    header = _columns(page)
    for line, found in rows.items():
        row, keys = _without_bare(found, [_size_key(text, m) for m in found])
        if not row:
            continue
        _complete(keys, row, spec=_is_spec_row(lower(page.line(line)), row, header), header=header)
        for m, key in zip(row, keys, strict=True):
            if key is not None:
                yield Place(key, _gigabytes(m), *m.span())
        if header and (cores := _core_column(page, line, row[0])):
            yield cores


def _complete(
    keys: list[str | None], row: list[re.Match[str]], *, spec: bool, header: int | None
) -> None:
    """Fill in what sizes without a word mean: first memory, then a disk."""
    if len(row) > 1 and set(keys) == {"disk_gb"} and row[0]["unit"].lower()[0] in "gг":
        keys[0] = "ram_gb"
    if "ram_gb" not in keys and (keys[0] is None or header) and spec:
        keys[0] = keys[0] or "ram_gb"
    if "disk_gb" not in keys and len(keys) > 1 and keys[0] == "ram_gb" and keys[1] is None:
        keys[1] = "disk_gb"
    if keys == [None]:
        keys[0] = SIZE


def _without_bare(
    row: list[re.Match[str]], keys: list[str | None]
) -> tuple[list[re.Match[str]], list[str | None]]:
    """Without sizes that say only `4G` and nothing of memory or disk."""
    kept = [(m, k) for m, k in zip(row, keys, strict=True) if k or len(m["unit"]) > 1]
    return [m for m, _ in kept], [k for _, k in kept]


def _columns(page: Page) -> int | None:
    """Line of a table header that names processor and memory, or None."""
    for m in _COLUMNS.finditer(page.low):
        line = page.line_of(m.start())
        if not re.search(r"\d", page.line(line)):
            return line
    return None


def _core_column(page: Page, line: int, size: re.Match[str]) -> Place | None:
    """The bare number before the memory in a row under such a header."""
    start, _ = page.line_bounds(line)
    m = re.search(r"(?<!\S)(\d{1,3})[\s|]+$", page.low[start : size.start()])
    return Place("cpu_cores", int(m[1]), start + m.start(1), start + m.end(1)) if m else None


def _is_spec_row(line: str, row: list[re.Match[str]], header: int | None) -> bool:
    """Whether an unlabelled first size of a line is memory."""
    cores = _CORES.search(line) or re.search(
        r"(?i)\b(?:e[35]|xeon|ryzen|epyc|r9|r7|i[3579]|2xe5|dual)\b|\bvds|\bvps|rdp|впс|дед", line
    )
    return bool(cores) or header is not None or len(row) >= 2


def _size_key(text: str, m: re.Match[str]) -> str | None:
    before, after = text[max(m.start() - 14, 0) : m.start()], text[m.end() : m.end() + 18]
    if _RAM_AFTER.match(after):
        return "ram_gb"
    if _DISK_AFTER.match(after):
        return "disk_gb"
    if _RAM_BEFORE.search(before):
        return "ram_gb"
    if _DISK_BEFORE.search(before):
        return "disk_gb"
    return "disk_gb" if m["unit"].lower() in ("tb", "тб") else None


def _gigabytes(m: re.Match[str]) -> int | float:
    value = float(m["n"].replace(",", "."))
    return _plain(value * 1000 if m["unit"].lower() in ("tb", "тб", "t") else value)


def _ports(text: str) -> Iterator[Place]:
    for m in _PORT.finditer(text):
        if m[4]:
            yield Place("bandwidth_mbps", 1000, *m.span())
            continue
        scale = 1000 if m[3].lower().startswith(("g", "г")) else 1
        for number in filter(None, (m[1], m[2])):
            yield Place(
                "bandwidth_mbps", _plain(float(number.replace(",", ".")) * scale), *m.span()
            )


def _revenue(page: Page) -> Iterator[Place]:
    """Revenue in dollars or in no stated currency; below 100,000 it is something else."""
    text = page.low
    taken: list[tuple[int, int]] = []
    for m in _REVENUE.finditer(text):
        if re.search(r"[€£]\s?$", text[: m.start("n")][-3:]):
            continue
        taken.append(m.span())
        value = _amount(m["n"], m["u"])
        dollars = _IN_DOLLARS.search(m[0] + text[m.end() : m.end() + 5]) or "in usd" in text.lower()
        if value >= 1e5 and not m["cur"] and (dollars or m["u"] is None):
            yield Place("revenue_usd", _plain(value), *m.span("n"))
    for m in _BARE_REVENUE.finditer(text) if _IN_DOLLARS.search(text) else ():
        small = (m["u"] or "").lower() in ("m", "b", "bn")
        if not (m["d"] or m["d2"]) or (small and _amount(m["n"], m["u"]) < 1e6):
            continue
        if any(s < m.end() and m.start() < e for s, e in taken):
            continue
        if not re.match(
            r"\s?(?:€|eur|евро|£|руб|₽|строк|lines|records|users|польз)",
            text[m.end() : m.end() + 8],
            re.IGNORECASE,
        ):
            yield Place("revenue_usd", _plain(_amount(m["n"], m["u"])), *m.span("n"))


def _amount(number: str, unit: str | None) -> float:
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number)
    value = float(re.sub(r"[.,]", "", number) if grouped else number.replace(",", "."))
    return value * (_SCALE.get(unit.lower(), 1e6) if unit else 1.0)
