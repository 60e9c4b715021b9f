"""Idempotency keys: each replays its first response for 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sequence_async.sandbox.clock import DAY_MS
from sequence_async.sandbox.errors import ApiError, ErrorReason


@dataclass(slots=True, eq=False)
class IdempotencyRecord:
    """The first request with an idempotency key and its response."""

    fingerprint: bytes
    expires_ms: int
    response: Any = None
    """The response to replay; ``None`` while the first request is in progress."""


class IdempotencyStore:
    """The idempotency keys of the last 24 hours."""

    __slots__ = ("_records",)

    def __init__(self) -> None:
        self._records: dict[tuple[str, str], IdempotencyRecord] = {}

    def __len__(self) -> int:
        return len(self._records)

    def look_up(
        self, owner: str, key: str, fingerprint: bytes, now_ms: int, running: ErrorReason
    ) -> IdempotencyRecord | None:
        """Return the record of a key, or ``None`` if the key is new.

        Raises :class:`ApiError` if the key was used with a different request, or if its first request is in progress.
        """
        self._forget(now_ms)
        record = self._records.get((owner, key))
        if record is None:
            return None
        if record.fingerprint != fingerprint:
            raise ApiError(ErrorReason.KEY_MISMATCH)
        if record.response is None:
            raise ApiError(running)
        return record

    def begin(self, owner: str, key: str, fingerprint: bytes, now_ms: int) -> None:
        """Mark a key as in progress."""
        self._records[owner, key] = IdempotencyRecord(fingerprint, now_ms + DAY_MS)

    def finish(self, owner: str, key: str, response: Any) -> None:
        """Store the response of a key. ``None`` removes the key, because nothing was executed."""
        if response is None:
            self._records.pop((owner, key), None)
        elif (record := self._records.get((owner, key))) is not None:
            record.response = response

    def _forget(self, now_ms: int) -> None:
        # All records have the same lifetime, so they expire in the order of insertion.
        old = takewhile(lambda item: item[1].expires_ms <= now_ms, self._records.items())
        for key in [key for key, _ in old]:
            del self._records[key]
