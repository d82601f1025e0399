"""The sizing page is what its script computes from the unit costs that were measured."""

from dataclasses import replace

from scripts import sizing


def test_the_page_is_what_the_script_prints() -> None:
    assert sizing.PAGE.read_text("utf-8") == sizing.page_of(sizing.load_costs())


def test_ten_times_the_sources_need_ten_times_the_room() -> None:
    costs = replace(sizing.load_costs(), warc_bytes=10_000.0)

    def cells(sources: int) -> list[str]:
        return [cell.strip() for cell in sizing.by_sources(costs, sources).strip("|").split("|")]

    assert cells(10)[:3] == ["10", "4,000", "2,920,000"]
    # 4,000 pages a day of 10 kB are 14.6 GB a year
    assert (cells(10)[5], cells(1000)[5]) == ("15", "1,460")


def test_unit_costs_are_measured_ones() -> None:
    costs = sizing.load_costs()
    numbers = (
        costs.crawl_ms, costs.warc_bytes, costs.analyse_ms, costs.sqlite_bytes, costs.parquet_bytes
    )  # fmt: skip
    assert all(number > 0 for number in numbers)
