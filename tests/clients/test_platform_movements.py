"""The movements of one account, of all kinds, in one order."""

from __future__ import annotations

from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from platform_payloads import (
    NOON,
    Listed,
    account,
    card_transaction,
    client_of,
    data,
    external_transaction,
    page,
    query_of,
    stamp,
    transfer,
)
from scripted_server import Request, Step, error
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.models import platform


def at(minutes: float) -> str:
    return stamp(NOON - timedelta(minutes=minutes))


def bank(kind: str, **lists: Listed) -> Any:
    """Answer for one account and its lists."""

    def handler(request: Request) -> Step:
        name = request.path.rsplit("/", 1)[-1].replace("-", "_")
        return lists[name](request) if name in lists else data(account("acc_1", kind))

    return handler


@virtual_time
async def test_a_pod_has_transfers_and_card_transactions_newest_first() -> None:
    moved = Listed([transfer(f"t{number:02}", createdAt=at(number * 2)) for number in range(25)])
    paid = Listed([card_transaction(f"c{number:02}", createdAt=at(number * 2 + 1)) for number in range(25)])
    async with client_of(bank("POD", transfers=moved, card_transactions=paid)) as (client, server):
        movements = [movement async for movement in client.accounts.movements("acc_1")]
    assert [movement.id for movement in movements] == [f"{kind}{n:02}" for n in range(25) for kind in "tc"]
    assert movements == sorted(movements, key=lambda movement: movement.occurred_at, reverse=True)
    assert [request.path.rsplit("/", 1)[-1] for request in server.requests] == [
        "acc_1",
        "transfers",
        "card-transactions",
    ]
    assert all(query_of(request)["pageSize"] == "100" for request in server.requests[1:])


@virtual_time
async def test_amounts_are_signed_as_the_account_sees_them() -> None:
    here, there = (
        {"id": "acc_1", "name": "A", "type": "POD", "isDeleted": False},
        {
            "id": "acc_9",
            "name": "B",
            "type": "POD",
            "isDeleted": False,
        },
    )
    outside = {"id": None, "name": "Landlord", "type": "EXTERNAL_ENTITY", "isDeleted": None}
    moved = Listed(
        [
            transfer("in", source=there, destination=here, createdAt=at(0)),
            transfer("out", source=here, destination=there, createdAt=at(1)),
            transfer("rent", source=here, destination=outside, direction="MONEY_OUT", createdAt=at(2)),
            transfer("wage", source=None, destination=None, direction="MONEY_IN", createdAt=at(3)),
            transfer("odd", source=None, destination=None, direction="SIDEWAYS", createdAt=at(4)),
        ],
    )
    paid = Listed(
        [
            card_transaction("bought", createdAt=at(5)),
            card_transaction("back", direction="MONEY_IN", subtype="REFUND", createdAt=at(6)),
        ],
    )
    async with client_of(bank("POD", transfers=moved, card_transactions=paid)) as (client, _):
        found = {movement.id: movement async for movement in client.accounts.movements("acc_1")}
    assert {name: movement.amount_in_cents for name, movement in found.items()} == {
        "in": 500,
        "out": -500,
        "rent": -500,
        "wage": 500,
        "odd": None,
        "bought": -900,
        "back": 900,
    }
    assert isinstance(found["in"].entry, platform.Transfer)
    assert isinstance(found["bought"].entry, platform.CardTransaction)
    assert found["bought"].kind is sa.MovementKind.CARD_TRANSACTION
    assert found["bought"].occurred_at == NOON - timedelta(minutes=5)


@virtual_time
async def test_an_external_account_has_what_its_bank_reports() -> None:
    reported = Listed([external_transaction("x", transactionDate=at(1))], dated="transactionDate")
    moved = Listed([transfer("t", createdAt=at(0))])
    async with client_of(bank("EXTERNAL_ACCOUNT", transfers=moved, external_transactions=reported)) as (client, server):
        movements = [movement async for movement in client.accounts.movements("acc_1")]
    assert [(movement.id, movement.amount_in_cents) for movement in movements] == [("t", -500), ("x", -700)]
    assert query_of(server.requests[-1])["accountIds[]"] == "acc_1"


