"""Docstrings from descriptions, safe for quotes, backslashes and long lines."""

from __future__ import annotations

import re
import textwrap

WIDTH = 120


def docstring(text: str, indent: int = 0) -> str:
    """Return a docstring literal. The first line follows the quotes, and the other lines are indented."""
    margin = " " * indent
    paragraphs = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    single = f'"""{escaped(paragraphs[0])}"""'
    if len(paragraphs) == 1 and len(margin + single) <= WIDTH:
        return single
    lines: list[str] = []
    for paragraph in paragraphs:
        first = not lines
        # Escapes lengthen a line, so they are added before wrapping. The quotes take space on the first line.
        wrapped = textwrap.wrap(
            escaped(paragraph), WIDTH - indent - (3 if first else 0), break_long_words=False, break_on_hyphens=False
        )
        lines += wrapped if first else ["", *wrapped]
    body = "\n".join(margin + line if line else "" for line in lines).lstrip()
    return f'"""{body}\n{margin}"""'


def escaped(text: str) -> str:
    """Return text that is escaped for a docstring literal."""
    # A quote before another one, or at the end, could close the literal.
    return re.sub(r'"(?="|$)', r"\"", text.replace("\\", "\\\\"))
