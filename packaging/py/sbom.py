"""The bill of materials (CycloneDX 1.6): all of Cargo.lock, each package with what the program needs of it."""

import json
import subprocess
import tomllib
import uuid

from project import NAME, ROOT, VERSION


def locked() -> list[dict]:
    return tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]


def metadata(triple: str) -> dict:
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", triple]
    return json.loads(subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE).stdout)


def needed(found: dict) -> set[str]:
    """The ids of all packages that the program is made of, or built with; not those of its tests."""
    nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
    seen, todo = set(), [found["resolve"]["root"]]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            kinds = lambda dep: {kind["kind"] for kind in dep["dep_kinds"]}
            todo += [dep["pkg"] for dep in nodes[here]["deps"] if kinds(dep) & {None, "build"}]
    return seen


def purl(name: str, version: str) -> str:
    return f"pkg:cargo/{name}@{version}"


def component(package: dict, licence: str | None, is_needed: bool) -> dict:
    out = {
        "type": "library",
        "bom-ref": purl(package["name"], package["version"]),
        "name": package["name"],
        "version": package["version"],
        "scope": "required" if is_needed else "excluded",
        "hashes": [{"alg": "SHA-256", "content": package["checksum"]}],
        "purl": purl(package["name"], package["version"]),
    }
    if licence:
        # An old way to write "or".
        out["licenses"] = [{"expression": licence.replace("/", " OR ")}]
    return out


def sbom(triple: str) -> bytes:
    found = metadata(triple)
    key = lambda package: (package["name"], package["version"])
    known = {key(package): package for package in found["packages"]}
    ids = needed(found)
    components = []
    for package in sorted(locked(), key=key):
        if "checksum" in package:
            of = known.get(key(package), {})
            components.append(component(package, of.get("license"), of.get("id") in ids))
    names = {package["id"]: purl(*key(package)) for package in found["packages"]}
    depends = [
        {"ref": names[node["id"]], "dependsOn": sorted({names[dep] for dep in node["dependencies"] if dep in ids})}
        for node in found["resolve"]["nodes"]
        if node["id"] in ids
    ]
    about = {"type": "application", "bom-ref": purl(NAME, VERSION), "name": NAME, "version": VERSION}
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, purl(NAME, VERSION) + triple).urn,
        "version": 1,
        "metadata": {"component": about | {"purl": purl(NAME, VERSION)}},
        "components": components,
        "dependencies": sorted(depends, key=lambda row: row["ref"]),
    }
    return (json.dumps(document, indent=1) + "\n").encode()
