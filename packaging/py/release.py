"""Finishes a release: sums of all archives and wheels, and the manifests of other package managers filled in.

Reads a folder in which the packages of every released target are.
"""

import re
import sys
from pathlib import Path

from project import PACKAGE, RELEASED, ROOT, VERSION, repository, sha256, target_of

TEMPLATES = ["homebrew", "scoop", "winget", "kubernetes", "gitlab"]


def value(name: str, folder: Path) -> str:
    """What stands for `@NAME@`, or `@NAME TARGET@`."""
    what, _, triple = name.partition(" ")
    plain = {"VERSION": VERSION, "LICENSE": PACKAGE["license"], "DESCRIPTION": PACKAGE["description"]}
    if not triple:
        return repository() if what == "REPOSITORY" else plain[what]
    target = target_of(triple)
    if what == "SHA256":
        return sha256(folder / target.archive)
    url = f"{repository()}/releases/download/v{VERSION}/{target.archive}"
    return {"URL": url, "STEM": target.stem}[what]


def fill(text: str, folder: Path) -> str:
    return re.sub(r"@([A-Z0-9]+(?: [a-z0-9_-]+)?)@", lambda found: value(found[1], folder), text)


def main(folder: Path) -> None:
    missing = [target.archive for target in RELEASED if not (folder / target.archive).is_file()]
    if missing:
        raise SystemExit(f"error: not every archive is in {folder}: {', '.join(missing)}")
    packages = sorted(path for path in folder.iterdir() if path.name.endswith((".tar.gz", ".zip", ".whl")))
    sums = "".join(f"{sha256(path)}  {path.name}\n" for path in packages)
    (folder / "SHA256SUMS").write_text(sums)
    for template in sorted(path for name in TEMPLATES for path in (ROOT / "packaging" / name).iterdir()):
        filled = folder / "manifests" / template.relative_to(ROOT / "packaging")
        filled.parent.mkdir(parents=True, exist_ok=True)
        filled.write_text(fill(template.read_text(), folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
