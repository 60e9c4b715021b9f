"""The functions that ``models export --with-codec`` adds: convert parsed JSON to models and back, strictly."""

from __future__ import annotations

from typing import Any, Final, TypeVar, overload

from sequence_async._core.structuring import build_converter, mismatches
from sequence_async.models.v1 import UNIONS  # an exported module uses its own instead

_Model = TypeVar("_Model")
_CONVERTER: Final = build_converter(UNIONS)


class DecodeError(ValueError):
    """The JSON does not match the API description. The message contains the JSON path."""


@overload
def structure(raw: object, expected: type[_Model]) -> _Model: ...
@overload
def structure(raw: object, expected: Any) -> Any: ...
def structure(raw: object, expected: Any) -> Any:
    """Return parsed JSON as ``expected``: a model, a union, or a ``Sequence`` of one.

    Nothing is coerced. Unknown fields are ignored, and unknown variants are kept. If an amount is a ``Decimal``, parse
    the JSON text with ``json.loads(text, parse_float=Decimal)``.

    Raises:
        DecodeError: A field is missing or has the wrong type.

    """
    try:
        return _CONVERTER.structure(raw, expected)
    except RecursionError:
        raise DecodeError("$: nested too deeply") from None
    except Exception as error:  # noqa: BLE001 - every error of a hook is a mismatch
        raise DecodeError("; ".join(mismatches(error, "$"))) from None


def unstructure(value: object) -> Any:
    """Return a model as parsed JSON with the API's field names. Optional fields that are ``None`` are left out."""
    return _CONVERTER.unstructure(value)
