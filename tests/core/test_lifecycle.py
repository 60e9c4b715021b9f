"""How a client begins and ends: sessions, loops, closing, garbage collection, cancellation."""

from __future__ import annotations

import asyncio
import gc
import warnings
from typing import Any

import aiohttp
import pytest
from scripted_server import ScriptedServer, answer, data, error, hang
from v1_payloads import account
from virtual_time import run_virtually, virtual_time

import sequence_async as sa


@virtual_time
async def test_a_closed_client_says_so_and_closing_twice_is_fine() -> None:
    async with ScriptedServer(data(account())) as server:
        client = sa.SequenceClient("sk_test", base_url=server.url)
        await client.accounts.get("acc_1")
        await client.close()
        await client.close()
        with pytest.raises(sa.UsageError, match="closed"):
            await client.accounts.get("acc_1")
        with pytest.raises(sa.UsageError, match="closed"):
            await client.with_options(timeout=1).accounts.get("acc_1")
        assert "closed" in repr(client)


@virtual_time
async def test_a_client_that_never_called_can_be_closed() -> None:
    await sa.SequenceClient("sk_test").close()


@virtual_time
async def test_closing_in_the_middle_of_a_call_ends_the_call() -> None:
    async with ScriptedServer(hang()) as server:
        client = sa.SequenceClient("sk_test", base_url=server.url)
        call = asyncio.create_task(client.accounts.get("acc_1"))
        while not server.requests:
            await asyncio.sleep(0)
        await client.close()
        with pytest.raises(sa.SequenceError) as caught:
            await call
        assert isinstance(caught.value, sa.UsageError | sa.ConnectionFailedError)


def test_a_second_event_loop_is_refused() -> None:
    made: list[Any] = []

    async def first() -> None:
        async with ScriptedServer(data(account())) as server:
            client = sa.SequenceClient("sk_test", base_url=server.url)
            await client.accounts.get("acc_1")
            made.append(client)
            await client._caller.shared.session.get().close()

    async def second() -> None:
        with pytest.raises(sa.UsageError, match="another event loop"):
            await made[0].accounts.get("acc_1")

    run_virtually(first)
    run_virtually(second)


def test_a_client_may_be_made_before_there_is_a_loop() -> None:
    client = sa.SequenceClient("sk_test")

    async def use() -> None:
        async with client:
            pass

    run_virtually(use)


def _forget_a_client(*, close_loop_first: bool) -> list[warnings.WarningMessage]:
    async def use() -> None:
        async with ScriptedServer(data(account())) as server:
            client = sa.SequenceClient("sk_test", base_url=server.url)
            await client.accounts.get("acc_1")
            if close_loop_first:
                kept.append(client)

    kept: list[Any] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        asyncio.run(use())
        kept.clear()
        gc.collect()
    return caught


@pytest.mark.parametrize("close_loop_first", [False, True])
def test_a_forgotten_client_warns_once_and_raises_nothing(close_loop_first: bool) -> None:
    caught = _forget_a_client(close_loop_first=close_loop_first)
    ours = [warning for warning in caught if "never closed" in str(warning.message)]
    assert len(ours) == 1
    assert ours[0].category is ResourceWarning
    others = [str(warning.message) for warning in caught if warning not in ours]
    assert not [text for text in others if "Unclosed" in text or "never awaited" in text], others


@virtual_time
async def test_a_closed_client_is_forgotten_in_silence() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        async with ScriptedServer(data(account())) as server, sa.SequenceClient("k", base_url=server.url) as client:
            await client.accounts.get("acc_1")
        del client
        gc.collect()


@virtual_time
async def test_a_borrowed_session_is_used_as_it_is_and_left_open() -> None:
    async with ScriptedServer(data(account()), error(404)) as server:
        # As unhelpful as a session can be: it raises for a status, and limits every request to next to nothing.
        async with aiohttp.ClientSession(
            raise_for_status=True,
            timeout=aiohttp.ClientTimeout(total=1e-6),
            headers={"Authorization": "Bearer another-user", "X-Theirs": "1"},
            auto_decompress=False,
        ) as session:
            async with sa.SequenceClient("sk_test", base_url=server.url, session=session) as client:
                assert (await client.accounts.get("acc_1")).id == "acc_1"
                with pytest.raises(sa.NotFoundError):
                    await client.accounts.get("acc_1")
            assert not session.closed
            assert dict(session.headers) == {"Authorization": "Bearer another-user", "X-Theirs": "1"}
    assert server.requests[0].headers["authorization"] == "ApiKey sk_test"
    assert server.requests[0].headers["x-theirs"] == "1"


@virtual_time
async def test_a_borrowed_session_that_is_closed_is_named() -> None:
    session = aiohttp.ClientSession()
    await session.close()
    async with sa.SequenceClient("sk_test", session=session) as client:
        with pytest.raises(sa.UsageError, match="session"):
            await client.accounts.get("acc_1")


@virtual_time
async def test_views_share_the_connections() -> None:
    async with ScriptedServer(data(account())) as server, sa.SequenceClient("k", base_url=server.url) as client:
        for number in range(50):
            await client.with_options(timeout=5 + number).accounts.get("acc_1")
    assert server.connections == 1


@virtual_time
async def test_cancelling_leaves_nothing_behind() -> None:
    async with ScriptedServer(hang()) as server, sa.SequenceClient("k", base_url=server.url) as client:
        calls = [asyncio.create_task(client.accounts.get("acc_1")) for _ in range(20)]
        while len(server.requests) < 20:
            await asyncio.sleep(0.001)
        for call in calls:
            call.cancel()
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert all(isinstance(result, asyncio.CancelledError) for result in results)
        connector = client._caller.shared.session.get().connector
        assert connector is not None
        assert not connector._acquired  # type: ignore[attr-defined]


@virtual_time
async def test_a_timeout_of_the_callers_own_passes_through() -> None:
    async with ScriptedServer(hang()) as server, sa.SequenceClient("k", base_url=server.url) as client:
        with pytest.raises(TimeoutError) as caught:
            async with asyncio.timeout(0.5):
                await client.accounts.get("acc_1")
        assert not isinstance(caught.value, sa.SequenceError)


@virtual_time
async def test_cancelling_during_a_pause_passes_through() -> None:
    async with ScriptedServer(answer(503, headers={"Retry-After": "20"})) as server:
        async with sa.SequenceClient("k", base_url=server.url) as client:
            call = asyncio.create_task(client.accounts.get("acc_1"))
            await asyncio.sleep(5)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
    assert len(server.requests) == 1
