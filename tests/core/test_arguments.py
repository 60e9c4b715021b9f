"""Bad input is refused before any I/O, with an error that names the argument and the rule and shows no secret."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from scripted_server import ScriptedServer, data
from v1_payloads import account, transfer
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.models import v1
from sequence_async.operations.v1 import CREATE_TRANSFER, GET_ACCOUNT, LIST_TRANSFERS, TRIGGER_RULE

Call = Callable[[sa.SequenceClient], Awaitable[Any]]

NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - that is the point
AWARE = datetime(2026, 1, 1, tzinfo=UTC)
HUGE = 10**30
DEEP: Any = []
for _ in range(5000):
    DEEP = [DEEP]


def move(**changes: Any) -> Call:
    arguments = {
        "source_account_id": "acc_1",
        "destination_account_id": "acc_2",
        "amount_in_cents": 500,
        **changes,
    }
    return lambda client: client.transfers.create(**arguments)


def listed(**changes: Any) -> Call:
    async def call(client: sa.SequenceClient) -> Any:
        return await client.transfers.list("acc_1", **changes)

    return call


async def refused(call: Call, match: str, kind: type[sa.SequenceError] = sa.ArgumentError) -> None:
    async with ScriptedServer(data(transfer())) as server:
        async with sa.SequenceClient("sk_test", base_url=server.url, preview=True) as client:
            with pytest.raises(kind, match=match) as caught:
                await call(client)
    assert server.requests == []
    assert server.connections == 0
    assert caught.value.attempts == 0
    assert not caught.value.in_doubt


@pytest.mark.parametrize("amount", [1.5, 500.0, True, False, "500", None, Decimal(500), 0, -1, HUGE, float("nan"), [5]])
@virtual_time
async def test_amounts(amount: Any) -> None:
    await refused(move(amount_in_cents=amount), "amount_in_cents")


@pytest.mark.parametrize("value", ["", ".", "..", "a\nb", "a\x00", "a\x7f", "a\x85", "\ud800", 1, None, b"acc", ["a"]])
@virtual_time
async def test_ids(value: Any) -> None:
    await refused(lambda client: client.accounts.get(value), "account_id")
    await refused(lambda client: client.transfers.get(value), "transfer_id")
    await refused(lambda client: client.transfers.wait(value), "transfer_id")
    await refused(lambda client: client.rules.get(value), "rule_id")
    await refused(lambda client: client.rules.trigger(value), "rule_id")
    await refused(lambda client: client.rule_executions.get(value), "execution_id")
    await refused(lambda client: client.rule_executions.wait(value), "execution_id")
    await refused(lambda client: client.cards.get(value), "card_id")
    if value in (".", ".."):
        return  # in a body, these two lead nowhere else
    await refused(move(source_account_id=value), "source_account_id")
    await refused(move(destination_account_id=value), "destination_account_id")


@virtual_time
async def test_a_transfer_onto_itself() -> None:
    await refused(move(destination_account_id="acc_1"), "must not be the same")


@pytest.mark.parametrize("key", ["", "a" * 37, "a b", "a\r\nX-Injected: 1", "é", 7])
@virtual_time
async def test_keys(key: Any) -> None:
    await refused(move(idempotency_key=key), "idempotency_key")
    await refused(lambda client: client.rules.trigger("rule_1", idempotency_key=key), "idempotency_key")
    await refused(lambda client: client.rules.delete("rule_1", idempotency_key=key), "idempotency_key")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"page_size": 0}, "page_size must be at least 1"),
        ({"page_size": 101}, "page_size must be at most 100"),
        ({"page_size": True}, "page_size must be an int"),
        ({"page_size": "20"}, "page_size must be an int"),
        ({"created_from": NAIVE}, "created_from must be an aware"),
        ({"created_to": NAIVE}, "created_to must be an aware"),
        ({"created_from": "2026-01-01"}, "created_from must be a datetime"),
        ({"created_from": AWARE.date()}, "created_from must be a datetime"),
        (
            {"created_from": AWARE, "created_to": AWARE.replace(year=2025)},
            "created_from must not be later than created_to",
        ),
        ({"status": "finished"}, "status must be one of"),
        ({"status": 1}, "status must be a str"),
        ({"direction": "up"}, "direction must be one of"),
        ({"account_role": ""}, "account_role must be one of"),
    ],
)
@virtual_time
async def test_filters(changes: dict[str, Any], name: str) -> None:
    await refused(listed(**changes), name)


@virtual_time
async def test_a_filter_that_the_api_gained_can_be_asked_for() -> None:
    async with ScriptedServer(data([])) as server, sa.SequenceClient("k", base_url=server.url) as client:
        await client.transfers.list("acc_1", status=v1.TransferStatus("teleported"))
    assert "status=teleported" in server.requests[0].query


@pytest.mark.parametrize("amount", [1.5, True, 0, -5, "7"])
@virtual_time
async def test_amounts_of_a_rule(amount: Any) -> None:
    await refused(lambda client: client.rules.trigger("rule_1", manual_execute_amount=amount), "manual_execute_amount")
    await refused(lambda client: client.rules.run("rule_1", manual_execute_amount=amount), "manual_execute_amount")


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), "5", None, True])
@virtual_time
async def test_timeouts_of_waiters(timeout: Any) -> None:
    await refused(lambda client: client.transfers.wait("txr_1", timeout=timeout), "timeout")
    await refused(lambda client: client.rule_executions.wait("rex_1", timeout=timeout), "timeout")
    await refused(lambda client: client.rules.run("rule_1", timeout=timeout), "timeout")


@pytest.mark.parametrize(
    ("draft", "place"),
    [
        ({}, "is missing"),
        ({"status": "enabled", "trigger": {"type": "MANUAL", "account_id": "a"}, "steps": "none"}, "body.steps"),
        ({"status": "enabled", "trigger": {"type": "MANUAL", "account_id": "a"}, "steps": [], "nick": "x"}, "nick"),
        ({"steps": DEEP}, "nested too deeply"),
        ({"description": "x" * 1_100_000}, "at most 1048576 bytes"),
        ({"steps": [float("nan")]}, "finite"),
        ([], "RuleDraft"),
        (None, "RuleDraft"),
        ("draft", "RuleDraft"),
    ],
)
@virtual_time
async def test_drafts(draft: Any, place: str) -> None:
    await refused(lambda client: client.rules.create(draft), place)
    await refused(lambda client: client.rules.update("rule_1", draft), place)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"source_account_id": "a", "destination_account_id": "b"}, "amount_in_cents is missing"),
        ({"source_account_id": "a", "destination_account_id": "b", "amount_in_cents": 5, "amount": 7}, "'amount'"),
        ({"source_account_id": "", "destination_account_id": "b", "amount_in_cents": 5}, "source_account_id"),
        ({"source_account_id": "a", "destination_account_id": "b", "amount_in_cents": {1}}, "amount_in_cents"),
        (object(), "CreateTransferRequest"),
    ],
)
@virtual_time
async def test_bodies_of_call(body: Any, place: str) -> None:
    await refused(lambda client: client.call(CREATE_TRANSFER, body=body), place)


@virtual_time
async def test_other_arguments_of_call() -> None:
    await refused(lambda client: client.call(GET_ACCOUNT), "account_id")
    await refused(lambda client: client.call(GET_ACCOUNT, path={"id": "a", "ident": "b"}), "no path parameter 'ident'")
    await refused(lambda client: client.call(GET_ACCOUNT, path={"id": "a"}, query={"x": 1}), "no query parameter 'x'")
    await refused(lambda client: client.call(GET_ACCOUNT, path={"id": "a"}, body={}), "takes no body")
    await refused(lambda client: client.call(GET_ACCOUNT, path={"id": "a"}, idempotency_key="k"), "idempotency_key")
    await refused(lambda client: client.call(LIST_TRANSFERS), "account_id")
    await refused(lambda client: client.call(TRIGGER_RULE, path={"id": "r"}, body=[]), "TriggerRuleRequest")
    await refused(lambda client: client.call("getAccount"), "operations.v1")  # type: ignore[arg-type]


@pytest.mark.parametrize("ids", ["acc_1", b"acc_1", 7, [""], ["a", 1], ["a/../b", ".."]])
@virtual_time
async def test_account_ids_of_balances(ids: Any) -> None:
    await refused(lambda client: client.balances.snapshot(ids), "account_ids")

    async def watch(client: sa.SequenceClient) -> None:
        client.balances.watch(ids)

    await refused(watch, "account_ids")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"concurrency": 0}, "concurrency"),
        ({"concurrency": 1.5}, "concurrency"),
        ({"interval": 0}, "interval"),
        ({"interval": float("nan")}, "interval"),
        ({"only_changes": 1}, "only_changes"),
    ],
)
@virtual_time
async def test_options_of_watch(changes: dict[str, Any], name: str) -> None:
    async def watch(client: sa.SequenceClient) -> None:
        client.balances.watch(["acc_1"], **changes)

    await refused(watch, name)


@pytest.mark.parametrize("limit", [-1, 1.5, True, "3"])
@virtual_time
async def test_limits_of_collect(limit: Any) -> None:
    await refused(lambda client: client.accounts.list().collect(limit), "limit")


@pytest.mark.parametrize("request_id", ["", "a\r\nb", "é", 7])
@virtual_time
async def test_request_ids(request_id: Any) -> None:
    async def view(client: sa.SequenceClient) -> None:
        client.with_options(request_id=request_id)

    await refused(view, "request_id")


# -- construction --------------------------------------------------------------------------------------


def test_a_missing_key_says_what_to_set() -> None:
    with pytest.raises(sa.ConfigurationError, match="SEQUENCE_API_KEY"):
        sa.SequenceClient()


def test_the_key_and_the_address_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEQUENCE_API_KEY", "sk_environment")
    monkeypatch.setenv("SEQUENCE_BASE_URL", "https://staging.example/api/v1/")
    client = sa.SequenceClient()
    assert "https://staging.example/api/v1" in repr(client)
    assert "sk_environment" not in repr(client)
    assert "https://other.example" in repr(sa.SequenceClient(base_url="https://other.example"))


@pytest.mark.parametrize("key", ["", " ", "sk test", "sk\n", "sk\r\nX: 1", "sk_é", "\x00", 7, b"sk"])
def test_keys_that_are_none(key: Any) -> None:
    with pytest.raises(sa.ConfigurationError, match="api_key") as caught:
        sa.SequenceClient(key)
    assert "sk_é" not in str(caught.value)


def test_a_key_in_the_environment_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEQUENCE_API_KEY", "sk_one\n")
    with pytest.raises(sa.ConfigurationError, match="SEQUENCE_API_KEY"):
        sa.SequenceClient()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.getsequence.io",
        "/api/v1",
        "ftp://api.getsequence.io",
        "http://api.getsequence.io/api/v1",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "https://api.getsequence.io?x=1",
        "https://api.getsequence.io?",
        "https://api.getsequence.io#x",
        "https://user:pass@api.getsequence.io",
        "https://api.getsequence.io/a b",
        "https://api.getsequence.io/\r\nX: 1",
        "https://api.getsequence.io:port",
        "https://[::1",
        "https://",
        "javascript:alert(1)",
        7,
        b"https://api.getsequence.io",
    ],
)
def test_addresses_that_are_none(url: Any) -> None:
    with pytest.raises(sa.ConfigurationError, match="base_url"):
        sa.SequenceClient("sk_test", base_url=url)


@pytest.mark.parametrize(
    "url", ["http://localhost:8000", "http://127.0.0.1:1/x", "http://[::1]:9", "https://a.example/"]
)
def test_addresses_that_are_fine(url: str) -> None:
    assert url.rstrip("/") in repr(sa.SequenceClient("sk_test", base_url=url))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"timeout": 0}, "timeout"),
        ({"timeout": "30"}, "timeout"),
        ({"attempt_timeout": -1}, "attempt_timeout"),
        ({"attempt_timeout": float("inf")}, "attempt_timeout"),
        ({"max_attempts": 0}, "max_attempts"),
        ({"max_attempts": 2.5}, "max_attempts"),
        ({"max_connections": 0}, "max_connections"),
        ({"rate_limit": 100}, "rate_limit"),
        ({"session": object()}, "session"),
        ({"on_event": "print"}, "on_event"),
        ({"preview": "createRule"}, "preview"),
        ({"preview": {"createRules"}}, "createRules"),
        ({"preview": 1}, "preview"),
    ],
)
def test_options_that_are_none(changes: dict[str, Any], name: str) -> None:
    with pytest.raises(sa.ConfigurationError, match=name):
        sa.SequenceClient("sk_test", **changes)


@pytest.mark.parametrize("arguments", [(0,), (1.5,), (True,), ("100",)])
def test_rate_limits_that_are_none(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match="calls"):
        sa.RateLimit(*arguments)
    with pytest.raises(ValueError, match="per"):
        sa.RateLimit(100, per=0)


@virtual_time
async def test_an_argument_error_is_a_value_error() -> None:
    async with ScriptedServer(data(account())) as server, sa.SequenceClient("k", base_url=server.url) as client:
        with pytest.raises(ValueError, match="account_id"):
            await client.accounts.get("")
