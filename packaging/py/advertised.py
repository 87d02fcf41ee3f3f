"""Fails unless every scenario and every name that a program lists can be used with it."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

PROGRAM = sys.argv[1]


def run(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True)


def scenarios() -> list[str]:
    lines = run("simulate", "--list").stdout.splitlines()
    return [found[1] for line in lines if (found := re.match(r"([a-z0-9-]+)  ", line))]


def names() -> list[str]:
    blocks = [line for line in run("explain", "--list").stdout.splitlines() if line.startswith("  ")]
    return [name for line in blocks for name in re.split(r",\s*", line.strip().rstrip(",")) if name]


def fails(words: list[str], good: set[int]) -> str | None:
    out = run(*words)
    return None if out.returncode in good else f"{' '.join(words)}: {out.returncode} {out.stderr.strip()}"


def main() -> None:
    tries = [(["check", "--brief", "--simulate", name], {0, 1, 3, 4}) for name in scenarios()]
    tries += [(["explain", name], {0}) for name in names()]
    with ThreadPoolExecutor(4) as pool:
        failed = [line for line in pool.map(lambda each: fails(*each), tries) if line]
    print("\n".join([*failed, f"{len(tries)} scenarios and names tried, {len(failed)} failed"]))
    sys.exit(bool(failed) or len(tries) < 200)


if __name__ == "__main__":
    main()
