"""What Rackrent is made of: pinned by hash, under known licences, listed, asked about honestly."""

import json
import re
from typing import Any

import httpx
import pytest

from scripts.advisories import CLEAN, NOT_CHECKED, WEAK, check
from scripts.licences import objections
from scripts.locked import LOCK, Package, packages, spdx_of
from scripts.sbom import sbom
from tests.market import ROOT

ONE = Package("one", "1.0", None, ("0" * 64,), "MIT")
TWO = Package("two", "2.0", None, ("1" * 64,), "MIT")


def answer(package: Package, *weak: str, version: str | None = None, **more: Any) -> Any:
    known = [{"id": name, "fixed_in": ["9"], "link": "x", **more} for name in weak]
    return {"info": {"version": version or package.version}, "vulnerabilities": known}


def test_every_pin_has_hashes_and_nothing_else_is_installed() -> None:
    pins = re.findall(r"^[A-Za-z0-9._-]+(?:\[.*?\])?==", LOCK.read_text("utf-8"), re.M)
    found = packages()
    assert len(found) == len(pins) > 100
    assert [each.name for each in found if not each.hashes] == []
    unpinned = re.findall(r"^(?![#\s]).*(?:@ |\bgit\+|^-e|://).*$", LOCK.read_text("utf-8"), re.M)
    assert unpinned == []
    assert "--require-hashes" in (ROOT / "scripts" / "make-venv.sh").read_text("utf-8")


def test_every_licence_is_known_and_may_be_used() -> None:
    assert objections(packages()) == []


@pytest.mark.parametrize("licence", [None, "GPL-3.0-only", "AGPL-3.0-only", "MIT AND GPL-2.0-only"])
def test_an_unknown_or_viral_licence_needs_a_reason(licence: str | None) -> None:
    assert len(objections([Package("new", "1", None, (), licence)])) == 1


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("Apache Software License", "Apache-2.0"),
        ("BSD", "BSD-3-Clause"),
        ("ISC License (ISCL)", "ISC"),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", "LGPL-2.1-or-later"),
        ("MPL-2.0 AND MIT", "MPL-2.0 AND MIT"),
        ("Copyright (c) 2014", None),
        ("GPL", None),
    ],
)
def test_words_for_licences_are_understood(words: str, wanted: str | None) -> None:
    assert spdx_of(words) == wanted


def test_the_bill_of_materials_names_all_that_is_pinned() -> None:
    made = sbom()
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    refs = [each["bom-ref"] for each in made["components"]]
    assert len(refs) == len(set(refs)) == len(packages())
    known = {*refs, made["metadata"]["component"]["bom-ref"]}
    for each in made["dependencies"]:
        assert {each["ref"], *each["dependsOn"]} <= known
    for each in made["components"]:
        assert each["licenses"][0]["expression"]
        hashes = each["externalReferences"][0]["hashes"]
        assert all(len(one["content"]) == 64 for one in hashes)
    assert json.dumps(made) == json.dumps(sbom())


def test_without_a_connection_nothing_is_said_to_be_clean() -> None:
    asked = []

    def offline(package: Package) -> Any:
        asked.append(package)
        raise httpx.ConnectError("no way")

    checked = check([ONE, TWO] * 10, offline)
    assert checked.code == NOT_CHECKED
    assert len(checked.unchecked) == 20
    assert len(asked) == 3


def test_a_weakness_is_told_even_when_others_were_not_asked_about() -> None:
    def ask(package: Package) -> Any:
        if package is TWO:
            raise httpx.ConnectError("no way")
        return answer(package, "PYSEC-1")

    checked = check([ONE, TWO], ask)
    assert checked.code == WEAK
    assert "one 1.0: PYSEC-1: fixed in 9" in checked.weak[0]
    assert len(checked.unchecked) == 1


@pytest.mark.parametrize("bad", [{}, [], None, {"info": {"version": "7"}, "vulnerabilities": []}])
def test_an_answer_that_is_none_is_not_taken_for_clean(bad: Any) -> None:
    assert check([ONE], lambda _: bad).code == NOT_CHECKED


def test_only_answers_about_every_package_are_clean() -> None:
    assert check([ONE, TWO], answer).code == CLEAN
    withdrawn = check([ONE], lambda package: answer(package, "PYSEC-1", withdrawn="2026-01-01"))
    assert withdrawn.code == CLEAN
