"""The code does the same on every operating system: text is UTF-8, and no call exists on POSIX only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("sequence_async", "codegen", "tests", "benchmarks")
OPENERS = {"read_text", "write_text", "fdopen", "NamedTemporaryFile", "TemporaryFile"}
PROCESSES = {"run", "Popen", "check_output", "check_call", "call"}


def unclear_encodings(source: str) -> list[int]:
    """Return the lines that read or write text in the encoding of the operating system."""
    return sorted(
        {call.lineno for call in ast.walk(ast.parse(source)) if isinstance(call, ast.Call) and _unclear(call)}
    )


def _unclear(call: ast.Call) -> bool:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if "encoding" in given or None in given:
        return False
    match call.func:
        case ast.Name("open"):
            return _is_text(call, 1)
        case ast.Attribute(_, "open"):
            return _is_text(call, 0)
        case ast.Attribute(_, "read_text"):
            return not call.args
        case ast.Attribute(_, "write_text"):
            return len(call.args) < 2
        case ast.Attribute(ast.Name("subprocess"), name) if name in PROCESSES:
            return "text" in given or "universal_newlines" in given
        case _:
            return False


def _is_text(call: ast.Call, position: int) -> bool:
    mode = call.args[position] if len(call.args) > position else None
    mode = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), mode)
    return not (isinstance(mode, ast.Constant) and "b" in str(mode.value))


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_text_is_read_and_written_as_utf_8() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        for line in unclear_encodings(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)
