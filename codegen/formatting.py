"""Ruff and the compiler over what was generated: it leaves formatted, without unused imports, and clean."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


class BrokenOutputError(Exception):
    """The generator wrote something that is not clean Python; the description did something that no check foresaw."""


def _ruff(text: str, name: str, *arguments: str) -> str:
    command = [
        sys.executable,
        "-m",
        "ruff",
        *arguments,
        "--quiet",
        "--config",
        "pyproject.toml",
        "--stdin-filename",
        name,
        "-",
    ]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False, cwd=PROJECT)  # noqa: S603 - our own words
    if done.returncode:
        raise BrokenOutputError(f"{name}: {(done.stdout + done.stderr).decode().strip()}")
    return done.stdout.decode()


def finished(text: str, name: str) -> str:
    """Return the module ``name`` (its path in the project) as it is to be written.

    Raises:
        BrokenOutputError: it does not compile, or ruff finds fault with it.

    """
    try:
        compile(text, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise BrokenOutputError(f"{name}: {error}") from None
    tidy = _ruff(text, name, "check", "--no-cache", "--fix-only", "--select", "F401,I,RUF022")
    tidy = _ruff(tidy, name, "format", "--no-cache")
    _ruff(tidy, name, "check", "--no-cache", "--output-format", "concise")
    return tidy
