"""The sandbox as a whole: the same seed gives the same world, a restart keeps it, and its own defects come to light."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from sandbox_http import wires

from sequence_async import PlatformClient, RemoteClient, SequenceClient
from sequence_async.sandbox import Sandbox, Settings
from sequence_async.sandbox.state import SettingOptions


async def everything(sandbox: Sandbox) -> list[Any]:
    async with wires(sandbox) as apis:
        v1, platform, remote = apis["v1"], apis["platform"], apis["remote"]
        found = [(await v1("GET", path)).data for path in ("/accounts", "/rules")]
        found += [
            {**(await v1("GET", f"/accounts/{one}")).data, "balance": None, "linked_account": None}
            for one in list(sandbox.accounts)[:5]
        ]
        found += [
            (await v1("GET", f"/transfers?account_id={one}&first=100")).data for one in list(sandbox.accounts)[:5]
        ]
        bank = next(one.id for one in sandbox.accounts.values() if one.external_type == "DEPOSITORY")
        found.append((await platform("GET", f"/external-transactions?accountIds[]={bank}&pageSize=100")).data)
        found.append((await remote("POST", "/accounts", {})).data)
        return [*found, sandbox.api_key, sandbox.access_token, dict(sandbox.rule_secrets)]


async def test_the_same_seed_gives_the_same_world() -> None:
    worlds = []
    for seed in (1, 1, 2):
        async with Sandbox(seed=seed) as sandbox:
            worlds.append(await everything(sandbox))
    assert worlds[0] == worlds[1]
    assert worlds[0] != worlds[2]


async def test_the_same_calls_give_the_same_ids() -> None:
    made = []
    for _ in range(2):
        async with Sandbox(seed="x") as sandbox, wires(sandbox) as apis:
            body = {
                "source_account_id": sandbox.account("Taxes").id,
                "destination_account_id": sandbox.account("Groceries").id,
                "amount_in_cents": 500,
            }
            made.append([(await apis["v1"]("POST", "/transfers", body)).data["id"] for _ in range(3)])
    assert made[0] == made[1]


def test_history_lies_in_the_past_and_dates_can_be_fixed() -> None:
    start = datetime(2026, 5, 17, 8, 30, tzinfo=UTC)
    fixed = [Sandbox(start=start, frozen=True) for _ in range(2)]
    assert fixed[0].clock.now() == start
    created = [[one.created_at for one in sandbox.transfers.values()] for sandbox in fixed]
    assert created[0] == created[1]
    assert max(created[0]) < start
    today = Sandbox()
    assert abs(today.clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert max(one.created_at for one in today.transfers.values()) < today.clock.now()


@pytest.mark.parametrize("accounts", [0, 1, 5, 300])
async def test_as_many_accounts_as_are_asked_for(accounts: int) -> None:
    async with Sandbox(accounts=accounts) as sandbox, wires(sandbox) as apis:
        listed = (await apis["v1"]("GET", "/accounts")).data
        assert len(listed) == len({one["id"] for one in listed}) == accounts
        assert len({one.remote_id for one in sandbox.accounts.values()}) == accounts
        assert sandbox.ledger.total_in_cents() == 0


async def test_a_restart_keeps_the_port_the_state_and_the_keys() -> None:
    async with Sandbox() as sandbox, wires(sandbox) as apis:
        url = sandbox.url
        body = {
            "source_account_id": sandbox.account("Taxes").id,
            "destination_account_id": sandbox.account("Groceries").id,
            "amount_in_cents": 500,
        }
        before = await apis["v1"]("POST", "/transfers", body, Idempotency_Key="k")
        await sandbox.stop()
        with pytest.raises(aiohttp.ClientConnectorError):
            await apis["v1"]("GET", "/rules")
        await sandbox.start()
        assert sandbox.url == url
        assert (await apis["v1"]("POST", "/transfers", body, Idempotency_Key="k")).body == before.body
        assert len(sandbox.effects("k")) == 1


async def test_a_stop_cuts_what_is_under_way() -> None:
    async with Sandbox(latency=5) as sandbox, wires(sandbox) as apis:
        waiting = asyncio.create_task(apis["v1"]("GET", "/rules"))
        await asyncio.sleep(0.05)
        began = time.monotonic()
        await sandbox.stop()
        with pytest.raises(aiohttp.ClientError):
            await waiting
        assert time.monotonic() - began < 1


async def test_what_falls_due_happens_without_requests() -> None:
    async with Sandbox(internal_seconds=0.05) as sandbox:
        transfer = sandbox.world.transfers.create(sandbox.account("Taxes"), sandbox.account("Groceries"), 500)
        await sandbox.idle()
        await asyncio.sleep(0.15)
        assert transfer.status == "COMPLETE"


async def test_a_frozen_clock_stands_still() -> None:
    async with Sandbox(frozen=True) as sandbox:
        now = sandbox.clock.now()
        await asyncio.sleep(0.01)
        assert sandbox.clock.now() == now
        assert sandbox.clock.advance(timedelta(hours=1)) == now + timedelta(hours=1)
        with pytest.raises(ValueError, match="cannot go back"):
            sandbox.clock.advance(-1)


async def test_balances_drift_when_asked_to() -> None:
    async with Sandbox(drift=True, frozen=True) as sandbox:
        before = [one.cents for one in sandbox.accounts.values()]
        sandbox.clock.advance(5)
        after = [one.cents for one in sandbox.accounts.values()]
        assert sum(old != new for old, new in zip(before, after, strict=True)) >= 3
        assert sandbox.ledger.total_in_cents() == 0
        began = time.monotonic()
        sandbox.clock.advance(timedelta(days=30))
        assert time.monotonic() - began < 1


async def break_it(sandbox: Sandbox) -> int:
    sandbox.account("Taxes").beneficiary = object()  # type: ignore[assignment]  # what nobody can write as JSON
    async with wires(sandbox) as apis:
        reply = await apis["v1"]("GET", f"/accounts/{sandbox.account('Taxes').id}")
    assert reply.code == "UNEXPECTED_ERROR"
    assert reply.headers["X-Request-ID"]
    assert b"Traceback" not in reply.body
    return reply.status


async def test_a_defect_is_a_500_and_fails_the_test_that_runs_it() -> None:
    with pytest.RaisesGroup(TypeError):
        async with Sandbox() as sandbox:
            assert await break_it(sandbox) == 500
            assert len(sandbox.errors) == 1


async def break_it_and_fail() -> None:
    async with Sandbox() as sandbox:
        await break_it(sandbox)
        raise LookupError("mine")


async def test_a_defect_never_hides_what_the_test_itself_says() -> None:
    with pytest.raises(LookupError, match="mine"):
        await break_it_and_fail()


async def test_a_defect_that_is_expected_can_be_cleared() -> None:
    async with Sandbox() as sandbox:
        await break_it(sandbox)
        sandbox.errors.clear()


async def test_what_is_printed_at_the_start() -> None:
    async with Sandbox() as sandbox:
        text = sandbox.describe()
    for needed in (
        sandbox.v1_url,
        sandbox.platform_url,
        sandbox.api_key,
        sandbox.access_token,
        "curl ",
        *sandbox.rule_secrets.values(),
    ):
        assert needed in text
    assert f":{sandbox.port}/api/v1" in text


async def test_a_sandbox_starts_quickly() -> None:
    took = []
    for _ in range(5):
        began = time.perf_counter()
        async with Sandbox():
            took.append(time.perf_counter() - began)
    assert min(took) < 0.15


def test_every_setting_is_an_argument_of_the_sandbox() -> None:
    assert set(SettingOptions.__annotations__) == {field.name for field in dataclasses.fields(Settings)}
    assert Sandbox(internal_seconds=7).world.settings == Settings(internal_seconds=7)
    with pytest.raises(TypeError, match="no_such"):
        Sandbox(no_such=1)  # type: ignore[call-arg]  # that is the point


@pytest.mark.parametrize(
    "arguments",
    [
        {"accounts": -1},
        {"history": -1},
        {"latency": -0.1},
        {"port": 70_000},
        {"start": datetime(2026, 1, 1)},  # noqa: DTZ001 - that is the point
        {"rate_limit": (0, 1.0)},
        {"scenario": "any.yaml", "accounts": 3},
    ],
)
def test_arguments_that_make_no_sense(arguments: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Sandbox(**arguments)


async def test_old_deposits_have_set_off_old_runs() -> None:
    async with Sandbox() as sandbox, wires(sandbox) as apis:
        rule = next(one for one in sandbox.rules.values() if one.executions)
        runs = (await apis["v1"]("GET", f"/rule-executions?rule_id={rule.id}")).data
        run = (await apis["v1"]("GET", f"/rule-executions/{runs[0]['id']}")).data
        assert (run["status"], run["transfers_completed"], run["trigger_type"]) == (
            "executed",
            2,
            "on_funds_transferred",
        )
        saved = (await apis["v1"]("GET", f"/transfers/{run['transfer_ids'][0]}")).data
        assert saved["amount_in_cents"] == run["trigger_details"]["amount_in_cents"] // 5
        assert saved["rule_execution_id"] == run["id"]


async def test_levers_can_be_pulled_from_another_thread() -> None:
    async with Sandbox(internal_seconds=0.05) as sandbox:
        deposited = await asyncio.to_thread(sandbox.deposit, "Main Payroll", 60_000)
        assert deposited.status == "COMPLETE"
        rule = next(one for one in sandbox.rules.values() if one.executions)
        await asyncio.sleep(0.4)
        assert rule.executions[-1].status == "EXECUTED"


@pytest.mark.parametrize("amount", [0, -5, 1.5, True])
def test_a_deposit_is_a_positive_number_of_cents(amount: Any) -> None:
    sandbox = Sandbox()
    before = len(sandbox.transfers)
    with pytest.raises(ValueError, match="must be a positive integer"):
        sandbox.deposit("Taxes", amount)
    assert len(sandbox.transfers) == before


async def test_the_three_clients_work_against_it() -> None:
    async with Sandbox() as sandbox:
        key, secrets = sandbox.api_key, sandbox.rule_secrets
        async with (
            SequenceClient(api_key=key, base_url=sandbox.v1_url) as v1,
            PlatformClient(api_key=key, base_url=sandbox.platform_url) as platform,
            RemoteClient(
                access_token=sandbox.access_token, rule_secrets=secrets, base_url=sandbox.remote_url
            ) as remote,
        ):
            rule_id = next(iter(secrets))
            await remote.rules.trigger(rule_id)
            sandbox.clock.advance(5)
            runs = await v1.rule_executions.list(rule_id)
            assert [one.status for one in runs.items] == ["executed"]
            assert len((await remote.accounts.list()).accounts) == len(await platform.accounts.list().collect())


@pytest.mark.sequence_sandbox(seed=9, accounts=3)
async def test_the_marker_passes_arguments_on(sequence_sandbox: Sandbox) -> None:
    assert (sequence_sandbox.seed, len(sequence_sandbox.accounts)) == (9, 3)
