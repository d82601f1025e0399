"""Writes what Rackrent is made of as CycloneDX 1.6 JSON: `make sbom` (build/rackrent.cdx.json)."""

import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.locked import LOCK, ROOT, Package, packages

TARGET = ROOT / "build" / "rackrent.cdx.json"


def sbom() -> dict[str, Any]:
    """The bill of materials; the same lock gives the same one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = packages()
    refs = {each.name: ref_of(each) for each in found}
    own = f"pkg:pypi/rackrent@{project['version']}"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "rackrent",
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
                "purl": own,
            }
        },
        "components": [component_of(each) for each in found],
        "dependencies": [
            {"ref": own, "dependsOn": sorted(set(refs.values()))},
            *(
                {
                    "ref": ref_of(each),
                    "dependsOn": sorted({refs[name] for name in each.needs if name in refs}),
                }
                for each in found
            ),
        ],
    }


def ref_of(package: Package) -> str:
    """A package's URL (https://github.com/package-url/purl-spec), which names it here."""
    return f"pkg:pypi/{package.name}@{package.version}"


def component_of(package: Package) -> dict[str, Any]:
    """A package with its licence, and the hashes of the files that may be installed of it."""
    place = f"https://pypi.org/project/{package.name}/{package.version}/"
    hashes = [{"alg": "SHA-256", "content": each} for each in package.hashes]
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": ref_of(package),
        "name": package.name,
        "version": package.version,
        "purl": ref_of(package),
        "externalReferences": [{"type": "distribution", "url": place, "hashes": hashes}],
    }
    if package.licence:
        component["licenses"] = [{"expression": package.licence}]
    if package.marker:
        component["properties"] = [{"name": "rackrent:marker", "value": package.marker}]
    return component


def main() -> None:
    """Write the file and say where it is."""
    made = sbom()
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(made['components'])} components")


if __name__ == "__main__":
    main()
