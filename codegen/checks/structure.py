"""Checks of the structure of a description: types and references. The other checks rely on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from codegen.description import METHODS, is_list, is_object
from codegen.problems import Problem, at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from codegen.description import Description

    Rule: TypeAlias = Callable[[Any, str], Iterator[Problem]]


def check_structure(description: Description) -> Iterator[Problem]:
    """Yield values of the wrong type, and references that do not exist."""
    document = description.document
    problems = list(DOCUMENT(document, "#"))
    yield from problems
    if not problems:
        yield from _broken_references(document, document, "#")


def _text(node: Any, place: str) -> Iterator[Problem]:
    if not isinstance(node, str):
        yield Problem(place, "not text", "write text, in quotes if YAML would read it as another type")


def _text_or_texts(node: Any, place: str) -> Iterator[Problem]:
    yield from _listed(_text)(node, place) if is_list(node) else _text(node, place)


def _anything(_node: Any, _place: str) -> Iterator[Problem]:
    yield from ()


def _listed(rule: Rule) -> Rule:
    def check(node: Any, place: str) -> Iterator[Problem]:
        if not is_list(node):
            yield Problem(place, "not a list", "write a list")
            return
        for index, item in enumerate(node):
            yield from rule(item, at(place, index))

    return check


def _mapped(rule: Rule) -> Rule:
    def check(node: Any, place: str) -> Iterator[Problem]:
        if not is_object(node):
            yield Problem(place, "not a mapping", "write a mapping")
            return
        for name, value in node.items():
            here = at(place, name)
            yield from _text(name, here)
            yield from rule(value, here)

    return check


def _shape(rules: Mapping[str, Rule], needed: tuple[str, ...] = ()) -> Rule:
    """Check the named fields, and leave the others to other checks. A reference replaces all required fields."""

    def check(node: Any, place: str) -> Iterator[Problem]:
        yield from _mapped(_anything)(node, place)
        if not is_object(node):
            return
        for name in needed:
            if name not in node and not ("$ref" in rules and "$ref" in node):
                yield Problem(place, f"{name} is missing", "write it")
        for name, rule in rules.items():
            if name in node:
                yield from rule(node[name], at(place, name))

    return check


def _schema(node: Any, place: str) -> Iterator[Problem]:
    yield from SCHEMA(node, place)


def _schema_or_bool(node: Any, place: str) -> Iterator[Problem]:
    if not isinstance(node, bool):
        yield from SCHEMA(node, place)


SCHEMA = _shape(
    {
        "$ref": _text,
        "type": _text_or_texts,
        "format": _text,
        "properties": _mapped(_schema),
        "required": _listed(_text),
        "items": _schema,
        "additionalProperties": _schema_or_bool,
        "enum": _listed(_anything),
        "oneOf": _listed(_schema),
        "anyOf": _listed(_schema),
        "allOf": _listed(_schema),
        "discriminator": _shape({"propertyName": _text, "mapping": _mapped(_text)}),
        "x-mixin": _listed(_text),
        "x-inferred-members": _listed(_text),
    }
)
CONTENT = _mapped(_shape({"schema": _schema, "examples": _mapped(_anything)}))
PARAMETER = _shape(
    {"$ref": _text, "name": _text, "in": _text, "schema": _schema, "x-argument": _text, "x-page": _text},
    needed=("name", "in", "schema"),
)
RESPONSE = _shape({"$ref": _text, "content": CONTENT})
OPERATION = _shape(
    {
        "operationId": _text,
        "parameters": _listed(PARAMETER),
        "requestBody": _shape({"content": CONTENT, "x-argument": _text}),
        "responses": _mapped(RESPONSE),
        "tags": _listed(_text),
        "x-outside-data": _listed(_text),
        "x-legacy-names": _mapped(_text),
        "x-method": _text,
        "x-window": _shape({"start": _text, "end": _text, "field": _text}, needed=("start", "end", "field")),
        "x-dry-run": _shape({"field": _text, "mode": _text}, needed=("field",)),
        "x-distinct": _listed(_text),
        "x-creates": _listed(_text),
        "x-echoes": _mapped(_text),
        "x-credential-parameter": _text,
    }
)
DOCUMENT = _shape(
    {
        "info": _shape({"title": _text, "version": _text}, needed=("title", "version")),
        "tags": _listed(_shape({"name": _text, "description": _text}, needed=("name", "description"))),
        "paths": _mapped(_shape({"parameters": _listed(PARAMETER), **dict.fromkeys(METHODS, OPERATION)})),
        "components": _shape(
            {
                "schemas": _mapped(_schema),
                "parameters": _mapped(PARAMETER),
                "responses": _mapped(RESPONSE),
            },
            needed=("schemas",),
        ),
    },
    needed=("info", "components"),
)


def _broken_references(document: Mapping[str, Any], node: Any, place: str) -> Iterator[Problem]:
    """Yield references that do not exist. ``examples`` contain data, so they are skipped."""
    if is_list(node):
        for index, item in enumerate(node):
            yield from _broken_references(document, item, at(place, index))
    elif is_object(node):
        ref = node.get("$ref")
        if isinstance(ref, str) and not _exists(document, ref):
            yield Problem(at(place, "$ref"), f"{ref} does not exist", "refer to a component of this description")
        for name, value in node.items():
            if name != "examples":
                yield from _broken_references(document, value, at(place, name))


def _exists(document: Mapping[str, Any], ref: str) -> bool:
    node: Any = document
    for step in ref.removeprefix("#/").split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if not is_object(node) or name not in node:
            return False
        node = node[name]
    # References to references are rejected, because one to itself would be followed forever.
    return ref.startswith("#/components/") and is_object(node) and "$ref" not in node
