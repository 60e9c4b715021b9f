"""The workflows run what contributors run, on the Pythons and systems that the package promises."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
CLASSIFIER = "Programming Language :: Python :: "


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items()


def matrix() -> dict[str, Any]:
    return dict(jobs())["tests"]["strategy"]["matrix"]


def test_matrix_has_the_pythons_of_the_classifiers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = [one.removeprefix(CLASSIFIER) for one in project["classifiers"] if re.search(r":: 3\.\d+$", one)]
    assert matrix()["python"] == promised
    assert project["requires-python"] == f">={promised[0]}"


def test_matrix_has_the_three_systems() -> None:
    assert matrix()["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]


def test_only_free_threaded_python_may_fail() -> None:
    assert matrix()["may-fail"] == [False]
    assert [(one["python"], one["may-fail"]) for one in matrix()["include"]] == [("3.14t", True)]
    assert {name: job["continue-on-error"] for name, job in jobs() if "continue-on-error" in job} == {
        "tests": "${{ matrix.may-fail }}"
    }


def test_workflows_read_the_repository_and_no_more() -> None:
    for path in WORKFLOWS:
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {"contents": "read"}
    assert not [name for name, job in jobs() if "permissions" in job]


def test_jobs_run_what_contributors_run() -> None:
    commands = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs()}
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert commands["check"] == ["make check"]
    assert commands["docs"] == ["make docs"]
    assert all(f"$ {command}\n" in guide for command in commands["tests"])


def test_commands_without_make_are_those_of_make() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, _, section = guide.partition("### Without make")
    written = re.findall(r"^\$ (.+)$", section.partition("\n## ")[0], re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("--quiet --disable-pip-version-check ", "")
    recipes = re.findall(r"^\t@?\$\(BIN\)/(.+)$", makefile, re.MULTILINE)
    assert len(written) == 4
    assert [command for command in written if command not in recipes] == []


def test_workflow_that_may_write_is_found(tmp_path: Path) -> None:
    zizmor = shutil.which("zizmor", path=sysconfig.get_path("scripts"))
    assert zizmor is not None
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    good = WORKFLOWS[0].read_text(encoding="utf-8")
    for text, code in ((good, 0), (good.replace("contents: read", "contents: write"), 14)):
        (folder / "ci.yml").write_text(text, encoding="utf-8")
        options = ["--offline", "--strict-collection", "--config", ROOT / ".github" / "zizmor.yml"]
        done = subprocess.run([zizmor, *options, tmp_path], capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == code, done.stdout + done.stderr
