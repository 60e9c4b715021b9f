"""The balances of 2,000 accounts: one snapshot on a slow network, and a watch at full speed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack

from benchmarks import payloads
from benchmarks.contenders import OURS, RAW, Call, opened, our_balances, raw
from benchmarks.timing import Sample, in_flight, rounds, timed_in
from sequence_async import BalanceUpdate
from sequence_async.balances import Balances

CONCURRENCY = 64

IDS = [payloads.account_id(number) for number in range(payloads.ACCOUNTS)]


def snapshot(origin: str, count: int) -> dict[str, list[Sample]]:
    """Measure a snapshot with 20 ms per response, compared with raw calls under a semaphore."""
    with ExitStack() as stack:
        by_hand = stack.enter_context(opened(raw, f"{origin}/slow"))
        ours = stack.enter_context(opened(our_balances, f"{origin}/slow"))
        return rounds(
            {
                RAW: lambda: timed_in(by_hand.runner, lambda: _semaphore_loop(by_hand.value), len(IDS)),
                OURS: lambda: timed_in(ours.runner, lambda: _snapshot(ours.value), len(IDS)),
            },
            count,
        )


async def _semaphore_loop(call: Call) -> None:
    found: dict[str, object] = {}
    slots = asyncio.Semaphore(CONCURRENCY)

    async def read(account_id: str) -> None:
        async with slots:
            found[account_id] = await call(account_id)

    await asyncio.gather(*[read(account_id) for account_id in IDS])
    assert len(found) == len(IDS)


async def _snapshot(balances: Balances) -> None:
    found = await balances.snapshot(IDS, concurrency=CONCURRENCY)
    assert len(found.balances) == len(IDS)


def watch(origin: str, count: int) -> dict[str, list[Sample]]:
    """Measure a watch, per reading, in which every balance changes in every round."""
    with ExitStack() as stack:
        by_hand = stack.enter_context(opened(raw, origin))
        ours = stack.enter_context(opened(our_balances, origin))
        # One watch continues through all rounds, as in a service.
        updates = ours.runner.run(_started(ours.value))
        try:
            return rounds(
                {
                    RAW: lambda: timed_in(
                        by_hand.runner,
                        lambda: in_flight(by_hand.value, IDS, CONCURRENCY),
                        len(IDS),
                    ),
                    OURS: lambda: timed_in(ours.runner, lambda: _take(updates), len(IDS)),
                },
                count,
            )
        finally:
            ours.runner.run(updates.aclose())


async def _started(balances: Balances) -> AsyncGenerator[BalanceUpdate, None]:
    return balances.watch(IDS, interval=0.001, concurrency=CONCURRENCY)


async def _take(updates: AsyncGenerator[BalanceUpdate, None]) -> None:
    for _ in IDS:
        await anext(updates)
