"""The docs are whole: every page is there, the reference is the code's, every command exists."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from crawler.cli.parts import command_of
from scripts.reference import written
from tests.market import ROOT

DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md"]
LINE = re.compile(r"(?m)^\s*(?:\$ )?(?:\.venv/bin/)?rackrent ([^\n`#|]+)")
SPAN = re.compile(r"`rackrent ([^`\n]+)`")


def test_the_reference_is_what_the_code_says() -> None:
    for path, text in written().items():
        assert path.read_text("utf-8") == text, f"{path.name}: run `make reference`"


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    start = (tmp_path / "index.html").read_text("utf-8")
    outside = [
        u for u in re.findall(r'(?:src|href)="(https?://[^"]+)"', start) if "mkdocs" not in u
    ]
    assert [url for url in outside if "material" not in url] == []


def commands_in(path: Path) -> set[str]:
    """Every rackrent command that a page shows, without its examples' placeholders."""
    text = path.read_text("utf-8")
    found = LINE.findall(text) + SPAN.findall(text)
    return {re.split(r"[·;]|\s(?:>|2>|\|)\s", line)[0].strip() for line in found}


CASES = sorted(
    {(str(path.relative_to(ROOT)), line) for path in PAGES for line in commands_in(path)}
)


@pytest.mark.parametrize(("page", "line"), CASES)
def test_every_command_in_the_docs_exists(page: str, line: str) -> None:
    command: Any = typer.main.get_command(command_of())
    words = shlex.split(re.sub(r"[\[\]…]", " ", re.sub(r"\\\|\S+", "", line)))
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    named = command.name or ""
    if hasattr(command, "commands"):
        assert not [w for w in words if w.islower() and w.isalpha()] or named == "link", line
    known = {name for p in command.params for name in (*p.opts, *p.secondary_opts)} | {"--help"}
    for word in words:
        if word.startswith("--"):
            assert word.split("=")[0] in known, f"{page}: rackrent {line}: {word}"


def test_tests_that_the_threat_model_names_are_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", (DOCS / "threat-model.md").read_text("utf-8"))
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_container_is_no_root_and_read_only() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert re.search(r"(?m)^USER [1-9]\d+$", dockerfile)
    assert "--require-hashes" in dockerfile
    compose = yaml.safe_load((ROOT / "compose.yml").read_text("utf-8"))
    root: Any = typer.main.get_command(command_of())
    for name in ("desk", "schedule"):
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert service["command"][0] in root.commands
    assert compose["services"]["desk"]["ports"] == ["127.0.0.1:8001:8001"]


def test_the_dockerfile_has_no_lint() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    if not hadolint.exists():
        pytest.skip("hadolint comes for x86_64 only")
    done = subprocess.run(
        [hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
