"""Numbers of a machine: memory, cores, disk, port."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from nlp.folded import folded, lower
from nlp.numbered import Numbered
from nlp.post import Page
from nlp.sought import Sought

SIZE = "size_gb"
"""Key of a bare size, alone in its row: memory or web space, as the goods may be."""
_SIZE = Numbered(
    r"(?<![^\W\u4e00-\u9fff])(?<![.,$€])(?:(?P<low>\d{1,4}+)[^\S\n]?(?:[-–]|or|или|oder|ou|bis|до|或"
    r"|أو)[^\S\n]?)?"
    r"(?:(?P<times>\d)\s?[x×х*]\s?)?(?P<n>\d{1,5}+(?:[.,]\d{1,2}+)?+)\+?\s?(?P<unit>tb|тб"
    r"|gb|гб|гигов|гига?|gigs?|جيجا(?:بايت)?|تيرا(?:بايت)?|g|t)(?![A-Za-zА-я0-9])"
    r"(?![^\S\n]?(?:port|порт|口|端口|带宽|独享|uplink|farm|ферма|modem|lte|prox|прокси|ps|bps|bit|/s"
    r"|sim|network|data"
    r"|traffic|traf|трафик|logs|лог))",
)
_DISK_AFTER = folded(
    r"\s?(?:of\s|de\s)?(?:ssd|nvme|hdd|sata|sas|disk|диск\w?|storage|raid|硬盘|固态|机械|系统盘|数据盘|磁盘"
    r"|هارد|قرص|almacenamiento|armazenamento|disco|festplatte|space"
    r"|web|места)",
)
_DISK_BEFORE = folded(
    r"(?:ssd|nvme|hdd|disk|диск|storage|硬盘|固态|disco|festplatte|هارد|قرص)\s?[:=]?\s?$"
)
_RAM_AFTER = folded(
    r"\s?(?:of\s|de\s|d[ae]\s)?(?:ram|ddr|memory|mem\b|озу|опер|памят|пам.ят|内存|memoria|memória"
    r"|arbeitsspeicher"
    r"|de ram|رام)",
)
_RAM_BEFORE = folded(r"(?:ram|memory|озу|оперативк\w|память|内存|memoria|memória|رام)\s?[:=]?\s?$")
_CORES = Numbered(
    r"(?<![^\W\u4e00-\u9fff])(?<![.,$€])(?:(\d{1,3}+)(?:\s?-\s?|\s(?:or|или|oder|ou|to|до|bis)\s))?"
    r"(\d{1,3}+)\+?+[^\S\n]?+(?:x\s)?(?=[vcяkn核نأم])(?:v?cpus?\b|v?cores?\b|ядер"
    r"|ядр[ао]|ядро|核|núcleos?|nucleos?|kerne?\b|c\b(?=\s?/)|cpu核|v\b(?!\w)|vc\b|نواة|أنوية|معالج(?:ات)?)",
    also=r"(?:v?cpu|cores)\s?[:=]\s?(\d{1,3})\b",
)
_THRESHOLD = folded(
    r"(?:under|above|over|below|less than|more than|свыше|менее|более|ниже|выше)\s$"
)
"""Before cores that a condition names: `above 200 cores: you get 60%`."""
_PORT = Numbered(
    r"(?<![^\W\u4e00-\u9fff])(?<![.,$€])(\d{1,5}+(?:[.,]\d)?+)(?:\s?-\s?(\d{1,4}+))?\s?(gbps|gbit(?:/s|ps)?|جيجابت|gb/s"
    r"|гбит"
    r"|гиг(?=\s?порт)|g(?=[^\S\n]?(?:port|uplink|порт|line|带宽|口))|gb(?=[^\S\n]?(?:port|порт"
    r"|uplink|канал))"
    r"|mbps|mbit(?:/s|ps)?|mb/s|мбит|mb(?=[^\S\n]?(?:port|порт))|m(?=[^\S\n]?(?:port|порт|带宽|独享"
    r"|口)))(?![A-Za-z0-9])",
)
_GIGABIT = Sought(r"\bгигабит\w{0,3}\b|\bgigabit\b|千兆|(?P<ten>万兆)")
_COLUMNS = Sought(r"(?:cpu|cores|ядра|核)\W+(?:[\w ]{0,12}\W+)?(?:ram|озу|内存|память)")


class Place(NamedTuple):
    """One fact in clean text."""

    key: str
    value: str | int | float
    start: int
    end: int


def numbers_in(page: Page) -> Iterator[Place]:
    """Numbers with their meaning, in no particular order."""
    text = page.low
    yield from _ports(page)
    if not page.numbered:
        return
    yield from _sizes(page)
    for m in _CORES.finditer(text, page.numbers):
        if _THRESHOLD.search(text[max(m.start() - 12, 0) : m.start()]):
            continue
        for number in filter(None, m.groups()):
            yield Place("cpu_cores", int(number), *m.span())


def whole(number: str) -> int:
    """The whole number in digits with any thousands marks."""
    return int(re.sub(r"\D", "", number))


_COMPUTER = re.compile(
    r"(?i)\b(?:e[35]|xeon|ryzen|epyc|r9|r7|i[3579]|2xe5|dual)\b|\bvds|\bvps|rdp|впс|дед"
)
"""Words of a line whose first size without a word is memory."""


def plain(value: float) -> int | float:
    """A whole number without its decimal point."""
    return int(value) if value == int(value) else value


def _sizes(page: Page) -> Iterator[Place]:
    """Memory and disks: by the word beside them, else by their order in the row."""
    text = page.low
    rows: dict[tuple[int, int], list[re.Match[str]]] = {}
    for m in _SIZE.finditer(text, page.numbers):
        line = page.line_of(m.start())
        priced = bisect_left(page.prices_by_line.get(line, []), m.start())
        rows.setdefault((line, priced), []).append(m)
    header = _columns(page)
    # a line may hold many rows, each with a price
    said = {line: lower(page.line(line)) for line, _ in rows}
    with_cores = {line for line, text in said.items() if _CORES.search(text)}
    spec = {line for line, text in said.items() if line in with_cores or _COMPUTER.search(text)}
    for (line, _), found in rows.items():
        cored = line in with_cores
        row, keys = _without_bare(found, [_size_key(text, m) for m in found], cored=cored)
        if not row:
            continue
        told = line in spec or header is not None or len(row) >= 2
        _complete(keys, row, spec=told, header=header)
        for m, key in zip(row, keys, strict=True):
            if key is not None:
                yield from _gigabytes(key, m)
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
    row: list[re.Match[str]], keys: list[str | None], *, cored: bool
) -> tuple[list[re.Match[str]], list[str | None]]:
    """Without sizes that say only `4G` and nothing of memory or disk, in rows without cores."""
    kept = [(m, k) for m, k in zip(row, keys, strict=True) if k or len(m["unit"]) > 1 or cored]
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
    return "disk_gb" if m["unit"].lower() in ("tb", "тб", "تيرا") else None


def _gigabytes(key: str, m: re.Match[str]) -> Iterator[Place]:
    """The size in gigabytes; both ends of `4-8 GB`, `8 or 16 GB`."""
    for number in filter(None, (m["low"], m["n"])):
        value = float(number.replace(",", "."))
        large = m["unit"].lower().startswith(("t", "т", "تيرا"))
        yield Place(key, plain(value * 1000 if large else value), *m.span())


def _ports(page: Page) -> Iterator[Place]:
    for m in _GIGABIT.finditer(page.low):
        yield Place("bandwidth_mbps", 10_000 if m["ten"] else 1000, *m.span())
    for m in _PORT.finditer(page.low, page.numbers):
        scale = 1000 if m[3].lower().startswith(("g", "г", "ج")) else 1
        for number in filter(None, (m[1], m[2])):
            yield Place("bandwidth_mbps", plain(float(number.replace(",", ".")) * scale), *m.span())
