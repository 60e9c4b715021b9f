"""The whole way round: a rule is triggered, the sandbox asks the handler how much over HTTP, and the money moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from sequence_async import (
    AmountHandler,
    AmountRequest,
    BadRequestError,
    RateLimitedError,
    RemoteClient,
    UnauthorizedError,
)
from sequence_async.amounts import no_transfer
from sequence_async.sandbox import Sandbox
from sequence_async.sandbox.faults import Drop

SECRET = "shared-secret-40d1"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed=4, frozen=True) as sandbox:
        yield sandbox


def remote(sandbox: Sandbox, **options: Any) -> RemoteClient:
    return RemoteClient(
        **{
            "access_token": sandbox.access_token,
            "rule_secrets": sandbox.rule_secrets,
            "base_url": sandbox.remote_url,
            **options,
        }
    )


async def cents(client: RemoteClient) -> dict[str, int | None]:
    return {one.name or "": one.balance_in_cents for one in (await client.balances.snapshot()).balances.values()}


def asking(sandbox: Sandbox, url: str, **more: Any) -> str:
    """Write a rule that moves what a server says from operating to taxes; give its id."""
    action = {"type": "query_remote_api", "source": "Main Operating", "destination": "Taxes", "url": url}
    trigger = {"type": "MANUAL", "account_id": "Main Operating"}
    steps = [{"conditions": None, "actions": [action]}]
    rule = sandbox.add_rule({"nickname": "Ask", "trigger": trigger, "steps": steps, "remote": True, **more})
    return rule.id


async def run(sandbox: Sandbox, client: RemoteClient, rule_id: str, **options: Any) -> None:
    """Trigger a rule, and let everything happen that follows."""
    await client.rules.trigger(rule_id, **options)
    sandbox.clock.advance(60)
    await sandbox.idle()
    sandbox.clock.advance(60)


@pytest.mark.parametrize("prefix", ["", "/remote-api"])
async def test_a_rule_asks_the_handler_and_moves_what_it_says(sandbox: Sandbox, prefix: str) -> None:
    amount_queries: list[AmountRequest] = []

    async def compute(request: AmountRequest) -> int:
        amount_queries.append(request)
        return 12_345

    handler = AmountHandler(compute, shared_secret=SECRET, maximum_cents=100_000)
    async with TestServer(handler.aiohttp_app("/how-much")) as server:
        url = str(server.make_url(f"/how-much?pod=Taxes&secret={SECRET}"))
        rule_id = asking(sandbox, url)
        async with remote(sandbox, trigger_prefix=prefix) as client:
            before = await cents(client)
            await run(sandbox, client, rule_id)
            after = await cents(client)
    assert [request.query.getall("pod") for request in amount_queries] == [["Taxes"]]
    assert SECRET not in str(dict(amount_queries[0].query))
    assert (before["Taxes"] or 0) + 12_345 == after["Taxes"]
    assert (before["Main Operating"] or 0) - 12_345 == after["Main Operating"]
    assert sandbox.amount_queries[-1].amount_in_cents == 12_345


async def compute_wrongly(request: AmountRequest) -> Any:
    return {"float": 12.5, "negative": -1, "none": None, "much": 10**9}[request.query["how"]]


@pytest.mark.parametrize("how", ["float", "negative", "none", "much"])
async def test_a_wrong_amount_moves_nothing(sandbox: Sandbox, how: str) -> None:
    handler = AmountHandler(compute_wrongly, maximum_cents=10**6)
    async with TestServer(handler.aiohttp_app()) as server, remote(sandbox) as client:
        rule_id = asking(sandbox, str(server.make_url(f"/?how={how}")))
        before = await cents(client)
        await run(sandbox, client, rule_id, secret=sandbox.rule_secret(rule_id))
        assert await cents(client) == before
    assert (sandbox.amount_queries[-1].amount_in_cents, sandbox.amount_queries[-1].problem) == (None, "status 500")
    assert sandbox.rules[rule_id].executions[-1].error_message is not None


async def test_a_wrong_secret_moves_nothing_and_a_policy_moves_nothing_on_purpose(sandbox: Sandbox) -> None:
    async with remote(sandbox) as client:
        before = await cents(client)
        for handler, amount, problem in [
            (AmountHandler(compute_wrongly, shared_secret=SECRET), None, "status 401"),
            (AmountHandler(compute_wrongly, on_error=no_transfer), 0, None),
        ]:
            async with TestServer(handler.aiohttp_app()) as server:
                rule_id = asking(sandbox, str(server.make_url("/?how=none&secret=wrong")))
                await run(sandbox, client, rule_id, secret=sandbox.rule_secret(rule_id))
            assert (sandbox.amount_queries[-1].amount_in_cents, sandbox.amount_queries[-1].problem) == (amount, problem)
        assert await cents(client) == before


async def test_a_handler_that_is_not_there_moves_nothing(sandbox: Sandbox) -> None:
    rule_id = asking(sandbox, "http://127.0.0.1:9/")
    async with remote(sandbox, rule_secrets=sandbox.rule_secrets) as client:
        before = await cents(client)
        await run(sandbox, client, rule_id)
        assert await cents(client) == before
    assert sandbox.amount_queries[-1].amount_in_cents is None


async def test_a_trigger_whose_answer_is_lost_moves_the_money_once(sandbox: Sandbox) -> None:
    async def compute(request: AmountRequest) -> int:
        return 700

    async with TestServer(AmountHandler(compute).aiohttp_app()) as server:
        rule_id = asking(sandbox, str(server.make_url("/")))
        async with remote(sandbox) as client:
            before = await cents(client)
            sandbox.fail_next("remote.triggerRule", fault=Drop(after_effect=True))
            await run(sandbox, client, rule_id)
            after = await cents(client)
    assert (before["Taxes"] or 0) + 700 == after["Taxes"]
    assert len(sandbox.rules[rule_id].executions) == 1


async def test_a_rule_in_test_mode_says_so_and_moves_nothing(sandbox: Sandbox) -> None:
    rule_id = asking(sandbox, "http://127.0.0.1:9/", test_mode=True)
    async with remote(sandbox) as client:
        before = await cents(client)
        done = await client.rules.trigger(rule_id)
        assert done.test_mode
        assert done.request_id
        sandbox.clock.advance(60)
        await sandbox.idle()
        assert await cents(client) == before
    assert not sandbox.amount_queries


async def test_the_sandbox_refuses_as_documented(sandbox: Sandbox) -> None:
    rule_id = next(iter(sandbox.rule_secrets))
    async with remote(sandbox, access_token="at_wrong", max_attempts=1) as client:
        with pytest.raises(UnauthorizedError) as unauthorized:
            await client.accounts.list()
        assert unauthorized.value.code == "INVALID_ACCESS_TOKEN"
        with pytest.raises(UnauthorizedError) as unauthorized:
            await client.rules.trigger(rule_id, secret="wrong")
        assert unauthorized.value.code == "INVALID_API_SECRET"
        with pytest.raises(BadRequestError) as bad:
            await client.rules.trigger("ru_nowhere", secret="wrong")
        assert bad.value.code == "INVALID_REQUEST"
        with pytest.raises(RateLimitedError) as limited:
            await asyncio.gather(*(client.rules.trigger(rule_id) for _ in range(100)))
        assert limited.value.code == "TOO_MANY_REQUESTS"
        assert limited.value.retry_after
        assert rule_id in limited.value.message
        assert not limited.value.in_doubt


async def test_both_surfaces_of_the_sandbox_agree_to_the_cent(sandbox: Sandbox) -> None:
    async with remote(sandbox) as client:
        snapshot = await client.balances.snapshot()
    for account in sandbox.accounts.values():
        balance = snapshot.balances[account.remote_id]
        assert (balance.name, balance.balance_in_cents, balance.error) == (
            account.name,
            account.balance_in_cents,
            account.error,
        )
