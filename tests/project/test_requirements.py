"""The lower bounds that are promised are the ones that are tested."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]


def promised() -> dict[str, Version]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [*project["dependencies"], *(text for extra in project["optional-dependencies"].values() for text in extra)]
    bounds = {}
    for text in texts:
        requirement = Requirement(text)
        (specifier,) = requirement.specifier
        assert specifier.operator == ">=", f"{text}: a lower bound, and no upper one"
        bounds[f"{requirement.name};{requirement.marker}"] = Version(specifier.version)
    return bounds


def pinned() -> dict[str, Version]:
    lines = (ROOT / "requirements" / "oldest.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert all(str(pin.specifier).startswith("==") for pin in pins)
    return {f"{pin.name};{pin.marker}": Version(next(iter(pin.specifier)).version) for pin in pins}


def test_the_oldest_versions_are_the_lower_bounds() -> None:
    # More may be pinned: what the oldest of them needs in turn.
    assert promised().items() <= pinned().items()
