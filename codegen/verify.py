"""Verification of the compiled models against their description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

import attrs

from codegen.checks.keywords import types_of
from codegen.description import component
from codegen.formatting import GeneratedCodeError
from codegen.variants import nullable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from codegen.description import Description, Node

PLAIN: dict[tuple[str, str | None], Any] = {
    ("string", "date"): date,
    ("string", "date-time"): datetime,
    ("number", "decimal"): Decimal,
}
ARRAY: Any = Sequence
MAPPING: Any = Mapping
TYPES: dict[str, Any] = {"string": str, "integer": int, "number": float, "boolean": bool}


def verify(description: Description, models: ModuleType) -> None:
    """Verify that every class has exactly the described fields, with their types and defaults.

    Raises:
        GeneratedCodeError: A class differs. The checks accepted a shape that the generator reads differently.

    """
    if differences := list(_differences(description, models)):
        raise GeneratedCodeError("\n".join(differences))


def _differences(description: Description, models: ModuleType) -> Iterator[str]:
    for name in description.schemas:
        found = getattr(models, name, None)
        place = f"{description.source}#/components/schemas/{name}"
        if found is None:
            yield f"{place}: no class was generated"
        elif description.is_enum(name):
            if [str(member) for member in found] != description.schemas[name]["enum"]:
                yield f"{place}: the generated members are {[str(member) for member in found]}"
        elif not description.is_union(name):
            yield from (f"{place}: {difference}" for difference in _class_differences(description, models, name, found))


def _class_differences(description: Description, models: ModuleType, name: str, cls: type) -> Iterator[str]:
    properties, required = description.properties(name), description.required(name)
    fields = {field.metadata.get("json", field.name): field for field in attrs.fields(cls)}
    if set(fields) != set(properties):
        yield f"the generated fields are {sorted(fields)}"
        return
    hints: dict[str, Any] = get_type_hints(cls)
    for wire, shape in properties.items():
        field = fields[wire]
        has_default = "const" in shape or "default" in shape or wire not in required
        if (field.default is attrs.NOTHING) is has_default:
            yield f"{wire} is {'required' if has_default else 'optional'} in the generated class"
        expected = _hint(models, shape)
        if nullable(shape) or (wire not in required and "default" not in shape and "const" not in shape):
            expected = expected | None
        if hints[field.name] != expected:
            yield f"{wire} has the generated type {hints[field.name]}, not {expected}"


def _hint(models: ModuleType, shape: Node) -> Any:
    refs = [part["$ref"] for part in (shape, *shape.get("oneOf", ())) if "$ref" in part]
    if refs:
        return getattr(models, component(refs[0]))
    if "const" in shape:
        return Literal[shape["const"]]
    (kind,), _ = types_of(shape)
    if kind == "array":
        return ARRAY[_hint(models, shape["items"])]
    if kind == "object":
        values = shape["additionalProperties"]
        return MAPPING[str, Any if values is True else _hint(models, values)]
    return PLAIN.get((kind, shape.get("format")), TYPES[kind])
