"""What every resource is: an object with methods that call operations."""

from __future__ import annotations

from sequence_async._transport.caller import Caller


class Resource:
    """A group of operations, as methods."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
