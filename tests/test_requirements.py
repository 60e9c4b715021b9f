"""The lower bounds that are promised are the ones that are tested."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent


def promised() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    texts = [*project["dependencies"], *(text for extra in project["optional-dependencies"].values() for text in extra)]
    bounds = {}
    for text in texts:
        requirement = Requirement(text)
        (specifier,) = requirement.specifier
        assert specifier.operator == ">=", f"{text}: a lower bound, and no upper one"
        bounds[f"{requirement.name};{requirement.marker}"] = specifier.version
    return bounds


def tested() -> dict[str, str]:
    lines = (ROOT / "requirements" / "oldest.txt").read_text().splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert all(str(pin.specifier).startswith("==") for pin in pins)
    return {f"{pin.name};{pin.marker}": next(iter(pin.specifier)).version for pin in pins}


def test_the_oldest_versions_are_the_lower_bounds() -> None:
    assert tested() == promised()
