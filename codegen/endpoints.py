"""The resources of a client: one typed class per tag, with one documented method per operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from codegen.checks.keywords import types_of
from codegen.description import component
from codegen.documentation import Documentation
from codegen.facts import (
    KEY,
    SECRET,
    argument,
    body_schema,
    class_name,
    flat_fields,
    page_parameter,
    reference_of,
    resource,
    resources,
    result_of,
)
from codegen.formatting import format_module
from codegen.names import attribute, constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description, Endpoint, Node

TYPES = {"string": "str", "integer": "int", "boolean": "bool"}
FORMATS = {"date-time": "datetime", "date": "date"}


def endpoints_module(description: Description) -> str:
    """Return the text of ``sequence_async/_endpoints/<api>.py``."""
    api = description.api
    classes = [_class(description, *found) for found in resources(description)]
    names = {resource(endpoints[0]): class_name(tag) for tag, _, endpoints in resources(description)}
    table = ", ".join(f"{name!r}: {resource_class}" for name, resource_class in names.items())
    parts = [
        description.stamp,
        f'"""The resources of {description.title}: one method per operation."""\n',
        "from __future__ import annotations\n",
        "from collections.abc import Iterable, Mapping, Sequence",
        "from datetime import date, datetime",
        "from types import MappingProxyType",
        "from typing import Any, Final\n",
        "from sequence_async._core.arguments import check_ids",
        "from sequence_async._core.redaction import Secret",
        "from sequence_async._endpoints._runtime import Resource",
        f"from sequence_async.models import {api}",
        f"from sequence_async.operations import {api} as operations",
        "from sequence_async.pager import Pager\n",
        f"__all__ = {sorted(['RESOURCES', *names.values()])!r}\n",
        *classes,
        f"RESOURCES: Final[Mapping[str, type[Resource]]] = MappingProxyType({{{table}}})",
        '"""All resources by the name of the client\'s attribute."""\n',
    ]
    return format_module("\n".join(parts), f"sequence_async/_endpoints/{api}.py")


def attributes_module(description: Description) -> str:
    """Return the text of ``sequence_async/_endpoints/<api>_attributes.py``.

    This module is separate from the resources, which import the models, so that a client imports without them.
    """
    api = description.api
    parts = [
        description.stamp,
        f'"""The resources of {description.title}, as attributes of a client."""\n',
        "from __future__ import annotations\n",
        "from collections.abc import Mapping",
        "from typing import TYPE_CHECKING, Any, cast\n",
        "if TYPE_CHECKING:",
        f"    from sequence_async._endpoints import {api}\n",
        f"class {api.capitalize()}Attributes:",
        '    """The resources of a client of this API, one attribute per tag."""\n',
        "    _resources: Mapping[str, Any]\n",
        *(
            f"    @property\n"
            f"    def {resource(endpoints[0])}(self) -> {api}.{class_name(tag)}:\n"
            f"        {Documentation(description).text([summary], 8)}\n"
            f'        return cast("{api}.{class_name(tag)}", self._resources[{resource(endpoints[0])!r}])\n'
            for tag, summary, endpoints in resources(description)
        ),
    ]
    return format_module("\n".join(parts), f"sequence_async/_endpoints/{api}_attributes.py")


@attrs.frozen
class Parameter:
    """One parameter of a method."""

    name: str
    type: str
    doc: str
    required: bool = True
    positional: bool = False
    default: str | None = None
    """The code of a default other than ``None``."""

    @property
    def declared(self) -> str:
        """The parameter, as in a signature."""
        if self.default is not None:
            return f"{self.name}: {self.type} = {self.default}"
        return f"{self.name}: {self.type}" if self.required else f"{self.name}: {self.type} | None = None"


def _class(description: Description, tag: str, summary: str, endpoints: list[Endpoint]) -> str:
    text = Documentation(description).text([summary], 4)
    methods = "\n".join(_method(description, endpoint) for endpoint in endpoints)
    return f"class {class_name(tag)}(Resource):\n    {text}\n\n{methods}\n"


def _method(description: Description, endpoint: Endpoint) -> str:
    parameters = list(_parameters(description, endpoint))
    positional = [parameter.declared for parameter in parameters if parameter.positional]
    named = [parameter.declared for parameter in parameters if not parameter.positional]
    signature = ", ".join(["self", *positional, *(["*", *named] if named else [])])
    result = result_of(description, endpoint)
    listed = result is not None and result.item is not None
    returned = _returned(description, endpoint)
    documentation = Documentation(description)
    text = documentation.of_method(endpoint, [(one.name, one.doc) for one in parameters], listed=listed)
    body = _list_body(endpoint) if listed else _call_body(description, endpoint)
    lines = [
        f"    {'' if listed else 'async '}def {endpoint.extension('method')}({signature}) -> {returned}:",
        f"        {text}",
        *(f"        {line}" for line in body),
    ]
    return "\n".join(lines) + "\n"


def _returned(description: Description, endpoint: Endpoint) -> str:
    result = result_of(description, endpoint)
    if result is None:
        return "None"
    if result.item is not None:
        return f"Pager[{description.api}.{result.item}]"
    return f"{description.api}.{result.model}"


