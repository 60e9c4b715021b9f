"""Strict structuring with cattrs. Nothing is coerced, and each mismatch is reported with its path.

Exported modules contain this code too, so it imports only what the models need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar, cast, get_args, get_origin

import attrs
from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.strategies import configure_union_passthrough

from sequence_async.models._runtime import OpenStrEnum, TaggedUnion, UnknownVariant, encode_datetime, whole_cents

Hook = Callable[[Any, Any], Any]
C = TypeVar("C", bound=Converter)

_LONGEST_PATH = 200


def mismatches(error: BaseException, where: str) -> list[str]:
    """Return each mismatch with its path, without the value, which may be sensitive."""
    found: list[str] = []
    if isinstance(error, ClassValidationError):
        noted, alone = error.group_exceptions()
        names = _wire_names(error.cl)
        for inner, note in noted:
            found += mismatches(inner, f"{where}.{names.get(note.name, note.name)}")
    elif isinstance(error, IterableValidationError):
        items, alone = error.group_exceptions()
        for inner, item in items:
            found += mismatches(inner, f"{where}[{item.index!r}]")
    else:
        return [f"{_shortened(where)} {_words(error)}"]
    for inner in alone:
        found += mismatches(inner, where)
    return found


def _words(error: BaseException) -> str:
    match error:
        case _MismatchError():
            return str(error)
        case KeyError():
            return "is missing"
        case RecursionError():
            return "is nested too deeply"
        case _:
            return "has a value that cannot be read"


def _shortened(where: str) -> str:
    return where if len(where) <= _LONGEST_PATH else f"{where[:_LONGEST_PATH]}…"


def _wire_names(cls: type) -> dict[str, str]:
    return {field.name: field.metadata.get("json", field.name) for field in getattr(cls, "__attrs_attrs__", ())}


class _MismatchError(ValueError):
    """A value is of the wrong type. The message never contains the value."""


def _wrong(value: Any, wanted: str) -> _MismatchError:
    return _MismatchError(f"should be {wanted}, not {'null' if value is None else type(value).__name__}")


def _exactly(kind: type, wanted: str) -> Hook:
    def hook(value: Any, _: Any) -> Any:
        if value.__class__ is kind:
            return value
        raise _wrong(value, wanted)

    return hook


def _float(value: Any, _: Any) -> float:
    if value.__class__ in (float, int):
        return float(value)
    raise _wrong(value, "a number")


def _decimal(value: Any, _: Any) -> Decimal:
    # A float means that the JSON text was not read exactly, which can lose cents.
    amount = Decimal(value) if value.__class__ is int else value
    if amount.__class__ is not Decimal:
        raise _wrong(value, "a decimal number")
    if whole_cents(amount) is None:
        raise _MismatchError("should be a sum of dollars with at most two decimals")
    return amount


def _datetime(value: Any, _: Any) -> datetime:
    if value.__class__ is datetime and value.tzinfo is not None:
        return value  # from a model that is encoded
    if value.__class__ is not str:
        raise _wrong(value, "a date-time")
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        raise _MismatchError("should be an ISO 8601 date-time") from None
    if parsed.tzinfo is None:
        raise _MismatchError("should be a date-time with an offset from UTC")
    return parsed


def _date(value: Any, _: Any) -> date:
    if value.__class__ is not str:
        raise _wrong(value, "a date")
    try:
        parsed = date.fromisoformat(value)
    except ValueError:
        parsed = None
    # The parser also accepts 20241231 and 2024-W01-5.
    if parsed is None or parsed.isoformat() != value:
        raise _MismatchError("should be a date such as 2024-12-31")
    return parsed


def _open_enum(value: Any, cls: Any) -> Any:
    if isinstance(value, str):
        return cls(str(value))
    raise _wrong(value, "text")


def _is(container: Any) -> Callable[[Any], bool]:
    def predicate(kind: Any) -> bool:
        origin: Any = get_origin(kind)
        return origin is container

    return predicate


def _sequence(kind: Any, conv: Converter) -> Hook:
    inner = conv.get_structure_hook(list.__class_getitem__(get_args(kind)[0]))

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not list:
            raise _wrong(value, "an array")
        return tuple(inner(value, kind))

    return structure


def _mapping(kind: Any, conv: Converter) -> Hook:
    inner = conv.get_structure_hook(dict.__class_getitem__(get_args(kind)))

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not dict:
            raise _wrong(value, "an object")
        return inner(value, kind)

    return structure


def _union(conv: Converter, union: TaggedUnion) -> Hook:
    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not dict:
            raise _wrong(value, "an object")
        tag = _tag_of(union, value)
        cls = union.variants.get(tag) if tag is not None else None
        known: Any = cls
        return UnknownVariant(tag=tag, raw=value) if known is None else conv.structure(value, known)

    return structure


def _tag_of(union: TaggedUnion, value: Mapping[str, Any]) -> str | None:
    if union.tag is None:
        present = [member for member in union.variants if value.get(member) is not None]
        return present[0] if len(present) == 1 else None
    if union.tag not in value:
        raise _MismatchError(f"has no {union.tag}")
    tag = value[union.tag]
    if tag.__class__ is not str:
        raise _wrong(tag, f"an object whose {union.tag} is text")
    return tag


def build_converter(unions: Iterable[TaggedUnion]) -> Converter:
    """Return the strict converter for models with these unions."""
    return register_hooks(Converter(detailed_validation=True), unions)


def register_hooks(conv: C, unions: Iterable[TaggedUnion]) -> C:
    """Register the strict hooks for models with these unions, and return the converter."""
    conv.register_structure_hook(str, _exactly(str, "text"))
    conv.register_structure_hook(int, _exactly(int, "an integer"))
    conv.register_structure_hook(bool, _exactly(bool, "true or false"))
    conv.register_structure_hook(float, _float)
    conv.register_structure_hook(Decimal, _decimal)
    conv.register_structure_hook(datetime, _datetime)
    conv.register_structure_hook(date, _date)
    # Without it, the hook of str would apply to its subclasses too.
    conv.register_structure_hook(OpenStrEnum, _open_enum)
    factories: Any = conv.register_structure_hook_factory  # its annotation lacks factories with two arguments
    factories(_is(Sequence), _sequence)
    factories(_is(Mapping), _mapping)
    factories(attrs.has, _structure_class)
    configure_union_passthrough(str | bool | int | float | None, conv)

    conv.register_unstructure_hook(datetime, encode_datetime)
    conv.register_unstructure_hook(date, date.isoformat)
    conv.register_unstructure_hook(OpenStrEnum, str.__str__)
    conv.register_unstructure_hook(UnknownVariant, lambda variant: variant.raw)
    conv.register_unstructure_hook_factory(attrs.has, _unstructure_class)
    for union in unions:
        conv.register_structure_hook(union.union, _union(conv, union))
        conv.register_unstructure_hook(union.union, conv.unstructure)
    return conv


def _overrides(cls: type) -> dict[str, Any]:
    # Only an optional None is omitted. The tag of a variant has a default too, but must be sent.
    return {
        field.name: override(rename=field.metadata.get("json"), omit_if_default=field.default is None)
        for field in attrs.fields(cls)
    }


def _structure_class(cls: type, conv: Converter) -> Hook:
    inner = cast("Hook", make_dict_structure_fn(cls, conv, **_overrides(cls)))

    def structure(value: Any, kind: Any) -> Any:
        if value.__class__ is not dict:
            raise _wrong(value, "an object")
        return inner(value, kind)

    return structure


def _unstructure_class(cls: type, conv: Converter) -> Callable[[Any], Any]:
    return make_dict_unstructure_fn(cls, conv, **_overrides(cls))
