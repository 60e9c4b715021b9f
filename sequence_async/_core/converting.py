"""The converter that users get: cattrs with strict hooks, and the generated decoders where they do the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cattrs import Converter

from sequence_async._core.codec import MISMATCHES

Find = Callable[[Any], Callable[[Any], Any] | None]


class ModelConverter(Converter):
    """Structures a model with its generated decoder: an account takes 1.5 µs in place of 6.5.

    Where that stumbles, the hooks say what is wrong. A copy, to which users add hooks of their own, has hooks alone.
    """

    __slots__ = ("find_decoder",)

    find_decoder: Find
    """Set after construction; a copy is made without it."""

    def structure(self, obj: Any, cl: type[Any]) -> Any:
        """Turn parsed JSON into an object of a class."""
        find: Find | None = getattr(self, "find_decoder", None)
        decode = find(cl) if find is not None else None
        if decode is None:
            return super().structure(obj, cl)
        try:
            return decode(obj)
        except MISMATCHES:
            return super().structure(obj, cl)
