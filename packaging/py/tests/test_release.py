"""The manifests of other package managers, the action's way to a release, and what runs in clusters and hooks."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from made import ARCHIVE, PROGRAM, TARGET, TOOLS, run, skip, tries
from project import NAME, PACKAGE, RELEASED, ROOT, VERSION, sha256

import release

PLACE = {"GITHUB_SERVER_URL": "https://github.example", "GITHUB_REPOSITORY": "owner/heygen-doctor"}


class Manifests(unittest.TestCase):
    def filled(self, folder: Path) -> dict[str, str]:
        for target in RELEASED:
            (folder / target.archive).write_text(f"the archive for {target.triple}")
        with mock.patch.dict(os.environ, PLACE):
            release.main(folder)
        files = (folder / "manifests").rglob("*")
        return {str(path.relative_to(folder / "manifests")): path.read_text() for path in files if path.is_file()}

    def test_every_address_is_followed_by_the_sum_of_its_archive(self):
        with tempfile.TemporaryDirectory() as name:
            folder, found = Path(name), 0
            for file, text in self.filled(folder).items():
                self.assertNotRegex(text, r"@[A-Z]", file)
                for address, digest in re.findall(r"/v[^/]+/(heygen-doctor-[^\"']+)[\"'][^/]*?([0-9a-f]{64})", text):
                    self.assertEqual(digest, sha256(folder / address), file)
                    found += 1
                self.assertEqual(len(re.findall(r"[0-9a-f]{64}", text)), len(re.findall(r"/releases/download/", text)))
            self.assertEqual(found, 6)
            check = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder)
            self.assertEqual(check.returncode, 0)
            self.assertEqual(len((folder / "SHA256SUMS").read_text().splitlines()), len(RELEASED))

    def test_they_are_well_formed(self):
        with tempfile.TemporaryDirectory() as name:
            files = self.filled(Path(name))
        scoop = json.loads(files["scoop/heygen-doctor.json"])
        self.assertEqual((scoop["version"], scoop["license"]), (VERSION, PACKAGE["license"]))
        try:
            import yaml
        except ImportError:
            skip(self, "PyYAML is not installed, so YAML was not read")
        read = {name: list(yaml.safe_load_all(text)) for name, text in files.items() if name.endswith((".yaml", ".yml"))}
        self.assertEqual(len(read), 5)
        for name, documents in read.items():
            if name.startswith("winget/"):
                self.assertEqual(documents[0]["PackageVersion"], VERSION, name)
                self.assertEqual(f"winget/{documents[0]['PackageIdentifier']}", name.split(".yaml")[0].split(".installer")[0].split(".locale")[0])

    def test_a_release_without_one_of_its_archives_is_refused(self):
        with tempfile.TemporaryDirectory() as name:
            self.filled(Path(name))
            (Path(name) / RELEASED[0].archive).unlink()
            with mock.patch.dict(os.environ, PLACE), self.assertRaisesRegex(SystemExit, RELEASED[0].archive):
                release.main(Path(name))


class Kubernetes(unittest.TestCase):
    def test_the_manifests_are_what_the_published_schema_allows(self):
        wheels = list(TOOLS.glob("kubernetes_validate-*.whl"))
        try:
            import jsonschema
            import referencing
            import yaml
        except ImportError:
            wheels = []
        if not wheels:
            skip(self, "the schemas of Kubernetes could not be had")
        place = "kubernetes_validate/kubernetes-json-schema/v1.37.0-local-strict/"
        with zipfile.ZipFile(wheels[0]) as archive:
            load = lambda file: json.loads(archive.read(place + file))
            retrieve = lambda uri: referencing.Resource.from_contents(load(uri.rsplit("/", 1)[-1]), referencing.jsonschema.DRAFT7)
            schema = load("cronjob-batch-v1.json")
            check = jsonschema.Draft7Validator(schema, registry=referencing.Registry(retrieve=retrieve))
            for path in (ROOT / "packaging/kubernetes").glob("*.yaml"):
                document = yaml.safe_load(path.read_text())
                self.assertEqual([error.message for error in check.iter_errors(document)], [], path)
                document["spec"]["jobTemplate"]["spec"]["template"]["spec"]["restartPolice"] = "Never"
                self.assertNotEqual(list(check.iter_errors(document)), [], "the schema sees a misspelt field")


class Action(unittest.TestCase):
    def step(self, script: str, folder: Path, **env) -> tuple[subprocess.CompletedProcess, dict]:
        """What a step of the action does, with its outputs."""
        (folder / "output").write_text("")
        runner = {"linux": "Linux", "darwin": "macOS", "win32": "Windows"}[TARGET.node[0]]
        env = {"GITHUB_OUTPUT": str(folder / "output"), "GITHUB_ACTION_PATH": str(ROOT), "RUNNER_TEMP": str(folder),
               "RUNNER_OS": runner, "RUNNER_ARCH": TARGET.node[1].upper(), "PATH": "/usr/local/bin:/usr/bin:/bin"} | env  # fmt: skip
        out = run("bash", ROOT / "packaging/action" / script, cwd=folder, **env)
        lines = (folder / "output").read_text().splitlines()
        return out, dict(line.split("=", 1) for line in lines)

    def test_it_runs_an_archive_only_with_the_sum_that_its_release_names(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            # A test build stands for the release.
            target = next(target for target in RELEASED if target.node == TARGET.node)
            place = folder / f"v{VERSION}"
            place.mkdir()
            shutil.copyfile(ARCHIVE, place / target.archive)
            (place / "SHA256SUMS").write_text(f"{'0' * 64}  other.tar.gz\n{sha256(ARCHIVE)}  {target.archive}\n")
            releases = folder.as_uri()
            out, found = self.step("find.sh", folder, DOCTOR_RELEASES=releases)
            self.assertEqual((out.returncode, found["sha256"]), (0, sha256(ARCHIVE)), out)
            given = {"DOCTOR_URL": found["url"], "DOCTOR_SHA256": found["sha256"]}
            out, got = self.step("get.sh", folder, **given)
            self.assertEqual(out.returncode, 0, out)
            # The folder in the archive has the name of the test build's target.
            tries(self, got["program"].replace(target.stem, TARGET.stem))

            (place / target.archive).unlink()
            out, _ = self.step("get.sh", folder, **given)
            self.assertEqual(out.returncode, 0, "the second time it comes from the cache")

            kept = folder / NAME / target.archive
            kept.write_bytes(kept.read_bytes() + b"x")
            out, got = self.step("get.sh", folder, **given)
            self.assertEqual((out.returncode, got, out.stderr), (2, {}, ""))
            self.assertIn("::error::", out.stdout)
            self.assertFalse(kept.exists())

    def test_a_program_that_is_there_is_taken_unless_a_release_was_asked_for(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = f"{PROGRAM.parent}:/usr/local/bin:/usr/bin:/bin"
            out, found = self.step("find.sh", folder, PATH=path)
            self.assertEqual(found, {"program": str(PROGRAM)}, out)
            asked = {"DOCTOR_SHA256": "ab" * 32, "DOCTOR_RELEASES": "https://releases.example"}
            out, found = self.step("find.sh", folder, PATH=path, **asked)
            self.assertEqual(found["sha256"], "ab" * 32, out)
            out, found = self.step("find.sh", folder, DOCTOR_BINARY="no-such-program")
            self.assertEqual((out.returncode, found), (2, {}))


class PreCommit(unittest.TestCase):
    def test_the_hook_stops_a_commit_with_a_key(self):
        if shutil.which("pre-commit") is None:
            skip(self, "pre-commit is not installed, so its hook was not tried")
        with tempfile.TemporaryDirectory() as name:
            hooks, work = Path(name) / "hooks", Path(name) / "work"
            git = lambda folder, *words: subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words], cwd=folder, check=True, capture_output=True)
            for folder in [hooks, work]:
                folder.mkdir()
                git(folder, "init", "--quiet")
            shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
            git(hooks, "add", ".")
            git(hooks, "commit", "--quiet", "--message", "hooks")
            (work / "app.log").write_text("GET /v3/users/me x-api-key: sk_V2_hgu_kSYNTHETIC1_" + "SyntheticKeyForTheTestsOnly00000\n")
            (work / "other.log").write_text("nothing to see\n")
            git(work, "add", ".")
            tried = ["pre-commit", "try-repo", hooks, "heygen-doctor-redact-installed", "--verbose", "--files"]
            env = {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "PRE_COMMIT_HOME": str(Path(name) / "kept")}
            out = run(*tried, "other.log", cwd=work, **env)
            self.assertEqual(out.returncode, 0, out)
            self.assertIn("other.log: nothing to take out", out.stdout)
            out = run(*tried, "other.log", "app.log", cwd=work, **env)
            self.assertEqual(out.returncode, 1, out)
            self.assertIn("app.log: 1 secret would be taken out", out.stdout)
            self.assertNotIn("SyntheticKey", out.stdout)


if __name__ == "__main__":
    unittest.main()
