import re

from scripts.hostile_cases import PAGE, areas, page


def test_names_are_unique_and_well_formed() -> None:
    names = [case.name for cases in areas().values() for case in cases]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_the_table_in_the_docs_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make cases`"
