"""Checks of the operations: required facts, requests and responses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from codegen.checks.keywords import broken_reference, types_of
from codegen.checks.members import constraints
from codegen.description import component, is_list, is_object
from codegen.facts import body_schema, path_parameters
from codegen.names import constant
from codegen.operations import KINDS
from codegen.problems import Problem, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description, Endpoint, Node

ALLOWED: dict[str, tuple[Any, ...]] = {
    "x-availability": ("available", "coming-soon"),
    "x-effect": ("read", "write"),
    "x-takes-key": (True, False),
    "x-paging": ("none", "cursor", "page"),
    "x-credential": ("key", "access-token", "rule-secret"),
    "x-evidence": ("documented", "inferred"),
}
"""The allowed values of each extension."""


def check_operations(description: Description) -> Iterator[Problem]:
    """Yield problems of the operations."""
    seen: dict[str, str] = {}
    for endpoint in description.endpoints():
        if not re.fullmatch(r"[a-z][A-Za-z0-9]*", endpoint.id):
            yield Problem(endpoint.place, f"operationId {endpoint.id!r}", "write an ID such as listAccounts")
        elif (other := seen.setdefault(constant(endpoint.id), endpoint.id)) is not endpoint.id:
            yield Problem(at(endpoint.place, "operationId"), f"{other} already exists", "write another ID")
        yield from _facts(endpoint)
        yield from _parameters(description, endpoint)
        yield from _body(description, endpoint)
        yield from _responses(description, endpoint)


def _facts(endpoint: Endpoint) -> Iterator[Problem]:
    node, place = endpoint.node, endpoint.place
    for name, allowed in ALLOWED.items():
        words = " or ".join(str(word).lower() if isinstance(word, bool) else word for word in allowed)
        if name not in node:
            yield Problem(place, f"{name} is missing", f"write {words}")
        elif not any(node[name] is word or (isinstance(word, str) and node[name] == word) for word in allowed):
            yield Problem(at(place, name), f"{node[name]!r} is unknown", f"write {words}")
    if "x-scope" not in node:
        yield Problem(place, "x-scope is missing", "write the scope that a key needs, or null if none is documented")
    elif node["x-scope"] is not None and not re.fullmatch(r"[A-Z][A-Z_]*", str(node["x-scope"])):
        yield Problem(at(place, "x-scope"), f"{node['x-scope']!r} is not a scope", "write a name such as READ_ACCOUNTS")
    if not str(node.get("x-docs", "")).startswith("https://"):
        yield Problem(place, "x-docs is missing or not a URL", "write the URL of the documentation page")
    yield from _missing_text(node, place, "summary")
    yield from _missing_text(node, place)
    effect = {"GET": "read", "PUT": "write", "PATCH": "write", "DELETE": "write"}.get(endpoint.method)
    if effect not in (None, node.get("x-effect")):
        yield Problem(at(place, "x-effect"), f"{endpoint.method} is a {effect}", f"write {effect}")


def _missing_text(node: Node, place: str, word: str = "description") -> Iterator[Problem]:
    if not isinstance(node.get(word), str) or not node[word].strip():
        yield Problem(place, f"no {word}", "write it; it becomes part of the docstring")


def _parameters(description: Description, endpoint: Endpoint) -> Iterator[Problem]:
    named = [parameter["name"] for parameter in endpoint.parameters_in("path")]
    for name in {*path_parameters(endpoint.path)} ^ {*named}:
        yield Problem(
            endpoint.place, f"{name} is not both in the path and a parameter", "write it in both, or in neither"
        )
    for parameter in (*endpoint.parameters_in("path"), *endpoint.parameters_in("query")):
        place = at(endpoint.place, "parameters", parameter["name"])
        yield from _missing_text(parameter, place)
        yield from _parameter(description, parameter, place)
    header = description.document["x-key-header"]
    takes = any(parameter["name"] == header for parameter in endpoint.parameters_in("header"))
    if takes != (endpoint.extension("takes-key") is True):
        yield Problem(
            endpoint.place, f"x-takes-key and the parameter {header} disagree", "write both, or x-takes-key: false"
        )


def _parameter(description: Description, parameter: Node, place: str) -> Iterator[Problem]:
    schema: Any = parameter.get("schema", {})
    repeated = schema.get("type") == "array"
    item: Any = schema.get("items", {}) if repeated else schema
    where = at(place, "schema", *(("items",) if repeated else ()))
    if "$ref" in item:
        if problems := list(broken_reference(description, item["$ref"], where)):
            yield from problems
        elif not description.is_enum(component(item["$ref"])):
            yield Problem(where, "a parameter that is neither an enum nor a plain type", "refer to an enum")
    elif types_of(item)[1] or [*types_of(item)[0], None][0] not in KINDS or "enum" in item:
        yield Problem(
            where, "not a plain type", f"write {', '.join(KINDS)}, or make an enum a component and refer to it"
        )
    elif item.get("format") not in (None, "date-time", "uuid"):
        yield Problem(where, f"format {item['format']!r} is not supported here", "write date-time, uuid, or none")
    yield from constraints(item, where)
    if parameter["in"] == "path" and (not parameter.get("required") or repeated or item.get("type") != "string"):
        yield Problem(place, "a path parameter that is not a required string", "write required: true and type: string")


def _body(description: Description, endpoint: Endpoint) -> Iterator[Problem]:
    if "requestBody" not in endpoint.node:
        return
    place = at(endpoint.place, "requestBody", "content", "application/json", "schema")
    try:
        schema = body_schema(endpoint) or {}
    except KeyError:
        yield Problem(at(endpoint.place, "requestBody"), "a body that is not JSON", "write content: application/json")
        return
    if "$ref" in schema:
        yield from broken_reference(description, schema["$ref"], place)
    elif schema.get("type") != "object" or "properties" in schema:
        yield Problem(
            place, "a body inside an operation", "make it a component, or write only type: object for free fields"
        )


def _responses(description: Description, endpoint: Endpoint) -> Iterator[Problem]:
    responses: Any = endpoint.node.get("responses", {})
    place = at(endpoint.place, "responses")
    successful = [status for status in responses if str(status).startswith("2")]
    if len(successful) != 1:
        yield Problem(place, f"{len(successful)} successful responses", "describe exactly one, 200 to 299")
        return
    response = description.resolve(responses[successful[0]])
    where = at(place, successful[0])
    yield from _missing_text(response, where)
    if "content" not in response:
        if successful[0] != "204":
            yield Problem(where, "no content", "write content, or the status 204")
        return
    content: Any = response["content"].get("application/json", {})
    where = at(where, "content", "application/json")
    if not content.get("examples"):
        yield Problem(where, "no examples", "write one under examples; the tests decode it")
    yield from _envelope(description, endpoint, content.get("schema", {}), at(where, "schema"))
    yield from _outside_data(description, endpoint, content.get("schema", {}))


def _envelope(description: Description, endpoint: Endpoint, schema: Node, place: str) -> Iterator[Problem]:
    fields: Any = schema.get("properties", {})
    if "data" not in fields or "data" not in schema.get("required", ()):
        yield Problem(
            place,
            "a response without a required data field",
            "write the envelope here: {type: object, required: [data], …}",
        )
        return
    data: Any = fields["data"]
    where = at(place, "properties", "data")
    item = data.get("items", {}) if data.get("type") == "array" else data
    if "$ref" not in item:
        yield Problem(where, "neither a component nor an array of one", "make it a component and refer to it")
        return
    if problems := list(broken_reference(description, item["$ref"], where)):
        yield from problems
        return
    paging, page_member = endpoint.extension("paging"), description.document["x-page-member"]
    if paging == "cursor" and (page_member not in fields or item is data):
        yield Problem(
            place,
            "a cursor without an array in data and the page field next to it",
            "write data as an array, and the field that x-page-member names",
        )
    if paging == "page" and (item is not data or not _is_page(description, component(item["$ref"]))):
        yield Problem(
            where, "a page without items", "refer to an object with items (an array of a component) and pagination"
        )


def _is_page(description: Description, model: str) -> bool:
    fields = description.properties(model)
    if not {"items", "pagination"} <= description.required(model) & set(fields):
        return False
    return "$ref" in fields["items"].get("items", {}) and "$ref" in fields["pagination"]


def _outside_data(description: Description, endpoint: Endpoint, schema: Node) -> Iterator[Problem]:
    """Yield problems of result fields that also appear next to ``data``, or under a legacy name."""
    envelope: Any = schema.get("properties", {})
    ref: Any = envelope.get("data", {}).get("$ref", "")
    known = description.properties(component(ref)) if component(ref) in description.schemas else {}
    outside: Any = endpoint.extension("outside-data") or []
    legacy: Any = endpoint.extension("legacy-names") or {}
    for name in outside if is_list(outside) else [outside]:
        if name not in envelope or name not in known:
            place = at(endpoint.place, "x-outside-data")
            yield Problem(place, f"{name} is not both next to data and in the result", "describe it in both places")
    for old, name in legacy.items() if is_object(legacy) else [(legacy, legacy)]:
        if old in known or name not in known:
            place = at(endpoint.place, "x-legacy-names")
            yield Problem(place, f"{old} is not a legacy name of a field of the result", "write {legacy name: name}")
