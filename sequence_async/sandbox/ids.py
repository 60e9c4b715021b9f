"""IDs: 128-bit numbers, written as a UUID on platform/v1 and in a form such as ``acc_01H…`` on api/v1.

The UUID is the canonical form. Entities, effects and the control API use it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from random import Random

_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS: Final = tuple(high + low for high in _DIGITS for low in _DIGITS)
_SHIFTS: Final = tuple(range(120, -1, -10))

# The time part of an ID is a counter, not the clock: the same seed and calls create the same IDs at any hour.
_FIRST_MS: Final = 1_704_067_200_000


def _encode(value: int) -> str:
    return "".join([_PAIRS[(value >> shift) & 1023] for shift in _SHIFTS])


class ResourceId(str):
    """The ID of a resource in the form of platform/v1, a UUID."""

    __slots__ = ("_prefix",)

    _prefix: str

    def __new__(cls, uuid: str, prefix: str) -> Self:
        """Return the ID with this UUID. ``prefix`` is the prefix on api/v1, such as ``acc``."""
        made = super().__new__(cls, uuid)
        made._prefix = prefix
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (str(self), self._prefix)

    @property
    def v1(self) -> str:
        """The same ID in the form of api/v1."""
        return _v1_form(self._prefix, str(self))


@lru_cache(maxsize=65_536)
def _v1_form(prefix: str, uuid: str) -> str:
    return f"{prefix}_{_encode(int(uuid.replace('-', ''), 16))}"


def v1_form(identifier: str) -> str:
    """Return an ID in the form of api/v1. Other text is returned unchanged."""
    return identifier.v1 if isinstance(identifier, ResourceId) else identifier


def _dashed(value: int) -> str:
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class HasId:
    """A resource with an ID that each API writes in its own form."""

    __slots__ = ()

    id: ResourceId
    """The ID that ``PlatformClient`` takes."""

    @property
    def platform_id(self) -> str:
        """The ID that ``PlatformClient`` takes, a UUID."""
        return self.id

    @property
    def v1_id(self) -> str:
        """The ID that ``SequenceClient`` takes, such as ``acc_01H…``."""
        return self.id.v1


class IdFactory:
    """A factory of seeded random IDs that sort in the order of creation."""

    __slots__ = ("_count", "_random", "_requests")

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0
        self._requests = 0

    def make(self, prefix: str) -> ResourceId:
        """Return the next ID. ``prefix`` is the prefix on api/v1, such as ``txr``."""
        self._count += 1
        noise = self._random.getrandbits(74)
        value = (_FIRST_MS + self._count) << 80 | 7 << 76 | (noise >> 62) << 64 | 2 << 62 | noise & ((1 << 62) - 1)
        return ResourceId(_dashed(value), prefix)

    def request(self) -> int:
        """Return the number for the next generated request ID."""
        self._requests += 1
        return self._requests
