"""A hundred calls a minute: the server never has reason to refuse, and nobody waits longer than the limit asks."""

from __future__ import annotations

import asyncio
import gc
import random
import time
from typing import Any

import pytest
from platform_payloads import KEY, MOVE, Enforcing, account, client_of, data, now, transfer
from scripted_server import Request, ScriptedServer, Step, answer, error
from virtual_time import virtual_time

import sequence_async as sa


def anything(request: Request) -> Step:
    if request.method == "POST":
        return data(transfer("t", "COMPLETE"), 201)
    return data(transfer("t") if "/transfers/" in request.path else account(request.path.rsplit("/", 1)[-1]))


@virtual_time
async def test_160_calls_at_once_with_the_usual_limit() -> None:
    chance = random.Random(1)

    def slow(request: Request) -> Step:
        step = anything(request)
        step.delay = chance.random() * 0.3
        return step

    rules = Enforcing(slow)
    async with client_of(rules, rate_limit=sa.RateLimit(100, per=60.0), timeout=60.0) as (client, server):
        started = now()
        await asyncio.gather(*(client.accounts.get(f"a{number}") for number in range(160)))
        took = now() - started
    assert rules.refused == 0
    assert len(server.requests) == 160
    assert 36.0 <= took <= 37.0


async def test_the_same_in_real_time_at_a_smaller_scale() -> None:
    rules = Enforcing(anything, 20, 0.4)
    async with client_of(rules, rate_limit=sa.RateLimit(20, per=0.4)) as (client, server):
        started = time.monotonic()
        await asyncio.gather(*(client.accounts.get(f"a{number}") for number in range(32)))
        took = time.monotonic() - started
    assert rules.refused == 0
    assert len(server.requests) == 32
    assert 0.24 <= took <= 0.24 + 0.5


@virtual_time
async def test_clients_of_one_key_share_it_one_after_the_other_too() -> None:
    rules = Enforcing(anything, 10, 60.0)
    limit = sa.RateLimit(10, per=60.0)

    async def use(base_url: str) -> None:
        async with (
            sa.PlatformClient(KEY, base_url=base_url, rate_limit=limit, timeout=100.0) as one,
            sa.PlatformClient(KEY, base_url=base_url, rate_limit=limit, timeout=100.0) as other,
        ):
            await asyncio.gather(*(client.accounts.get("a") for client in (one, other) for _ in range(3)))

    async with ScriptedServer(rules) as server:
        for _ in range(4):
            await use(f"{server.origin}/platform/v1")
            gc.collect()
    assert rules.refused == 0
    assert len(server.requests) == 24


@virtual_time
async def test_a_write_overtakes_the_polls_that_wait() -> None:
    async with client_of(anything, rate_limit=sa.RateLimit(2, per=2.0)) as (client, server):
        polls = [asyncio.create_task(client.transfers.get("t")) for _ in range(12)]
        await asyncio.sleep(0.5)
        await client.transfers.create(**MOVE)
        methods = [request.method for request in server.requests]
        await asyncio.gather(*polls)
    assert methods.index("POST") <= 3


@virtual_time
async def test_a_wait_past_the_deadline_is_refused_at_once() -> None:
    async with client_of(anything, rate_limit=sa.RateLimit(2, per=120.0)) as (client, server):
        await asyncio.gather(client.accounts.get("a"), client.accounts.get("b"))
        started = now()
        for call in (client.accounts.get("c"), client.transfers.create(**MOVE)):
            with pytest.raises(sa.RateLimitedError) as caught:
                await call
            assert (caught.value.attempts, caught.value.in_doubt, caught.value.status) == (0, False, 429)
            assert caught.value.retry_after == pytest.approx(60.0, abs=0.1)
        assert now() == started
    assert len(server.requests) == 2


@virtual_time
async def test_when_somebody_else_uses_the_key_nobody_storms() -> None:
    """Another process took all of it: after one refusal, calls go out as the server's bucket fills."""
    rules = Enforcing(anything, 100, 60.0)
    async with client_of(rules, rate_limit=sa.RateLimit(100, per=60.0), timeout=120.0) as (client, server):
        rules.tokens, rules.updated = 0.0, now()
        await asyncio.gather(*(client.accounts.get(f"a{number}") for number in range(40)))
    assert rules.refused <= 40, "those that were under way when the first was refused"
    assert len(server.requests) <= 80


@virtual_time
async def test_a_refusal_holds_back_what_waits_and_writes_go_first_then() -> None:
    refused = error(429, "RATE_LIMIT_EXCEEDED", headers={"Retry-After": "5"})
    async with client_of(refused, anything, rate_limit=sa.RateLimit(10, per=10.0)) as (client, server):
        started = now()
        first = asyncio.create_task(client.accounts.get("a"))
        await asyncio.sleep(0.1)
        rest = [asyncio.create_task(client.accounts.get("b")) for _ in range(5)]
        write = asyncio.create_task(client.transfers.create(**MOVE))
        await write
        assert now() - started >= 5.0
        methods = [request.method for request in server.requests]
        await asyncio.gather(first, *rest)
    assert methods.index("POST") <= 2


@virtual_time
async def test_without_a_limit_of_ours_the_servers_word_counts() -> None:
    def refuse_once(request: Request) -> Step:
        nonlocal refusals
        refusals += 1
        return (
            answer(429, {"error": {"code": "RATE_LIMIT_EXCEEDED"}}, {"Retry-After": "2"})
            if refusals == 1
            else anything(request)
        )

    refusals = 0
    async with client_of(refuse_once) as (client, _):
        started = now()
        await client.accounts.get("a")
        assert 2.0 <= now() - started < 3.0


@virtual_time
async def test_cancelling_those_who_wait_leaves_nothing_behind() -> None:
    async with client_of(anything, rate_limit=sa.RateLimit(1, per=10.0)) as (client, server):
        await client.accounts.get("a")
        waiting = [asyncio.create_task(client.accounts.get("b")) for _ in range(2)]
        await asyncio.sleep(1.0)
        for task in waiting:
            task.cancel()
        outcomes: list[Any] = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
        started = now()
        await client.accounts.get("c")
        assert now() - started == pytest.approx(9.0, abs=0.1)
    assert len(server.requests) == 2
