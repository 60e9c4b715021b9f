"""List the changes between two modules of models, and decide which ones break code that uses the old module.

A change breaks code if that code can no longer read, create or store models as JSON, at run time or in a type checker.
Enums and unions are open, so a new member or variant does not break code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

import attrs

from sequence_async.pinning.shape import (
    AliasShape,
    ClassShape,
    EnumShape,
    FieldShape,
    FunctionShape,
    ModelShape,
    ModuleShape,
    Shape,
)

Kind: TypeAlias = Literal[
    "added",
    "removed",
    "retyped",
    "made required",
    "made optional",
    "made nullable",
    "made non-null",
    "default changed",
    "value changed",
    "renamed on the wire",
    "constrained",
    "relaxed",
    "masked",
    "unmasked",
]
_BREAKING: frozenset[Kind] = frozenset(
    {
        "removed",
        "retyped",
        "made required",
        "made nullable",
        "made non-null",
        "default changed",
        "value changed",
        "renamed on the wire",
        "constrained",
    },
)
_OPEN = "UnknownVariant"
_TIGHTER_WHEN_HIGHER = {"minimum": True, "min_length": True, "maximum": False, "max_length": False}


@attrs.frozen(kw_only=True)
class Change:
    """One difference."""

    where: str
    """A class, or a class and its field, member, method, base or variant, separated by a dot."""
    what: str
    """The kind of element: a model, an enum, a field, a member, a variant …"""
    kind: Kind
    breaking: bool
    old: str | None = None
    new: str | None = None

    def __str__(self) -> str:
        values = " → ".join(value for value in (self.old, self.new) if value is not None)
        return f"{self.where}: {self.what} {self.kind}" + (f" ({values})" if values else "")


def compare(old: ModuleShape, new: ModuleShape) -> list[Change]:
    """Return the changes from one module of models to another, by class in alphabetical order."""
    found: list[Change] = []
    for name in sorted({*old.shapes, *new.shapes}):
        before, after = old.shapes.get(name), new.shapes.get(name)
        if before is None or after is None or type(before) is not type(after):
            found += _whole(name, before, after)
        else:
            found += _inside(name, before, after)
    return found


def _change(where: str, what: str, kind: Kind, old: str | None = None, new: str | None = None) -> Change:
    return Change(where=where, what=what, kind=kind, breaking=kind in _BREAKING, old=old, new=new)


def _whole(name: str, before: Shape | None, after: Shape | None) -> Iterator[Change]:
    if before is None and after is not None:
        yield _change(name, _noun(after), "added")
    elif before is not None and after is None:
        yield _change(name, _noun(before), "removed")
    elif before is not None and after is not None:
        yield _change(name, _noun(before), "retyped", _noun(before), _noun(after))


def _noun(shape: Shape) -> str:
    nouns: dict[type, str] = {ModelShape: "model", EnumShape: "enum", AliasShape: "alias", FunctionShape: "function"}
    return nouns.get(type(shape), "class")


def _inside(name: str, before: Shape, after: Shape) -> Iterator[Change]:
    match before, after:
        case ModelShape(), ModelShape():
            yield from _names(name, "base", before.bases, after.bases)
            yield from _fields(name, before.fields, after.fields)
        case EnumShape(), EnumShape():
            yield from _names(name, "base", before.bases, after.bases)
            yield from _members(name, before.members, after.members)
        case ClassShape(), ClassShape():
            yield from _names(name, "base", before.bases, after.bases)
            yield from _names(name, "method", before.members, after.members)
        case AliasShape(), AliasShape():
            yield from _alias(name, before, after)
        case FunctionShape(), FunctionShape():
            if before.signature != after.signature:
                yield _change(name, "function", "retyped", before.signature, after.signature)
        case _:
            raise AssertionError("shapes of one kind are compared")  # pragma: no cover


def _names(where: str, what: str, before: frozenset[str], after: frozenset[str]) -> Iterator[Change]:
    for name in sorted(before - after):
        yield _change(f"{where}.{name}", what, "removed")
    for name in sorted(after - before):
        yield _change(f"{where}.{name}", what, "added")


def _members(where: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    yield from _names(where, "member", frozenset(before), frozenset(after))
    for name in before:
        if name in after and before[name] != after[name]:
            yield _change(f"{where}.{name}", "member", "value changed", before[name], after[name])


def _alias(where: str, before: AliasShape, after: AliasShape) -> Iterator[Change]:
    if _OPEN not in before.types or _OPEN not in after.types:
        if before.types != after.types:
            yield _change(where, "alias", "retyped", _text(before.types), _text(after.types))
        return
    yield from _names(where, "variant", before.types, after.types)
    if before.tag != after.tag:
        yield _change(where, "tag", "renamed on the wire", before.tag, after.tag)
    for variant, value in before.tagged.items():
        other = after.tagged.get(variant)
        if other is not None and other != value:
            yield _change(f"{where}.{variant}", "variant", "renamed on the wire", value, other)


def _fields(where: str, before: Mapping[str, FieldShape], after: Mapping[str, FieldShape]) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        place = f"{where}.{name}"
        if old is not None and new is not None:
            yield from _field(place, old, new)
        elif old is not None:
            yield _change(place, "field", "removed", _text(old.types))
        elif new is not None:
            change = _change(place, "field", "added", None, _text(new.types))
            # Code that creates the model must now pass the field, and stored JSON does not contain it.
            required = attrs.evolve(change, what="required field", breaking=True)
            yield required if new.default is None else change


def _field(where: str, old: FieldShape, new: FieldShape) -> Iterator[Change]:
    yield from _typing(where, old, new)
    if (old.default is None) != (new.default is None):
        yield _change(where, "field", "made required" if new.default is None else "made optional")
    elif old.default != new.default:
        yield _change(where, "field", "default changed", old.default, new.default)
    if old.wire_name != new.wire_name:
        yield _change(where, "field", "renamed on the wire", old.wire_name, new.wire_name)
    if old.masked != new.masked:
        yield _change(where, "field", "masked" if new.masked else "unmasked")
    for limit in sorted({*old.limits, *new.limits}):
        yield from _limit(where, limit, old.limits.get(limit), new.limits.get(limit))


def _typing(where: str, old: FieldShape, new: FieldShape) -> Iterator[Change]:
    if old.types == new.types:
        return
    kind: Kind = "retyped"
    if old.types | {"None"} == new.types:
        kind = "made nullable"
    elif new.types | {"None"} == old.types:
        kind = "made non-null"
    yield _change(where, "field", kind, _text(old.types), _text(new.types))


def _limit(where: str, limit: str, old: str | None, new: str | None) -> Iterator[Change]:
    if old == new:
        return
    kind: Kind = "constrained" if new is not None and (old is None or _is_tighter(limit, old, new)) else "relaxed"
    yield _change(where, limit.replace("_", " "), kind, old, new)


def _is_tighter(limit: str, old: str, new: str) -> bool:
    higher = _TIGHTER_WHEN_HIGHER.get(limit)
    try:
        return True if higher is None else (float(new) > float(old)) is higher
    except ValueError:
        return True


def _text(types: frozenset[str]) -> str:
    return " | ".join(sorted(types - {"None"}) + sorted(types & {"None"}))
