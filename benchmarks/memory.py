"""The memory of 10,000 accounts, and the memory growth of a long watch.

Each figure comes from its own process: ``python -m benchmarks.memory models`` prints bytes.
"""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime
from typing import Any

import aiohttp
import orjson

from benchmarks import payloads
from sequence_async import SequenceClient
from sequence_async._core import codec
from sequence_async.models import v1

ACCOUNTS = 10_000
WATCHED = 100
WARM_UP_ROUNDS = 20
"""Rounds until all connections and caches exist."""


class _Balance:
    __slots__ = (
        "available_balance_in_cents",
        "balance_in_cents",
        "balance_last_updated_at",
        "error",
        "interest_rate_percentage",
        "last_statement_balance_in_cents",
        "last_statement_date",
        "next_payment_due_date",
        "next_payment_minimum_in_cents",
        "original_loan_amount_in_cents",
    )


class _Account:
    __slots__ = tuple(payloads.POD)


def _by_hand(text: bytes) -> _Account:
    raw = orjson.loads(text)["data"]
    account, balance = _Account(), _Balance()
    for name in _Account.__slots__:
        setattr(account, name, raw.get(name))
    for name in _Balance.__slots__:
        setattr(balance, name, raw["balance"].get(name))
    for holder, name in ((account, "created_at"), (account, "updated_at"), (balance, "balance_last_updated_at")):
        setattr(holder, name, datetime.fromisoformat(getattr(holder, name)))
    account.type = v1.AccountType(raw["type"])  # type: ignore[attr-defined]
    account.balance = balance  # type: ignore[attr-defined]
    return account


def _as_models(text: bytes) -> Any:
    return codec.decode("v1", v1.Account, codec.from_bytes(text)["data"])


def _weight(read: Callable[[bytes], object]) -> int:
    texts = [payloads.envelope(payloads.account(number)) for number in range(ACCOUNTS)]
    read(texts[0])
    tracemalloc.start()
    before = _traced_bytes()
    accounts = [read(text) for text in texts]
    weight = _traced_bytes() - before
    assert len(accounts) == ACCOUNTS
    return weight


def _traced_bytes() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def _growth(origin: str, rounds: int) -> float:
    """Return the growth of a watch in bytes per reading, over ``rounds``."""
    ids = [payloads.account_id(number) for number in range(WATCHED)]
    tracemalloc.start()
    _own_traced_bytes()  # the first call compiles and caches its patterns
    async with (
        SequenceClient("benchmark", base_url=f"{origin}/api/v1") as client,
        aclosing(client.balances.watch(ids, interval=0.001)) as updates,
    ):
        for _ in range(WARM_UP_ROUNDS * WATCHED):
            await anext(updates)
        before = _own_traced_bytes()
        for _ in range(rounds * WATCHED):
            await anext(updates)
        return (_own_traced_bytes() - before) / (rounds * WATCHED)


def _own_traced_bytes() -> int:
    """Return the traced bytes without the cancelled timers, which the event loop drops in batches."""
    gc.collect()
    timers = (asyncio.events.__file__, asyncio.base_events.__file__, aiohttp.helpers.__file__, tracemalloc.__file__)
    found = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(False, name) for name in timers])  # noqa: FBT003
    return sum(trace.size for trace in found.traces)


def models() -> float:
    """Return the bytes of the accounts as models."""
    return _in_a_process("models")


def by_hand() -> float:
    """Return the bytes of the same accounts in hand-written slotted classes."""
    return _in_a_process("by-hand")


def growth(origin: str, rounds: int) -> float:
    """Return the growth of a watch in bytes per reading, over ``rounds``, from its own process."""
    return _in_a_process("growth", origin, str(rounds))


def _in_a_process(*arguments: str) -> float:
    command = [sys.executable, "-m", "benchmarks.memory", *arguments]
    return float(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)  # noqa: S603 - a trusted module


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["models"]:
            print(_weight(_as_models))
        case ["by-hand"]:
            print(_weight(_by_hand))
        case ["growth", origin, rounds]:
            print(asyncio.run(_growth(origin, int(rounds))))
        case _:
            sys.exit(__doc__)