@pytest.mark.parametrize("kind", ["INCOME_SOURCE", "SOMETHING_NEW"])
@virtual_time
async def test_any_other_account_has_transfers(kind: str) -> None:
    async with client_of(bank(kind, transfers=Listed([transfer("t")]))) as (client, server):
        assert [movement.id async for movement in client.accounts.movements("acc_1")] == ["t"]
    assert len(server.requests) == 2


@virtual_time
async def test_chosen_kinds_cost_no_look_at_the_account() -> None:
    moved = Listed([transfer("t")])
    async with client_of(bank("POD", transfers=moved)) as (client, server):
        assert [one.id async for one in client.accounts.movements("acc_1", kinds={"transfer"})] == ["t"]
        assert [one.id async for one in client.accounts.movements("acc_1", kinds=[sa.MovementKind.TRANSFER])] == ["t"]
    assert [request.path.rsplit("/", 1)[-1] for request in server.requests] == ["transfers"] * 2


@virtual_time
async def test_pages_are_read_when_their_turn_comes() -> None:
    moved = Listed([transfer(f"t{number:03}", createdAt=at(number)) for number in range(250)])
    paid = Listed([card_transaction(f"c{number:03}", createdAt=at(1000 + number)) for number in range(150)])
    async with client_of(bank("POD", transfers=moved, card_transactions=paid)) as (client, _):
        async with aclosing(client.accounts.movements("acc_1")) as movements:
            async for movement in movements:
                if movement.id == "t050":
                    break
        assert (moved.served, paid.served) == (1, 1)
        count = 0
        async with aclosing(client.accounts.movements("acc_1")) as movements:
            async for movement in movements:
                count += 1
                if movement.id == "c000":
                    break
        assert (moved.served, paid.served) == (1 + 3, 1 + 1)
    assert count == 251


@virtual_time
async def test_the_window_goes_to_every_list() -> None:
    moved, paid = Listed([]), Listed([])
    window = {"created_from": NOON - timedelta(days=400), "created_to": NOON}
    async with client_of(bank("POD", transfers=moved, card_transactions=paid)) as (client, _):
        assert [one async for one in client.accounts.movements("acc_1", **window)] == []
    for listed in (moved, paid):
        assert listed.queries == [
            {"from": "2025-10-16T12:00:00Z", "to": "2026-11-20T12:00:00Z", "pageSize": "100"}
            | ({"accountId": "acc_1"} if listed is paid else {})
        ]


@virtual_time
async def test_what_cannot_be_is_refused_at_once() -> None:
    long_ago = datetime.now(UTC) - timedelta(days=120)
    async with client_of(page([])) as (client, server):
        for wrong, rule in (
            ({"kinds": []}, "at least one"),
            ({"kinds": "transfer"}, "collection"),
            ({"kinds": ["transfers"]}, "kinds must contain only 'transfer'"),
            ({"kinds": [1]}, "kinds must contain only"),
            ({"created_from": NOON.replace(tzinfo=None)}, "time zone"),
            ({"kinds": ["external_transaction"], "created_from": long_ago}, "90 days back"),
        ):
            with pytest.raises(sa.ArgumentError, match=rule):
                client.accounts.movements("acc_1", **wrong)  # type: ignore[arg-type]
        with pytest.raises(sa.ArgumentError, match="account_id"):
            client.accounts.movements("")
    assert server.requests == []


@virtual_time
async def test_a_start_that_the_bank_cannot_see_is_refused_where_the_bank_is_asked() -> None:
    long_ago = datetime.now(UTC) - timedelta(days=120)
    async with client_of(bank("EXTERNAL_ACCOUNT")) as (client, server):
        with pytest.raises(sa.ArgumentError, match="90 days back"):
            await anext(client.accounts.movements("acc_1", created_from=long_ago))
    assert len(server.requests) == 1


@virtual_time
async def test_a_list_that_fails_is_an_error_and_leaves_nothing_open() -> None:
    async with client_of(data(account()), page([transfer("t")]), error(404, "NOT_FOUND")) as (client, _):
        with pytest.raises(sa.NotFoundError) as caught:
            await anext(client.accounts.movements("acc_1"))
    assert caught.value.operation == "listCardTransactions"