def _parameters(description: Description, endpoint: Endpoint) -> Iterator[Parameter]:
    """Yield the parameters of a method, required ones first, and the idempotency key last."""
    found = [
        *(_path_parameter(one) for one in endpoint.parameters_in("path")),
        *(_query_parameter(description, one) for one in endpoint.parameters_in("query") if one.get("x-page") is None),
        *_body_parameters(description, endpoint),
    ]
    yield from (one for one in found if one.positional)
    yield from (one for one in found if not one.positional and one.required)
    yield from (one for one in found if not one.positional and not one.required)
    if (size := page_parameter(endpoint, "size")) is not None:
        yield _query_parameter(description, size)
    if endpoint.extension("credential") == "rule-secret":
        yield Parameter(SECRET, "str", "The rule's secret. Default: the client's secret for this rule.", required=False)
    if endpoint.extension("takes-key"):
        yield Parameter(
            KEY,
            "str",
            "Sent with every attempt, so that the API executes the call only once. Default: a new key. After a "
            "failure, read it from ``error.idempotency_key``.",
            required=False,
        )


def _path_parameter(node: Node) -> Parameter:
    return Parameter(argument(node), "str", node["description"], positional=True)


def _query_parameter(description: Description, node: Node) -> Parameter:
    required = node.get("required", False)
    if node["schema"].get("type") == "array":
        kind = "Iterable[str]"
    else:
        kind = _type(description, node["schema"], open_enum=True)
    return Parameter(argument(node), kind, _doc(node, node["schema"]), required=required, positional=required)


def _body_parameters(description: Description, endpoint: Endpoint) -> Iterator[Parameter]:
    body, schema = endpoint.node.get("requestBody"), body_schema(endpoint)
    if body is None or schema is None:
        return
    if (name := body.get("x-argument")) is not None:
        model = f"{description.api}.{component(schema['$ref'])} | " if "$ref" in schema else ""
        # If the body is not described, most callers want an empty one.
        required = body.get("required", False) and "$ref" in schema
        yield Parameter(name, f"{model}Mapping[str, Any]", body["description"], required=required, positional=True)
        return
    needed = description.required(component(schema["$ref"])) if "$ref" in schema else frozenset[str]()
    for wire, field in flat_fields(description, endpoint).items():
        kind = _type(description, field, open_enum=False)
        default = repr(field["default"]) if "default" in field else None
        doc = _doc(field, field, ranges=False)
        yield Parameter(attribute(wire), kind, doc, required=wire in needed and default is None, default=default)


def _type(description: Description, schema: Node, *, open_enum: bool) -> str:
    if (ref := reference_of(schema)) is not None:
        name = f"{description.api}.{ref}"
        return f"{name} | str" if open_enum else name
    (kind, *_), _ = types_of(schema)
    return FORMATS.get(schema.get("format", ""), TYPES[kind])


def _doc(node: Node, schema: Node, *, ranges: bool = True) -> str:
    text = " ".join(node["description"].split())
    if schema.get("format") == "date-time":
        text += " An aware ``datetime``."
    if ranges and "minimum" in schema and "maximum" in schema:
        text += f" From {schema['minimum']} to {schema['maximum']}."
    if ranges and "default" in schema:
        text += f" Default: {schema['default']}."
    return text


def _path(endpoint: Endpoint) -> str:
    found = ", ".join(f"{one['name']!r}: {argument(one)}" for one in endpoint.parameters_in("path"))
    return f"path={{{found}}}" if found else ""


def _query(endpoint: Endpoint) -> str:
    found = ", ".join(
        f"{one['name']!r}: {_checked(one)}"
        for one in endpoint.parameters_in("query")
        if one.get("x-page") != "position"
    )
    return f"{{{found}}}"


def _checked(node: Node) -> str:
    name = argument(node)
    if node["schema"].get("type") != "array":
        return name
    # The argument may be an iterator, which can be read only once.
    checked = f"check_ids({name!r}, {name})"
    return checked if node.get("required") else f"None if {name} is None else {checked}"


def _list_body(endpoint: Endpoint) -> Iterator[str]:
    arguments = ["self._caller", f"operations.{constant(endpoint.id)}", _query(endpoint), _path(endpoint)]
    yield f"return Pager({', '.join(filter(None, arguments))})"


def _call_body(description: Description, endpoint: Endpoint) -> Iterator[str]:
    arguments = [f"operations.{constant(endpoint.id)}", _path(endpoint)]
    if endpoint.parameters_in("query"):
        arguments.append(f"query={_query(endpoint)}")
    if endpoint.extension("credential") == "rule-secret":
        # The argument is overwritten so that no traceback shows it.
        yield f"sealed, {SECRET} = None if {SECRET} is None else Secret({SECRET}), None"
    schema, fields = body_schema(endpoint), flat_fields(description, endpoint)
    if schema is not None and (name := endpoint.node["requestBody"].get("x-argument")) is not None:
        arguments.append(f"body={name}")
    elif schema is not None and fields:
        values = ", ".join(f"{attribute(wire)}={attribute(wire)}" for wire in fields)
        yield f"body = {description.api}.{component(schema['$ref'])}({values})"
        arguments.append("body=body")
    if endpoint.extension("takes-key"):
        arguments.append(f"{KEY}={KEY}")
    if endpoint.extension("credential") == "rule-secret":
        arguments.append("secret=sealed")
    call = f"await self._caller.call({', '.join(filter(None, arguments))})"
    if result_of(description, endpoint) is None:
        yield call
    else:
        yield f"response = {call}"
        yield "return response.data"
