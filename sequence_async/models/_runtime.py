"""What the generated models rest on: open enums, open unions, masked fields. It needs attrs alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Self, TypeVar

import attrs

T = TypeVar("T")


class OpenStrEnum(StrEnum):
    """A string enum that also holds members which the API gained after this release."""

    @property
    def is_known(self) -> bool:
        """Whether this member was in the description that the enum was generated from."""
        return self._name_ in type(self).__members__

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        # A subclass of str could compare equal to another member, so only plain text becomes a new one.
        if type(value) is not str:
            return None
        member = str.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member


def _member_names(raw: Mapping[str, Any]) -> str:
    return f"<{', '.join(sorted(raw))}>"


@attrs.frozen(kw_only=True)
class UnknownVariant:
    """A variant of a union that this release does not know, kept as it came.

    Its ``repr`` names the members of ``raw`` and leaves their values out: nobody knows which of them are sensitive.
    """

    tag: str | None
    """The value of the union's discriminator; ``None`` where the union has none."""
    raw: Mapping[str, Any] = attrs.field(repr=_member_names, hash=False)
    """The parsed JSON object, unchanged."""


@attrs.frozen(kw_only=True)
class TaggedUnion:
    """How one union is told apart: by the value of a member, or (``tag`` is ``None``) by which member is present."""

    union: Any
    tag: str | None
    variants: Mapping[str, type]


def masked(value: str | None) -> str:
    """Show that a sensitive value is there, and its last two characters, and nothing else."""
    if value is None:
        return "None"
    return f"'••••{value[-2:]}'" if len(value) > 4 else "'••••'"  # noqa: PLR2004


def as_tuple(values: Iterable[T]) -> tuple[T, ...]:
    """Keep a model immutable and hashable, whatever kind of sequence it was given."""
    return values if values.__class__ is tuple else tuple(values)


def as_optional_tuple(values: Iterable[T] | None) -> tuple[T, ...] | None:
    """Like :func:`as_tuple`, for a member that may be absent."""
    return None if values is None else as_tuple(values)
