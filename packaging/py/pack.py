"""Makes every package of one built program: archive, npm packages, wheel, and the image's folder."""

import argparse
import shutil
from pathlib import Path

import npm
import wheel
from project import NAME, ROOT, Files, Target, printed, sha256, target_of, write_tar, write_zip
from sbom import sbom

SHELLS = {"bash": "heygen-doctor.bash", "elvish": "heygen-doctor.elv", "fish": "heygen-doctor.fish",
          "powershell": "_heygen-doctor.ps1", "zsh": "_heygen-doctor"}  # fmt: skip
PAPERS = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "docs/SKILL.md"]
# Where systems keep the certificates of public authorities.
ROOTS = ["/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem", "/etc/pki/tls/certs/ca-bundle.crt"]


def commands(program: Path) -> list[str]:
    """The names of all commands, as the manual page lists them."""
    lines = printed(program, "man").decode().replace("\\", "").splitlines()
    shown = [line.removeprefix(f"{NAME}-").removesuffix("(1)") for line in lines if line.startswith(f"{NAME}-")]
    return [name for name in shown if name != "help"]


def contents(target: Target, program: Path) -> Files:
    files = {target.program: (program.read_bytes(), True)}
    files |= {Path(paper).name: ((ROOT / paper).read_bytes(), False) for paper in PAPERS}
    files[f"man/{NAME}.1"] = (printed(program, "man"), False)
    for name in commands(program):
        files[f"man/{NAME}-{name}.1"] = (printed(program, "man", name), False)
    for shell, file in SHELLS.items():
        files[f"completions/{file}"] = (printed(program, "completions", shell), False)
    files[f"{NAME}.cdx.json"] = (sbom(target.triple), False)
    return {f"{target.stem}/{path}": file for path, file in files.items()}


def image(target: Target, program: Path, out: Path) -> None:
    """What the Dockerfile copies: the program of each system, and the roots."""
    folder = out / "image" / target.image
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy2(program, folder / NAME)
    roots = next((path for path in map(Path, ROOTS) if path.is_file()), None)
    if roots is None:
        print("!! SKIPPED: this system has no file of root certificates for the image")
    else:
        shutil.copyfile(roots, out / "image" / "ca-certificates.crt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", required=True, type=target_of)
    parser.add_argument("--program", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    given = parser.parse_args()
    target, program, out = given.target, given.program.resolve(), given.out
    out.mkdir(parents=True, exist_ok=True)
    archive = out / target.archive
    (write_zip if archive.suffix == ".zip" else write_tar)(archive, contents(target, program))
    npm.write(target, program, out / "npm")
    made = [archive, wheel.write(target, program, out)]
    if target.image:
        image(target, program, out)
    for path in made:
        path.with_name(path.name + ".sha256").write_text(f"{sha256(path)}  {path.name}\n")
        print(f"{path.stat().st_size:>10}  {path}")


if __name__ == "__main__":
    main()
