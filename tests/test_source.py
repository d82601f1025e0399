"""A wrong source file is one line that names file, field, value and remedy."""

from pathlib import Path

import pytest

from crawler.home import DATA, Home
from crawler.source import Source, SourceError, find_source, load_source, source_files
from crawler.source_fields import minutes_of
from spiders.engines import ENGINES

GOOD = """\
id: board
name: Board
kind: forum
engine: mybb
url: http://board.example/index.php
start: [http://board.example/index.php]
hosts: [board.example]
basis: public
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "board.yml"
    path.write_text(text, "utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, GOOD + "every: 6h\n"))
    assert (source.id, source.every, source.delay_s) == ("board", "6h", 5)


@pytest.mark.parametrize(
    ("line", "field", "value", "remedy"),
    [
        ("colour: red", "colour", "red", "remove it"),
        ("every: soon", "every", "soon", "write it like"),
        ("every: 0h", "every", "0h", "write it like"),
        ("url: ftp://board.example", "url", "ftp://board.example", "write http"),
        ("timezone: Mars/Olympus", "timezone", "Mars/Olympus", "like Europe"),
        ("tlp: purple", "tlp", "purple", "amber"),
        ("robots: ignore", "robots", "ignore", "say why"),
        ("start: [http://other.example/]", "start", "http://other.example/", "add 'other.example'"),
        ("id: else", "id", "else", "write board"),
    ],
)
def test_a_fault_is_one_line_with_its_remedy(
    tmp_path: Path, line: str, field: str, value: str, remedy: str
) -> None:
    key = line.split(":")[0]
    kept = "".join(row + "\n" for row in GOOD.splitlines() if not row.startswith(f"{key}:"))
    path = write(tmp_path, kept + line + "\n")
    with pytest.raises(SourceError) as caught:
        load_source(path)
    (text,) = str(caught.value).splitlines()
    assert text.startswith(f"{path}: ")
    for part in (field, value, remedy):
        assert part in text


def test_what_is_no_yaml_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not YAML"):
        load_source(write(tmp_path, "a: [1"))


def test_an_unknown_source_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="demo_mybb"):
        find_source(Home(tmp_path), "nothing")


def test_the_operators_file_wins(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    own = home.sources / "demo_mybb.yml"
    own.write_text((DATA / "sources" / "demo_mybb.yml").read_text("utf-8"), "utf-8")
    assert source_files(home)["demo_mybb"] == own


@pytest.mark.parametrize(
    ("text", "minutes"), [("30m", 30), ("6h", 360), ("2d", 2880), ("1w", 10080)]
)
def test_durations(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


def test_every_key_of_a_source_is_explained() -> None:
    text = (DATA.parent / "docs" / "sources.md").read_text("utf-8")
    unexplained = [name for name in Source.model_fields if f"`{name}`" not in text]
    assert unexplained == []


def test_every_engine_is_named_in_the_docs() -> None:
    text = (DATA.parent / "docs" / "sources.md").read_text("utf-8")
    assert [name for name in ENGINES if f"`{name}`" not in text] == []
