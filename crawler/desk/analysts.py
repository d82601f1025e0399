"""Who may decide: the analysts of a home, their roles, and what is asked of a public desk.

Names and roles stand in `analysts.yml` of the home; a password's hash in a file of its own, which
its owner alone can read.
"""

import re
import secrets
from pathlib import Path
from typing import Any

import yaml
from datasette_auth_passwords.utils import hash_password
from pydantic import BaseModel, ConfigDict, ValidationError

from crawler.home import Home
from nlp.yamls import load_yaml

_NAME = re.compile(r"[a-z][a-z0-9_.-]{1,31}")
SHORTEST = 12
"""Characters of a password."""


class AnalystError(ValueError):
    """The analysts' file or a name in it is wrong; the text says what to do."""


class Analyst(BaseModel):
    """One analyst."""

    model_config = ConfigDict(extra="forbid")
    roles: list[str] = []
    """notify: sees the victims of access sales."""


class Analysts(BaseModel):
    """The analysts' file."""

    model_config = ConfigDict(extra="forbid")
    mask_victims: bool = False
    """Whether texts of access sales are masked for those without the role notify."""
    analysts: dict[str, Analyst] = {}
    """By name."""

    def actors(self) -> dict[str, dict[str, Any]]:
        """The actors as Datasette knows them."""
        return {
            name: {"id": name, "roles": analyst.roles} for name, analyst in self.analysts.items()
        }


def load_analysts(home: Home) -> Analysts:
    """The analysts of a home; none without a file.

    Raises:
        AnalystError: the file is wrong.
    """
    path = _file(home)
    if not path.exists():
        return Analysts()
    try:
        return Analysts.model_validate(load_yaml(path) or {})
    except (ValidationError, yaml.YAMLError) as error:
        raise AnalystError(f"{path}: {error}; correct it, or delete it to begin anew") from error


def add_analyst(home: Home, name: str, password: str, roles: list[str]) -> None:
    """Add an analyst, or give one another password and other roles.

    Raises:
        AnalystError: the name or the password is no good.
    """
    if not _NAME.fullmatch(name):
        raise AnalystError(f"'{name}': use 2 to 32 of a-z, 0-9, '_', '.', '-', a letter first")
    if len(password) < SHORTEST:
        raise AnalystError(f"the password is shorter than {SHORTEST} characters")
    known = load_analysts(home)
    known.analysts[name] = Analyst(roles=roles)
    _write(hash_file(home, name), hash_password(password))
    _write(_file(home), yaml.safe_dump(known.model_dump(), allow_unicode=True))


def remove_analyst(home: Home, name: str) -> None:
    """Remove an analyst; what they decided stays.

    Raises:
        AnalystError: there is no such analyst.
    """
    known = load_analysts(home)
    if known.analysts.pop(name, None) is None:
        raise AnalystError(f"'{name}': is no analyst; known: {', '.join(known.analysts) or 'none'}")
    hash_file(home, name).unlink(missing_ok=True)
    _write(_file(home), yaml.safe_dump(known.model_dump(), allow_unicode=True))


def sign_in_config(home: Home, known: Analysts) -> dict[str, Any]:
    """Configuration of datasette-auth-passwords: hashes by file, never in the metadata."""
    config: dict[str, Any] = {"actors": known.actors()}
    for name in known.analysts:
        config[f"{name}_password_hash"] = {"$file": str(hash_file(home, name))}
    return config


def secret_of(home: Home) -> str:
    """The secret that signs cookies, kept so that a restart signs nobody out."""
    path = home.root / "analysts" / "secret"
    if not path.exists():
        _write(path, secrets.token_hex(32))
    return path.read_text("utf-8")


def hash_file(home: Home, name: str) -> Path:
    """The file with an analyst's password hash."""
    return home.root / "analysts" / f"{name}.hash"


def _file(home: Home) -> Path:
    return home.root / "analysts.yml"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, "utf-8")
