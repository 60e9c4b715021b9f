"""Read the public shape of a module of models from its source, without executing it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import attrs

_ORIGIN = re.compile(r"openapi/(\w+)\.yaml (\S+) \(SHA-256 ([0-9a-f]{64})\)")
_HEAD = 2_000  # characters that contain the header


@attrs.frozen(kw_only=True)
class FieldShape:
    """One field of a model."""

    types: frozenset[str]
    """The types in its annotation."""
    default: str | None
    """The source of its default; ``None`` if the field is required."""
    wire_name: str
    limits: Mapping[str, str]
    masked: bool


@attrs.frozen(kw_only=True)
class ModelShape:
    """An attrs class."""

    fields: Mapping[str, FieldShape]
    bases: frozenset[str]


@attrs.frozen(kw_only=True)
class EnumShape:
    """An enum, with the source of each member's value."""

    members: Mapping[str, str]
    bases: frozenset[str]


@attrs.frozen(kw_only=True)
class ClassShape:
    """Any other class, with the names of its public methods and properties."""

    members: frozenset[str]
    bases: frozenset[str]


@attrs.frozen(kw_only=True)
class AliasShape:
    """A type alias; for a union, also the tag that distinguishes its variants."""

    types: frozenset[str]
    tag: str | None
    tagged: Mapping[str, str]
    """The value of the tag by variant."""


@attrs.frozen(kw_only=True)
class FunctionShape:
    """A public function, with the source of its signature."""

    signature: str


Shape: TypeAlias = ModelShape | EnumShape | ClassShape | AliasShape | FunctionShape


@attrs.frozen(kw_only=True)
class ModuleShape:
    """A module of models."""

    api: str | None
    """The API that its header names; ``None`` if the header is missing."""
    version: str
    sha256: str
    shapes: Mapping[str, Shape]
    with_codec: bool


def read_shape(text: str) -> ModuleShape:
    """Return the shape of an exported or generated module of models.

    Raises:
        ValueError: The text is not such a module.

    """
    try:
        return _read(ast.parse(text), text)
    except (SyntaxError, RecursionError, MemoryError) as error:
        line = f" in line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise ValueError(f"is not valid Python: {type(error).__name__}{line}") from None


def _read(tree: ast.Module, text: str) -> ModuleShape:
    constants = dict(_constants(tree))
    version, sha256 = constants.get("DESCRIPTION_VERSION"), constants.get("DESCRIPTION_SHA256")
    if version is None or sha256 is None:
        raise ValueError("is not a module of models: DESCRIPTION_VERSION or DESCRIPTION_SHA256 is missing")
    origin = _ORIGIN.search(text[:_HEAD])
    shapes = dict(_shapes(tree))
    return ModuleShape(
        api=origin[1] if origin else None,
        version=version,
        sha256=sha256,
        shapes=shapes,
        with_codec="structure" in shapes,
    )


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and isinstance(node.value, ast.Constant)
        ):
            yield node.target.id, str(node.value.value)


def _shapes(tree: ast.Module) -> Iterator[tuple[str, Shape]]:
    public = _public_names(tree)
    tags = dict(_tags(tree))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, _class_shape(node)
        elif isinstance(node, ast.FunctionDef) and node.name in public:
            yield node.name, FunctionShape(signature=ast.unparse(node.args))
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias" and node.value is not None:
            name = ast.unparse(node.target)
            tag, tagged = tags.get(name, (None, {}))
            yield name, AliasShape(types=_types(node.value), tag=tag, tagged=tagged)


def _public_names(tree: ast.Module) -> frozenset[str]:
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.List)
            and ast.unparse(node.targets[0]) == "__all__"
        ):
            return frozenset(str(name.value) for name in node.value.elts if isinstance(name, ast.Constant))
    return frozenset()


def _class_shape(node: ast.ClassDef) -> Shape:
    bases = frozenset(ast.unparse(base) for base in node.bases)
    if any(
        ast.unparse(decorator).startswith(("attrs.", "attr.", "define", "frozen")) for decorator in node.decorator_list
    ):
        fields = {name: _field_shape(name, line) for name, line in _annotated(node)}
        return ModelShape(fields=fields, bases=bases)
    members = {
        ast.unparse(line.targets[0]): ast.unparse(line.value)
        for line in node.body
        if isinstance(line, ast.Assign) and not ast.unparse(line.targets[0]).startswith("_")
    }
    if members and any(base.endswith("Enum") for base in bases):
        return EnumShape(members=members, bases=bases)
    methods = {line.name for line in node.body if isinstance(line, ast.FunctionDef) and not line.name.startswith("_")}
    return ClassShape(members=frozenset(methods), bases=bases)


def _annotated(node: ast.ClassDef) -> Iterator[tuple[str, ast.AnnAssign]]:
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            yield line.target.id, line


def _field_shape(name: str, line: ast.AnnAssign) -> FieldShape:
    value = line.value
    options: dict[str, ast.expr] = {}
    default = None if value is None else ast.unparse(value)
    if isinstance(value, ast.Call) and ast.unparse(value.func) in {"attrs.field", "attr.ib", "field"}:
        options = {one.arg: one.value for one in value.keywords if one.arg is not None}
        given = options.get("default", options.get("factory"))
        default = None if given is None else ast.unparse(given)
    metadata = _dictionary(options.get("metadata"))
    wire = metadata.pop("json", None)
    return FieldShape(
        types=_types(line.annotation),
        default=default,
        wire_name=name if wire is None else str(ast.literal_eval(wire)),
        limits=metadata,
        masked="repr" in options,
    )


def _dictionary(node: ast.expr | None) -> dict[str, str]:
    if not isinstance(node, ast.Dict):
        return {}
    return {
        str(key.value): ast.unparse(value)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant)
    }


def _types(node: ast.expr) -> frozenset[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _types(node.left) | _types(node.right)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _types(ast.parse(node.value, mode="eval").body)
    return frozenset({ast.unparse(node)})


def _tags(tree: ast.Module) -> Iterator[tuple[str, tuple[str | None, dict[str, str]]]]:
    """Yield the tag of each union in ``UNIONS``, with the value of each variant."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "TaggedUnion":
            options = {one.arg: one.value for one in node.keywords if one.arg is not None}
            if {"union", "tag", "variants"} <= options.keys():
                tag = ast.literal_eval(options["tag"])
                tagged = {cls: value for value, cls in _dictionary(options["variants"]).items()}
                yield ast.unparse(options["union"]), (tag, tagged)
