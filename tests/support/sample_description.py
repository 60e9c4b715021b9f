"""The small description in ``descriptions/sample.yaml``: whole, broken in one place, or compiled."""

from __future__ import annotations

import copy
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import attrs

from codegen.description import Description, load
from codegen.files import modules

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = Path(__file__).parent / "descriptions" / "sample.yaml"
GONE: Any = object()
"""Stands for taking something out."""


@cache
def sample() -> Description:
    return load(PATH)


def broken(changes: dict[str, Any]) -> Description:
    """Return the description with what stands at each JSON pointer replaced."""
    document = copy.deepcopy(dict(sample().document))
    for pointer, value in changes.items():
        *way, last = (step.replace("~1", "/").replace("~0", "~") for step in pointer.removeprefix("#/").split("/"))
        node: Any = document
        for step in way:
            node = node[int(step)] if isinstance(node, list) else node[step]
        key = int(last) if isinstance(node, list) else last
        if value is GONE:
            del node[key]
        else:
            node[key] = value
    return attrs.evolve(sample(), document=document)


@contextmanager
def compiled(description: Description) -> Iterator[tuple[ModuleType, ModuleType, ModuleType]]:
    """Give the three generated modules of a description, imported under their own names."""
    made: list[ModuleType] = []
    try:
        for path, text in modules(description).items():  # models, operations, decoders, …: each needs those before it
            module = ModuleType(path.removesuffix(".py").replace("/", "."))
            sys.modules[module.__name__] = module
            made.append(module)
            exec(compile(text, module.__name__, "exec", dont_inherit=True), module.__dict__)
        yield made[0], made[1], made[2]
    finally:
        for module in made:
            del sys.modules[module.__name__]
