"""Descriptions: loading from strict YAML, and queries for all generators."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard, cast

import attrs
import yaml

from codegen.problems import InvalidDescriptionError, Problem, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Node: TypeAlias = "Mapping[str, Any]"

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SCHEMAS = "#/components/schemas/"


class _Loader(yaml.SafeLoader):
    """YAML 1.2 as in OpenAPI, with merge keys: no dates, no ``yes`` or ``no`` as booleans, no duplicate keys."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own attribute

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        node = super().compose_mapping_node(anchor)
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} appears twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return node


for _tag, _pattern, _first in (
    ("null", r"^(~|null|)$", ("~", "n", "")),
    ("bool", r"^(true|false)$", "tf"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("merge", r"^<<$", "<"),
):
    for _character in _first:
        _Loader.yaml_implicit_resolvers.setdefault(_character, []).append(
            (f"tag:yaml.org,2002:{_tag}", re.compile(_pattern))
        )


@attrs.frozen
class Endpoint:
    """One operation of the description."""

    id: str
    method: str
    path: str
    node: Node
    place: str
    parameters: tuple[Node, ...]
    """The parameters of the path and of the operation, with references resolved."""

    def parameters_in(self, where: str) -> tuple[Node, ...]:
        """Return the parameters in the path, the query or the headers."""
        return tuple(parameter for parameter in self.parameters if parameter.get("in") == where)

    def extension(self, name: str) -> Any:
        """Return the value of ``x-<name>``, or ``None`` if it is missing."""
        return self.node.get(f"x-{name}")


@attrs.frozen
class Description:
    """One API, as described in ``openapi/<api>.yaml``."""

    source: str
    """The file's name in messages and headers, such as ``openapi/v1.yaml``."""
    document: Node
    sha256: str

    @property
    def api(self) -> str:
        """Return the name of the generated modules."""
        return cast("str", self.document["x-api"])

    @property
    def version(self) -> str:
        """Return ``info.version``."""
        return cast("str", self.document["info"]["version"])

    @property
    def title(self) -> str:
        """Return ``info.title``."""
        return cast("str", self.document["info"]["title"])

    @property
    def schemas(self) -> Mapping[str, Node]:
        """Return the schema components, which become classes."""
        return cast("Mapping[str, Node]", self.document.get("components", {}).get("schemas", {}))

    @property
    def stamp(self) -> str:
        """Return the first line of all generated files."""
        origin = f"{self.source} {self.version} (SHA-256 {self.sha256})"
        return f"# Generated from {origin} by `python -m codegen`; do not edit."

    def resolve(self, node: Node) -> Node:
        """Follow ``$ref``. Return a node without one unchanged."""
        while "$ref" in node:
            found: Any = self.document
            for step in str(node["$ref"]).removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")]
            node = found
        return node

    def endpoints(self) -> Iterator[Endpoint]:
        """Yield the operations in the order of the description."""
        for path, item in self.document.get("paths", {}).items():
            for method in METHODS:
                if (node := item.get(method)) is None:
                    continue
                parameters = [*item.get("parameters", ()), *node.get("parameters", ())]
                yield Endpoint(
                    id=node.get("operationId", ""),
                    method=method.upper(),
                    path=path,
                    node=node,
                    place=at("#/paths", path, method),
                    parameters=tuple(self.resolve(parameter) for parameter in parameters),
                )

    def is_enum(self, name: str) -> bool:
        """Return whether a component is an open enum."""
        return "enum" in self.schemas[name]

    def is_union(self, name: str) -> bool:
        """Return whether a component is a union of others."""
        return "oneOf" in self.schemas[name]

    def base(self, name: str) -> str | None:
        """Return the component that a component inherits from, or ``None``."""
        return next((component(part["$ref"]) for part in self.schemas[name].get("allOf", ()) if "$ref" in part), None)

    def own_properties(self, name: str) -> Mapping[str, Node]:
        """Return the properties that the component itself declares."""
        return cast("Mapping[str, Node]", self.own_object(name).get("properties", {}))

    def own_object(self, name: str) -> Node:
        """Return the object schema of a component: itself, or the inline part of its ``allOf``."""
        node = self.schemas[name]
        return next((part for part in node.get("allOf", ()) if "$ref" not in part), node)

    def lineage(self, name: str) -> Iterator[str]:
        """Yield a component and then its ancestors."""
        current: str | None = name
        while current is not None:
            yield current
            current = self.base(current)

    def properties(self, name: str) -> dict[str, Node]:
        """Return the properties of a component, including inherited ones."""
        found: dict[str, Node] = {}
        for ancestor in reversed(list(self.lineage(name))):
            found |= self.own_properties(ancestor)
        return found

    def required(self, name: str) -> frozenset[str]:
        """Return the names of the required properties, including inherited ones."""
        return frozenset(
            member for ancestor in self.lineage(name) for member in self.own_object(ancestor).get("required", ())
        )


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether a value in a description is a mapping."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Return whether a value in a description is a list."""
    return isinstance(value, list)


def component(ref: str) -> str:
    """Return the class name of a reference to a schema."""
    return ref.removeprefix(SCHEMAS)


def load(path: Path, source: str | None = None) -> Description:
    """Read one description.

    Raises:
        InvalidDescriptionError: It is not valid YAML, a key appears twice, or it is not a mapping.

    """
    content = path.read_bytes()
    source = source or f"{path.parent.name}/{path.name}"
    try:
        document = yaml.load(content, Loader=_Loader)  # noqa: S506 - a SafeLoader, stricter
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "#"
        problem = Problem(f" {where}", error.problem or "invalid YAML", "write valid YAML 1.2, with each key once")
        raise InvalidDescriptionError(source, [problem]) from None
    if not isinstance(document, dict):
        raise InvalidDescriptionError(source, [Problem("#", "not a mapping", "write an OpenAPI 3.1 description")])
    return Description(source=source, document=cast("Node", document), sha256=hashlib.sha256(content).hexdigest())


def unions_over(description: Description, name: str) -> Iterator[tuple[str, str | None]]:
    """Yield the unions that contain a component, each with its discriminator."""
    ref = SCHEMAS + name
    for union, node in description.schemas.items():
        discriminator = node.get("discriminator", {})
        if {"$ref": ref} in node.get("oneOf", ()) or ref in discriminator.get("mapping", {}).values():
            yield union, discriminator.get("propertyName")
