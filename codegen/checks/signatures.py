"""Checks that an operation can become a method: its path, its names and its arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from codegen.description import is_object
from codegen.facts import argument_names, class_name, resource, result_of
from codegen.problems import Problem, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description, Endpoint, Node

RESOURCES_TAKEN = frozenset({"balances", "call", "close", "send", "webhooks", "with_options"})
"""The public names of a client other than resources. A test compares them with the clients."""
CLASSES_TAKEN = frozenset(
    {"Any", "Final", "Iterable", "Mapping", "MappingProxyType", "Pager", "Resource", "Secret", "Sequence"}
)
METHODS_TAKEN = frozenset({"bool", "bytes", "dict", "float", "int", "property", "str", "super"})
ARGUMENTS_TAKEN = frozenset({"self", "body", "check_ids", "operations", "response", "sealed", *CLASSES_TAKEN})
"""The names that a generated method uses."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PATH = re.compile(r"(/(?:[A-Za-z0-9._-]+|\{[A-Za-z][A-Za-z0-9]*\}))+")
TAG = re.compile(r"[A-Z][A-Za-z0-9]*(?: [A-Z][A-Za-z0-9]*)*")
SUMMARY = re.compile(r"[A-Z`][^\n]{0,98}\.")
EXTENSIONS = frozenset(
    f"x-{name}"
    for name in [
        "availability",
        "credential",
        "credential-parameter",
        "creates",
        "distinct",
        "docs",
        "dry-run",
        "echoes",
        "effect",
        "evidence",
        "inferred-answers",
        "legacy-names",
        "method",
        "outside-data",
        "paging",
        "scope",
        "takes-key",
        "window",
    ]
)
PARAMETER_WORDS = frozenset({"name", "in", "required", "description", "schema", "x-argument", "x-page", "x-evidence"})
SCHEMA_WORDS = frozenset({"$ref", "type", "format", "minimum", "maximum", "minLength", "default"})


def check_signatures(description: Description) -> Iterator[Problem]:
    """Yield problems that keep an operation from becoming a method."""
    shapes: dict[tuple[str, str], str] = {}
    for endpoint in description.endpoints():
        yield from _path(endpoint)
        shape = endpoint.method, re.sub(r"\{[^}]*\}", "{}", endpoint.path)
        if (other := shapes.setdefault(shape, endpoint.id)) != endpoint.id:
            yield Problem(endpoint.place, f"the same method and path as {other}", "describe it once")
        yield from _words(endpoint)
        yield from _parameters(endpoint)
        yield from _names(description, endpoint)
        result = result_of(description, endpoint)
        if result is not None and result.item is not None and endpoint.extension("effect") != "read":
            yield Problem(
                endpoint.place, "a write that returns a list", "make the result a component with the list in it"
            )


def check_tags(description: Description) -> Iterator[Problem]:
    """Yield tags that cannot become classes."""
    seen: dict[str, str] = {}
    for index, tag in enumerate(description.document.get("tags", ())):
        name, place = tag["name"], at("#/tags", index)
        if TAG.fullmatch(name) is None or class_name(name) in CLASSES_TAKEN:
            yield Problem(place, f"{name!r} cannot be a class", "write one or more capitalized words")
        elif (other := seen.setdefault(class_name(name), name)) != name:
            yield Problem(place, f"{name!r} and {other!r} would be the same class", "write another name")
        if SUMMARY.fullmatch(tag["description"].strip()) is None:
            yield Problem(
                place,
                "a description that cannot be a docstring",
                "write one line of at most 100 characters that ends with a period",
            )


def _path(endpoint: Endpoint) -> Iterator[Problem]:
    if PATH.fullmatch(endpoint.path) is None or {".", ".."} & set(endpoint.path.split("/")):
        yield Problem(
            endpoint.place, f"the path {endpoint.path}", "write parts of plain characters, each with at most one {name}"
        )
    if endpoint.method not in METHODS:
        yield Problem(endpoint.place, f"the method {endpoint.method}", f"write {', '.join(METHODS)}")


def _words(endpoint: Endpoint) -> Iterator[Problem]:
    node = endpoint.node
    for word in node:
        if word.startswith("x-") and word not in EXTENSIONS:
            yield Problem(
                at(endpoint.place, word), f"{word} is unknown", f"write one of {', '.join(sorted(EXTENSIONS))}"
            )
    for name, known in (("x-window", {"start", "end", "field", "maxDays"}), ("x-dry-run", {"field", "mode"})):
        extension: Any = node.get(name)
        for word in sorted(set(extension) - known) if is_object(extension) else ():
            yield Problem(at(endpoint.place, name, word), f"{word} is unknown", f"write {', '.join(sorted(known))}")
    if SUMMARY.fullmatch(node["summary"].strip()) is None:
        yield Problem(
            at(endpoint.place, "summary"),
            "a summary that cannot be a docstring",
            "write one line of at most 100 characters that starts with a verb: Read one account.",
        )


def _parameters(endpoint: Endpoint) -> Iterator[Problem]:
    seen: set[str] = set()
    for parameter in endpoint.parameters:
        place = at(endpoint.place, "parameters", parameter["name"])
        if parameter["in"] not in ("path", "query", "header"):
            yield Problem(place, f"in: {parameter['in']}", "write path, query or header")
        elif parameter["in"] == "header":
            if parameter.get("required"):
                yield Problem(
                    place, "a required header", "leave required out: the client sends the headers that it knows"
                )
            continue
        if parameter["name"] in seen:
            yield Problem(place, f"{parameter['name']} already exists", "write another name")
        seen.add(parameter["name"])
        for word in sorted(set(parameter) - PARAMETER_WORDS):
            yield Problem(at(place, word), f"{word} is not supported here", "leave it out")
        yield from _schema(parameter["schema"], at(place, "schema"))


def _schema(schema: Node, place: str) -> Iterator[Problem]:
    if schema.get("type") == "array":
        items: Any = schema.get("items", {})
        if items.get("type") != "string" or items.get("format") not in (None, "uuid"):
            yield Problem(at(place, "items"), "a list of a type other than string", "write type: string")
        for word in sorted(set(schema) - {"type", "items", "minItems"}):
            yield Problem(at(place, word), f"{word} is not supported here", "leave it out")
        if schema.get("minItems", 1) != 1:
            yield Problem(at(place, "minItems"), f"minItems {schema['minItems']} is not supported here", "write 1")
        schema, place = items, at(place, "items")
    for word in sorted(set(schema) - SCHEMA_WORDS):
        yield Problem(at(place, word), f"{word} is not supported here", "leave it out")
    default: Any = schema.get("default")
    if default is not None and not (schema.get("type") == "integer" and type(default) is int):
        yield Problem(
            at(place, "default"),
            f"the default {default!r} is not supported on {schema.get('type')}",
            "write it in the description",
        )


def _names(description: Description, endpoint: Endpoint) -> Iterator[Problem]:
    if resource(endpoint) in RESOURCES_TAKEN:
        yield Problem(at(endpoint.place, "tags"), f"the client already has {resource(endpoint)}", "write another tag")
    method = endpoint.extension("method")
    if method in METHODS_TAKEN:
        yield Problem(at(endpoint.place, "x-method"), f"{method} is a Python built-in", "write another name")
    for name in sorted(set(argument_names(description, endpoint)) & {*ARGUMENTS_TAKEN, description.api}):
        yield Problem(
            endpoint.place, f"the argument name {name} is reserved", "write x-argument, for example on the whole body"
        )
