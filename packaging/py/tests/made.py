"""What the tests of packages share: one set of packages, made of a program that is built already."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pack  # noqa: E402
import npm  # noqa: E402
import wheel  # noqa: E402
from project import VERSION, target_of, write_tar  # noqa: E402

PROGRAM = Path(os.environ["PROGRAM"])
TOOLS = Path(os.environ["TOOLS"])


def host() -> str:
    lines = subprocess.run(["rustc", "-vV"], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return next(line.removeprefix("host: ") for line in lines if line.startswith("host: "))


TARGET = target_of(host())
_folder = tempfile.TemporaryDirectory()
OUT = Path(_folder.name)
ARCHIVE = OUT / TARGET.archive
CONTENTS = pack.contents(TARGET, PROGRAM)
write_tar(ARCHIVE, CONTENTS)
WHEEL = wheel.write(TARGET, PROGRAM, OUT)
npm.write(TARGET, PROGRAM, OUT / "npm")


def run(*words, cwd=None, **env) -> subprocess.CompletedProcess:
    """Runs a command without this machine's HeyGen settings, and returns what it said."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HEYGEN_")}
    clean |= {"HEYGEN_CONFIG_DIR": str(OUT / "nowhere")} | env
    return subprocess.run([str(word) for word in words], cwd=cwd, env=clean, capture_output=True, text=True)


def skip(test, why: str) -> None:
    print(f"!! SKIPPED: {why}", flush=True)
    test.skipTest(why)


def tries(test, *program, cwd=None) -> None:
    """The program runs as one that was installed by other ways: version, output, and exit code."""
    out = run(*program, "--version", cwd=cwd)
    test.assertEqual(out.returncode, 0, out)
    test.assertEqual(out.stdout, f"heygen-doctor {VERSION}\n")
    out = run(*program, "check", "--simulate", "support-ticket", "--brief", cwd=cwd)
    test.assertEqual(out.returncode, 3, out)
    test.assertEqual(json.loads(out.stdout)["cause"], "key_encoded")
