"""Facts about operations from the description's extensions (``x-…``), in the form for the generators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from codegen.description import component, is_object
from codegen.names import attribute, snake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codegen.description import Description, Endpoint, Node

SECRET, KEY = "secret", "idempotency_key"
"""The arguments that are not parameters of the description."""


def resource(endpoint: Endpoint) -> str:
    """Return the client's attribute for the tag of an operation, for example ``rule_executions``."""
    return snake(endpoint.node["tags"][0])


def class_name(tag: str) -> str:
    """Return the class of a resource, for example ``RuleExecutions`` for the tag ``Rule Executions``."""
    return "".join(word.capitalize() for word in tag.split())


def client_method(endpoint: Endpoint) -> str:
    """Return the client's method, for example ``accounts.get``."""
    return f"{resource(endpoint)}.{endpoint.extension('method')}"


def argument(parameter: Node) -> str:
    """Return the Python name of a parameter."""
    return str(parameter.get("x-argument") or snake(parameter["name"]))


def arguments(endpoint: Endpoint) -> dict[str, str]:
    """Return the Python name of each path and query parameter, by its name on the wire."""
    return {one["name"]: argument(one) for where in ("path", "query") for one in endpoint.parameters_in(where)}


def path_parameters(path: str) -> tuple[str, ...]:
    """Return the names in a path template, in order."""
    return tuple(re.findall(r"{([^}]+)}", path))


def page_parameter(endpoint: Endpoint, role: str) -> Node | None:
    """Return the query parameter that selects a page (``position``) or limits its items (``size``)."""
    return next((one for one in endpoint.parameters_in("query") if one.get("x-page") == role), None)


def success(description: Description, endpoint: Endpoint) -> tuple[str, Node]:
    """Return the status and the description of the one successful response."""
    return next(
        (status, description.resolve(response))
        for status, response in endpoint.node["responses"].items()
        if status[0] == "2"
    )


def data_schema(description: Description, endpoint: Endpoint) -> Node | None:
    """Return the schema of the response's ``data``, or ``None`` if the response has no content."""
    _, response = success(description, endpoint)
    if "content" not in response:
        return None
    schema: Node = response["content"]["application/json"]["schema"]["properties"]["data"]
    return schema


def body_schema(endpoint: Endpoint) -> Node | None:
    """Return the schema of the request body, or ``None`` if there is none."""
    body = endpoint.node.get("requestBody")
    return None if body is None else body["content"]["application/json"]["schema"]


def flat_fields(description: Description, endpoint: Endpoint) -> Mapping[str, Node]:
    """Return the fields of a body that become one argument each, by their names on the wire."""
    schema = body_schema(endpoint)
    if schema is None or "$ref" not in schema or endpoint.node["requestBody"].get("x-argument"):
        return {}
    return description.properties(component(schema["$ref"]))


def argument_names(description: Description, endpoint: Endpoint) -> list[str]:
    """Return the names of all arguments that a method takes, in no particular order."""
    names = [argument(one) for one in endpoint.parameters if one["in"] != "header" and one.get("x-page") != "position"]
    names += [attribute(wire) for wire in flat_fields(description, endpoint)]
    if body := endpoint.node.get("requestBody", {}).get("x-argument"):
        names.append(body)
    if endpoint.extension("credential") == "rule-secret":
        names.append(SECRET)
    if endpoint.extension("takes-key"):
        names.append(KEY)
    return names


@attrs.frozen
class Result:
    """The type that the ``data`` of a response decodes to."""

    model: str
    is_array: bool
    item: str | None
    """The class of the items in an array or a page; ``None`` if the result is not a list."""


def result_of(description: Description, endpoint: Endpoint) -> Result | None:
    """Return the type of a response's ``data``, or ``None`` if the response has no content."""
    data = data_schema(description, endpoint)
    if data is None:
        return None
    if "$ref" not in data:
        model = component(data["items"]["$ref"])
        return Result(model, is_array=True, item=model)
    model = component(data["$ref"])
    item: str | None = None
    if endpoint.extension("paging") == "page":
        item = component(description.properties(model)["items"]["items"]["$ref"])
    return Result(model, is_array=False, item=item)


def item_of(description: Description, endpoint: Endpoint) -> str | None:
    """Return the component of a list's items, or ``None`` if the operation is not a list."""
    result = result_of(description, endpoint)
    return None if result is None else result.item


def reference_of(schema: Node) -> str | None:
    """Return the component that a schema refers to, nullable or not, or ``None`` for a plain type."""
    return next((component(part["$ref"]) for part in (schema, *schema.get("oneOf", ())) if "$ref" in part), None)


def attribute_path(description: Description, model: str, wire: str) -> str | None:
    """Return ``source.id`` as a path of attributes from a model, or ``None`` if the field does not exist."""
    names: list[str] = []
    current: str | None = model
    for step in wire.split("."):
        if current is None or current not in description.schemas:
            return None
        field = description.properties(current).get(step)
        if field is None:
            return None
        names.append(attribute(step))
        current = reference_of(field)
    return ".".join(names)


def echo_source(description: Description, endpoint: Endpoint, source: str) -> str | None:
    """Return ``body.sourceAccountId`` as in the operation table, or ``None`` if the request has no such part."""
    where, _, name = source.partition(".")
    if where in ("path", "query"):
        known = any(one["name"] == name for one in endpoint.parameters_in(where))
        return source if known else None
    body = body_schema(endpoint)
    if where != "body" or body is None or "$ref" not in body:
        return None
    found = attribute_path(description, component(body["$ref"]), name)
    return None if found is None else f"body.{found}"


def mapping(endpoint: Endpoint, name: str) -> dict[str, Any]:
    """Return an extension that is a mapping. If it is missing, return an empty one."""
    found: Any = endpoint.extension(name)
    return found if is_object(found) else {}


def resources(description: Description) -> Iterator[tuple[str, str, list[Endpoint]]]:
    """Yield each resource: its tag, the tag's description, and its operations."""
    found: dict[str, list[Endpoint]] = {}
    for endpoint in description.endpoints():
        found.setdefault(endpoint.node["tags"][0], []).append(endpoint)
    for tag in description.document["tags"]:
        if endpoints := found.get(tag["name"]):
            yield tag["name"], " ".join(tag["description"].split()), endpoints
