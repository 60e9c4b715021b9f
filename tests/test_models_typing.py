"""What users write with the models passes mypy and pyright, both strict; what they must not write does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent
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


def check(tool: str, *arguments: str) -> None:
    command = [sys.executable, "-m", tool, *arguments]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
