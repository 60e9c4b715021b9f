"""Check idempotency keys, and derive them from the meaning of a call."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from uuid import UUID

from sequence_async.errors import ArgumentError

MAX_LENGTH = 36
_LEGAL = re.compile(r"[A-Za-z0-9._:/|-]{1,36}")
_TYPES: tuple[type, ...] = (str, int, UUID, Decimal, date)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MAX_ZEROS = 1_000


def check_key(key: object) -> str:
    """Return a valid key unchanged. Raise :class:`ArgumentError` for any other."""
    if not isinstance(key, str):
        raise ArgumentError(f"idempotency_key must be a str, not {type(key).__name__}.")
    if not _LEGAL.fullmatch(key):
        raise ArgumentError(
            "idempotency_key must contain only A-Z a-z 0-9 . _ : / | and -. Use idempotency_key_for()."
            if 0 < len(key) <= MAX_LENGTH
            else f"idempotency_key must have 1 to {MAX_LENGTH} characters, not {len(key)}. Use idempotency_key_for().",
        )
    return key


def idempotency_key_for(*parts: str | int | UUID | Decimal | date) -> str:
    """Derive a valid idempotency key from the meaning of a call. Every process derives the same key.

    ``idempotency_key_for("rent", 2026, 11)`` returns one key for November's rent, however often the program restarts.
    Sequence forgets a key after 24 hours.

    - Position and kind distinguish parts: ``("a", "b")`` and ``("ab",)``, or ``1`` and ``"1"``, return different keys.
    - Equal numbers are one meaning: ``120``, ``Decimal("120")`` and ``Decimal("1.2E+2")`` return the same key.
    - Equal times are one meaning, in any time zone, to the microsecond.
    - Text is compared code point by code point, so the composed and decomposed forms of "é" (NFC and NFD) return
      different keys. Normalize text from outside first, with ``unicodedata.normalize("NFC", text)``.

    Args:
        parts: Text, integers, finite decimals, UUIDs, dates or aware datetimes; at least one.

    Raises:
        ArgumentError: There is no part, or a part is of another type. ``bool`` is not a number here.

    """
    if not parts:
        raise ArgumentError("idempotency_key_for needs at least one part. Pass values that identify the operation.")
    digest = sha256()
    for position, part in enumerate(parts):
        name, text = _canonical(position, part)
        encoded = text.encode("utf-8", "surrogatepass")
        digest.update(f"{name}:{len(encoded)}:".encode() + encoded)
    # 27 characters of base64 encode 160 bits, so collisions are practically impossible.
    return "sq-" + urlsafe_b64encode(digest.digest()[:20]).decode().rstrip("=").replace("_", ".")


def _canonical(position: int, part: object) -> tuple[str, str]:
    if isinstance(part, Enum):
        part = part.value
    if isinstance(part, bool) or not isinstance(part, _TYPES):
        raise ArgumentError(
            f"idempotency_key_for: part {position + 1} must not be a {type(part).__name__}. "
            "Pass str, int, UUID, Decimal, date or aware datetime, which are the same in every process.",
        )
    if isinstance(part, datetime):
        if part.tzinfo is None:
            raise ArgumentError(
                f"idempotency_key_for: part {position + 1} must be an aware datetime. Pass one with a time zone."
            )
        return "datetime", str((part - _EPOCH) // timedelta(microseconds=1))
    if isinstance(part, int | Decimal):
        return _number(position, Decimal(part))
    return next(kind.__name__ for kind in _TYPES if isinstance(part, kind)), str(part)


def _number(position: int, part: Decimal) -> tuple[str, str]:
    """Return the type and text that all equal numbers share, without rounding."""
    sign, digits, exponent = part.as_tuple()
    if not isinstance(exponent, int):
        raise ArgumentError(f"idempotency_key_for: part {position + 1} must be a finite number.")
    written = "".join(map(str, digits))
    text = written.rstrip("0").lstrip("0")
    if not text:
        return "int", "0"
    exponent += len(written) - len(written.rstrip("0"))
    minus = "-" if sign else ""
    if 0 <= exponent <= _MAX_ZEROS:
        return "int", f"{minus}{text}{'0' * exponent}"
    return "Decimal", f"{minus}{text}E{exponent}"
