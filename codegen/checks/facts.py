"""Checks of what methods are generated from: names, arguments, pages, windows, dry runs and echoed fields."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, Any

from codegen.checks.keywords import missing_description, types_of
from codegen.description import component
from codegen.facts import (
    argument,
    argument_names,
    attribute_path,
    body_schema,
    client_method,
    echo_source,
    flat_fields,
    item_of,
    mapping,
    path_parameters,
    reference_of,
    result_of,
)
from codegen.problems import Problem, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description, Endpoint, Node

PAGE_ROLES = ("position", "size")
PLAIN = {"string", "integer", "boolean"}
MAX_DAYS = 3650


def check_facts(description: Description) -> Iterator[Problem]:
    """Yield problems that prevent the generation of a method."""
    tags = {tag["name"] for tag in description.document.get("tags", ())}
    seen: dict[str, str] = {}
    for endpoint in description.endpoints():
        problems = list(_method(endpoint, tags))
        yield from problems
        if problems:
            continue
        if (other := seen.setdefault(client_method(endpoint), endpoint.id)) != endpoint.id:
            yield Problem(at(endpoint.place, "x-method"), f"{other} already has this method", "write another name")
        yield from _arguments(description, endpoint)
        yield from _pages(endpoint)
        yield from _window(description, endpoint)
        yield from _body(description, endpoint)
        yield from _result(description, endpoint)
        yield from _credential(description, endpoint)


def _method(endpoint: Endpoint, tags: set[str]) -> Iterator[Problem]:
    if not _is_name(endpoint.extension("method")):
        yield Problem(endpoint.place, "x-method is missing or not a name", "write the client's method, such as list")
    named: Any = endpoint.node.get("tags")
    if not named or len(named) != 1 or named[0] not in tags:
        yield Problem(
            at(endpoint.place, "tags"), "not exactly one of the declared tags", "write the tag of its resource"
        )


def _arguments(description: Description, endpoint: Endpoint) -> Iterator[Problem]:
    for where in ("path", "query"):
        for parameter in endpoint.parameters_in(where):
            if not _is_name(argument(parameter)):
                place = at(endpoint.place, "parameters", parameter["name"])
                yield Problem(place, f"{argument(parameter)!r} cannot be an argument", "write x-argument")
    names = ["self", *argument_names(description, endpoint)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(endpoint.place, f"two arguments are named {name}", "write x-argument on one of them")


def _is_name(value: Any) -> bool:
    return (
        isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9_]*", value) is not None and not keyword.iskeyword(value)
    )


def _pages(endpoint: Endpoint) -> Iterator[Problem]:
    roles = [role for one in endpoint.parameters_in("query") if (role := one.get("x-page")) is not None]
    for role in roles:
        if role not in PAGE_ROLES:
            yield Problem(endpoint.place, f"x-page {role!r} is unknown", f"write {' or '.join(PAGE_ROLES)}")
    paged = endpoint.extension("paging") != "none"
    if roles.count("position") != paged or roles.count("size") > paged:
        yield Problem(
            endpoint.place,
            "x-paging and the x-page of its parameters disagree",
            "write x-page: position on one parameter of a paged list, and x-page: size on at most one",
        )
    expected = {"size": "integer", "position": "integer" if endpoint.extension("paging") == "page" else "string"}
    for one in endpoint.parameters_in("query"):
        role = one.get("x-page")
        if role in expected and (one.get("required") or one["schema"].get("type") != expected[role]):
            place = at(endpoint.place, "parameters", one["name"])
            yield Problem(place, f"x-page: {role} on an unsuitable parameter", f"write an optional {expected[role]}")


def _window(description: Description, endpoint: Endpoint) -> Iterator[Problem]:
    place = at(endpoint.place, "x-window")
    times = {one["name"] for one in endpoint.parameters_in("query") if one["schema"].get("format") == "date-time"}
    window = mapping(endpoint, "window")
    if not window:
        if times:
            yield Problem(endpoint.place, f"{min(times)} without x-window", "write {start: …, end: …, field: …}")
        return
    ends = {window["start"], window["end"]}
    if set(window) - {"maxDays"} != {"start", "end", "field"} or ends != times or len(ends) == 1:
        yield Problem(place, "not a window over its times", "write {start: …, end: …, field: …} with both parameters")
        return
    days = window.get("maxDays", 1)
    if type(days) is not int or not 1 <= days <= MAX_DAYS:
        yield Problem(at(place, "maxDays"), f"{days!r} is not a number of days", f"write 1 to {MAX_DAYS}")
    item = item_of(description, endpoint)
    fields = {} if item is None else description.properties(item)
    if fields.get(window["field"], {}).get("format") != "date-time":
        yield Problem(
            at(place, "field"), f"{window['field']} is not a field of the items", "write a field that is a time"
        )


def _body(description: Description, endpoint: Endpoint) -> Iterator[Problem]:
    schema = body_schema(endpoint)
    properties = {} if schema is None or "$ref" not in schema else description.properties(component(schema["$ref"]))
    yield from _distinct(description, endpoint, schema)
    dry_run = mapping(endpoint, "dry-run")
    if dry_run and properties.get(dry_run["field"], {}).get("type") not in ("boolean", ["boolean", "null"]):
        yield Problem(at(endpoint.place, "x-dry-run"), "field is not a boolean of the body", "write {field: …}")
    if schema is not None:
        yield from _body_argument(description, endpoint, schema)


def _distinct(description: Description, endpoint: Endpoint, schema: Node | None) -> Iterator[Problem]:
    names: Any = endpoint.extension("distinct") or ()
    place = at(endpoint.place, "x-distinct")
    required = frozenset[str]()
    if schema is not None and "$ref" in schema:
        required = description.required(component(schema["$ref"]))
    for name in names:
        if name not in required:
            yield Problem(place, f"{name} is not a required field of the body", "write a required field")
    if names and (len(names) == 1 or len(set(names)) < len(names)):
        yield Problem(place, "fewer than two distinct fields", "write two or more fields")


def _body_argument(description: Description, endpoint: Endpoint, schema: Node) -> Iterator[Problem]:
    """Yield problems of a body that can be neither one argument nor one argument per field."""
    place = at(endpoint.place, "requestBody")
    name = endpoint.node["requestBody"].get("x-argument")
    if name is not None:
        yield from missing_description(endpoint.node["requestBody"], place)
        if not _is_name(name):
            yield Problem(at(place, "x-argument"), f"{name!r} cannot be an argument", "write a name")
        return
    if "$ref" not in schema:
        if schema.get("additionalProperties"):
            yield Problem(place, "free fields without an argument name", "write x-argument")
        return
    model = component(schema["$ref"])
    if description.is_enum(model) or description.is_union(model):
        yield Problem(place, f"{model} has no fields", "write x-argument for the whole body")
        return
    if not endpoint.node["requestBody"].get("required") and description.required(model):
        yield Problem(place, f"{model} may be left out, and has required fields", "write required: true, or x-argument")
    for wire, field in flat_fields(description, endpoint).items():
        if not _is_plain(description, field):
            yield Problem(place, f"{wire} is not a plain argument", "write x-argument for the whole body")


def _is_plain(description: Description, field: Node) -> bool:
    if (ref := reference_of(field)) is not None:
        return description.is_enum(ref)
    types, _ = types_of(field)
    return len(types) == 1 and PLAIN.issuperset(types)


def _result(description: Description, endpoint: Endpoint) -> Iterator[Problem]:
    result = result_of(description, endpoint)
    known = {} if result is None or result.is_array else description.properties(result.model)
    for name in endpoint.extension("creates") or ():
        if name not in known:
            yield Problem(
                at(endpoint.place, "x-creates"), f"{name} is not a field of the result", "write a field of the result"
            )
    mode = mapping(endpoint, "dry-run").get("mode")
    if mode is not None and mode not in known:
        yield Problem(at(endpoint.place, "x-dry-run"), f"{mode} is not a field of the result", "leave it out")
    for field, source in mapping(endpoint, "echoes").items():
        place = at(endpoint.place, "x-echoes", field)
        if not known or result is None or attribute_path(description, result.model, field) is None:
            yield Problem(place, "not a field of the result", "write one, such as source.id")
        if echo_source(description, endpoint, source) is None:
            yield Problem(place, f"{source} is not in the request", "write path.<name>, query.<name> or body.<name>")


def _credential(description: Description, endpoint: Endpoint) -> Iterator[Problem]:
    credential = endpoint.extension("credential")
    if credential != "key" and credential not in description.document["x-missing-credential"]:
        place = at(endpoint.place, "x-credential")
        yield Problem(place, f"{credential} is not a credential of this API", "add it to x-missing-credential")
    named = endpoint.extension("credential-parameter")
    expected = endpoint.extension("credential") == "rule-secret"
    if expected != (named is not None) or (named is not None and named not in path_parameters(endpoint.path)):
        yield Problem(
            endpoint.place,
            "x-credential and x-credential-parameter disagree",
            "write the path parameter that names the rule, only together with rule-secret",
        )
