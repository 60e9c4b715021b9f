"""Faults on demand, one by one, as a plain HTTP client meets them; and what has happened to the money each time."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from sandbox_http import wires

from sequence_async.sandbox import Sandbox, faults

JSON = "application/json"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed="faults", platform_rate_limit=None) as sandbox:
        yield sandbox


def body(sandbox: Sandbox) -> dict[str, object]:
    return {
        "source_account_id": sandbox.account("Main Operating").id,
        "destination_account_id": sandbox.account("Taxes").id,
        "amount_in_cents": 500,
    }


async def meet(sandbox: Sandbox, key: str = "key") -> Any:
    async with wires(sandbox, timeout=0.25) as apis:
        return await apis["v1"]("POST", "/transfers", body(sandbox), Idempotency_Key=key)


async def effects_after_repeating(sandbox: Sandbox, key: str = "key") -> int:
    """Repeat with the same key until the first request is over."""
    while (reply := await meet(sandbox, key)).status == 409:
        await asyncio.sleep(0.01)
    assert reply.status == 201
    return len(sandbox.effects(key))


@pytest.mark.parametrize("after_effect", [False, True])
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (faults.Status, (503, JSON, b'{"error":{"code":"UNEXPECTED_ERROR","message":"Something went wrong."}}')),
        (faults.Html, (502, "text/html", faults.HTML)),
        (faults.Garbage, (200, JSON, faults.GARBAGE)),
        (faults.RateLimited, (429, JSON, b'{"error":{"code":"RATE_LIMIT_EXCEEDED","message":"Too many requests."}}')),
        (faults.InProgress, (409, JSON, None)),
        (faults.Redirect, (307, "application/octet-stream", b"")),
    ],
)
async def test_another_answer(
    sandbox: Sandbox, fault: Any, expected: tuple[int, str, bytes | None], after_effect: bool
) -> None:
    status, content_type, content = expected
    more = {"status": status} if fault is faults.Status else {}
    sandbox.fail_next("createTransfer", 1, fault(after_effect=after_effect, **more))
    reply = await meet(sandbox)
    assert (reply.status, reply.headers.get("Content-Type", "application/octet-stream").split(";")[0]) == (
        status,
        content_type,
    )
    assert content in (None, reply.body)
    assert len(sandbox.effects("key")) == after_effect
    assert await effects_after_repeating(sandbox) == 1


@pytest.mark.parametrize("after_effect", [False, True])
@pytest.mark.parametrize("reset", [False, True])
async def test_a_dropped_connection(sandbox: Sandbox, after_effect: bool, reset: bool) -> None:
    sandbox.fail_next("createTransfer", 1, faults.Drop(after_effect=after_effect, reset=reset))
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await meet(sandbox)
    assert len(sandbox.effects("key")) == after_effect
    assert sandbox.requests[-1].status is None
    assert await effects_after_repeating(sandbox) == 1


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_stall_ends_when_the_caller_leaves(sandbox: Sandbox, after_effect: bool) -> None:
    sandbox.fail_next("createTransfer", 1, faults.Stall(after_effect=after_effect))
    with pytest.raises(TimeoutError):
        await meet(sandbox)
    assert len(sandbox.effects("key")) == after_effect
    assert await effects_after_repeating(sandbox) == 1


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_delay_takes_effect_although_the_caller_has_left(sandbox: Sandbox, after_effect: bool) -> None:
    sandbox.fail_next("createTransfer", 1, faults.Delay(seconds=0.4, after_effect=after_effect))
    with pytest.raises(TimeoutError):
        await meet(sandbox)
    assert len(sandbox.effects("key")) == after_effect
    await asyncio.sleep(0.25)
    assert len(sandbox.effects("key")) == 1
    assert await effects_after_repeating(sandbox) == 1


async def test_a_truncated_body(sandbox: Sandbox) -> None:
    sandbox.fail_next("createTransfer", 1, faults.Truncate(keep=0.3))
    with pytest.raises(aiohttp.ClientPayloadError):
        await meet(sandbox)
    assert await effects_after_repeating(sandbox) == 1


async def test_a_body_that_drips(sandbox: Sandbox) -> None:
    sandbox.fail_next("createTransfer", 1, faults.Drip(seconds=0.1, pieces=10))
    assert (await meet(sandbox)).status == 201
    sandbox.fail_next("createTransfer", 1, faults.Drip(seconds=5))
    with pytest.raises(TimeoutError):
        await meet(sandbox, "other")
    assert await effects_after_repeating(sandbox, "other") == 1


async def test_the_wrong_content_type(sandbox: Sandbox) -> None:
    sandbox.fail_next("createTransfer", 1, faults.WrongContentType())
    reply = await meet(sandbox)
    assert (reply.status, reply.headers["Content-Type"]) == (201, "text/html; charset=utf-8")
    assert reply.body.startswith(b'{"request_id"')


async def test_a_body_without_an_end(sandbox: Sandbox) -> None:
    sandbox.fail_next("listAccounts", 2, faults.Endless(chunk=1_000, at_most=50_000))
    async with wires(sandbox) as apis:
        assert len((await apis["platform"]("GET", "/accounts")).body) > 50_000
    sandbox.faults.clear()
    sandbox.fail_next("listAccounts", 1, faults.Endless())
    async with aiohttp.ClientSession(headers={"Authorization": f"ApiKey {sandbox.api_key}"}) as session:
        async with session.get(f"{sandbox.v1_url}/accounts") as response:
            assert len(await response.content.readexactly(1_000_000)) == 1_000_000
            response.close()
    async with wires(sandbox) as apis:
        assert (await apis["v1"]("GET", "/accounts")).status == 200
    assert sandbox.errors == []


async def test_a_gzip_bomb(sandbox: Sandbox) -> None:
    sandbox.fail_next("listAccounts", 1, faults.GzipBomb(unpacked=3_000_000))
    headers = {"Authorization": f"ApiKey {sandbox.api_key}"}
    async with aiohttp.ClientSession(headers=headers, auto_decompress=False) as session:
        async with session.get(f"{sandbox.v1_url}/accounts") as response:
            packed = await response.read()
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(packed) < 10_000
    assert len(gzip.decompress(packed)) > 3_000_000


async def test_a_flood_of_headers(sandbox: Sandbox) -> None:
    sandbox.fail_next("createTransfer", 1, faults.HeaderFlood(count=20))
    reply = await meet(sandbox)
    assert sum(name.startswith("X-Flood") for name in reply.headers) == 20
    assert reply.status == 201


async def test_a_status_with_a_body_of_ones_own(sandbox: Sandbox) -> None:
    fault = faults.Status(status=418, body="tea", content_type="text/plain", headers=(("X-Pot", "short"),))
    sandbox.fail_next("createTransfer", 1, fault)
    reply = await meet(sandbox)
    assert (reply.status, reply.body, reply.headers["X-Pot"]) == (418, b"tea", "short")


@pytest.mark.parametrize(("retry_after", "header"), [(7, "7"), ("Wed, 21 Oct 2015 07:28:00 GMT",) * 2, (None, None)])
async def test_a_429_with_any_retry_after(sandbox: Sandbox, retry_after: Any, header: str | None) -> None:
    sandbox.fail_next("createTransfer", 1, faults.RateLimited(retry_after=retry_after))
    assert (await meet(sandbox)).headers.get("Retry-After") == header


# Which calls a fault hits


async def statuses(sandbox: Sandbox, *calls: str) -> list[int]:
    async with wires(sandbox) as apis:
        found = []
        for call in calls:
            api, method, path = call.split()
            found.append((await apis[api](method, path)).status)
        return found


@pytest.mark.parametrize(
    ("route", "hit"),
    [
        ("listAccounts", [True, True, False]),
        ("v1.listAccounts", [True, False, False]),
        ("platform.*", [False, True, False]),
        ("*", [True, True, True]),
        ("GET /api/v1/*", [True, False, True]),
        ("POST /api/v1/*", [False, False, False]),
        ("/*/accounts", [True, True, False]),
    ],
)
async def test_routes(sandbox: Sandbox, route: str, hit: list[bool]) -> None:
    order = sandbox.fail_next(route, 100, faults.Status(status=503))
    found = await statuses(sandbox, "v1 GET /accounts", "platform GET /accounts", "v1 GET /rules")
    assert [status == 503 for status in found] == hit
    assert order.hits == sum(hit)


async def test_numbers_and_order(sandbox: Sandbox) -> None:
    sandbox.fail_next("listRules", 2, faults.Status(status=501), skip=1)
    sandbox.fail_next("listRules", 1, faults.Status(status=502))
    order = sandbox.fail_next("listRules", 50, faults.Status(status=503))
    found = await statuses(sandbox, *["v1 GET /rules"] * 5)
    assert found == [502, 501, 501, 503, 503]
    order.cancel()
    assert await statuses(sandbox, "v1 GET /rules") == [200]


async def test_a_part_of_all_calls_chosen_by_a_seed() -> None:
    found = []
    for _ in range(2):
        async with Sandbox() as sandbox:
            sandbox.fail_randomly(0.3, "listRules", faults.Status(status=503), seed=5)
            found.append(await statuses(sandbox, *["v1 GET /rules"] * 50))
    assert found[0] == found[1]
    assert 5 < found[0].count(503) < 25


@pytest.mark.parametrize("route", ["createTransfers", "v2.listAccounts", "get"])
async def test_an_operation_that_does_not_exist(sandbox: Sandbox, route: str) -> None:
    with pytest.raises(ValueError, match="must be an operation ID"):
        sandbox.fail_next(route)


@pytest.mark.parametrize("how", [{"n": 0}, {"skip": -1}])
async def test_numbers_that_make_no_sense(sandbox: Sandbox, how: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least"):
        sandbox.fail_next("*", **how)


async def test_latency(sandbox: Sandbox) -> None:
    sandbox.latency = 0.05
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert (await meet(sandbox)).status == 201
    assert 0.05 <= loop.time() - began < 0.25


async def test_the_log_shows_what_arrived_and_no_credential(sandbox: Sandbox) -> None:
    sandbox.fail_next("createTransfer", 1, faults.Status(status=503))
    await meet(sandbox)
    await statuses(sandbox, "v1 GET /accounts?type=pod", "v1 GET /nothing")
    first, second, third = sandbox.requests
    assert (first.api, first.method, first.path, first.operation) == (
        "v1",
        "POST",
        "/api/v1/transfers",
        "createTransfer",
    )
    assert (first.status, first.idempotency_key, first.fault) == (503, "key", faults.Status(status=503))
    assert first.headers["content-type"] == JSON
    assert len(first.body_sha256) == 64
    assert (second.query, second.status, second.key_name) == ("type=pod", 200, "sandbox")
    assert (third.operation, third.status) == (None, 404)
    assert not any(sandbox.api_key in repr(one) + repr(one.headers) for one in sandbox.requests)
