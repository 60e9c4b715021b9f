"""The components: objects, objects that extend another, and enums."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from codegen.checks.keywords import DERIVED, ENUM, OBJECT, UNION, broken_reference, types_of, unsupported_keywords
from codegen.checks.members import check_member
from codegen.checks.mixins import check_mixins
from codegen.description import component, is_list, is_object, unions_over
from codegen.names import attribute, decoder, member
from codegen.problems import Problem, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description, Node

TAKEN = {
    *("Any", "Api", "Callable", "Decimal", "Final", "Literal", "Mapping", "MappingProxyType", "Operation", "Parameter"),
    *("OpenStrEnum", "Sequence", "TaggedUnion", "TypeAlias", "Union", "UnknownVariant"),
    *("DollarAmount", "Outcome", "Settling", "TriggerNote", "None", "True", "False"),
}
"""Names that the generated modules use."""

BREAKING = {"self", "attrs", "masked"}
"""Attribute names that would break their class."""


def check_components(description: Description) -> Iterator[Problem]:
    """Yield problems of the components other than unions."""
    by_decoder: dict[str, str] = {}
    for name, node in description.schemas.items():
        place = at("#/components/schemas", name)
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*", name):
            yield Problem(place, f"{name} is not a valid class name", "write a name such as RuleStep")
        elif name in TAKEN:
            yield Problem(place, f"the generated modules reserve the name {name}", "write another name")
        elif (other := by_decoder.setdefault(decoder(name), name)) != name:
            yield Problem(place, f"differs from {other} only in capitalization", "write another name")
        yield from _component(description, name, node, place)


def _component(description: Description, name: str, node: Node, place: str) -> Iterator[Problem]:
    if "enum" in node:
        yield from _enum(node, place)
    elif "oneOf" in node or "anyOf" in node or "discriminator" in node:
        yield from unsupported_keywords(node, UNION, place)
    elif "allOf" in node:
        yield from _derived(description, name, node, place)
    elif types_of(node)[0] == ["object"]:
        yield from unsupported_keywords(node, OBJECT, place)
        yield from _object(description, name, node, place)
        yield from check_mixins(description, name, place)
    else:
        what = "neither an object, nor an enum, nor a union"
        yield Problem(place, what, "write plain types and arrays where they are used")


def _enum(node: Node, place: str) -> Iterator[Problem]:
    yield from unsupported_keywords(node, ENUM, place)
    values: Any = node["enum"]
    where = at(place, "enum")
    if node.get("type") != "string":
        fix = "write type: string; where it is used, write oneOf: [{$ref: …}, {type: 'null'}] if it may be null"
        yield Problem(at(place, "type"), "an enum of a type other than string", fix)
    if not is_list(values) or not values:
        yield Problem(where, "an enum without members", "write a list of strings")
        return
    seen: dict[str, str] = {}
    for index, value in enumerate(values):
        here = at(where, index)
        if value is None:
            yield Problem(here, "null in an enum", "write oneOf: [{$ref: …}, {type: 'null'}] where the enum is used")
        elif not isinstance(value, str) or not re.search("[A-Za-z0-9]", value):
            yield Problem(
                here, f"{value!r} cannot be the name of a member", "write text, in quotes if it looks like a number"
            )
        elif member(value) in seen:
            yield Problem(here, f"{value!r} and {seen[member(value)]!r} would be the same member", "keep one of them")
        else:
            seen[member(value)] = value
    for value in node.get("x-inferred-members", ()):
        if value not in values:
            yield Problem(at(place, "x-inferred-members"), f"{value!r} is not a member", "write values of the enum")


def _derived(description: Description, name: str, node: Node, place: str) -> Iterator[Problem]:
    yield from unsupported_keywords(node, DERIVED, place)
    parts: list[Any] = node["allOf"]
    refs = [part for part in parts if "$ref" in part]
    where = at(place, "allOf")
    if len(refs) > 1:
        yield Problem(where, f"allOf with {len(refs)} references: a class cannot combine two slotted bases", "keep one")
        return
    if len(refs) != 1 or len(parts) != 2:  # noqa: PLR2004 - a pair
        yield Problem(where, "allOf of anything but a reference and an object", "write exactly one of each")
        return
    if found := list(broken_reference(description, refs[0]["$ref"], at(where, parts.index(refs[0])))):
        yield from found
        return
    base, own = component(refs[0]["$ref"]), description.own_object(name)
    if description.is_enum(base) or description.is_union(base) or name in _ancestors(description, base):
        yield Problem(where, f"{base} is not an object to extend", "refer to an object that does not extend this one")
        return
    inline = at(where, parts.index(own))
    yield from unsupported_keywords(own, {"type", "properties", "required"}, inline)
    yield from _object(description, name, own, inline)
    yield from _redeclared(description, base, own, inline)
    yield from check_mixins(description, name, place)


def _ancestors(description: Description, name: str) -> set[str]:
    seen: set[str] = set()
    current: str | None = name
    while current is not None and current not in seen and current in description.schemas:
        seen.add(current)
        current = description.base(current)
    return seen


def _redeclared(description: Description, base: str, own: Node, place: str) -> Iterator[Problem]:
    inherited = {attribute(wire): (wire, shape) for wire, shape in description.properties(base).items()}
    for wire, shape in own.get("properties", {}).items():
        there = inherited.get(attribute(wire))
        if there is None:
            continue
        if there[0] != wire or {**there[1], "description": ""} != {**shape, "description": ""}:
            yield Problem(at(place, "properties", wire), f"{base} declares it differently", "write another name")


def _object(description: Description, name: str, node: Node, place: str) -> Iterator[Problem]:
    properties: Any = node.get("properties")
    if node.get("type") != "object" or not is_object(properties) or not properties:
        yield Problem(place, "an object without properties: its content would be lost", "write its properties")
        return
    tags = {tag for _, tag in unions_over(description, name)}
    seen: dict[str, str] = {}
    for wire, shape in properties.items():
        here = at(place, "properties", wire)
        yield from _name(wire, seen, here)
        yield from check_member(description, wire, shape, here, tag=wire in tags)
    required: Any = node.get("required", [])
    for index, wire in enumerate(required):
        here = at(place, "required", index)
        if wire not in properties:
            yield Problem(here, f"{wire!r} is not a property of this object", "write the name of a property")
        elif is_object(properties[wire]) and "default" in properties[wire]:
            yield Problem(here, f"{wire!r} is required and has a default", "keep only one of the two")


def _name(wire: str, seen: dict[str, str], place: str) -> Iterator[Problem]:
    name = attribute(wire)
    if name.rstrip("_") in BREAKING:
        yield Problem(place, f"an attribute named {name} breaks the class", "leave it out: no API has needed it yet")
    elif not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", wire):
        yield Problem(
            place,
            f"{wire!r} cannot be the name of an attribute",
            "leave it out: fields that are not described are ignored",
        )
    elif (other := seen.setdefault(name, wire)) != wire:
        yield Problem(place, f"{wire!r} and {other!r} would be the same attribute", "keep one of them")
