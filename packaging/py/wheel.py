"""The wheel: the program as a script, and a module that starts it."""

import base64
import hashlib
from pathlib import Path

from project import NAME, PACKAGE, ROOT, VERSION, Target, write_zip

MODULE = NAME.replace("-", "_")


def metadata() -> str:
    head = {
        "Metadata-Version": "2.4",
        "Name": NAME,
        "Version": VERSION,
        "Summary": PACKAGE["description"],
        "Keywords": ",".join(PACKAGE["keywords"]),
        "License-Expression": PACKAGE["license"],
        "Requires-Python": ">=3.8",
        "Description-Content-Type": "text/markdown",
    }
    if "repository" in PACKAGE:
        head["Project-URL"] = f"Source, {PACKAGE['repository']}"
    papers = [f"License-File: {paper}" for paper in ["LICENSE-APACHE", "LICENSE-MIT"]]
    lines = [f"{name}: {value}" for name, value in head.items()] + papers
    return "\n".join(lines) + "\n\n" + (ROOT / "packaging/README.md").read_text()


def tags(target: Target) -> str:
    return "".join(f"Tag: py3-none-{tag}\n" for tag in target.wheel.split("."))


def write(target: Target, program: Path, out: Path) -> Path:
    info = f"{MODULE}-{VERSION}.dist-info"
    kind = f"Wheel-Version: 1.0\nGenerator: {NAME}\nRoot-Is-Purelib: false\n{tags(target)}"
    files = {
        f"{MODULE}/__init__.py": (b'"""Finds out why a HeyGen API key is refused."""\n', False),
        f"{MODULE}/__main__.py": ((ROOT / "packaging/pypi/__main__.py").read_bytes(), False),
        f"{MODULE}-{VERSION}.data/scripts/{target.program}": (program.read_bytes(), True),
        f"{info}/METADATA": (metadata().encode(), False),
        f"{info}/WHEEL": (kind.encode(), False),
    }
    for paper in ["LICENSE-APACHE", "LICENSE-MIT"]:
        files[f"{info}/licenses/{paper}"] = ((ROOT / paper).read_bytes(), False)
    record = ""
    for name, (data, _) in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    files[f"{info}/RECORD"] = (f"{record}{info}/RECORD,,\n".encode(), False)
    path = out / f"{MODULE}-{VERSION}-py3-none-{target.wheel}.whl"
    write_zip(path, files)
    return path
