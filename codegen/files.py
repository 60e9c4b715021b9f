"""The generated files: their paths, their texts, and whether the project's files match."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from codegen.checks import check_description
from codegen.decoders import compiled, decoders_module
from codegen.description import load
from codegen.endpoints import attributes_module, endpoints_module
from codegen.models import models_module
from codegen.operations import operations_module
from codegen.operations_table import replace_table
from codegen.routes import routes_module
from codegen.verify import verify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from codegen.description import Description

APIS = ("platform", "v1", "remote")
PACKAGES = (
    "sequence_async/models",
    "sequence_async/operations",
    "sequence_async/_decoders",
    "sequence_async/_endpoints",
    "sequence_async/sandbox/described",
)
TABLED = ("docs/operations.md",)
REGENERATE = "python -m codegen"


def descriptions(root: Path) -> list[Description]:
    """Load the descriptions below ``root``."""
    paths = [root / "openapi" / f"{api}.yaml" for api in APIS]
    return [load(path) for path in paths if path.exists()]


def generated_files(root: Path) -> dict[str, str]:
    """Return the generated files of the project at ``root``: texts by path."""
    found = descriptions(root)
    files = {path: text for description in found for path, text in modules(description).items()}
    for path in TABLED:
        there = _read(root / path)
        if there is not None and (text := replace_table(there, found)) is not None:
            files[path] = text
    return files


def modules(description: Description) -> dict[str, str]:
    """Return the generated modules of one API: texts by path."""
    check_description(description)
    models = models_module(description)
    with compiled(description, models) as module:
        verify(description, module)
        decoders = decoders_module(description, module)
    return {
        f"sequence_async/models/{description.api}.py": models,
        f"sequence_async/operations/{description.api}.py": operations_module(description),
        f"sequence_async/_decoders/{description.api}.py": decoders,
        f"sequence_async/_endpoints/{description.api}.py": endpoints_module(description),
        f"sequence_async/_endpoints/{description.api}_attributes.py": attributes_module(description),
        f"sequence_async/sandbox/described/{description.api}.py": routes_module(description),
    }


def write(root: Path, files: Mapping[str, str]) -> list[str]:
    """Write the files that differ and return their paths."""
    changed = [path for path, text in files.items() if _read(root / path) != text]
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(files[path], encoding="utf-8", newline="\n")
    return changed


def stale_files(root: Path, files: Mapping[str, str]) -> list[str]:
    """Return a message for each file that is missing, stale, edited by hand or left over."""
    found = [f"{path} {reason}" for path, text in files.items() if (reason := _staleness(_read(root / path), text))]
    known = [f"{package}/{api}.py" for package in PACKAGES for api in APIS]
    known += [f"sequence_async/_endpoints/{api}_attributes.py" for api in APIS]
    left_over = [path for path in known if path not in files and (root / path).exists()]
    return [*found, *(f"{path} no longer has a description: delete it" for path in left_over)]


def _read(path: Path) -> str | None:
    # Not read_text(): a file with different line endings must differ.
    return path.read_bytes().decode() if path.exists() else None


def _staleness(there: str | None, text: str) -> str | None:
    if there == text:
        return None
    if there is None:
        return f"is missing: run `{REGENERATE}`"
    if _stamps(there) == _stamps(text):
        return f"was edited by hand, or the generator has changed: run `{REGENERATE}`"
    return f"is stale because its description has changed: run `{REGENERATE}`"


def _stamps(text: str) -> list[str]:
    return re.findall(r"SHA-256 ([0-9a-f]{64})", text)
