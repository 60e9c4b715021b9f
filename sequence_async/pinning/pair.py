"""The functions that ``models export --with-codec`` adds to the models: parsed JSON to models and back, strictly."""

from __future__ import annotations

from typing import Any, Final, TypeVar, overload

from sequence_async._core.structuring import build_converter, mismatches
from sequence_async.models.v1 import UNIONS  # an exported module has its own in place of these

_Model = TypeVar("_Model")
_CONVERTER: Final = build_converter(UNIONS)


class DecodeError(ValueError):
    """The JSON is not what is documented. The message says where, as a path."""


@overload
def structure(raw: object, expected: type[_Model]) -> _Model: ...
@overload
def structure(raw: object, expected: Any) -> Any: ...
def structure(raw: object, expected: Any) -> Any:
    """Turn parsed JSON into ``expected``: a model, a union, or a ``Sequence`` of one.

    Nothing is coerced, members that are not known are passed over, and variants that are not known are kept. Where an
    amount is a ``Decimal``, parse the JSON text with ``json.loads(text, parse_float=Decimal)``.

    Raises:
        DecodeError: something is missing or of another type.

    """
    try:
        return _CONVERTER.structure(raw, expected)
    except RecursionError:
        raise DecodeError("$: nested too deeply") from None
    except Exception as error:  # noqa: BLE001 - whatever a hook raises is a mismatch, and is told as one
        raise DecodeError("; ".join(mismatches(error, "$"))) from None


def unstructure(value: object) -> Any:
    """Turn a model into what goes on the wire, as parsed JSON. What is ``None`` and may be left out is left out."""
    return _CONVERTER.unstructure(value)
