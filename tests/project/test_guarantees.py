"""The page of guarantees names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_proof_is_there() -> None:
    named = set(
        re.findall(r"`(tests/[a-z_/]+(?:\.py|/))`", (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8"))
    )
    assert len(named) > 10
    assert not [name for name in named if not (ROOT / name).exists()]
