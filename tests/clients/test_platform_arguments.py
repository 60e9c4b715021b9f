"""Bad input is refused before anything is sent, and the message names the rule."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from platform_payloads import KEY, MOVE, client_of, page, query_of
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.operations.platform import CREATE_TRANSFER, LIST_AUDIT_LOGS, LIST_TRANSFERS, TRIGGER_RULE

BODY = {"sourceAccountId": "a", "destinationAccountId": "b", "amountInCents": 500}

Refused = Callable[[sa.PlatformClient], Awaitable[Any]]


def ago(**age: float) -> datetime:
    return datetime.now(UTC) - timedelta(**age)


CASES: dict[str, tuple[Refused, str]] = {
    # keys
    "37 characters": (lambda c: c.transfers.create(**MOVE, idempotency_key="k" * 37), "1 to 36 characters, not 37"),
    "a space in a key": (lambda c: c.transfers.create(**MOVE, idempotency_key="a b"), "must contain only A-Z"),
    "a line break in a key": (lambda c: c.transfers.create(**MOVE, idempotency_key="a\n"), "must contain only A-Z"),
    "another script in a key": (lambda c: c.rules.trigger("r", idempotency_key="käse"), "must contain only A-Z"),
    "an empty key": (lambda c: c.rules.run("r", idempotency_key=""), "1 to 36 characters, not 0"),
    "a number as key": (lambda c: c.rules.trigger("r", idempotency_key=1), "str"),  # type: ignore[arg-type]
    # amounts
    "99 cents": (
        lambda c: c.transfers.create(**{**MOVE, "amount_in_cents": 99}),
        "amount_in_cents must be at least 100",
    ),
    "less than nothing": (lambda c: c.transfers.create(**{**MOVE, "amount_in_cents": -500}), "at least 100"),
    "dollars": (lambda c: c.transfers.create(**{**MOVE, "amount_in_cents": 5.0}), "amountInCents.*integer"),
    "a truth": (lambda c: c.transfers.create(**{**MOVE, "amount_in_cents": True}), "amountInCents.*integer"),
    "text": (lambda c: c.transfers.create(**{**MOVE, "amount_in_cents": "500"}), "amountInCents.*integer"),
    "more than JSON's integers": (lambda c: c.transfers.create(**{**MOVE, "amount_in_cents": 2**64}), "64 bits"),
    "99 cents in wire form": (lambda c: c.call(CREATE_TRANSFER, body={**BODY, "amountInCents": 99}), "at least 100"),
    "a negative execute_amount": (
        lambda c: c.rules.trigger("r", execute_amount=-1),
        "execute_amount must be at least 0",
    ),
    "a fraction to execute with": (lambda c: c.rules.run("r", execute_amount=1.5), "executeAmount.*integer"),  # type: ignore[arg-type]
    # descriptions
    "11 characters": (
        lambda c: c.transfers.create(**MOVE, description="Novembers 1"),
        "at most 10 characters, not 11",
    ),
    "punctuation": (lambda c: c.transfers.create(**MOVE, description="Rent-11"), "description must match"),
    "a line break": (lambda c: c.transfers.create(**MOVE, description="Rent\n"), "description must match"),
    "an accent": (lambda c: c.transfers.create(**MOVE, description="Loyé"), "description must match"),
    # accounts
    "no account": (lambda c: c.transfers.list([]).collect(), "account_ids must not be empty"),
    "no account from a generator": (
        lambda c: c.external_transactions.list(iter(())).collect(),
        "account_ids must not be empty",
    ),
    "one id as text": (lambda c: c.transfers.list("acc_1").collect(), "account_ids must be a list"),
    "an empty id": (lambda c: c.transfers.list(["a", ""]).collect(), r"account_ids\[1\] must not be empty"),
    "ids of bytes": (lambda c: c.external_transactions.list([b"a"]).collect(), r"account_ids\[0\] must be a str"),  # type: ignore[list-item]
    "account_ids left out": (lambda c: c.call(LIST_TRANSFERS), "account_ids is missing"),
    "one account twice": (
        lambda c: c.transfers.create(**{**MOVE, "destination_account_id": "acc_1"}),
        "must not be the same",
    ),
    "a way up": (lambda c: c.accounts.get(".."), r'must not be "\." or "\.\."'),
    "an empty rule": (lambda c: c.rules.execution("", "e"), "rule_id must not be empty"),
    "no execution": (lambda c: c.rules.wait("r", ""), "execution_id must not be empty"),
    # windows
    "91 days of the bank": (
        lambda c: c.external_transactions.list(["a"], created_from=ago(days=91)).collect(),
        "90 days",
    ),
    "91 days of the log": (lambda c: c.audit_logs.list(created_from=ago(days=91)).collect(), "90 days back"),
    "91 days of the log, one level down": (
        lambda c: c.call(LIST_AUDIT_LOGS, query={"from": ago(days=91)}),
        "90 days back",
    ),
    "90 days and a minute": (
        lambda c: c.audit_logs.list(created_from=ago(days=90, minutes=1)).collect(),
        "90 days back",
    ),
    "a window of 91 days": (
        lambda c: c.external_transactions.list(["a"], created_from=ago(days=60), created_to=ago(days=-31)).collect(),
        "90 days apart",
    ),
    "a window that ends before it begins": (
        lambda c: c.transfers.list(["a"], created_from=ago(days=1), created_to=ago(days=2)).collect(),
        "later than created_to",
    ),
    "a time without a zone": (
        lambda c: c.accounts.transfers("a", created_from=datetime(2026, 1, 1)).collect(),  # noqa: DTZ001 - that is the point
        "created_from must be an aware datetime",
    ),
    "a day": (lambda c: c.audit_logs.list(created_from="2026-01-01").collect(), "created_from must be a datetime"),  # type: ignore[arg-type]
    # lists
    "a page of 101": (lambda c: c.accounts.list(page_size=101).collect(), "page_size must be at most 100"),
    "a page of none": (lambda c: c.rules.list(page_size=0).collect(), "page_size must be at least 1"),
    "a type in lower case": (
        lambda c: c.accounts.list(type="pod").collect(),
        "type must be one of 'INCOME_SOURCE', 'POD'",
    ),
    "a role in upper case": (
        lambda c: c.accounts.transfers("a", account_role="SOURCE").collect(),
        "account_role must be one of",
    ),
    "a mode that is none": (
        lambda c: c.rules.executions("r", execution_mode="DRY").collect(),
        "execution_mode must be one of",
    ),
    "a parameter that is none": (lambda c: c.call(LIST_TRANSFERS, query={"account_ids": ["a"]}), "no query parameter"),
    # simulation
    "a number for a truth": (lambda c: c.transfers.create(**MOVE, simulation=1), "simulation"),  # type: ignore[arg-type]
    "text for a truth": (lambda c: c.rules.trigger("r", simulation="false"), "simulation"),  # type: ignore[arg-type]
    "a misspelled field": (lambda c: c.call(TRIGGER_RULE, path={"id": "r"}, body={"simulated": True}), "simulated"),
    # waiting
    "no time": (lambda c: c.transfers.wait("t", timeout=0), "timeout"),
    "no workers": (lambda c: c.balances.snapshot(["a"], concurrency=0), "concurrency"),
    "ids as text": (lambda c: c.balances.snapshot("acc_1"), "account_ids"),
    "ids as text to estimate": (lambda c: c.balances.estimate("acc_1"), "account_ids"),
    "less than no account": (lambda c: c.balances.estimate(-1), "account_ids must be at least 0"),
}


@pytest.mark.parametrize("case", CASES)
@virtual_time
async def test_it_is_refused_before_anything_is_sent(case: str) -> None:
    call, rule = CASES[case]
    async with client_of(page([])) as (client, server):
        with pytest.raises(sa.ArgumentError, match=rule) as caught:
            await call(client)
    assert isinstance(caught.value, ValueError)
    assert server.requests == []


@virtual_time
async def test_watching_refuses_at_once() -> None:
    async with client_of(page([])) as (client, server):
        for wrong in ({"interval": 0}, {"external_interval": 0}, {"external_interval": "6h"}, {"concurrency": 0}):
            with pytest.raises(sa.ArgumentError, match=next(iter(wrong))):
                client.balances.watch(**wrong)  # type: ignore[arg-type]
    assert server.requests == []


@virtual_time
async def test_what_is_at_the_edge_is_taken() -> None:
    async with client_of(page([])) as (client, server):
        now = datetime.now(UTC)
        await client.audit_logs.list(created_from=now - timedelta(days=90), created_to=datetime.now(UTC))
        await client.external_transactions.list(["a"], created_from=now - timedelta(days=89, hours=23))
        await client.transfers.list(["a"], created_from=now - timedelta(days=900))
    starts = [datetime.fromisoformat(query_of(request)["from"]) for request in server.requests]
    assert timedelta(0) < starts[0] - (now - timedelta(days=90)) <= timedelta(seconds=6), "still within it on arrival"
    assert starts[1] == now - timedelta(days=89, hours=23)
    assert starts[2] == now - timedelta(days=900)


@pytest.mark.parametrize("key", ["k", "k" * 36, "a.b_c:d/e|f-g", "0"])
@virtual_time
async def test_a_legal_key_is_taken_as_it_is(key: str) -> None:
    from platform_payloads import data, transfer

    async with client_of(data(transfer(), 201)) as (client, server):
        await client.transfers.create(**MOVE, description="Rent 2026", idempotency_key=key)
    assert server.keys() == [key]


async def test_no_argument_shows_in_a_message() -> None:
    planted = "planted-secret-0123456789-0123456789-0123456789"
    async with sa.PlatformClient(KEY) as client:
        for call in (
            client.transfers.create(**MOVE, idempotency_key=planted),
            client.transfers.create(**MOVE, description=planted),
        ):
            with pytest.raises(sa.ArgumentError) as caught:
                await call
            assert "planted" not in str(caught.value)
