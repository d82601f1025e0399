"""Figures of `make bench-nightly`: what a night took, as a table and as measures."""

import statistics
from dataclasses import dataclass

from scripts.measure import Measure
from scripts.measure import median_of as median_ratio

CHANGES = 100
BAR = 1.3
"""How many more requests the largest store may cost than the smallest one."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    board_pages: int
    thread_pages: int
    other: int
    """Requests for the index, robots.txt and the rest."""
    cpu_s: float
    """Processor time of all processes, seconds."""
    wall_s: float
    rss_mb: float
    """Most memory of one process, MB."""
    rows: int
    """Rows that differ afterwards: added, changed or deleted."""
    written_mb: float
    """What was written to the disk, MB."""


def median_of(costs: list[Cost], name: str) -> float:
    """The median of a figure."""
    return float(statistics.median(getattr(cost, name) for cost in costs))


def print_table(start: Cost, costs: dict[int, list[Cost]]) -> None:
    """All figures by size, and the ratios of the largest size to the smallest."""
    sizes = sorted(costs)
    print(f"{CHANGES} changes; a run on an empty home takes {start.cpu_s:.1f} s of processor time")
    print(f"{'stored threads':22s}" + "".join(f"{size:>12,}" for size in sizes) + "   ratio")
    for name in Cost.__slots__:
        figures = [median_of(costs[size], name) for size in sizes]
        shown = "".join(f"{figure:>12,.1f}" for figure in figures)
        print(f"{name:22s}{shown}{ratio(figures):>8.2f}")
    for name, figures in (
        ("requests", [requests(costs[size]) for size in sizes]),
        ("cpu_s - start-up", [median_of(costs[size], "cpu_s") - start.cpu_s for size in sizes]),
    ):
        print(f"{name:22s}" + "".join(f"{f:>12,.1f}" for f in figures) + f"{ratio(figures):>8.2f}")


def requests(costs: list[Cost]) -> float:
    """Requests of all kinds."""
    kinds = ("board_pages", "thread_pages", "other")
    return sum(median_of(costs, name) for name in kinds)


def ratio(figures: list[float]) -> float:
    """The last figure against the first one."""
    return figures[-1] / figures[0] if figures[0] else float("nan")


def measures_of(costs: dict[int, list[Cost]], *, analysed: bool) -> list[Measure]:
    """How much more a night costs with most threads than with fewest: ratios, round by round."""
    small, large = min(costs), max(costs)
    what = "crawl and analysis" if analysed else "crawl alone"
    note = f"{CHANGES} changes, {large:,} stored threads against {small:,}, {what}"
    return [
        median_ratio(
            f"nightly {name}",
            [
                figure_of(more, name) / figure_of(less, name)
                for less, more in zip(costs[small], costs[large], strict=True)
            ],
            BAR,
            "lower",
            note=note,
        )
        for name in ("requests", "thread_pages", "board_pages", "rows", "cpu_s")
    ]


def figure_of(cost: Cost, name: str) -> float:
    """A figure of a run."""
    if name == "requests":
        return requests([cost])
    return float(getattr(cost, name))
