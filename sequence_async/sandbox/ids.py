"""Ids. One 128-bit number each, written as api/v1 writes it (``acc_01H…``) or as platform/v1 does (a UUID).

The two forms say the same number, so an id in either form finds the same thing on every surface.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS: Final = tuple(high + low for high in _DIGITS for low in _DIGITS)
_TO_PYTHON: Final = str.maketrans(_DIGITS, "0123456789abcdefghijklmnopqrstuv")
_SHIFTS: Final = tuple(range(120, -1, -10))
_ENCODED: Final = 26
_UUID: Final = 36
_UUID_DASHES: Final = (8, 13, 18, 23)

# The time part of an id counts ids and not the clock: the same seed and the same calls give the same ids at any hour.
_FIRST_MS: Final = 1_704_067_200_000


def _encode(value: int) -> str:
    return "".join([_PAIRS[(value >> shift) & 1023] for shift in _SHIFTS])


@lru_cache(maxsize=65_536)
def as_uuid(identifier: str) -> str:
    """Write an id of api/v1 as platform/v1 writes it."""
    digits = f"{int(identifier[-_ENCODED:].translate(_TO_PYTHON), 32):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def from_uuid(prefix: str, text: str) -> str | None:
    """Write a UUID as api/v1 writes an id with this prefix; ``None`` for what is not a UUID."""
    if len(text) != _UUID or any(text[place] != "-" for place in _UUID_DASHES):
        return None
    try:
        return f"{prefix}_{_encode(int(text.replace('-', ''), 16))}"
    except ValueError:
        return None


class IdFactory:
    """Makes ids that sort by the order they were made in, from seeded randomness."""

    __slots__ = ("_count", "_random", "_requests")

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0
        self._requests = 0

    def make(self, prefix: str) -> str:
        """Make the next id, such as ``txr_01HQ…``."""
        self._count += 1
        noise = self._random.getrandbits(74)
        value = (_FIRST_MS + self._count) << 80 | 7 << 76 | (noise >> 62) << 64 | 2 << 62 | noise & ((1 << 62) - 1)
        return f"{prefix}_{_encode(value)}"

    def uuid(self) -> str:
        """Make an id in the form of a UUID."""
        return as_uuid(self.make("any"))

    def request(self) -> int:
        """Count one more request that came without an id of its own."""
        self._requests += 1
        return self._requests
