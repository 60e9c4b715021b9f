"""The supported keywords of schemas. An unsupported keyword is rejected, not ignored."""

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

FIXES = {
    "nullable": "write type: [<type>, 'null']",
    "anyOf": "write oneOf",
    "enum": "make the enum a component and refer to it",
    "additionalProperties": "leave it out: fields that are not described are ignored",
    "example": "write examples next to the schema of the response",
    "examples": "write examples next to the schema of the response",
}
EVIDENCE = ("documented", "inferred")


def unsupported_keywords(node: Node, words: set[str], place: str) -> Iterator[Problem]:
    """Yield unsupported keywords of a schema, and invalid values of common ones."""
    for word in node:
        if word not in words | ANYWHERE:
            yield Problem(at(place, word), f"{word} is not supported here", FIXES.get(word, "leave it out"))
    if "x-evidence" in node and node["x-evidence"] not in EVIDENCE:
        yield Problem(at(place, "x-evidence"), f"{node['x-evidence']!r} is unknown", f"write {' or '.join(EVIDENCE)}")
    if "x-sensitive" in node and node["x-sensitive"] is not True:
        yield Problem(at(place, "x-sensitive"), f"{node['x-sensitive']!r} is unknown", "write true, or leave it out")


def missing_description(node: Any, place: str) -> Iterator[Problem]:
    """Yield a problem if a schema is not a mapping or has no description, which becomes the docstring."""
    if not is_object(node):
        yield Problem(place, "not a schema", "write a mapping")
    elif not isinstance(node.get("description"), str) or not node["description"].strip():
        yield Problem(place, "no description", "describe it in a sentence, with its unit; this becomes the docstring")


def broken_reference(description: Description, ref: Any, place: str) -> Iterator[Problem]:
    """Yield a problem if a reference does not lead to a component."""
    if not isinstance(ref, str) or not ref.startswith(SCHEMAS) or ref.removeprefix(SCHEMAS) not in description.schemas:
        yield Problem(at(place, "$ref"), f"{ref} is not a schema component", f"refer to {SCHEMAS}<Name>")


def types_of(node: Node) -> tuple[list[str], bool]:
    """Return the types of a schema other than ``null``, and whether it also has ``null``."""
    kind: Any = node.get("type", [])
    names: list[str] = list(kind) if is_list(kind) else [kind]
    return [name for name in names if name != "null"], "null" in names
