"""Packages as they are installed: without scripts, without a network, into empty folders."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from made import OUT, TARGET, WHEEL, npm, run, skip, tries
from project import NAME, RELEASED, VERSION


@unittest.skipIf(shutil.which("npm") is None, "npm")
class Npm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.here = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.program = cls.installed("both", npm.name_of(TARGET), NAME)

    @classmethod
    def installed(cls, folder: str, *packages: str) -> Path:
        """Installs these packages from their tarballs into an empty folder."""
        here = cls.here / folder
        here.mkdir()
        (here / "package.json").write_text('{"private": true}\n')
        packed = run("npm", "pack", "--json", *(OUT / "npm" / name for name in packages), cwd=here)
        tarballs = [f"./{package['filename']}" for package in json.loads(packed.stdout)]
        flags = ["--ignore-scripts", "--offline", "--no-audit", "--no-fund", "--cache", here / "cache"]
        run("npm", "install", *flags, *tarballs, cwd=here).check_returncode()
        return here / "node_modules/.bin/heygen-doctor"

    def test_it_runs_where_install_scripts_are_blocked(self):
        tries(self, self.program)
        tries(self, "npx", "--no", "--", NAME, cwd=self.here / "both")

    def test_without_the_package_of_the_system_it_says_what_to_do(self):
        out = run(self.installed("launcher", NAME), "check")
        self.assertEqual((out.returncode, out.stdout), (2, ""))
        self.assertIn(f"{npm.name_of(TARGET)} is missing", out.stderr)
        self.assertIn("hint: ", out.stderr)

    def test_a_signal_to_the_launcher_ends_the_program(self):
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        words = [self.program, "simulate", "healthy"]
        served = subprocess.Popen(words, text=True, start_new_session=True, **pipes)
        self.addCleanup(served.stdout.close)
        try:
            self.assertIn("http://127.0.0.1:", served.stdout.readline())
            served.send_signal(signal.SIGINT)
            # The pipe ends with the last process that holds it.
            served.communicate(timeout=20)
            self.assertIn(served.returncode, (0, 130))
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(served.pid, signal.SIGKILL)

    def test_it_names_the_package_of_every_released_system(self):
        manifest = json.loads((OUT / "npm" / NAME / "package.json").read_text())
        names = {f"{NAME}-{'-'.join(target.node)}": VERSION for target in RELEASED}
        self.assertEqual(manifest["optionalDependencies"], names)
        self.assertNotIn("scripts", manifest)
        own = json.loads((OUT / "npm" / npm.name_of(TARGET) / "package.json").read_text())
        self.assertEqual(([*own["os"], *own["cpu"]], own["version"]), (list(TARGET.node), VERSION))
        self.assertNotIn("scripts", own)


class Wheel(unittest.TestCase):
    def test_pip_installs_it_without_an_index_and_it_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", here / "venv"], check=True)
            python = here / "venv/bin/python"
            pip = [sys.executable, "-m", "pip", "--isolated", "--python", python]
            install = [*pip, "install", "--quiet", "--no-index", "--no-deps", WHEEL]
            out = run(*install)
            self.assertEqual(out.returncode, 0, out)
            tries(self, here / "venv/bin/heygen-doctor")
            tries(self, python, "-m", "heygen_doctor")

            # Lambda layers and the like.
            out = run(*install, "--target", here / "layer")
            self.assertEqual(out.returncode, 0, out)
            (here / "venv/bin/heygen-doctor").unlink()
            self.assertEqual(run(python, "-m", "heygen_doctor", "--version").returncode, 1)
            out = run(python, "-m", "heygen_doctor", "--version", PYTHONPATH=str(here / "layer"))
            self.assertEqual(out.stdout, f"heygen-doctor {VERSION}\n", out)

    def test_uvx_finds_its_entry_point(self):
        if shutil.which("uvx") is None:
            skip(self, "uv is not installed, so uvx was not tried")
        tries(self, "uvx", "--offline", "--no-index", "--from", WHEEL, NAME)


if __name__ == "__main__":
    unittest.main()
