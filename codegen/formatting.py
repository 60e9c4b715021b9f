"""Formatting and checking of generated code with ruff and the compiler."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

# The project's configuration excludes the decoders, so this selects its own rules.
FIRST_PARTY = "--config=lint.isort.known-first-party=['sequence_async']"
TIDY = ("check", "--fix-only", "--isolated", "--line-length=120", "--select=F401,I,RUF022", FIRST_PARTY)
FORMAT = ("format", "--config=pyproject.toml")
CHECK = ("check", "--config=pyproject.toml", "--output-format=concise")


class GeneratedCodeError(Exception):
    """The generated code is invalid. The checks accepted a shape that the generator cannot handle."""


def format_module(text: str, name: str) -> str:
    """Return the formatted module. ``name`` is its path in the project.

    Raises:
        GeneratedCodeError: It does not compile, or ruff reports a problem.

    """
    try:
        compile(text, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise GeneratedCodeError(f"{name}: {error}") from None
    tidy = _ruff(_ruff(text, name, *TIDY), name, *FORMAT)
    _ruff(tidy, name, *CHECK)
    return tidy


def _ruff(text: str, name: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "ruff", *arguments, "--quiet", "--no-cache", f"--stdin-filename={name}", "-"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False, cwd=PROJECT)  # noqa: S603 - no shell
    if done.returncode:
        raise GeneratedCodeError(f"{name}: {(done.stdout + done.stderr).decode().strip()}")
    return done.stdout.decode()
