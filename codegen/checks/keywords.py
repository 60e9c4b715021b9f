"""The words that a schema may be written with. A word that the generator does not read is refused, not passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen.description import SCHEMAS, is_list, is_object
from codegen.problems import Problem, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description, Node

ANYWHERE = {"description", "x-evidence"}
REFERENCE = {"$ref"}
SCALARS = {
    "string": {"type", "format", "const", "default", "minLength", "maxLength", "pattern", "x-sensitive"},
    "integer": {"type", "format", "default", "minimum", "maximum"},
    "number": {"type", "format", "default", "minimum", "maximum"},
    "boolean": {"type", "default"},
}
FORMATS = {
    "string": {"date", "date-time", "uuid"},
    "integer": {"int32", "int64"},
    "number": {"decimal", "double"},
    "boolean": set[str](),
}
ARRAY = {"type", "items", "default", "minItems", "maxItems"}
MAPPING = {"type", "additionalProperties"}
OBJECT = {"type", "properties", "required", "x-mixin"}
DERIVED = {"allOf", "x-mixin"}
ENUM = {"type", "enum", "x-inferred-members"}
UNION = {"oneOf", "discriminator"}

INSTEAD = {
    "nullable": "write type: [<type>, 'null']",
    "anyOf": "write oneOf",
    "enum": "make the enum a component and refer to it",
    "additionalProperties": "leave it out: members that are not described are ignored",
    "example": "write examples beside the schema of the answer",
    "examples": "write examples beside the schema of the answer",
}
EVIDENCE = ("documented", "inferred")


def unsupported_keywords(node: Node, words: set[str], place: str) -> Iterator[Problem]:
    """Yield the words of a schema that the generator does not read at this place, and illegal values of common ones."""
    for word in node:
        if word not in words | ANYWHERE:
            yield Problem(at(place, word), f"{word} is not read here", INSTEAD.get(word, "leave it out"))
    if "x-evidence" in node and node["x-evidence"] not in EVIDENCE:
        yield Problem(at(place, "x-evidence"), f"{node['x-evidence']!r} is unknown", f"write {' or '.join(EVIDENCE)}")
    if "x-sensitive" in node and node["x-sensitive"] is not True:
        yield Problem(at(place, "x-sensitive"), f"{node['x-sensitive']!r} is unknown", "write true, or leave it out")


def missing_description(node: Any, place: str) -> Iterator[Problem]:
    """Yield a problem for a schema that is no mapping or has no description: it becomes the docstring."""
    if not is_object(node):
        yield Problem(place, "not a schema", "write a mapping")
    elif not isinstance(node.get("description"), str) or not node["description"].strip():
        yield Problem(place, "no description", "say in a sentence what it is, with its unit; it becomes the docstring")


def broken_reference(description: Description, ref: Any, place: str) -> Iterator[Problem]:
    """Yield a problem for a reference that leads to no component."""
    if not isinstance(ref, str) or not ref.startswith(SCHEMAS) or ref.removeprefix(SCHEMAS) not in description.schemas:
        yield Problem(at(place, "$ref"), f"{ref} leads to no component", f"refer to {SCHEMAS}<Name>")


def types_of(node: Node) -> tuple[list[str], bool]:
    """Return the types of a schema without ``null``, and whether ``null`` is among them."""
    kind: Any = node.get("type", [])
    names: list[str] = list(kind) if is_list(kind) else [kind]
    return [name for name in names if name != "null"], "null" in names
