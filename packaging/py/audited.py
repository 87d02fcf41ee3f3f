"""Fails unless the list of dependencies in a program (`cargo auditable`) is that of its bill of materials."""

import json
import sys
import zlib
from pathlib import Path

from project import NAME
from sbom import sbom

section, triple = sys.argv[1:]
audited = json.loads(zlib.decompress(Path(section).read_bytes()))["packages"]
inside = {(package["name"], package["version"]) for package in audited if package["name"] != NAME}
parts = json.loads(sbom(triple))["components"]
told = {(part["name"], part["version"]) for part in parts if part["scope"] == "required"}
print(f"{len(inside)} dependencies in the program, {len(told)} in the bill of materials")
if inside != told:
    sys.exit(f"error: they differ: {sorted(inside ^ told)}")
