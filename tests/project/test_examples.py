"""Every program in examples/ has a test."""

from __future__ import annotations

from pathlib import Path

from example_programs import EXAMPLES


def test_no_example_is_without_a_test() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    untested = [path.name for path in EXAMPLES.glob("*.py") if f'"{path.stem}"' not in tests and path.name not in tests]
    assert not untested
