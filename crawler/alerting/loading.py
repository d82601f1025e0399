"""Rule files read and checked: errors name file, field, value and remedy."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from crawler.alerting.conditions import When
from crawler.alerting.rules import Rule, Target, Webhook
from crawler.home import DATA, Home
from crawler.source import source_files
from nlp.lexicon import load_lexicon
from nlp.yamls import load_yaml

_SECRET = ("apprise", "url_env", "secret_env", "to")
"""Fields whose values are never repeated: somebody may have written a secret there."""
_PARTS: dict[str, type[BaseModel]] = {"when": When, "to": Target, "webhook": Webhook}


class AlertError(ValueError):
    """A rule file that cannot be used; its text names file, field, value and remedy."""


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule with the file that it stands in."""

    rule: Rule
    path: Path
    written: datetime
    """When the file was last written, UTC."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a home, and what is wrong with the others."""

    files: Mapping[str, RuleFile]
    """By name."""
    faults: tuple[str, ...] = ()
    """One line for each fault."""


def rule_files(home: Home) -> dict[str, Path]:
    """Rule files by name: the shipped ones, replaced by the operator's of the same name."""
    paths = sorted((DATA / "alerts").glob("*.yml")) + sorted(home.alerts.glob("*.yml"))
    return {path.stem: path for path in paths}


def load_rules(home: Home) -> Rules:
    """All rules; a wrong file keeps none of the others back."""
    files: dict[str, RuleFile] = {}
    faults: list[str] = []
    for name, path in rule_files(home).items():
        try:
            files[name] = load_rule(path)
        except AlertError as error:
            faults += str(error).splitlines()
    return Rules(files, tuple(faults))


def find_rule(home: Home, name: str) -> Rule:
    """The rule of that name.

    Raises:
        AlertError: there is none, or its file is wrong.
    """
    paths = rule_files(home)
    if name not in paths:
        known = ", ".join(paths) or "none"
        raise AlertError(f"{home.alerts}: alert rule '{name}' is unknown; known rules: {known}")
    return load_rule(paths[name]).rule


def load_rule(path: Path) -> RuleFile:
    """The rule that a file describes.

    Raises:
        AlertError: the file cannot be read or a field is wrong; one line for each fault.
    """
    try:
        raw = load_yaml(path)
        written = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except (OSError, UnicodeDecodeError) as error:
        raise AlertError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        # the error's own text would repeat lines of the file
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise AlertError(f"{path}: is not YAML{line}: {getattr(error, 'problem', '')}") from error
    if not isinstance(raw, dict):
        raise AlertError(f"{path}: holds no mapping; start it with `name: {path.stem}`")
    try:
        rule = Rule.model_validate(raw)
    except ValidationError as error:
        raise AlertError("\n".join(_fault_lines(path, error))) from error
    if rule.name != path.stem:
        raise AlertError(f"{path}: name: '{rule.name}' is not the file's name; write {path.stem}")
    return RuleFile(rule, path, written)


def _fault_lines(path: Path, error: ValidationError) -> Iterator[str]:
    """One line for each fault: file, field, value, remedy."""
    for fault in error.errors(include_url=False):
        places = [str(part) for part in fault["loc"]]
        field = ".".join(places) or "file"
        hidden = any(place in _SECRET for place in places)
        if fault["type"] == "extra_forbidden":
            model = next((_PARTS[p] for p in reversed(places[:-1]) if p in _PARTS), Rule)
            text = f"unknown key; remove it or use one of: {', '.join(sorted(model.model_fields))}"
        elif fault["type"] == "missing":
            text = "is missing; add it"
        elif fault["type"] == "value_error":
            text = str(fault["ctx"]["error"])
        else:
            text = fault["msg"] if hidden else f"{fault['input']!r}: {fault['msg']}"
        yield f"{path}: {field}: {text}" if field != "file" else f"{path}: {text}"


def references(home: Home, file: RuleFile) -> Iterator[str]:
    """One line for each thing that a rule names and that is not there."""
    when, path = file.rule.when, file.path
    types = load_lexicon().assets
    for name in when.asset_types:
        if not any(known == name or known.startswith(f"{name}.") for known in (*types, "other")):
            yield f"{path}: when.asset_types: '{name}' is no asset type; see data/assets"
    sources = source_files(home)
    for name in when.sources:
        if name not in sources:
            yield f"{path}: when.sources: '{name}' is unknown; known sources: {', '.join(sources)}"
    if file.rule.enabled:
        for target in file.rule.to:
            for variable in target.variables:
                if not os.environ.get(variable):
                    yield f"{path}: to: {variable} is not set; put it into the environment"
