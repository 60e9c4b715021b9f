"""The operation table of one API: every fact about an operation, from its description, as one constant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from codegen.description import component
from codegen.docstrings import docstring
from codegen.formatting import finished
from codegen.names import constant

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
        f"from {RUNTIME} import Api, Operation, Parameter\n",
        f"__all__ = {exports!r}\n",
        f"API: Final = Api({_arguments(api)})",
        '"""What all of them have in common."""\n',
        *(_constant(description, endpoint) for endpoint in endpoints),
        f"OPERATIONS: Final[Mapping[str, Operation[Any]]] = MappingProxyType({{{by_id}}})",
        '"""All of them, by id."""\n',
    ]
    return finished("\n".join(parts), f"sequence_async/operations/{description.api}.py")


def result_of(description: Description, endpoint: Endpoint) -> tuple[str, bool] | None:
    """Return the class that the ``data`` of an answer decodes to, and whether it is an array of them."""
    data = data_schema(description, endpoint)
    if data is None:
        return None
    if "$ref" in data:
        return component(data["$ref"]), False
    return component(data["items"]["$ref"]), True


def success(description: Description, endpoint: Endpoint) -> tuple[str, Node]:
    """Return the status and the description of the one successful answer."""
    return next(
        (status, description.resolve(answer))
        for status, answer in endpoint.node["responses"].items()
        if status[0] == "2"
    )


def data_schema(description: Description, endpoint: Endpoint) -> Node | None:
    """Return the schema of the answer's ``data``; ``None`` where the answer has no content."""
    _, answer = success(description, endpoint)
    if "content" not in answer:
        return None
    schema: Node = answer["content"]["application/json"]["schema"]["properties"]["data"]
    return schema


def body_schema(endpoint: Endpoint) -> Node | None:
    """Return the schema of what is sent; ``None`` where nothing is."""
    body = endpoint.node.get("requestBody")
    return None if body is None else body["content"]["application/json"]["schema"]


def path_parameters(path: str) -> tuple[str, ...]:
    """Return the names in a path template, in their order."""
    return tuple(re.findall(r"{([^}]+)}", path))


def _is_decimal(node: Node) -> bool:
    return node.get("format") == "decimal"


def _arguments(values: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


class _Code(str):
    """Text that stands for itself in the generated module."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _constant(description: Description, endpoint: Endpoint) -> str:
    result = result_of(description, endpoint)
    kind = "None" if result is None else f"Sequence[{result[0]}]" if result[1] else result[0]
    values: dict[str, Any] = {
        "id": endpoint.id,
        "api": _Code("API"),
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
    }
    body = body_schema(endpoint)
    if body is not None:
        values["body"] = _Code(component(body["$ref"]) if "$ref" in body else "dict")
        values["body_required"] = endpoint.node["requestBody"].get("required", False)
    values["result"] = _Code(kind)
    if beside := endpoint.extension("beside-data"):
        values["beside_data"] = tuple(beside)
    if older := endpoint.extension("older-names"):
        values["older_names"] = dict(older)
    name = constant(endpoint.id)
    return f"{name}: Final[Operation[{kind}]] = Operation({_arguments(values)})\n{_docstring(description, endpoint)}\n"


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
    if "x-max-days-back" in node:
        values["max_days_back"] = node["x-max-days-back"]
    return _Code(f"Parameter({_arguments(values)})")


def _docstring(description: Description, endpoint: Endpoint) -> str:
    return docstring("\n\n".join(_paragraphs(description, endpoint)))


def _paragraphs(description: Description, endpoint: Endpoint) -> Iterator[str]:
    yield endpoint.node["summary"]
    yield endpoint.node["description"]
    for parameter in (*endpoint.parameters_in("path"), *endpoint.parameters_in("query")):
        required = " (required)" if parameter.get("required") and parameter["in"] == "query" else ""
        yield f"``{parameter['name']}``{required}: {parameter['description'].strip()}"
    status, answer = success(description, endpoint)
    facts = [f"Answers {status}: {answer['description'].strip()}"]
    if (scope := endpoint.extension("scope")) is not None:
        facts.append(f"The key needs the scope ``{scope}``.")
    if endpoint.extension("availability") == "coming-soon":
        facts.append("Coming soon: not available yet.")
    if endpoint.extension("evidence") == "inferred":
        facts.append("Inferred, not documented.")
    yield " ".join(facts)
    yield f"Source: {endpoint.extension('docs')}"
