"""YAML files: plain data of sound size, or an error that the loaders know."""

import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.home import Home
from crawler.source import SourceError, load_source
from nlp.yamls import DEEPEST, LONGEST, load_yaml, read_yaml
from tests.market import ROOT

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcd", "bcde", strict=True)
)
REFUSED = {
    "references": (LAUGHS, "reference"),
    "a key that stands twice": ("id: one\nid: two", "twice"),
    "a list as a key": ("? [1, 2]\n: x", "single value"),
    "great depth": ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "nested"),
    "depth without end": ("[" * 100_000, "nested"),
    "an object of Python's": ("!!python/object/apply:os.system [id]", "constructor"),
    "a number beyond bounds": ("n: " + "9" * 5000, "cannot be read"),
    "a date that is none": ("at: 2026-13-45", "cannot be read"),
    "a tag that does not fit": ("at: !!timestamp soon", "fit"),
    "a truth that is none": ("is: !!bool perhaps", "cannot be read"),
    "great length": (" " * (LONGEST + 1), "longer"),
    "no YAML": ("a: [", "flow"),
    "a control character": ("a: \x1b[31m", "control"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_plain_data_is_refused_at_once(name: str) -> None:
    text, reason = REFUSED[name]
    began = time.process_time()
    with pytest.raises(yaml.YAMLError, match=reason):
        read_yaml(text)
    assert time.process_time() - began < 2


def test_plain_data_is_read_as_before() -> None:
    for path in (ROOT / "data").rglob("*.yml"):
        assert load_yaml(path) == yaml.safe_load(path.read_text("utf-8"))


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    os.mkfifo(home.sources / "board.yml")
    with pytest.raises(SourceError, match="is no file"):
        load_source(home.sources / "board.yml")


@given(st.text(st.sampled_from("ab:-[]{}&*!?|>'\"#%@` \n\t9.0eE~yY<=,"), max_size=60))
@settings(max_examples=300, deadline=1000)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_yaml(text)
    except yaml.YAMLError:
        return


@pytest.mark.parametrize(
    "text",
    [
        "id: !!int ''",
        "x: !!float a",
        "x: !!binary é",
        "x: 0b",
        "x: 1:99:99",
        "!!set {a, a}",
        "!!omap [a: 1]",
        "!!pairs x",
        "x: !!null y",
        "a: !!str [b]",
    ],
)
def test_odd_tags_are_read_or_refused(text: str) -> None:
    try:
        read_yaml(text)
    except yaml.YAMLError:
        return
