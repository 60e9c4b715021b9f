"""PlatformClient and the sandbox, together: whole stories over a real connection."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import sequence_async as sa
from sequence_async.models import platform
from sequence_async.sandbox import Sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed=5) as one:
        yield one


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[sa.PlatformClient]:
    async with sa.PlatformClient(sandbox.api_key, base_url=sandbox.platform_url) as one:
        yield one


async def pods(client: sa.PlatformClient) -> list[platform.Account]:
    """All pods, the richest first."""
    found = [await client.accounts.get(pod.id) async for pod in client.accounts.list(type="POD")]
    return sorted(found, key=lambda pod: -cents(pod))


def cents(account: platform.Account) -> int:
    assert account.balance is not None
    assert account.balance.balance_in_cents is not None
    return account.balance.balance_in_cents


async def test_everything_that_can_be_read_is_what_is_documented(client: sa.PlatformClient) -> None:
    accounts = await client.accounts.list(page_size=100).collect()
    ids = [account.id for account in accounts]
    for account in accounts:
        assert (await client.accounts.get(account.id)).name == account.name
    transfers = await client.transfers.list(ids, page_size=100).collect()
    assert len({transfer.id for transfer in transfers}) == len(transfers) > 10
    rules = await client.rules.list(page_size=100).collect()
    for rule in rules:
        if rule.is_supported:
            assert (await client.rules.get(rule.id)).steps
        async for run in client.rules.executions(rule.id, execution_mode="ALL"):
            assert (await client.rules.execution(rule.id, run.id)).id == run.id
            break
    external = [account.id for account in accounts if account.type == "EXTERNAL_ACCOUNT"]
    assert await client.external_transactions.list(external).collect(5)
    assert await client.audit_logs.list(action=platform.AuditLogAction.LIST_RULES).collect(5)


async def test_money_moves_once_and_is_followed_to_its_end(sandbox: Sandbox, client: sa.PlatformClient) -> None:
    rich, poor = (found := await pods(client))[0], found[-1]
    before = cents(rich)
    made = await client.transfers.create(
        source_account_id=rich.id, destination_account_id=poor.id, amount_in_cents=150, idempotency_key="once"
    )
    again = await client.transfers.create(
        source_account_id=rich.id, destination_account_id=poor.id, amount_in_cents=150, idempotency_key="once"
    )
    assert again.id == made.id
    sandbox.clock.advance(timedelta(hours=2))
    assert (await client.transfers.wait(made.id)).status == platform.TransferStatus.COMPLETE
    assert before - cents(await client.accounts.get(rich.id)) == 150
    assert len(sandbox.effects("once")) == 1
    with pytest.raises(sa.IdempotencyKeyReusedError):
        await client.transfers.create(
            source_account_id=rich.id, destination_account_id=poor.id, amount_in_cents=151, idempotency_key="once"
        )


async def test_what_was_just_made_is_in_the_list_whatever_this_computers_clock_says(
    sandbox: Sandbox, client: sa.PlatformClient
) -> None:
    rich, poor = (found := await pods(client))[0], found[-1]
    sandbox.clock.advance(timedelta(days=30))
    made = await client.transfers.create(source_account_id=rich.id, destination_account_id=poor.id, amount_in_cents=100)
    listed = await client.accounts.transfers(rich.id, page_size=2).collect(7)
    assert listed[0].id == made.id
    assert len(listed) == 7


async def test_a_dry_run_moves_nothing(sandbox: Sandbox) -> None:
    async with sa.PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, simulation=True) as client:
        rich, poor = (found := await pods(client))[0], found[-1]
        total = sandbox.ledger.total_in_cents()
        made = await client.transfers.create(
            source_account_id=rich.id, destination_account_id=poor.id, amount_in_cents=100
        )
        sandbox.clock.advance(timedelta(days=3))
        assert made.execution_mode == platform.ExecutionMode.SIMULATION
        assert cents(await client.accounts.get(rich.id)) == cents(rich)
        listed = client.accounts.transfers(rich.id)
        assert made.id not in [transfer.id async for transfer in listed]
        simulated = client.accounts.transfers(rich.id, execution_mode="SIMULATION")
        assert made.id in [transfer.id async for transfer in simulated]
        assert sandbox.ledger.total_in_cents() == total


async def test_a_rule_is_run_and_offers_what_it_moved(client: sa.PlatformClient) -> None:
    async for rule in client.rules.list():
        if rule.status != platform.RuleStatus.ENABLED:
            continue
        run = await client.rules.run(rule.id, execute_amount=20_000, simulation=True, timeout=5.0)
        if run.transfer_ids:
            break
    else:
        pytest.fail("no rule moved anything")
    transfers = await client.rules.transfers(run)
    assert [transfer.id for transfer in transfers] == list(run.transfer_ids)
    assert all(transfer.execution_mode == "SIMULATION" for transfer in transfers)


async def test_a_snapshot_agrees_with_the_books(sandbox: Sandbox, client: sa.PlatformClient) -> None:
    snapshot = await client.balances.snapshot()
    assert not snapshot.errors
    pod_total = sum(cents(pod) for pod in await pods(client))
    assert pod_total == sum(account.cents for account in sandbox.accounts.values() if account.type == "POD")
    assert snapshot.total_in_cents >= pod_total


async def test_movements_of_each_account_are_in_order(client: sa.PlatformClient) -> None:
    count = 0
    async for account in client.accounts.list(page_size=100):
        movements = [movement async for movement in client.accounts.movements(account.id)]
        moments = [movement.occurred_at for movement in movements]
        assert moments == sorted(moments, reverse=True)
        assert len({(movement.kind, movement.id) for movement in movements}) == len(movements)
        count += len(movements)
    assert count > 20


async def test_a_list_that_grows_while_it_is_read_gives_what_there_was(
    sandbox: Sandbox, client: sa.PlatformClient
) -> None:
    account = max(sandbox.accounts.values(), key=lambda one: one.cents if one.type == "POD" else 0)
    pager = client.accounts.transfers(account.id, page_size=5)
    there = {transfer.id async for transfer in pager}
    seen: list[str] = []
    async for page in pager.pages():
        seen += [transfer.id for transfer in page.items]
        sandbox.deposit(account.id, 100)
    assert len(seen) == len(set(seen))
    assert set(seen) == there
    assert len(there) > 10


async def test_one_key_opens_one_api(sandbox: Sandbox) -> None:
    key = sandbox.create_key(apis=["platform"])
    async with sa.SequenceClient(key, base_url=sandbox.v1_url) as client:
        with pytest.raises(sa.UnauthorizedError, match="PlatformClient"):
            await client.accounts.list()


async def test_the_sandbox_enforces_the_limit_and_never_has_to() -> None:
    async with Sandbox(seed=5, platform_rate_limit=(30, 0.5)) as sandbox:
        limit = sa.RateLimit(30, per=0.5)
        async with sa.PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, rate_limit=limit) as client:
            started = time.monotonic()
            await asyncio.gather(*(client.rules.list() for _ in range(60)))
            took = time.monotonic() - started
        assert [request.status for request in sandbox.requests] == [200] * 60
        assert 0.5 <= took <= 1.5


async def test_without_the_limit_the_same_is_refused() -> None:
    async with Sandbox(seed=5, platform_rate_limit=(30, 60.0)) as sandbox:
        url = sandbox.platform_url
        async with sa.PlatformClient(sandbox.api_key, base_url=url, rate_limit=None, max_attempts=1) as client:
            outcomes: list[Any] = await asyncio.gather(
                *(client.rules.list() for _ in range(40)), return_exceptions=True
            )
        refused = [outcome for outcome in outcomes if isinstance(outcome, sa.RateLimitedError)]
        assert len(refused) == 10
        assert all(outcome.retry_after for outcome in refused)


async def test_writing_rules_is_unlocked_by_name(sandbox: Sandbox) -> None:
    unlocked = {"preview": {"createRule", "updateRule", "deleteRule"}}
    async with sa.PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, **unlocked) as client:
        source, target = (await pods(client))[:2]
        nodes = (platform.AccountNode(id=pod.id, type=pod.type) for pod in (source, target))
        action = platform.FixedAction(
            source=next(nodes),
            destination=next(nodes),
            group_index=0,
            up_to_enabled=False,
            is_direct_deposit=False,
            limit=None,
            ach_description=None,
            amount_in_cents=500,
        )
        draft = platform.RuleDraft(
            name="Save",
            trigger=platform.ManualTrigger(account_id=source.id),
            steps=[platform.RuleStep(conditions=None, actions=[action])],
        )
        rule = await client.rules.create(draft)
        assert rule.status == platform.RuleStatus.DISABLED
        with pytest.raises(sa.ForbiddenError) as caught:
            await client.rules.trigger(rule.id)
        assert caught.value.code == "RULE_DEACTIVATED"
        sandbox.enable_rule(rule.id)
        run = await client.rules.run(rule.id, timeout=10.0)
        assert run.succeeded
        assert [transfer.amount_in_cents for transfer in await client.rules.transfers(run)] == [500]
        await client.rules.delete(rule.id)
        with pytest.raises(sa.NotFoundError):
            await client.rules.get(rule.id)


async def test_a_window_at_the_edge_is_taken_by_a_strict_server(client: sa.PlatformClient) -> None:
    edge = datetime.now(UTC) - timedelta(days=90)
    await client.audit_logs.list(created_from=edge).collect()
    external = [account.id async for account in client.accounts.list(type="EXTERNAL_ACCOUNT")]
    await client.external_transactions.list(external, created_from=edge, created_to=datetime.now(UTC)).collect()
