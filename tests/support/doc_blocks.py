"""The blocks of code in the documentation: where they stand, and what has to be around them to run."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
_FENCE = re.compile(
    r"^(?P<indent>[ ]*)```(?P<language>[a-z]*)[^\n]*\n(?P<text>.*?)^(?P=indent)```[ ]*$", re.MULTILINE | re.DOTALL
)


@attrs.frozen
class Block:
    """One fenced block."""

    page: Path
    line: int
    """Of its first line of code, counted from 1."""
    language: str
    text: str

    @property
    def is_test(self) -> bool:
        """Whether it is for pytest to run."""
        return re.search(r"^(async )?def test_", self.text, re.MULTILINE) is not None

    @property
    def is_script(self) -> bool:
        """Whether it is a program of its own, that makes whatever it uses."""
        return "asyncio.run(" in self.text

    def __str__(self) -> str:
        return f"{name_of(self.page)}:{self.line}"


def name_of(page: Path) -> str:
    """Name a page in the output of pytest."""
    return page.relative_to(ROOT).as_posix()


def blocks(*pages: Path) -> Iterator[Block]:
    """Find the fenced blocks of pages."""
    for page in pages:
        text = page.read_text("utf-8")
        for match in _FENCE.finditer(text):
            line = text.count("\n", 0, match.start("text")) + 1
            yield Block(page, line, match["language"], textwrap.dedent(match["text"]))


async def execute(block: Block, names: dict[str, Any], placeholders: dict[str, str]) -> None:
    """Run a block as if it stood in an async function, with what ``names`` holds, and leave its own names there.

    A program's ``asyncio.run(main())`` is awaited instead, so that it meets the sandbox in the loop that is there.
    Its tracebacks name the page and the line.
    """
    source = block.text.replace("asyncio.run(", "await (")
    for placeholder, real in placeholders.items():
        source = source.replace(f'"{placeholder}"', f'"{real}"')
    left = re.findall(r'"((?:acc|rule|txr|exe|card)_\d+)"', source)
    assert not left, f"{block}: what does {left[0]} stand for?"
    # Blank lines in front let the traceback count as the page does.
    code = compile("\n" * (block.line - 1) + source, block.page, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(code, names)
    if inspect.iscoroutine(result):
        await result
