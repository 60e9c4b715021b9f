"""Helpers to serve a sandbox from one thread and use it from others."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sequence_async.sandbox.world import World

T = TypeVar("T")
P = ParamSpec("P")


class HasWorld(Protocol):
    """An object with a world."""

    world: World


H = TypeVar("H", bound=HasWorld)


def up_to_date(method: Callable[Concatenate[H, P], T]) -> Callable[Concatenate[H, P], T]:
    """Decorate a method to hold the world's lock and to process everything that is due first."""

    @wraps(method)
    def run(self: H, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self.world.lock:
            self.world.catch_up()
            return method(self, *args, **kwargs)

    return run


class SharedDeque(deque[T]):
    """A deque that may be iterated while another thread appends to it."""

    def __iter__(self) -> Iterator[T]:
        return iter(list(super().__iter__()))


class LoopThread:
    """An event loop in its own thread."""

    def __init__(self, name: str) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_forever()
        finally:
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.close()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine in the loop and return its future."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def close(self) -> None:
        """Stop the loop and join its thread."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
