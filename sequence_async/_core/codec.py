"""JSON to models and back, strictly: nothing is coerced, and a mismatch says where it is.

Two decoders do the same work. The generated one (``_decoders``) is straight-line code for the case that all is as
documented. When it stumbles, a cattrs converter with strict hooks decodes again, to say what was wrong and where; it is
also what users extend (:func:`converter`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, cast, get_args, get_origin

import orjson

from sequence_async.errors import DecodeError
from sequence_async.models._runtime import OpenStrEnum, TaggedUnion, UnknownVariant

if TYPE_CHECKING:
    from cattrs import Converter

Hook = Callable[[Any, Any], Any]

_LIMIT = 5  # mismatches named in one error; more would only bury the first


def decode(api: str, expected: Any, raw: Any, where: str = "$") -> Any:
    """Turn parsed JSON into ``expected``, a model, a union or a ``Sequence`` of one.

    Raises:
        DecodeError: the JSON is not what is documented; ``where`` is the path of ``raw`` in the answer.

    """
    try:
        return _decoder(api, expected)(raw)
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        return _decode_again(api, expected, raw, where)


def encode(api: str, value: Any) -> Any:
    """Turn a model into what goes on the wire, as parsed JSON."""
    return converter(api).unstructure(value)


def encode_datetime(value: datetime) -> str:
    """Write an aware datetime the way the API does: UTC, ending in ``Z``."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def to_bytes(value: Any) -> bytes:
    """Write JSON text. Raise ``TypeError`` for what JSON cannot hold."""
    return orjson.dumps(value)


def from_bytes(text: bytes) -> Any:
    """Read JSON text. Raise ``ValueError`` for anything else."""
    return orjson.loads(text)


