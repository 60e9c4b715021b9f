"""The sandbox in synchronous code: ``with Sandbox()``, from any thread, with one ID for one thing."""

from __future__ import annotations

import asyncio
import threading
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pytest

from sequence_async import PlatformClient, RemoteClient, SequenceClient
from sequence_async.sandbox import Sandbox, faults

ADDRESSES = ("url", "v1_url", "platform_url", "remote_url", "port")


def get(sandbox: Sandbox, path: str) -> Any:
    """Ask a sandbox without an event loop."""
    request = urllib.request.Request(
        f"{sandbox.platform_url}{path}", headers={"Authorization": f"Bearer {sandbox.api_key}"}
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        return orjson.loads(response.read())["data"]


def test_with_sandbox_serves_synchronous_code() -> None:
    with Sandbox() as sandbox:
        found = get(sandbox, f"/accounts/{sandbox.account('Taxes').id}")
        assert found["name"] == "Taxes"
        url = sandbox.platform_url
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(url, timeout=5)
    assert not [thread for thread in threading.enumerate() if "sandbox" in thread.name]


async def test_with_sandbox_serves_asynchronous_code() -> None:
    with Sandbox() as sandbox:
        async with PlatformClient(sandbox.api_key, base_url=sandbox.platform_url) as client:
            assert (await client.accounts.get(sandbox.account("Taxes").id)).name == "Taxes"


async def test_a_served_sandbox_stops_and_starts_from_another_loop() -> None:
    with Sandbox() as sandbox:
        url = sandbox.url
        await sandbox.stop()
        with pytest.raises(ConnectionError):
            await asyncio.open_connection("127.0.0.1", sandbox.port)
        await sandbox.start()
        assert sandbox.url == url
        await sandbox.idle()
        assert await asyncio.to_thread(get, sandbox, "/rules")


def test_with_sandbox_raises_what_failed_inside() -> None:
    with pytest.RaisesGroup(TypeError):
        with Sandbox() as sandbox:
            sandbox.account("Taxes").beneficiary = object()  # type: ignore[assignment]  # nothing writes it as JSON
            with pytest.raises(OSError, match="500"):
                get(sandbox, f"/accounts/{sandbox.account('Taxes').id}")


def fail_inside_and_outside() -> None:
    with Sandbox() as sandbox:
        sandbox.errors.append(ValueError("inside"))
        raise LookupError("mine")


def test_a_failing_test_is_not_hidden_by_what_failed_inside() -> None:
    with pytest.raises(LookupError, match="mine"):
        fail_inside_and_outside()


def test_a_port_that_is_taken_leaves_no_thread() -> None:
    with Sandbox() as sandbox:
        with pytest.raises(OSError, match="in use"):
            Sandbox(port=sandbox.port).__enter__()
        running = [thread for thread in threading.enumerate() if "sandbox" in thread.name]
        assert len(running) == 1


def test_a_sandbox_that_runs_cannot_be_entered_again() -> None:
    with Sandbox() as sandbox, pytest.raises(RuntimeError, match="already running"):
        sandbox.__enter__()


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_before_the_start_raises(address: str) -> None:
    with pytest.raises(RuntimeError, match="before it starts"):
        getattr(Sandbox(port=4010), address)


def test_an_address_after_the_end_stays() -> None:
    with Sandbox() as sandbox:
        url = sandbox.url
    assert sandbox.url == url


def transfer(sandbox: Sandbox) -> str:
    return sandbox.world.transfers.create(sandbox.account("Main Operating"), sandbox.account("Taxes"), 100).id


def card(sandbox: Sandbox) -> str:
    return next(one.id for one in sandbox.world.cards.values() if one.status == "ACTIVE")


CONTROLS: dict[str, Callable[[Sandbox], object]] = {
    "accounts": lambda sandbox: sandbox.accounts,
    "transfers": lambda sandbox: sandbox.transfers,
    "rules": lambda sandbox: sandbox.rules,
    "executions": lambda sandbox: sandbox.executions,
    "ledger": lambda sandbox: sandbox.ledger,
    "account": lambda sandbox: sandbox.account("Taxes"),
    "rule": lambda sandbox: sandbox.rule("Move to savings"),
    "effects": lambda sandbox: sandbox.effects("key"),
    "deposit": lambda sandbox: sandbox.deposit("Main Payroll", 100),
    "cancel": lambda sandbox: sandbox.cancel(transfer(sandbox)),
    "settle": lambda sandbox: sandbox.settle(transfer(sandbox)),
    "fail": lambda sandbox: sandbox.fail(transfer(sandbox)),
    "approve": lambda sandbox: sandbox.approve(pending(sandbox)),
    "enable_rule": lambda sandbox: sandbox.enable_rule("Move to savings"),
    "disable_rule": lambda sandbox: sandbox.disable_rule("Move to savings"),
    "refresh": lambda sandbox: sandbox.refresh(),
    "spend": lambda sandbox: sandbox.spend(card(sandbox), 100),
    "refund": lambda sandbox: sandbox.refund(card(sandbox), 100),
    "rule_secret": lambda sandbox: sandbox.rule_secret("Refill the agent"),
    "rule_secrets": lambda sandbox: sandbox.rule_secrets,
    "create_key": lambda sandbox: sandbox.create_key(["READ_ACCOUNTS"]),
    "add_key": lambda sandbox: sandbox.add_key({"scopes": ["READ_ACCOUNTS"]}),
    "add_account": lambda sandbox: sandbox.add_account({"name": sandbox.create_key(), "type": "pod"}),
    "add_rule": lambda sandbox: sandbox.add_rule(RULE),
    "revoke_key": lambda sandbox: sandbox.revoke_key(sandbox.create_key()),
    "details": lambda sandbox: sandbox.details(),
    "describe": lambda sandbox: sandbox.describe(),
    "fail_next": lambda sandbox: sandbox.fail_next("getCard", fault=faults.Status(status=500)),
    "fail_randomly": lambda sandbox: sandbox.fail_randomly(0.5, "getCard"),
    "clock": lambda sandbox: sandbox.clock.advance(1),
}
RULE = {
    "nickname": "Some",
    "trigger": {"type": "MANUAL", "account_id": "Main Operating"},
    "steps": [
        {
            "conditions": None,
            "actions": [
                {"type": "fixed_amount", "amount_in_cents": 100, "source": "Main Operating", "destination": "Groceries"}
            ],
        }
    ],
}
# They read or set one attribute, or act in the server's own loop.
SIMPLE = {
    "start",
    "stop",
    "idle",
    "errors",
    "requests",
    "amount_queries",
    "faults",
    "latency",
    "api_key",
    "access_token",
}


def pending(sandbox: Sandbox) -> str:
    source = next(one for one in sandbox.accounts.values() if one.needs_approval)
    made = sandbox.world.transfers.create(source, sandbox.account("Taxes"), 100)
    assert made.status == "PENDING_APPROVAL"
    return made.id


def test_every_method_of_a_sandbox_is_tried_from_other_threads() -> None:
    public = {name for name in dir(Sandbox) if not name.startswith("_")}
    assert public == {*CONTROLS, *SIMPLE, *ADDRESSES}


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_holds_the_lock_of_the_world(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox(seed=1) as sandbox:
        world, catch_up, caught_up = sandbox.world, sandbox.world.catch_up, []

        def is_free() -> bool:
            taken = world.lock.acquire(blocking=False)
            if taken:
                world.lock.release()
            return taken

        def checked() -> None:
            # If another thread cannot take the lock, this one has it.
            with ThreadPoolExecutor(1) as other:
                caught_up.append(not other.submit(is_free).result())
            catch_up()

        monkeypatch.setattr(world, "catch_up", checked)
        CONTROLS[name](sandbox)
        assert caught_up
        assert all(caught_up)


def test_controls_and_requests_in_many_threads_keep_the_books() -> None:
    with Sandbox(seed=1, platform_rate_limit=None, internal_seconds=0.0) as sandbox:
        taxes = sandbox.account("Taxes").id

        def control(_: int) -> None:
            sandbox.deposit("Main Payroll", 100)
            sandbox.clock.advance(1)
            assert list(sandbox.transfers.values())
            assert all(one.path for one in sandbox.requests)

        def ask(_: int) -> None:
            assert get(sandbox, f"/accounts/{taxes}/transfers")

        began = sandbox.clock.now()
        deposits = len(sandbox.transfers)
        with ThreadPoolExecutor(8) as pool:
            done = [pool.submit(work, number) for number in range(100) for work in (control, ask)]
            for one in done:
                one.result()
        assert (sandbox.clock.now() - began).total_seconds() >= 100
        assert sum(one.origin == "DIRECT_DEPOSIT" for one in list(sandbox.transfers.values())[deposits:]) == 100
        assert sandbox.ledger.total_in_cents() == 0


# IDs


async def test_the_id_of_a_thing_is_the_one_the_platform_lists() -> None:
    with Sandbox() as sandbox:
        async with PlatformClient(sandbox.api_key, base_url=sandbox.platform_url) as client:
            accounts = {one.name: one.id async for one in client.accounts.list()}
            rules = {one.name: one.id async for one in client.rules.list()}
            made = await client.transfers.create(
                source_account_id=accounts["Main Operating"],
                destination_account_id=accounts["Taxes"],
                amount_in_cents=100,
                idempotency_key="k",
            )
        assert accounts == {one.name: one.id for one in sandbox.accounts.values()}
        assert rules == {one.name: one.id for one in sandbox.rules.values()}
        assert list(accounts.values()) == list(sandbox.accounts)
        assert sandbox.effects("k") == (made.id,)
        assert sandbox.transfers[made.id].id == made.id


async def test_each_api_knows_a_thing_by_its_own_id() -> None:
    with Sandbox() as sandbox:
        taxes, rule = sandbox.account("Taxes"), sandbox.rule("Refill the agent")
        async with (
            PlatformClient(sandbox.api_key, base_url=sandbox.platform_url) as platform,
            SequenceClient(sandbox.api_key, base_url=sandbox.v1_url) as v1,
            RemoteClient(
                sandbox.access_token, rule_secrets=sandbox.rule_secrets, base_url=sandbox.remote_url
            ) as remote,
        ):
            assert (await platform.accounts.get(taxes.platform_id)).id == taxes.id == taxes.platform_id
            assert (await v1.accounts.get(taxes.v1_id)).id == taxes.v1_id
            assert taxes.v1_id.startswith("acc_")
            assert (await remote.balances.snapshot([taxes.remote_id])).balances[taxes.remote_id].name == "Taxes"
            assert (await platform.rules.get(rule.platform_id)).id == rule.id
            assert (await v1.rules.get(rule.v1_id)).id == rule.v1_id
            assert (await remote.rules.trigger(rule.remote_id)).request_id
        for text in (taxes.id, taxes.id.upper(), taxes.v1_id, taxes.remote_id, "Taxes"):
            assert sandbox.account(text) is taxes
        for text in (rule.id, rule.v1_id, rule.remote_id, "Refill the agent"):
            assert sandbox.rule(text) is rule
            assert sandbox.rule_secret(text) == sandbox.rule_secrets[rule.id]


@pytest.mark.parametrize("find", ["account", "rule", "rule_secret", "deposit", "refresh", "enable_rule"])
def test_an_unknown_name_raises_a_key_error_that_lists_the_names(find: str) -> None:
    sandbox = Sandbox()
    arguments = (100,) if find == "deposit" else ()
    with pytest.raises(KeyError) as caught:
        getattr(sandbox, find)("Taxse", *arguments)
    names = [one.name for one in (sandbox.rules if "rule" in find else sandbox.accounts).values()]
    assert "'Taxse'" in str(caught.value)
    for name in names:
        assert repr(name) in caught.value.args[0]


def test_an_unknown_name_among_many_lists_the_nearest() -> None:
    with pytest.raises(KeyError) as caught:
        Sandbox(accounts=5_000).account("Pod 0123")
    text = caught.value.args[0]
    assert "'Pod 01231'" in text
    assert "more" in text
    assert len(text) < 2_000
