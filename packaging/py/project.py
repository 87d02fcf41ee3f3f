"""What every package has to know: the version, the targets, and archives that are the same every time."""

import gzip
import hashlib
import io
import os
import subprocess
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]
NAME, VERSION = PACKAGE["name"], PACKAGE["version"]


@dataclass(frozen=True)
class Target:
    """A system that gets packages; `release` is false for what is only built to be tested."""

    triple: str
    node: tuple[str, str]
    wheel: str
    image: str | None = None
    release: bool = True

    @property
    def program(self) -> str:
        return NAME + (".exe" if "windows" in self.triple else "")

    @property
    def stem(self) -> str:
        return f"{NAME}-{VERSION}-{self.triple}"

    @property
    def archive(self) -> str:
        return self.stem + (".zip" if "windows" in self.triple else ".tar.gz")


# A static program runs on every Linux, so its wheel fits both C libraries.
X64 = "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64"
ARM64 = "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64"
TARGETS = [
    Target("x86_64-unknown-linux-musl", ("linux", "x64"), X64, "linux/amd64"),
    Target("aarch64-unknown-linux-musl", ("linux", "arm64"), ARM64, "linux/arm64"),
    Target("x86_64-apple-darwin", ("darwin", "x64"), "macosx_10_12_x86_64"),
    Target("aarch64-apple-darwin", ("darwin", "arm64"), "macosx_11_0_arm64"),
    Target("x86_64-pc-windows-msvc", ("win32", "x64"), "win_amd64"),
    Target("x86_64-unknown-linux-gnu", ("linux", "x64"), X64, "linux/amd64", release=False),
    Target("aarch64-unknown-linux-gnu", ("linux", "arm64"), ARM64, "linux/arm64", release=False),
]
RELEASED = [target for target in TARGETS if target.release]


def target_of(triple: str) -> Target:
    found = [target for target in TARGETS if target.triple == triple]
    if not found:
        raise SystemExit(f"error: {triple} has no row in packaging/py/project.py")
    return found[0]


def repository() -> str:
    """Where releases are: Cargo.toml says it, or the workflow that makes one."""
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    found = PACKAGE.get("repository") or (f"{server}/{name}" if server and name else "")
    if not found:
        raise SystemExit("error: Cargo.toml has no `repository` yet; docs/release.md tells what to set first")
    return found


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def printed(program: Path, *words: str) -> bytes:
    return subprocess.run([program, *words], check=True, stdout=subprocess.PIPE).stdout


def epoch() -> int:
    return int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))


Files = dict[str, tuple[bytes, bool]]
"""The bytes of each file by its path, and whether it can be run."""


def write_tar(path: Path, files: Files) -> None:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, (data, runs) in sorted(files.items()):
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(data), epoch(), 0o755 if runs else 0o644
            tar.addfile(info, io.BytesIO(data))
    path.write_bytes(gzip.compress(raw.getvalue(), compresslevel=6, mtime=0))


def write_zip(path: Path, files: Files) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (data, runs) in files.items():
            # The format knows no earlier year, and no time zone: a constant is the same everywhere.
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.compress_type = 3, zipfile.ZIP_DEFLATED
            info.external_attr = (0o100755 if runs else 0o100644) << 16
            archive.writestr(info, data)
