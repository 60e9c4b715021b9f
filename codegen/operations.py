"""The operation table of one API: one constant per operation, with all facts from the description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen.description import component
from codegen.docstrings import docstring
from codegen.facts import (
    arguments,
    attribute_path,
    body_schema,
    client_method,
    echo_source,
    item_of,
    mapping,
    page_parameter,
    path_parameters,
    result_of,
    success,
)
from codegen.formatting import format_module
from codegen.names import attribute, constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description, Endpoint, Node

KINDS = {"string": "string", "integer": "integer", "boolean": "boolean"}
RUNTIME = "sequence_async.operations._runtime"


def operations_module(description: Description) -> str:
    """Return the text of ``sequence_async/operations/<api>.py``."""
    endpoints = list(description.endpoints())
    document = description.document
    api = {
        "id": description.api,
        "version": description.version,
        "sha256": description.sha256,
        "key_header": document["x-key-header"],
        "request_id_header": document["x-request-id-header"],
        "request_id_member": document["x-request-id-member"],
        "page_member": document["x-page-member"],
        "error_statuses": dict(document["x-error-statuses"]),
        "key_prefix": document["x-key-form"]["prefix"],
        "key_has_prefix": document["x-key-form"]["expected"],
        "rejected_credential": " ".join(document["x-rejected-credential"].split()),
        "missing_credential": dict(document["x-missing-credential"]),
    }
    if any(_is_decimal(member) for name in description.schemas for member in description.own_properties(name).values()):
        api["exact_numbers"] = True
    names = {endpoint.id: constant(endpoint.id) for endpoint in endpoints}
    by_id = ", ".join(f"{id_!r}: {name}" for id_, name in names.items())
    exports = sorted(["API", "OPERATIONS", *names.values()])
    models = f"sequence_async.models.{description.api}"
    parts = [
        description.stamp,
        f'"""The operations of {description.title}, as data."""\n',
        "from __future__ import annotations\n",
        "from collections.abc import Mapping, Sequence",
        "from types import MappingProxyType",
        "from typing import Any, Final",
        f"from {models} import {', '.join(sorted(description.schemas))}",
        f"from {RUNTIME} import Api, DryRun, Operation, Parameter, Window\n",
        f"__all__ = {exports!r}\n",
        f"API: Final = Api({_arguments(api)})",
        '"""The facts that all operations share."""\n',
        *(_constant(description, endpoint) for endpoint in endpoints),
        f"OPERATIONS: Final[Mapping[str, Operation[Any]]] = MappingProxyType({{{by_id}}})",
        '"""All operations by ID."""\n',
    ]
    return format_module("\n".join(parts), f"sequence_async/operations/{description.api}.py")


def _is_decimal(node: Node) -> bool:
    return node.get("format") == "decimal"


def _arguments(values: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


class _Code(str):
    """Code that is inserted unchanged into the generated module."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _constant(description: Description, endpoint: Endpoint) -> str:
    result = result_of(description, endpoint)
    kind = "None" if result is None else f"Sequence[{result.model}]" if result.is_array else result.model
    values: dict[str, Any] = {
        "id": endpoint.id,
        "api": _Code("API"),
        "client_method": client_method(endpoint),
        "method": endpoint.method,
        "path": endpoint.path,
        "summary": endpoint.node["summary"],
        "docs": endpoint.extension("docs"),
        "effect": endpoint.extension("effect"),
        "availability": endpoint.extension("availability"),
        "scope": endpoint.extension("scope"),
        "takes_key": endpoint.extension("takes-key"),
        "paging": endpoint.extension("paging"),
        "credential": endpoint.extension("credential"),
        "evidence": endpoint.extension("evidence"),
        "path_parameters": path_parameters(endpoint.path),
        "query": tuple(_parameter(parameter) for parameter in endpoint.parameters_in("query")),
        "arguments": arguments(endpoint),
        **_list_facts(description, endpoint),
        **_body_facts(description, endpoint),
        "result": _Code(kind),
        **_result_facts(description, endpoint),
    }
    name = constant(endpoint.id)
    return f"{name}: Final[Operation[{kind}]] = Operation({_arguments(values)})\n{_docstring(description, endpoint)}\n"


