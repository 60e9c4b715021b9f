"""What users write passes mypy and pyright, both strict; what they must not write does not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sequence_async

PROJECT = Path(__file__).parents[2]
IN_USE = "tests/typed/models_in_use.py"


def test_mypy_agrees() -> None:
    check("mypy", "--strict", "--no-error-summary", "--explicit-package-bases", IN_USE)


def test_pyright_agrees() -> None:
    check(
        "basedpyright",
        "--pythonpath",
        sys.executable,
        "--level",
        "error",
        "--project",
        "tests/typed/pyrightconfig.json",
    )


NAMES = {
    "sequence_async": sequence_async.__all__,
    "sequence_async.amounts": ["AmountHandler", "no_transfer"],
    "sequence_async.errors": ["SequenceError", "APIError"],
    "sequence_async.events": ["CallEvent"],
    "sequence_async.models.platform": ["Account", "Transfer"],
    "sequence_async.models.remote": ["AccountsSnapshot"],
    "sequence_async.models.v1": ["Account", "RuleDraft"],
    "sequence_async.operations.platform": ["LIST_ACCOUNTS"],
    "sequence_async.operations.remote": ["TRIGGER_RULE"],
    "sequence_async.operations.v1": ["GET_ACCOUNT"],
    "sequence_async.sandbox": ["Sandbox", "ScenarioError", "faults"],
    "sequence_async.sandbox.faults": ["Drop"],
}
RIGHT = [
    *(f"from {module} import {name} as name_{name}" for module, names in NAMES.items() for name in names),
    "import sequence_async",
    "sequence_async.PlatformClient('key').transfers.create",
    "from sequence_async.models import platform",
    "platform.TransferStatus.COMPLETE",
]
MISSPELLED = [
    "from sequence_async import PlatfromClient",
    *(f"from {module} import {name}x" for module, names in NAMES.items() for name in names),
    "sequence_async.PlatfromClient",
    "sequence_async.PlatformClient('key').transfer",
    "sequence_async.PlatformClient('key').transfers.creat",
    "platform.TransferStatus.COMPLET",
]


@pytest.fixture
def spelled(tmp_path: Path) -> Path:
    path = tmp_path / "spelled.py"
    path.write_text("\n".join([*RIGHT, *MISSPELLED, ""]), encoding="utf-8")
    return path


MISSPELLED_LINES = set(range(len(RIGHT) + 1, len(RIGHT) + len(MISSPELLED) + 1))


def test_misspelled_names_with_mypy_are_each_an_error(spelled: Path) -> None:
    done = run("mypy", "--strict", "--no-error-summary", "--follow-imports=silent", str(spelled))
    found = re.findall(r"spelled\.py:([0-9]+): error: .*\[attr-defined\]", done.stdout)
    assert {int(line) for line in found} == MISSPELLED_LINES, done.stdout + done.stderr


def test_misspelled_names_with_pyright_are_each_an_error(spelled: Path) -> None:
    done = run("basedpyright", "--pythonpath", sys.executable, "--outputjson", str(spelled))
    found = [
        one["range"]["start"]["line"] + 1
        for one in json.loads(done.stdout)["generalDiagnostics"]
        if one["severity"] == "error" and one["rule"] == "reportAttributeAccessIssue"
    ]
    assert set(found) == MISSPELLED_LINES, done.stdout


def check(tool: str, *arguments: str) -> None:
    done = run(tool, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr


def run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", tool, *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=False)
