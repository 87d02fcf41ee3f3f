"""The packages for npm: a launcher, and the program of each system, which npm chooses without any script."""

import json
import shutil
from pathlib import Path

from project import NAME, PACKAGE, RELEASED, ROOT, VERSION, Target


def name_of(target: Target) -> str:
    return "-".join([NAME, *target.node])


def about() -> dict:
    found = {"version": VERSION, "description": PACKAGE["description"], "license": PACKAGE["license"]}
    if "repository" in PACKAGE:
        found["repository"] = {"type": "git", "url": f"git+{PACKAGE['repository']}.git"}
    return found


def save(folder: Path, manifest: dict) -> None:
    (folder / "package.json").write_text(json.dumps(manifest, indent=2) + "\n")
    for paper in ["LICENSE-APACHE", "LICENSE-MIT", "packaging/README.md"]:
        shutil.copyfile(ROOT / paper, folder / Path(paper).name)


def write(target: Target, program: Path, out: Path) -> None:
    folder = out / name_of(target)
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(program, folder / "bin" / target.program)
    (folder / "bin" / target.program).chmod(0o755)
    system, processor = target.node
    own = {"os": [system], "cpu": [processor], "files": ["bin"], "preferUnplugged": True}
    save(folder, {"name": name_of(target), **about(), **own})

    folder = out / NAME
    folder.mkdir(exist_ok=True)
    shutil.copyfile(ROOT / "packaging/npm/launch.js", folder / "launch.js")
    (folder / "launch.js").chmod(0o755)
    save(folder, {
        "name": NAME,
        **about(),
        "keywords": PACKAGE["keywords"],
        "bin": {NAME: "launch.js"},
        "files": ["launch.js"],
        "engines": {"node": ">=18"},
        "optionalDependencies": {name_of(each): VERSION for each in RELEASED},
    })  # fmt: skip
