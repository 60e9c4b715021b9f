"""The IDs that the API returned recently, and may not find yet."""

from __future__ import annotations

from typing import Any, Final

from sequence_async.operations._runtime import Operation

GRACE_SECONDS: Final = 15.0
"""Seconds during which a 404 is ignored for an ID that the API has just returned."""

_KEPT: Final = 1000


class RecentIds:
    """Stores the newest 1,000 IDs, each with the loop's time at which it was returned."""

    def __init__(self) -> None:
        self._given: dict[str, float] = {}

    def note(self, operation: Operation[Any], data: object, now: float) -> None:
        """Store the IDs of the resources that a call created."""
        for name in operation.creates:
            given = getattr(data, name, None)
            if isinstance(given, str):
                self.add(given, now)

    def add(self, key: str, now: float) -> None:
        """Store an ID that was returned at this time."""
        self._given[key] = now
        if len(self._given) > _KEPT:
            del self._given[next(iter(self._given))]

    def forgiven_until(self, key: str) -> float:
        """Return until when a 404 for this ID is ignored, in the loop's time; 0 for an unknown ID."""
        given = self._given.get(key)
        return 0.0 if given is None else given + GRACE_SECONDS
