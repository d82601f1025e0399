"""The words of the analyser: asset types, languages and countries, read from data/*.yml."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlp.yamls import read_yaml

DATA = Path(__file__).resolve().parents[1] / "data"
"""Where the words lie unless an analyser is told otherwise."""

Model = TypeVar("Model", bound=BaseModel)


class LexiconError(ValueError):
    """A word file that cannot be used; the message names file, field and value."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Word(_Strict):
    """One term that names an asset type."""

    term: str = Field(min_length=1, max_length=80)
    """Words as they are written; case, endings and hyphens do not matter."""
    attested: bool = False
    """True when the term is documented in the literature or in public listings."""
    needs: str | None = None
    """Kind of cue (see data/languages) without which the term does not count in a post."""
    near: list[str] = []
    """At least one of these words stands in the same line or in the title."""
    weak: bool = False
    """True for a word that also occurs in passing: it counts in a title, heading or priced line."""


class AssetType(_Strict):
    """One type of goods; the file's name is its id."""

    id: str = Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$")
    group: str
    name: str
    definition: str
    price_unit: str
    words: dict[str, list[Word]]
    """Terms by language (ISO 639-1)."""
    exclude: list[str] = []
    """Words that, in the same line, mean something else was meant."""
    examples: list[str] = Field(min_length=4)
    """Posts that offer it: each is a test."""
    not_examples: list[str] = Field(min_length=4)
    """Posts that do not, though they look like it: each is a test."""
    note: str | None = None


class Language(_Strict):
    """One language: its small words, and the words that say what a post wants."""

    code: str = Field(pattern=r"^[a-z]{2}$")
    name: str
    stop_words: frozenset[str] = Field(min_length=5)
    """Frequent small words that tell the language."""
    ordinary: list[str] = []
    """Words often written with a capital that are no seller's name."""
    cues: dict[str, list[str]]
    """Words by kind of cue; the kinds are the keys of `KINDS`."""


class Terms(_Strict):
    """Words for the terms of a sale."""

    pay: list[str]
    """Words of lines that speak of paying."""
    payment: dict[str, list[str]]
    """Words by coin or service."""
    guarantee: dict[str, list[str]]
    """Words by promise."""
    denied: list[str]
    """Words before a promise that is not made."""
    allowed: list[str]
    """Words before content that is welcome."""
    forbidden: list[str]
    """Words before content that is not."""
    content: dict[str, list[str]]
    """Words by kind of content."""

    def labelled(self) -> Iterator[tuple[str, str, str]]:
        """Kind, name and word of every term; cues have no name."""
        for kind, words in self:
            named = words if isinstance(words, dict) else {"": words}
            for name, terms in named.items():
                yield from ((kind, name, word) for word in terms)


class Country(_Strict):
    """One country, or EU and WORLD."""

    codes: list[str] = []
    """Further codes in capitals, beside the ISO 3166 one."""
    names: list[str]
    """Names, adjectives and cities in any language; Russian endings do not matter."""


KINDS = {
    "offer": "sells or rents",
    "offer_tag": "a tag in a title's brackets that says: for sale",
    "wanted": "buys or looks for",
    "wanted_tag": "a tag in a title's brackets that says: wanted",
    "trade": "terms of a sale: stock, payment, replacement, test",
    "question": "asks for help or opinion",
    "review": "tells of a purchase",
    "complaint": "accuses, reports or blocks somebody",
    "news": "reports what happened elsewhere",
    "rules": "states rules, escrow terms or forum matters",
    "tutorial": "explains or defends",
    "chat": "greets, jokes, hires, raffles, announces an outage",
    "bid": "takes part in an auction",
    "sold": "the goods are gone",
    "closed": "the offer has ended",
    "active": "the offer still stands",
    "promise": "ignores complaints: bulletproof",
    "hacked": "stolen or sold by the piece",
    "victim": "states what buyers of a network ask: revenue, rights, hosts",
    "organisation": "describes a company or authority",
    "offtopic": "goods outside the taxonomy",
    "legal": "an ordinary, lawful provider or customer",
    "grievance": "a complaint that reaches a host",
    "dismissal": "what a host does with complaints that he ignores",
    "negation": "what stands behind is excluded",
}
"""Kinds of cue and what they say."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word files, checked."""

    assets: dict[str, AssetType]
    """By id, in order of ids."""
    languages: dict[str, Language]
    """By ISO 639-1 code."""
    countries: dict[str, Country]
    """By ISO 3166 alpha-2 code, EU or WORLD."""
    terms: Terms
    """Words for payment, guarantees and content."""
    digest: str
    """First 8 hex digits of a hash over all files; changes with any word."""

    def cue_words(self, kind: str) -> list[str]:
        """Words of one kind of cue, over all languages."""
        return [word for lang in self.languages.values() for word in lang.cues.get(kind, [])]


