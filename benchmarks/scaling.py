"""Scaling: the cost per call with many concurrent calls, and with many clients on one session."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack, asynccontextmanager
from itertools import cycle

import aiohttp

from benchmarks.calls import lane
from benchmarks.contenders import OURS, RAW, Call, opened, ours, raw
from benchmarks.timing import Sample, rounds
from sequence_async import SequenceClient

WIDTHS = (1, 10, 100, 1000)
CLIENTS = (1, 10, 100)


def widths(origin: str, calls: int, count: int) -> dict[tuple[str, int], list[Sample]]:
    """Measure this client and raw aiohttp with each number of concurrent calls."""
    with ExitStack() as stack:
        places = {RAW: stack.enter_context(opened(raw, origin)), OURS: stack.enter_context(opened(ours, origin))}
        return rounds(
            {
                (name, width): lane(place, max(calls, 2 * width), width)
                for width in WIDTHS
                for name, place in places.items()
            },
            count,
        )


def clients(origin: str, calls: int, count: int) -> dict[int, list[Sample]]:
    """Measure each number of clients on one session, with 50 concurrent calls."""
    with ExitStack() as stack:
        return rounds(
            {number: lane(stack.enter_context(opened(_of(number), origin)), calls, 50) for number in CLIENTS},
            count,
        )


def _of(number: int) -> Callable[[str], AbstractAsyncContextManager[Call]]:
    @asynccontextmanager
    async def many(origin: str) -> AsyncIterator[Call]:
        async with aiohttp.ClientSession() as session, AsyncExitStack() as stack:
            reads = [
                (
                    await stack.enter_async_context(
                        SequenceClient(f"benchmark-{key}", base_url=f"{origin}/api/v1", session=session),
                    )
                ).accounts.get
                for key in range(number)
            ]
            turns = cycle(reads)

            async def get(account_id: str) -> object:
                return await next(turns)(account_id)

            yield get

    return many
