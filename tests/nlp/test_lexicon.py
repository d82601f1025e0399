import json
import shutil
from pathlib import Path

import pytest

from nlp.findings import Document
from nlp.lexicon import DATA, LexiconError, load_lexicon
from nlp.pipeline import Analyser

TAXONOMY = Path(__file__).resolve().parents[2] / "../shared/taxonomy.json"


def test_every_type_of_the_taxonomy_has_its_file_and_words() -> None:
    if not TAXONOMY.exists():
        pytest.skip("../shared/taxonomy.json is not beside this checkout")
    types = {row["id"]: row for row in json.loads(TAXONOMY.read_text("utf-8"))}
    assets = load_lexicon().assets
    assert set(assets) == set(types)
    for name, row in types.items():
        ours = {w.term.lower() for words in assets[name].words.values() for w in words}
        theirs = {w["term"].lower() for words in row["terms"].values() for w in words}
        assert theirs <= ours


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in ("assets", "languages"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    shutil.copy(DATA / "countries.yml", tmp_path)
    shutil.copy(DATA / "terms.yml", tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


BAD = [
    ("assets/access.rdp.yml", "group: compromised", "grp: compromised", ["access.rdp.yml", "grou"]),
    ("assets/access.rdp.yml", "id: access.rdp", "id: access.rpd", ["id: 'access.rpd'"]),
    ("assets/hosting.bph.vps.yml", "needs: promise", "needs: promises", ["needs", "'promises'"]),
    ("languages/ru.yml", "code: ru", "code: rus", ["ru.yml", "code", "rus"]),
    ("languages/ru.yml", "  offer:", "  offers:", ["ru.yml", "'offers'"]),
    ("countries.yml", "US: {codes", "US: {code", ["countries.yml", "US.code"]),
    ("languages/en.yml", "code: en", "code: [", ["en.yml", "not YAML"]),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), BAD)
def test_an_error_names_file_field_and_value(
    data: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    edit(data / file, old, new)
    with pytest.raises(LexiconError) as error:
        load_lexicon(data)
    assert all(part in str(error.value) for part in said), error.value


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"no \.yml file"):
        load_lexicon(tmp_path)


def test_one_new_file_is_a_new_type_and_changes_the_digest(data: Path) -> None:
    text = (data / "assets/anon.vpn.yml").read_text("utf-8").split("words:")[0]
    text = text.replace("id: anon.vpn", "id: anon.carrier_pigeon")
    words = "words:\n  en:\n    - {term: carrier pigeon, attested: false}\n"
    tests = "examples: [a, b, c, d]\nnot_examples: [a, b, c, d]\n"
    (data / "assets/anon.carrier_pigeon.yml").write_text(text + words + tests, "utf-8")
    assert load_lexicon(data).digest != load_lexicon().digest
    found = Analyser(data).analyse(Document(text="Selling carrier pigeons, 5$ each, @pigeon_demo"))
    assert [x.asset_type for x in found.listings] == ["anon.carrier_pigeon"]
