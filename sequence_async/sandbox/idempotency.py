"""Idempotency keys: the response that each brings back for 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sequence_async.sandbox.clock import DAY_MS
from sequence_async.sandbox.errors import ApiError, ErrorReason


@dataclass(slots=True, eq=False)
class IdempotencyRecord:
    """What became of the first request with an idempotency key."""

    fingerprint: bytes
    expires_ms: int
    answer: Any = None
    """The answer to give again; ``None`` while the first request is still running."""


class IdempotencyStore:
    """Idempotency keys of the last 24 hours."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], IdempotencyRecord] = {}

    def __len__(self) -> int:
        return len(self._known)

    def look_up(
        self, owner: str, key: str, fingerprint: bytes, now_ms: int, running: ErrorReason
    ) -> IdempotencyRecord | None:
        """Give what is remembered for a key, ``None`` when it is new.

        Raises :class:`ApiError` when the key came with something else before, or when that is still running.
        """
        self._forget(now_ms)
        known = self._known.get((owner, key))
        if known is None:
            return None
        if known.fingerprint != fingerprint:
            raise ApiError(ErrorReason.KEY_MISMATCH)
        if known.answer is None:
            raise ApiError(running)
        return known

    def begin(self, owner: str, key: str, fingerprint: bytes, now_ms: int) -> None:
        """Note that the first request with a key is running."""
        self._known[owner, key] = IdempotencyRecord(fingerprint, now_ms + DAY_MS)

    def finish(self, owner: str, key: str, answer: Any) -> None:
        """Remember the answer; ``None`` forgets the key, since nothing was done."""
        if answer is None:
            self._known.pop((owner, key), None)
        elif (known := self._known.get((owner, key))) is not None:
            known.answer = answer

    def _forget(self, now_ms: int) -> None:
        # The order of entry is the order of expiry, for all of them are kept equally long.
        old = takewhile(lambda item: item[1].expires_ms <= now_ms, self._known.items())
        for key in [key for key, _ in old]:
            del self._known[key]
