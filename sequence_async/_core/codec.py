"""Convert JSON to models and back. Nothing is coerced, and an error contains the path of the mismatch.

There are two decoders. The generated one (``_decoders``) is fast and handles valid JSON. If it fails, a cattrs
converter with strict hooks decodes again to find the mismatch. :func:`~sequence_async.converter` returns a converter
with the same hooks, which users can extend.
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

_LIMIT = 5  # the most mismatches listed in one error


def load(api: str) -> None:
    """Import every module that reading a response may need, so that none is missing after a request is sent.

    Raises:
        ImportError: A module is missing.

    """
    strict_converter(api)


def decode(api: str, expected: Any, raw: Any, where: str = "$") -> Any:
    """Return parsed JSON as ``expected``: a model, a union or a ``Sequence`` of one.

    ``where`` is the path of ``raw`` in the response.

    Raises:
        DecodeError: The JSON does not match the API description.

    """
    try:
        return decoder_for(api, expected)(raw)
    except MISMATCHES:
        return _decode_again(api, expected, raw, where)


def encode(api: str, value: Any) -> Any:
    """Return a model as parsed JSON with the API's field names."""
    return strict_converter(api).unstructure(value)


def encode_as(api: str, value: Any, kind: Any) -> Any:
    """Return the value of a field of this type as parsed JSON."""
    return strict_converter(api).unstructure(value, unstructure_as=kind)


def to_bytes(value: Any) -> bytes:
    """Return JSON text. Raise ``TypeError`` for a value that JSON cannot represent."""
    return orjson.dumps(value)


def from_bytes(text: bytes, *, check_ids: bool = True) -> Any:
    """Parse JSON text, with U+FFFD in place of invalid Unicode.

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
        raise ValueError("the exponent of a number is too large") from None


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
    from sequence_async._core.structuring import mismatches

    try:
        return strict_converter(api).structure(raw, expected)
    except RecursionError:
        raise _decode_error([f"{where}: nested too deeply"]) from None
    except Exception as error:  # noqa: BLE001 - every error of a hook is a mismatch
        raise _decode_error(mismatches(error, where)) from None


def _decode_error(places: list[str]) -> DecodeError:
    shown = "; ".join(places[:_LIMIT]) + (f"; and {len(places) - _LIMIT} more" if len(places) > _LIMIT else "")
    return DecodeError(f"Unexpected response: {shown}.")


def generated(api: str) -> tuple[Mapping[Any, Callable[[Any], Any]], Sequence[TaggedUnion]]:
    """Return the decoders and the unions of one API."""
    # Import statements, because tools that freeze programs do not find module names in strings.
    match api:
        case "v1":
            from sequence_async._decoders import v1 as v1_decoders
            from sequence_async.models import v1

            return v1_decoders.DECODERS, v1.UNIONS
        case "platform":
            from sequence_async._decoders import platform as platform_decoders
            from sequence_async.models import platform

            return platform_decoders.DECODERS, platform.UNIONS
        case "remote":
            from sequence_async._decoders import remote as remote_decoders
            from sequence_async.models import remote

            return remote_decoders.DECODERS, remote.UNIONS
        case _:
            raise ArgumentError('api must be "v1", "platform" or "remote".')


@cache
def strict_converter(api: str) -> Converter:
    """Return the converter that encodes requests, and finds the mismatch in an invalid response."""
    from sequence_async._core.structuring import build_converter

    _, unions = generated(api)
    return build_converter(unions)
