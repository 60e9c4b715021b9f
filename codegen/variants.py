"""The variants of unions and how they are distinguished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.description import component

if TYPE_CHECKING:
    from codegen.description import Description, Node


def variants_of(description: Description, union: str) -> dict[str, str]:
    """Return the classes of a union by the value of its tag or, without a tag, by the field that only they require."""
    node = description.schemas[union]
    if "discriminator" in node:
        return {value: component(ref) for value, ref in node["discriminator"]["mapping"].items()}
    names = [component(part["$ref"]) for part in node["oneOf"]]
    found: dict[str, str] = {}
    for name in names:
        others = {member for other in names if other != name for member in description.properties(other)}
        required = description.required(name)
        own = [
            member
            for member, shape in description.properties(name).items()
            if member in required - others and not nullable(shape)
        ]
        if own:
            found[own[0]] = name
    return found


def nullable(node: Node) -> bool:
    """Return whether a property may be null."""
    kind = node.get("type")
    return (isinstance(kind, list) and "null" in kind) or any(
        part.get("type") == "null" for part in node.get("oneOf", ())
    )
