"""The IDs that a client was given lately: the API may not find them yet."""

from __future__ import annotations

from typing import Any, Final

from sequence_async.operations._runtime import Operation

GRACE_SECONDS: Final = 15.0
"""For how long a 404 is forgiven for an ID that the API has just returned."""

_KEPT: Final = 1000


class RecentIds:
    """Remembers the newest thousand IDs, each with the loop's time at which it was given."""

    def __init__(self) -> None:
        self._given: dict[str, float] = {}

    def note(self, operation: Operation[Any], data: object, now: float) -> None:
        """Note the IDs of what a call has created."""
        for name in operation.creates:
            given = getattr(data, name, None)
            if isinstance(given, str):
                self.add(given, now)

    def add(self, key: str, now: float) -> None:
        """Note that this ID was given at this time."""
        self._given[key] = now
        if len(self._given) > _KEPT:
            del self._given[next(iter(self._given))]

    def forgiven_until(self, key: str) -> float:
        """Return until when a 404 for this ID says nothing, in the loop's time; 0 for an ID from elsewhere."""
        given = self._given.get(key)
        return 0.0 if given is None else given + GRACE_SECONDS
