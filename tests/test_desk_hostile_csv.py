"""Hostile text in every field of the market: no CSV of the desk holds a formula."""

from pathlib import Path

import httpx
import pytest

from tests.hostile_served import QUERY_PAGES, TABLE_PAGES, Served, joined
from tests.inertness import faults, formulas

"""Its fixture is made once: all its tests run in one worker."""
CSV_FORMS = ("_size=max", "_stream=on&_size=max", "_dl=1", "_labels=on&_size=max", "_header=off")


@pytest.fixture(scope="module")
def served(hostile_home: Path) -> Served:
    """The hostile market."""
    return Served(hostile_home / "market.db")


def calculated(response: httpx.Response) -> list[str]:
    """Formulas of an answer that is CSV; what is wrong with it as a page otherwise."""
    is_page = "html" in response.headers["content-type"]
    return faults(response.text) if is_page else formulas(response.text)


@pytest.mark.parametrize("path", TABLE_PAGES)
def test_tables_as_csv_are_inert(served: Served, path: str) -> None:
    for form in CSV_FORMS:
        response = served.get(joined(f"{path}.csv", form))
        assert response.status_code == 200
        assert formulas(response.text) == [], form
    for form in ("_format=csv", "_format=%63sv"):
        assert calculated(served.get(joined(path, form))) == [], form


@pytest.mark.parametrize("path", QUERY_PAGES)
def test_questions_as_csv_are_inert(served: Served, path: str) -> None:
    name, _, query = path.partition("?")
    assert formulas(served.get(f"{name}.csv?{query}").text) == []
    assert calculated(served.get(joined(path, "_format=csv&_stream=on"))) == []


def test_search_as_csv_and_own_sql_are_inert(served: Served) -> None:
    sql = "select value, '=1+1', x'3d31' from contacts"
    for path in ("/search.csv", "/search.csv?what=posts", f"/market.csv?sql={sql}"):
        response = served.get(path)
        assert len(response.text.splitlines()) > 50
        assert formulas(response.text) == []
