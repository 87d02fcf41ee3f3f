"""The archive, the bill of materials, and what cargo binstall is told."""

import json
import os
import re
import tarfile
import tempfile
import unittest
from pathlib import Path

from made import ARCHIVE, CONTENTS, PROGRAM, TARGET, pack, tries, wheel, write_tar
from project import NAME, PACKAGE, RELEASED, ROOT, TARGETS, VERSION, epoch
from sbom import locked, sbom


class Archive(unittest.TestCase):
    def test_it_holds_what_a_packager_looks_for_and_the_program_runs_from_it(self):
        with tempfile.TemporaryDirectory() as folder, tarfile.open(ARCHIVE) as archive:
            archive.extractall(folder, filter="data")
            inside = Path(folder) / TARGET.stem
            names = {str(path.relative_to(inside)) for path in inside.rglob("*") if path.is_file()}
            for name in ["LICENSE-MIT", "CHANGELOG.md", "man/heygen-doctor-check.1", "completions/_heygen-doctor"]:
                self.assertIn(name, names)
            commands = pack.commands(PROGRAM)
            self.assertGreater(len(commands), 10)
            for command in commands:
                self.assertIn(f".TH heygen-doctor-{command}", (inside / f"man/{NAME}-{command}.1").read_text())
            tries(self, inside / TARGET.program)

    def test_the_same_program_makes_the_same_packages(self):
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            small = {name: file for name, file in CONTENTS.items() if not file[1]}
            write_tar(here / "1.tar.gz", small)
            # In another order, and at another time than that of an archive without a fixed one.
            write_tar(here / "2.tar.gz", dict(reversed(small.items())))
            self.assertEqual((here / "1.tar.gz").read_bytes(), (here / "2.tar.gz").read_bytes())
            with tarfile.open(here / "1.tar.gz") as archive:
                self.assertEqual({entry.mtime for entry in archive}, {epoch()})
            program = Path(__file__)
            first = wheel.write(TARGET, program, here).read_bytes()
            os.utime(program)
            self.assertEqual(wheel.write(TARGET, program, here).read_bytes(), first)

    def test_nothing_but_the_test_build_names_a_folder_of_this_machine(self):
        for name, (data, runs) in CONTENTS.items():
            if not runs:
                for folder in [Path.home(), ROOT]:
                    self.assertNotIn(f"{folder}/".encode(), data, name)


class Sbom(unittest.TestCase):
    def test_it_is_all_of_cargo_lock(self):
        for target in ["x86_64-unknown-linux-musl", "x86_64-pc-windows-msvc"]:
            parts = json.loads(sbom(target))["components"]
            told = {(part["name"], part["version"], part["hashes"][0]["content"]) for part in parts}
            lock = {(row["name"], row["version"], row["checksum"]) for row in locked() if row["name"] != NAME}
            self.assertEqual((told, len(parts)), (lock, len(lock)))

    def test_it_tells_what_the_program_needs_from_what_its_tests_need(self):
        document = json.loads(sbom("x86_64-unknown-linux-musl"))
        scopes = {part["name"]: part["scope"] for part in document["components"]}
        for name, scope in {"rustls": "required", "cc": "required", "insta": "excluded", "windows-sys": "excluded"}.items():
            self.assertEqual(scopes[name], scope, name)
        needed = [part for part in document["components"] if part["scope"] == "required"]
        self.assertTrue(all("licenses" in part for part in needed))
        refs = {part["bom-ref"] for part in needed} | {document["metadata"]["component"]["bom-ref"]}
        for row in document["dependencies"]:
            self.assertLessEqual({row["ref"], *row["dependsOn"]}, refs)
        self.assertEqual(len(document["dependencies"]), len(refs))


class Binstall(unittest.TestCase):
    def test_it_looks_for_archives_under_the_names_that_they_have(self):
        told = PACKAGE["metadata"]["binstall"]
        for target in RELEASED:
            own = told | told.get("overrides", {}).get(target.triple, {})
            ends = {"tgz": ".tar.gz", "zip": ".zip"}
            values = {"name": NAME, "bin": NAME, "version": VERSION, "target": target.triple, "repo": "R",
                      "archive-suffix": ends[own["pkg-fmt"]], "binary-ext": ".exe" if "windows" in target.triple else ""}  # fmt: skip
            filled = lambda text: re.sub(r"\{ ([a-z-]+) \}", lambda found: values[found[1]], text)
            self.assertEqual(filled(own["pkg-url"]), f"R/releases/download/v{VERSION}/{target.archive}")
            self.assertEqual(filled(own["bin-dir"]), f"{target.stem}/{target.program}")
        self.assertLessEqual(told["overrides"].keys(), {target.triple for target in TARGETS})


if __name__ == "__main__":
    unittest.main()
