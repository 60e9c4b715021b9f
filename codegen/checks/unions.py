"""Checks of the unions and their discriminators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen.checks.keywords import broken_reference
from codegen.description import SCHEMAS, component, is_list, is_object
from codegen.problems import Problem, at
from codegen.variants import variants_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description, Node


def check_unions(description: Description) -> Iterator[Problem]:
    """Yield problems of the unions among the components."""
    seen: dict[frozenset[str], str] = {}
    for name, node in description.schemas.items():
        if "oneOf" not in node and "discriminator" not in node and "anyOf" not in node:
            continue
        place = at("#/components/schemas", name)
        if found := list(_parts(description, node, place)):
            yield from found
            continue
        variants = [component(part["$ref"]) for part in node["oneOf"]]
        if (other := seen.setdefault(frozenset(variants), name)) != name:
            yield Problem(
                at(place, "oneOf"), f"the same variants as {other}: both are the same type", "keep one of them"
            )
        elif "discriminator" in node:
            yield from _discriminator(description, node, variants, place)
        else:
            own = set(variants_of(description, name).values())
            for index, variant in enumerate(variants):
                if variant not in own:
                    what = (
                        f"{variant} has no required property that no other variant has, so it cannot be distinguished"
                    )
                    yield Problem(at(place, "oneOf", index), what, "require such a property, or write a discriminator")


def _parts(description: Description, node: Node, place: str) -> Iterator[Problem]:
    parts: Any = node.get("oneOf")
    if not is_list(parts) or len(parts) < 2:  # noqa: PLR2004 - a union has at least two
        yield Problem(place, "a union without oneOf", "write oneOf with at least two references")
        return
    for index, part in enumerate(parts):
        here = at(place, "oneOf", index)
        if not is_object(part) or set(part) != {"$ref"}:
            yield Problem(
                here, "a variant that is not a reference", "make it a component; write null where the union is used"
            )
        elif problems := list(broken_reference(description, part["$ref"], here)):
            yield from problems
        elif description.is_enum(component(part["$ref"])) or description.is_union(component(part["$ref"])):
            yield Problem(here, "a variant that is not an object", "refer to objects")
        elif part in parts[:index]:
            yield Problem(here, "a duplicate variant", "keep one of them")


def _discriminator(description: Description, node: Node, variants: list[str], place: str) -> Iterator[Problem]:
    discriminator: Any = node["discriminator"]
    where = at(place, "discriminator")
    tag = discriminator.get("propertyName")
    mapping: Any = discriminator.get("mapping")
    if not isinstance(tag, str) or not is_object(mapping) or set(discriminator) != {"propertyName", "mapping"}:
        yield Problem(where, "not a property name and a mapping", "write propertyName and mapping, and nothing else")
        return
    refs = list(mapping.values())
    for variant in variants:
        count = refs.count(SCHEMAS + variant)
        if count != 1:
            what = f"{variant} appears in the mapping {count} times"
            yield Problem(
                at(where, "mapping"), what, "map exactly one value to each variant, and none to unknown variants"
            )
    for value, ref in mapping.items():
        if ref not in {SCHEMAS + variant for variant in variants}:
            yield Problem(at(where, "mapping", value), f"{ref} is not a variant", "map to a reference in oneOf")
        else:
            yield from _tag(description, component(ref), tag, value)


def _tag(description: Description, variant: str, tag: str, value: Any) -> Iterator[Problem]:
    place = at("#/components/schemas", variant)
    shape = description.properties(variant).get(tag)
    if shape is None or tag not in description.required(variant):
        yield Problem(place, f"a variant without a required {tag}", f"add it: {{type: string, const: {value}}}")
    elif shape.get("const") != value:
        yield Problem(at(place, "properties", tag), f"the tag is not the const {value!r}", f"write const: {value}")