def load_lexicon(data: Path | None = None) -> Lexicon:
    """All words under `data` (by default the project's own, read once in a process).

    Raises:
        LexiconError: a file is missing, is not YAML, or has a wrong or unknown field.
    """
    return _bundled() if data is None else _load_words(data)


@lru_cache(maxsize=1)
def _bundled() -> Lexicon:
    return _load_words(DATA)


def _load_words(root: Path) -> Lexicon:
    assets = {p.stem: _read(p, AssetType) for p in _files(root / "assets")}
    languages = {p.stem: _read(p, Language) for p in _files(root / "languages")}
    for stem, asset in assets.items():
        _same_name(root / "assets" / f"{stem}.yml", "id", asset.id, stem)
        _known_needs(root / "assets" / f"{stem}.yml", asset)
    for stem, language in languages.items():
        _same_name(root / "languages" / f"{stem}.yml", "code", language.code, stem)
        _known_kinds(root / "languages" / f"{stem}.yml", language)
    countries = _read_countries(root / "countries.yml")
    terms = _read(root / "terms.yml", Terms)
    return Lexicon(assets, languages, countries, terms, digest_of(root))


def digest_of(data: Path | None = None) -> str:
    """First 8 hex digits of a hash over all files of words, without reading what they say.

    Raises:
        LexiconError: a file is missing or cannot be read.
    """
    root = data or DATA
    digest = hashlib.sha256()
    files = [*_files(root / "assets"), *_files(root / "languages")]
    for path in (*files, root / "countries.yml", root / "terms.yml"):
        digest.update(path.name.encode() + _bytes_of(path))
    return digest.hexdigest()[:8]


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.yml"))
    if not found:
        raise LexiconError(f"{folder}: no .yml file here; expected one per entry")
    return found


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror}") from error


def _load(path: Path) -> object:
    try:
        return read_yaml(_bytes_of(path).decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: is not YAML: {error}") from error


def _read(path: Path, model: type[Model]) -> Model:
    return _checked(path, model, _load(path))


def _checked(path: Path, model: type[Model], value: object, place: str = "") -> Model:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(filter(None, [place, *map(str, first["loc"])]))
        raise LexiconError(
            f"{path}: {field or 'file'}: {first['input']!r:.80}: {first['msg']}"
        ) from error


def _read_countries(path: Path) -> dict[str, Country]:
    loaded = _load(path)
    if not isinstance(loaded, dict):
        raise LexiconError(f"{path}: file: {loaded!r:.80}: expected codes with names")
    return {str(code): _checked(path, Country, v, str(code)) for code, v in loaded.items()}


def _same_name(path: Path, field: str, value: str, stem: str) -> None:
    if value != stem:
        raise LexiconError(f"{path}: {field}: '{value}' is not the file's name '{stem}'")


def _known_needs(path: Path, asset: AssetType) -> None:
    for language, words in asset.words.items():
        for word in words:
            if word.needs is not None and word.needs not in KINDS:
                raise LexiconError(
                    f"{path}: words.{language}.needs: '{word.needs}' is no kind of cue;"
                    f" known: {', '.join(KINDS)}"
                )


def _known_kinds(path: Path, language: Language) -> None:
    for kind in language.cues:
        if kind not in KINDS:
            raise LexiconError(
                f"{path}: cues: '{kind}' is no kind of cue; known: {', '.join(KINDS)}"
            )