def from_bytes_exactly(text: bytes) -> Any:
    """Read JSON text with every fraction as an exact ``Decimal``. Raise ``ValueError`` for anything else."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


@cache
def _decoder(api: str, expected: Any) -> Callable[[Any], Any]:
    decoders: dict[Any, Callable[[Any], Any]] = import_module(f"sequence_async._decoders.{api}").DECODERS
    if get_origin(expected) is not Sequence:
        return decoders[expected]
    one = decoders[get_args(expected)[0]]

    def many(raw: Any) -> Any:
        if raw.__class__ is not list:
            raise TypeError
        return tuple([one(item) for item in raw])

    return many


def _decode_again(api: str, expected: Any, raw: Any, where: str) -> Any:
    try:
        return converter(api).structure(raw, expected)
    except RecursionError:
        raise _decode_error(expected, [f"{where}: nested too deeply"]) from None
    except Exception as error:  # noqa: BLE001 - whatever a hook raises is a mismatch, and is told as one
        raise _decode_error(expected, _mismatches(error, where)) from None


def _decode_error(expected: Any, places: list[str]) -> DecodeError:
    shown = "; ".join(places[:_LIMIT]) + (f"; and {len(places) - _LIMIT} more" if len(places) > _LIMIT else "")
    name = getattr(expected, "__name__", None) or "answer"
    return DecodeError(f"The answer is not a documented {name}: {shown}.")


def _mismatches(error: BaseException, where: str) -> list[str]:
    """Say each mismatch with its path. The values stay out: they may be sensitive."""
    from cattrs import ClassValidationError, IterableValidationError  # noqa: PLC0415 - only when something is wrong

    found: list[str] = []
    if isinstance(error, ClassValidationError):
        noted, alone = error.group_exceptions()
        names = _wire_names(error.cl)
        for inner, note in noted:
            found += _mismatches(inner, f"{where}.{names.get(note.name, note.name)}")
    elif isinstance(error, IterableValidationError):
        items, alone = error.group_exceptions()
        for inner, item in items:
            found += _mismatches(inner, f"{where}[{item.index!r}]")
    else:
        return [f"{where} {'is missing' if isinstance(error, KeyError) else _words(error)}"]
    for inner in alone:
        found += _mismatches(inner, where)
    return found


def _words(error: BaseException) -> str:
    return str(error) if isinstance(error, _MismatchError) else "has a value that cannot be read"


def _wire_names(cls: type) -> dict[str, str]:
    return {field.name: field.metadata.get("json", field.name) for field in getattr(cls, "__attrs_attrs__", ())}


class _MismatchError(ValueError):
    """A value is of the wrong kind. Its text never holds the value."""


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
    # A float here would mean that the JSON text was not read with parse_float=Decimal: cents are lost that way.
    if value.__class__ is Decimal and value.is_finite():
        return value
    if value.__class__ is int:
        return Decimal(value)
    raise _wrong(value, "a decimal number")


def _datetime(value: Any, _: Any) -> datetime:
    if value.__class__ is datetime and value.tzinfo is not None:
        return value  # from a model, on its way out
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
        if len(value) == len("2024-12-31"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _MismatchError("should be a date such as 2024-12-31")


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
        present = [member for member in union.variants if member in value]
        return present[0] if len(present) == 1 else None
    if union.tag not in value:
        raise _MismatchError(f"has no {union.tag}")
    tag = value[union.tag]
    if tag.__class__ is not str:
        raise _wrong(tag, f"an object whose {union.tag} is text")
    return tag


@cache
def converter(api: str) -> Converter:
    """Return the strict cattrs converter for the models of one API: ``v1``, ``platform`` or ``remote``.

    It is one object a process. Use ``converter(api).copy()`` before you register hooks of your own.
    """
    import attrs  # noqa: PLC0415 - a call that goes well needs neither of them
    from cattrs import Converter  # noqa: PLC0415
    from cattrs.strategies import configure_union_passthrough  # noqa: PLC0415

    conv = Converter(detailed_validation=True)
    conv.register_structure_hook(str, _exactly(str, "text"))
    conv.register_structure_hook(int, _exactly(int, "an integer"))
    conv.register_structure_hook(bool, _exactly(bool, "true or false"))
    conv.register_structure_hook(float, _float)
    conv.register_structure_hook(Decimal, _decimal)
    conv.register_structure_hook(datetime, _datetime)
    conv.register_structure_hook(date, _date)
    # The hook of str would also be taken for its subclasses.
    conv.register_structure_hook(OpenStrEnum, _open_enum)
    factories: Any = conv.register_structure_hook_factory  # its annotation leaves factories of two arguments out
    factories(_is(Sequence), _sequence)
    factories(_is(Mapping), _mapping)
    factories(attrs.has, _structure_class)
    configure_union_passthrough(str | bool | int | float | None, conv)

    conv.register_unstructure_hook(datetime, encode_datetime)
    conv.register_unstructure_hook(date, date.isoformat)
    conv.register_unstructure_hook(OpenStrEnum, str.__str__)
    conv.register_unstructure_hook(UnknownVariant, lambda variant: variant.raw)
    conv.register_unstructure_hook_factory(attrs.has, _unstructure_class)
    for union in import_module(f"sequence_async.models.{api}").UNIONS:
        conv.register_structure_hook(union.union, _union(conv, union))
        conv.register_unstructure_hook(union.union, conv.unstructure)
    return conv


def _overrides(cls: type) -> dict[str, Any]:
    import attrs  # noqa: PLC0415
    from cattrs.gen import override  # noqa: PLC0415

    # Only an optional None is left out of what is sent: the tag of a variant has a default too, and must be there.
    return {
        field.name: override(rename=field.metadata.get("json"), omit_if_default=field.default is None)
        for field in attrs.fields(cls)
    }


def _structure_class(cls: type, conv: Converter) -> Hook:
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415

    inner = cast("Hook", make_dict_structure_fn(cls, conv, **_overrides(cls)))

    def structure(value: Any, kind: Any) -> Any:
        if value.__class__ is not dict:
            raise _wrong(value, "an object")
        return inner(value, kind)

    return structure


def _unstructure_class(cls: type, conv: Converter) -> Callable[[Any], Any]:
    from cattrs.gen import make_dict_unstructure_fn  # noqa: PLC0415

    return make_dict_unstructure_fn(cls, conv, **_overrides(cls))
