"""What all resources of all clients are: an engine with methods."""

from __future__ import annotations

from sequence_async._transport.engine import Engine


class Resource:
    """A group of operations, as methods."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
