"""The code does the same on every operating system: text is UTF-8, and nothing is called that only POSIX has."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("sequence_async", "codegen")
ALL = (*PRODUCT, "tests", "benchmarks", "examples")
POSIX_MODULES = {"crypt", "fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = {
    "add_signal_handler", "fork", "forkpty", "geteuid", "getpgid", "getuid", "killpg", "mkfifo", "openpty", "sysconf",
    "uname", "AF_UNIX", "SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "SO_REUSEPORT",
}  # fmt: skip


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def text_in_an_open_encoding(module: ast.Module) -> Iterator[int]:
    """Yield the lines that read or write text in the encoding of the operating system."""
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and _handles_text(call) and "encoding" not in _keywords(call):
            yield call.lineno


def _handles_text(call: ast.Call) -> bool:
    match call.func:
        case ast.Name("open"):
            return not _is_binary(call, 1)
        case ast.Attribute(ast.Name("os"), "open"):
            return False  # It returns a file descriptor, which has no encoding.
        case ast.Attribute(_, "open"):
            return not _is_binary(call, 0)
        case ast.Attribute(_, "read_text" | "write_text" as name):
            return len(call.args) < (1 if name == "read_text" else 2)
        case ast.Attribute(ast.Name("subprocess"), _):
            return not {"text", "universal_newlines"}.isdisjoint(_keywords(call))
        case _:
            return False


def _is_binary(call: ast.Call, position: int) -> bool:
    mode = _keywords(call).get("mode", call.args[position] if len(call.args) > position else None)
    return isinstance(mode, ast.Constant) and "b" in str(mode.value)


def _keywords(call: ast.Call) -> dict[str | None, ast.expr]:
    return {keyword.arg: keyword.value for keyword in call.keywords}


def posix_only(nodes: Iterable[ast.AST]) -> Iterator[int]:
    """Yield the lines that import, or take from a module, what Windows does not have."""
    for node in nodes:
        match node:
            case ast.Import(names) if not POSIX_MODULES.isdisjoint(alias.name for alias in names):
                yield node.lineno
            case ast.ImportFrom(module) if module in POSIX_MODULES:
                yield node.lineno
            case ast.Attribute(_, name) if name in POSIX_NAMES:
                yield node.lineno
            case ast.Constant(str(text)) if text.startswith(("/dev/", "/tmp/")):
                yield node.lineno
            case _:
                pass


def test_text_everywhere_is_read_and_written_with_an_encoding() -> None:
    found = [f"{name}:{line}" for name, module in sources(*ALL) for line in text_in_an_open_encoding(module)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "open('x')",
        "open('x', 'w')",
        "path.open()",
        "path.open(mode='a')",
        "path.read_text()",
        "path.write_text('x')",
        "subprocess.run(command, text=True)",
    ],
)
def test_text_without_an_encoding_is_found(line: str) -> None:
    assert list(text_in_an_open_encoding(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "open('x', 'rb')",
        "os.open('x', os.O_WRONLY)",
        "path.open('wb')",
        "path.read_text('utf-8')",
        "path.read_text(encoding='utf-8')",
        "path.write_text('x', 'utf-8')",
        "subprocess.run(command, encoding='utf-8')",
        "subprocess.run(command)",
    ],
)
def test_bytes_and_text_with_an_encoding_are_not_found(line: str) -> None:
    assert not list(text_in_an_open_encoding(ast.parse(line)))


def test_the_package_the_generator_and_the_examples_use_nothing_that_only_posix_has() -> None:
    found = [
        f"{name}:{line}" for name, module in sources(*PRODUCT, "examples") for line in posix_only(ast.walk(module))
    ]
    assert not found, "\n".join(found)


def test_the_tests_can_be_collected_without_posix() -> None:
    # Inside a function, a skipif says what is missing.
    found = [f"{name}:{line}" for name, module in sources("tests") for line in posix_only(module.body)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line", ["import os, fcntl", "from pty import openpty", "os.fork()", "open('/dev/null', 'rb')"]
)
def test_what_only_posix_has_is_found(line: str) -> None:
    assert list(posix_only(ast.walk(ast.parse(line)))) == [1]
