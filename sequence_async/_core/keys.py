"""Idempotency keys: what is legal, a fresh one, and one that follows from what the caller means."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from uuid import UUID

from sequence_async.errors import ArgumentError

MAX_LENGTH = 36
_LEGAL = re.compile(r"[A-Za-z0-9._:/|-]{1,36}")
_TYPES: tuple[type, ...] = (str, int, UUID, Decimal, date)


def check_key(key: object) -> str:
    """Return a legal key as it is. Raise :class:`ArgumentError` for any other."""
    if not isinstance(key, str):
        raise ArgumentError(f"idempotency_key must be a str, not {type(key).__name__}.")
    if not _LEGAL.fullmatch(key):
        what = f"{len(key)} characters" if len(key) > MAX_LENGTH else "empty" if not key else "an illegal character"
        raise ArgumentError(
            f"idempotency_key takes 1 to {MAX_LENGTH} characters of A-Z a-z 0-9 . _ : / | - ; this one has {what}."
            if key
            else f"idempotency_key is empty; it takes 1 to {MAX_LENGTH} characters.",
        )
    return key


def idempotency_key_for(*parts: str | int | UUID | Decimal | date) -> str:
    """Derive a legal key from what the caller means, the same one in any process.

    ``idempotency_key_for("rent", 2026, 11)`` gives one key for November's rent, however often the program restarts.
    Type and position tell parts apart: ``("a", "b")`` and ``("ab",)``, or ``1`` and ``"1"``, give different keys.
    Remember that Sequence forgets a key after 24 hours.

    Raises:
        ArgumentError: no part, or one that is not text, an integer, a UUID, a ``Decimal``, a date or an aware datetime.

    """
    if not parts:
        raise ArgumentError("idempotency_key_for needs at least one part: what makes this operation the same one?")
    digest = sha256()
    for position, part in enumerate(parts):
        name, text = _canonical(position, part)
        encoded = text.encode("utf-8", "surrogatepass")
        digest.update(f"{name}:{len(encoded)}:".encode() + encoded)
    # 27 characters of base64 hold 160 bits: no two intents will meet.
    return "sq-" + urlsafe_b64encode(digest.digest()[:20]).decode().rstrip("=").replace("_", ".")


def _canonical(position: int, part: object) -> tuple[str, str]:
    if isinstance(part, Enum):
        part = part.value
    if isinstance(part, bool) or not isinstance(part, _TYPES):
        raise ArgumentError(
            f"idempotency_key_for: part {position + 1} is a {type(part).__name__}. "
            "Give text, integers, UUIDs, Decimals, dates or aware datetimes: they read the same in every process.",
        )
    if isinstance(part, datetime):
        if part.tzinfo is None:
            raise ArgumentError(f"idempotency_key_for: part {position + 1} is a datetime without a time zone.")
        return "datetime", str(part.timestamp())
    return next(kind.__name__ for kind in _TYPES if isinstance(part, kind)), str(part)