def _list_facts(description: Description, endpoint: Endpoint) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if (position := page_parameter(endpoint, "position")) is not None:
        facts["page_position"] = position["name"]
    if (size := page_parameter(endpoint, "size")) is not None:
        facts["page_size"] = size["name"]
        facts["default_page_size"] = size["schema"].get("default")
    if window := mapping(endpoint, "window"):
        values = {
            "start": window["start"],
            "end": window["end"],
            "field": attribute_path(description, item_of(description, endpoint) or "", window["field"]),
            **({"max_days": window["maxDays"]} if "maxDays" in window else {}),
        }
        facts["window"] = _Code(f"Window({_arguments(values)})")
    return facts


def _body_facts(description: Description, endpoint: Endpoint) -> dict[str, Any]:
    body = body_schema(endpoint)
    if body is None:
        return {}
    facts: dict[str, Any] = {
        "body": _Code(component(body["$ref"]) if "$ref" in body else "dict"),
        "body_required": endpoint.node["requestBody"].get("required", False),
        "body_argument": endpoint.node["requestBody"].get("x-argument"),
    }
    if distinct := endpoint.extension("distinct"):
        facts["distinct"] = tuple(attribute(wire) for wire in distinct)
    if dry_run := mapping(endpoint, "dry-run"):
        result = result_of(description, endpoint)
        values = {"field": dry_run["field"], "attribute": attribute(dry_run["field"])}
        if result is not None and "mode" in dry_run:
            values["mode"] = attribute(dry_run["mode"])
        facts["dry_run"] = _Code(f"DryRun({_arguments(values)})")
    return facts


def _result_facts(description: Description, endpoint: Endpoint) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if outside := endpoint.extension("outside-data"):
        facts["outside_data"] = tuple(outside)
    if older := endpoint.extension("legacy-names"):
        facts["legacy_names"] = dict(older)
    if creates := endpoint.extension("creates"):
        facts["creates"] = tuple(attribute(wire) for wire in creates)
    if (result := result_of(description, endpoint)) is not None and (echoes := mapping(endpoint, "echoes")):
        facts["echoes"] = {
            attribute_path(description, result.model, field): echo_source(description, endpoint, source)
            for field, source in echoes.items()
        }
    if (parameter := endpoint.extension("credential-parameter")) is not None:
        facts["credential_parameter"] = parameter
    return facts


def _parameter(node: Node) -> _Code:
    schema = node["schema"]
    repeated = schema.get("type") == "array"
    item = schema["items"] if repeated else schema
    values: dict[str, Any] = {"name": node["name"]}
    if "$ref" in item:
        values |= {"kind": "enum", "values": _Code(component(item["$ref"]))}
    elif item.get("format") == "date-time":
        values["kind"] = "date-time"
    else:
        values["kind"] = KINDS[item["type"]]
    values |= {word: item[word] for word in ("minimum", "maximum") if word in item}
    values |= {word: True for word, holds in (("required", node.get("required")), ("repeated", repeated)) if holds}
    return _Code(f"Parameter({_arguments(values)})")


def _docstring(description: Description, endpoint: Endpoint) -> str:
    return docstring("\n\n".join(_paragraphs(description, endpoint)))


def _paragraphs(description: Description, endpoint: Endpoint) -> Iterator[str]:
    yield endpoint.node["summary"]
    yield endpoint.node["description"]
    for parameter in (*endpoint.parameters_in("path"), *endpoint.parameters_in("query")):
        required = " (required)" if parameter.get("required") and parameter["in"] == "query" else ""
        yield f"``{parameter['name']}``{required}: {parameter['description'].strip()}"
    status, response = success(description, endpoint)
    facts = [f"Returns {status}: {response['description'].strip()}"]
    if (scope := endpoint.extension("scope")) is not None:
        facts.append(f"The key needs the scope ``{scope}``.")
    if endpoint.extension("availability") == "coming-soon":
        facts.append("Coming soon: not available yet.")
    if endpoint.extension("evidence") == "inferred":
        facts.append("Inferred, not documented.")
    yield " ".join(facts)
    yield f"Source: {endpoint.extension('docs')}"
