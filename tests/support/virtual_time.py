"""An event loop whose clock jumps: when nothing is left to do, it is at once the time of the next timer.

Sockets are real, so that a client and a server in the same loop talk over loopback as ever, while a retry pause of eight
seconds, a deadline of thirty or a watch over a day takes no time. Decorate an ``async`` test with ``@virtual_time``; inside,
``asyncio.get_running_loop().time()`` and ``asyncio.sleep`` run on the virtual clock. When the test ends, a task that is
still there fails it.
"""

from __future__ import annotations

import asyncio
import functools
import selectors
from collections.abc import Callable, Coroutine
from typing import Any

_GRACE = 0.0005  # real seconds for bytes on loopback to arrive before the clock jumps


class _Selector(selectors.DefaultSelector):
    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            return super().select(None)
        ready = super().select(0)
        if ready or timeout <= 0:
            return ready
        ready = super().select(_GRACE)
        if not ready:
            self.loop.virtual_now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A selector loop on a virtual clock that starts at 1000 s."""

    def __init__(self) -> None:
        selector = _Selector()
        selector.loop = self
        self.virtual_now = 1000.0
        super().__init__(selector)

    def time(self) -> float:
        return self.virtual_now


def run_virtually(main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run a coroutine function on a fresh virtual clock."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(_checked(main))


async def _checked(main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    result = await main()
    for _ in range(5):
        await asyncio.sleep(0)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    assert not left, f"tasks left behind: {left}"
    return result


def virtual_time(test: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Any]:
    """Run an async test on a virtual clock."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> Any:
        return run_virtually(lambda: test(*args, **kwargs))

    return run
