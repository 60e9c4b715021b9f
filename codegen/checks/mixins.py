"""Checks of ``x-mixin``: classes of ``models/_runtime.py`` that add derived properties to a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen.checks.keywords import types_of
from codegen.description import component, is_list, is_object
from codegen.names import attribute
from codegen.problems import Problem, at
from sequence_async.models import _runtime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codegen.description import Description, Node

NEEDS: dict[str, dict[str, str]] = {
    "Settling": {"status": "enum"},
    "Outcome": {"status": "enum", "conditions_not_met": "boolean", "transfers_failed": "integer"},
    "DollarAmount": {"amount_in_dollars": "decimal"},
    "TriggerNote": {"message": "string"},
}
"""The attributes that each mixin reads, and their types."""


def check_mixins(description: Description, name: str, place: str) -> Iterator[Problem]:
    """Yield mixins that are unknown, already inherited, or lack a property that they need."""
    mixins: Any = description.schemas[name].get("x-mixin", [])
    where = at(place, "x-mixin")
    if not is_list(mixins):
        yield Problem(where, "not a list", "write a list of names")
        return
    shapes = {attribute(wire): shape for wire, shape in description.properties(name).items() if is_object(shape)}
    inherited = {
        mixin
        for ancestor in list(description.lineage(name))[1:]
        for mixin in description.schemas[ancestor].get("x-mixin", ())
    }
    for index, mixin in enumerate(mixins):
        here = at(where, index)
        if mixin not in NEEDS:
            yield Problem(here, f"{mixin!r} is unknown", f"write one of {', '.join(NEEDS)}")
        elif mixin in inherited or mixin in mixins[:index]:
            yield Problem(here, f"{mixin} already exists", "leave it out")
        else:
            yield from _needs(description, mixin, shapes, here)
    for mixin in {*mixins, *inherited} & set(NEEDS):
        for provided in set(shapes) & _provided(mixin):
            yield Problem(where, f"{mixin} and the model both have {provided}", "leave the mixin out")


def _provided(mixin: str) -> set[str]:
    cls: type = getattr(_runtime, mixin)
    return {name for name in vars(cls) if not name.startswith("_")}


def _needs(description: Description, mixin: str, shapes: Mapping[str, Node], place: str) -> Iterator[Problem]:
    for needed, kind in NEEDS[mixin].items():
        if needed not in shapes or kind not in _kinds(description, shapes[needed]):
            yield Problem(
                place, f"{mixin} needs a property {needed} of type {kind}", "describe it, or leave the mixin out"
            )


def _kinds(description: Description, shape: Node) -> set[str]:
    refs = [part["$ref"] for part in (shape, *shape.get("oneOf", ())) if "$ref" in part]
    enums = {"enum" for ref in refs if component(ref) in description.schemas and description.is_enum(component(ref))}
    return {*types_of(shape)[0], shape.get("format", ""), *enums}
