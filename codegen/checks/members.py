"""Checks of the properties of models."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from codegen.checks.keywords import (
    ARRAY,
    FORMATS,
    MAPPING,
    REFERENCE,
    SCALARS,
    broken_reference,
    missing_description,
    types_of,
    unsupported_keywords,
)
from codegen.description import is_list, is_object
from codegen.problems import Problem, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description, Node

PYTHON: dict[str, tuple[type, ...]] = {"string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,)}
NULLABLE = "write oneOf: [{$ref: …}, {type: 'null'}]"
CENTS = re.compile(r"_in_cents$|InCents$|(^|_)cents$")
MONEY = re.compile(r"dollar|amount|balance|price|fee(?![a-z])", re.IGNORECASE)


def check_member(description: Description, wire: str, node: Any, place: str, *, tag: bool) -> Iterator[Problem]:
    """Yield problems of one property. ``tag`` marks the discriminator of a union."""
    yield from missing_description(node, place)
    if is_object(node):
        yield from _value(description, node, place, tag=tag)
        yield from _money(wire, node, place)


def _value(description: Description, node: Node, place: str, *, tag: bool = False) -> Iterator[Problem]:
    types, nullable = types_of(node)
    if "$ref" in node:
        yield from unsupported_keywords(node, REFERENCE, place)
        yield from broken_reference(description, node["$ref"], place)
    elif "oneOf" in node or "anyOf" in node:
        yield from _nullable_reference(description, node, place)
    elif "allOf" in node:
        yield Problem(at(place, "allOf"), "allOf in a property", "write $ref and description next to each other")
    elif "enum" in node:
        yield from inline_enum(node, place)
    elif len(types) != 1:
        what = "more than one type" if types else "no type: any value would be accepted"
        yield Problem(place, what, "write one type, and also 'null' if it may be null")
    elif types == ["array"]:
        yield from _array(description, node, place, nullable=nullable)
    elif types == ["object"]:
        yield from _mapping(description, node, place)
    elif types[0] in SCALARS:
        yield from _scalar(node, types[0], place, nullable=nullable, tag=tag)
    else:
        yield Problem(
            at(place, "type"), f"{types[0]!r} is not a type", f"write one of {', '.join(SCALARS)}, array, object"
        )


def inline_enum(node: Node, place: str) -> Iterator[Problem]:
    """Yield the problem of an enum that is not a component."""
    if is_list(node["enum"]) and None in node["enum"]:
        yield Problem(at(place, "enum"), "null in an enum", f"make the enum a component and {NULLABLE}")
    else:
        yield Problem(at(place, "enum"), "an enum inside a schema", "make it a component and refer to it")


def _nullable_reference(description: Description, node: Node, place: str) -> Iterator[Problem]:
    if "discriminator" in node:
        yield Problem(at(place, "discriminator"), "a union inside a schema", "make it a component and refer to it")
        return
    word = "oneOf" if "oneOf" in node else "anyOf"
    parts: list[Any] = node[word]
    refs = [part for part in parts if is_object(part) and set(part) == {"$ref"}]
    if word == "anyOf" or len(parts) != 2 or len(refs) != 1 or {"type": "null"} not in parts:  # noqa: PLR2004 - a pair
        where = "a union inside a schema" if len(refs) > 1 else f"{word} of anything but a reference and null"
        yield Problem(at(place, word), where, f"{NULLABLE}, and make a union a component")
        return
    yield from unsupported_keywords(node, {"oneOf"}, place)
    yield from broken_reference(description, refs[0]["$ref"], at(place, "oneOf", parts.index(refs[0])))


def _array(description: Description, node: Node, place: str, *, nullable: bool) -> Iterator[Problem]:
    yield from unsupported_keywords(node, ARRAY, place)
    yield from constraints(node, place)
    if "default" in node and (node["default"] != [] or nullable):
        yield Problem(
            at(place, "default"), "a default other than the empty array", "write default: [], or leave it out"
        )
    items: Any = node.get("items")
    where = at(place, "items")
    if not is_object(items):
        yield Problem(place, "an array without items", "write items")
    elif "$ref" in items or (types_of(items)[0] and types_of(items)[0][0] in SCALARS and not types_of(items)[1]):
        yield from _value(description, items, where)
    else:
        yield Problem(
            where, "items that are neither a reference nor a plain type", "make them a component and refer to it"
        )


def _mapping(description: Description, node: Node, place: str) -> Iterator[Problem]:
    values: Any = node.get("additionalProperties")
    if "properties" in node or values in (None, False):
        yield Problem(
            place, "an object inside a schema", "make it a component, or write additionalProperties for free fields"
        )
        return
    yield from unsupported_keywords(node, MAPPING, place)
    if is_object(values):
        yield from _value(description, values, at(place, "additionalProperties"))


def _scalar(node: Node, kind: str, place: str, *, nullable: bool, tag: bool) -> Iterator[Problem]:
    yield from unsupported_keywords(node, SCALARS[kind], place)
    form = node.get("format")
    if form is not None and form not in FORMATS[kind]:
        alternatives = f"write {' or '.join(sorted(FORMATS[kind]))}, or " if FORMATS[kind] else ""
        yield Problem(at(place, "format"), f"{form!r} is not a format of {kind}", f"{alternatives}leave it out")
    if "const" in node and (not tag or not isinstance(node["const"], str) or nullable):
        yield Problem(at(place, "const"), "const is supported only on a union's discriminator", "remove it")
    if "default" in node:
        yield from _default(node, kind, place, nullable=nullable)
    yield from constraints(node, place)


def _default(node: Node, kind: str, place: str, *, nullable: bool) -> Iterator[Problem]:
    value, where = node["default"], at(place, "default")
    if node.get("format") in {"date", "date-time", "decimal"}:
        yield Problem(where, f"a default on a {node['format']} would not be parsed", "leave it out")
    elif nullable:
        yield Problem(where, "a default on a nullable property", "leave it out: absent and null are both None")
    elif type(value) not in PYTHON[kind]:
        yield Problem(where, f"{value!r} is not of type {kind}", "write a value of the type")


def constraints(node: Node, place: str) -> Iterator[Problem]:
    """Yield constraints that are not numbers, that no value can meet, or that Python cannot parse."""
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")):
        for word in (low, high):
            kinds_ = (int,) if word.endswith(("Length", "Items")) else (int, float)
            if word in node and type(node[word]) not in kinds_:
                yield Problem(at(place, word), f"{node[word]!r} is not a number", "write a number")
                return
        if low in node and high in node and node[low] > node[high]:
            yield Problem(at(place, low), f"no value lies between {node[low]} and {node[high]}", "swap them")
    if "pattern" in node:
        try:
            re.compile(node["pattern"])
        except (re.error, TypeError):
            yield Problem(at(place, "pattern"), "not a regular expression", "write one that Python's re also accepts")


def _money(wire: str, node: Node, place: str) -> Iterator[Problem]:
    types, _ = types_of(node)
    if CENTS.search(wire) and types not in (["integer"], []):
        yield Problem(place, f"cents as {types[0]}", "write type: integer; money is never a float")
    elif CENTS.search(wire) and not types:
        yield Problem(place, "cents of a type other than integer", "write type: integer")
    elif (
        types == ["number"] and node.get("format") != "decimal" and MONEY.search(wire) and "percent" not in wire.lower()
    ):
        yield Problem(
            place, "an amount of money as a float", "write format: decimal for dollars, type: integer for cents"
        )
