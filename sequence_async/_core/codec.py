"""JSON to models and back, strictly: nothing is coerced, and a mismatch says where it is.

Two decoders do the same work. The generated one (``_decoders``) is straight-line code for the case that all is as
documented. When it stumbles, a cattrs converter with strict hooks decodes again, to say what was wrong and where; it is
also what users extend (:func:`~sequence_async.converter`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

import orjson

from sequence_async._core.unicode import is_malformed, parse_malformed, reject_constant
from sequence_async._decoders._runtime import MISMATCHES
from sequence_async.errors import ArgumentError, DecodeError

if TYPE_CHECKING:
    from cattrs import Converter

    from sequence_async.models._runtime import TaggedUnion

_LIMIT = 5  # mismatches named in one error; more would only bury the first


def load(api: str) -> None:
    """Import every module that reading a response may need, so that none can be missing after a request was sent.

    Raises:
        ImportError: A module is missing.

    """
    strict_converter(api)


def decode(api: str, expected: Any, raw: Any, where: str = "$") -> Any:
    """Turn parsed JSON into ``expected``, a model, a union or a ``Sequence`` of one.

    Raises:
        DecodeError: the JSON is not what is documented; ``where`` is the path of ``raw`` in the answer.

    """
    try:
        return decoder_for(api, expected)(raw)
    except MISMATCHES:
        return _decode_again(api, expected, raw, where)


def encode(api: str, value: Any) -> Any:
    """Turn a model into what goes on the wire, as parsed JSON."""
    return strict_converter(api).unstructure(value)


def encode_as(api: str, value: Any, kind: Any) -> Any:
    """Turn the value of a field of this type into what goes on the wire, as parsed JSON."""
    return strict_converter(api).unstructure(value, unstructure_as=kind)


def to_bytes(value: Any) -> bytes:
    """Write JSON text. Raise ``TypeError`` for what JSON cannot hold."""
    return orjson.dumps(value)


def from_bytes(text: bytes, *, check_ids: bool = True) -> Any:
    """Parse JSON text, with U+FFFD in place of what is not valid Unicode.

    Raises:
        MalformedIdError: An ID is not valid Unicode, unless ``check_ids`` is false.
        ValueError: The text is not JSON.

    """
    try:
        return orjson.loads(text)
    except ValueError:
        if not is_malformed(text):
            raise
        return parse_malformed(text, check_ids=check_ids)


def from_bytes_exactly(text: bytes) -> Any:
    """Parse JSON text as :func:`from_bytes` does, with every fraction as an exact ``Decimal``."""
    if is_malformed(text):
        return parse_malformed(text, parse_float=_decimal)
    return json.loads(text.decode(), parse_float=_decimal, parse_constant=reject_constant)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ValueError("a number with such an exponent is refused") from None


@cache
def decoder_for(api: str, expected: Any) -> Callable[[Any], Any]:
    """Return the generated decoder of a model, a union or a ``Sequence``. Raise ``KeyError`` if there is none."""
    decoders, _ = generated(api)
    if get_origin(expected) is not Sequence:
        return decoders[expected]
    one = decoders[get_args(expected)[0]]

    def many(raw: Any) -> Any:
        if raw.__class__ is not list:
            raise TypeError
        return tuple([one(item) for item in raw])

    return many


def _decode_again(api: str, expected: Any, raw: Any, where: str) -> Any:
    from sequence_async._core.structuring import mismatches  # noqa: PLC0415 - load() has imported it

    try:
        return strict_converter(api).structure(raw, expected)
    except RecursionError:
        raise _decode_error(expected, [f"{where}: nested too deeply"]) from None
    except Exception as error:  # noqa: BLE001 - whatever a hook raises is a mismatch, and is told as one
        raise _decode_error(expected, mismatches(error, where)) from None


def _decode_error(expected: Any, places: list[str]) -> DecodeError:
    shown = "; ".join(places[:_LIMIT]) + (f"; and {len(places) - _LIMIT} more" if len(places) > _LIMIT else "")
    name = getattr(expected, "__name__", None) or "answer"
    return DecodeError(f"The answer is not a documented {name}: {shown}.")


def generated(api: str) -> tuple[Mapping[Any, Callable[[Any], Any]], Sequence[TaggedUnion]]:
    """Return the decoders and the unions of one API."""
    # Import statements, because tools that freeze a program do not see a module's name in a string.
    match api:
        case "v1":
            from sequence_async._decoders import v1 as v1_decoders  # noqa: PLC0415 - a program pays for its own API only
            from sequence_async.models import v1  # noqa: PLC0415

            return v1_decoders.DECODERS, v1.UNIONS
        case "platform":
            from sequence_async._decoders import platform as platform_decoders  # noqa: PLC0415
            from sequence_async.models import platform  # noqa: PLC0415

            return platform_decoders.DECODERS, platform.UNIONS
        case "remote":
            from sequence_async._decoders import remote as remote_decoders  # noqa: PLC0415
            from sequence_async.models import remote  # noqa: PLC0415

            return remote_decoders.DECODERS, remote.UNIONS
        case _:
            raise ArgumentError('api must be "v1", "platform" or "remote".')


@cache
def strict_converter(api: str) -> Converter:
    """Return the converter that encodes, and that says what is wrong with an answer."""
    from sequence_async._core.structuring import build_converter  # noqa: PLC0415 - importing a client needs no cattrs

    _, unions = generated(api)
    return build_converter(unions)
