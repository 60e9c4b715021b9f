"""Numbered pages: they move while one reads them, and some servers never say that they are done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from platform_payloads import (
    NOON,
    Listed,
    audit_entry,
    card_transaction,
    client_of,
    data,
    execution,
    external_transaction,
    page,
    query_of,
    stamp,
    summary,
    transfer,
    transfers,
)
from virtual_time import virtual_time

import sequence_async as sa

IDS = [f"t{number:03}" for number in range(35)]


def newer(number: int, **more: Any) -> dict[str, Any]:
    return transfer(f"new{number}", createdAt=stamp(NOON + timedelta(milliseconds=number)), status="COMPLETE", **more)


@virtual_time
async def test_a_quiet_list_is_read_to_its_end(caplog: pytest.LogCaptureFixture) -> None:
    listed = Listed(transfers(35))
    async with client_of(listed) as (client, server):
        pager = client.transfers.list(["acc_1"])
        assert [one.id async for one in pager] == IDS
        assert not pager.shifted
        assert len(server.requests) == 4
        assert [one.id for one in await pager.collect(12)] == IDS[:12]
        assert len(server.requests) == 6, "no page is read that nobody asked for"
    assert [query.get("page") for query in listed.queries[:4]] == [None, "2", "3", "4"]
    assert not caplog.records


@virtual_time
async def test_the_first_page_is_bounded_by_nothing_and_the_others_by_its_newest_item() -> None:
    # A bound from this computer's clock would hide what was created just now, whenever that clock is slow.
    listed = Listed(transfers(35, newest=datetime.now(UTC) + timedelta(days=3)))
    async with client_of(listed) as (client, _):
        assert [one.id async for one in client.transfers.list(["acc_1"])] == IDS
    assert "to" not in listed.queries[0]
    bounds = {query["to"] for query in listed.queries[1:]}
    assert len(bounds) == 1
    newest = datetime.fromisoformat(listed.items[0]["createdAt"])
    assert datetime.fromisoformat(bounds.pop()) == newest + timedelta(milliseconds=1)


@virtual_time
async def test_what_comes_in_while_it_is_read_neither_repeats_nor_hides_anything() -> None:
    def arrive(listed: Listed, served: int) -> None:
        listed.items[:0] = [newer(served * 100 + number) for number in range(10, 0, -1)]

    listed = Listed(transfers(35), after=arrive)
    async with client_of(listed) as (client, _):
        pager = client.transfers.list(["acc_1"])
        assert [one.id async for one in pager] == IDS
        assert not pager.shifted, "nothing is missing of what there was when it began"


@virtual_time
async def test_each_id_comes_once_where_the_server_knows_no_bound(caplog: pytest.LogCaptureFixture) -> None:
    def arrive(listed: Listed, served: int) -> None:
        listed.items.insert(0, newer(served))

    async with client_of(Listed(transfers(35), after=arrive, bounded=False)) as (client, _):
        pager = client.transfers.list(["acc_1"])
        assert [one.id async for one in pager] == IDS
        assert pager.shifted, "what came in was not seen"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "listTransfers" in caplog.text


@virtual_time
async def test_an_operation_without_a_bound_tells_that_it_moved() -> None:
    def arrive(listed: Listed, served: int) -> None:
        if served == 1:
            listed.items.insert(0, summary("new"))

    listed = Listed([summary(f"a{number:02}") for number in range(25)], after=arrive)
    async with client_of(listed) as (client, _):
        pager = client.accounts.list()
        assert [one.id async for one in pager] == [f"a{number:02}" for number in range(25)]
        assert pager.shifted
        listed.after = lambda listed, served: None
        assert len(await pager.collect()) == 26
        assert not pager.shifted, "it is about the reading before"
    assert all("to" not in query for query in listed.queries)


@virtual_time
async def test_a_page_that_was_announced_and_is_empty_is_told(caplog: pytest.LogCaptureFixture) -> None:
    def leave(listed: Listed, served: int) -> None:
        del listed.items[:5]  # their status is no longer what was asked for

    async with client_of(Listed(transfers(12), after=leave)) as (client, _):
        pager = client.transfers.list(["acc_1"], status="COMPLETE")
        assert [one.id async for one in pager] == IDS[:10]
        assert pager.shifted
    assert "may be missing" in caplog.text


@virtual_time
async def test_a_bound_of_the_callers_stays() -> None:
    listed = Listed(transfers(35))
    bound = NOON - timedelta(minutes=5)
    async with client_of(listed) as (client, _):
        found = await client.transfers.list(
            ["acc_1"], created_to=bound, created_from=NOON - timedelta(minutes=20)
        ).collect()
    assert [one.id for one in found] == IDS[5:21]
    assert {query["to"] for query in listed.queries} == {"2026-11-20T11:55:00Z"}


@pytest.mark.parametrize(
    ("call", "item", "dated"),
    [
        (lambda client: client.accounts.transfers("a"), transfer, "createdAt"),
        (lambda client: client.rules.executions("r"), execution, "createdAt"),
        (lambda client: client.external_transactions.list(["a"]), external_transaction, "transactionDate"),
        (lambda client: client.card_transactions.list("a"), card_transaction, "createdAt"),
        (lambda client: client.audit_logs.list(), audit_entry, "createdAt"),
    ],
    ids=["transfers", "executions", "external", "card", "audit"],
)
@virtual_time
async def test_every_list_that_takes_a_bound_is_pinned(call: Any, item: Any, dated: str) -> None:
    newest = datetime(2026, 11, 1, tzinfo=UTC)
    items = [item(f"i{n:02}", **{dated: stamp(newest - timedelta(hours=n))}) for n in range(25)]
    listed = Listed(items, dated=dated)
    async with client_of(listed) as (client, _):
        assert [one.id async for one in call(client)] == [f"i{n:02}" for n in range(25)]
    assert [query.get("to") for query in listed.queries] == [None, *["2026-11-01T00:00:00.001000Z"] * 2]


@pytest.mark.parametrize("ages", [range(25, 0, -1), [1] * 25], ids=["oldest first", "all of one moment"])
@virtual_time
async def test_a_list_in_another_order_loses_nothing(ages: Any) -> None:
    start = datetime.now(UTC) - timedelta(days=2)
    items = [
        external_transaction(f"i{n:02}", transactionDate=stamp(start - timedelta(hours=age)))
        for n, age in enumerate(ages)
    ]
    async with client_of(Listed(items, dated="transactionDate")) as (client, _):
        assert [one.id async for one in client.external_transactions.list(["a"])] == [f"i{n:02}" for n in range(25)]


@virtual_time
async def test_a_start_at_the_edge_is_within_reach_on_the_last_page_still() -> None:
    edge = datetime.now(UTC) - timedelta(days=90)
    items = [audit_entry(f"i{n:02}", createdAt=stamp(datetime.now(UTC) - timedelta(days=n))) for n in range(25)]
    listed = Listed(items)
    async with client_of(listed) as (client, _):
        assert len(await client.audit_logs.list(created_from=edge).collect()) == 25
    assert all(datetime.fromisoformat(query["from"]) > edge for query in listed.queries)


# -- where the server leaves the end open ------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "requests"),
    [([10, 10, 4], 3), ([10, 10, 0], 3), ([3], 1), ([0], 1)],
)
@pytest.mark.parametrize("page_size", [10, None])
@virtual_time
async def test_without_has_next_page_a_short_page_is_the_last(
    sizes: list[int], requests: int, page_size: int | None
) -> None:
    async with client_of(*_pages(sizes, page_size)) as (client, server):
        found = await client.accounts.list().collect()
    assert len(found) == sum(sizes)
    assert len(server.requests) == requests


def _pages(sizes: list[int], page_size: int | None) -> list[Any]:
    steps = []
    for number, size in enumerate(sizes):
        items = [summary(f"{number}-{item}") for item in range(size)]
        pagination = {"page": number + 1} if page_size is None else {"page": number + 1, "pageSize": page_size}
        steps.append(data({"items": items, "pagination": pagination}))
    return steps


@virtual_time
async def test_a_server_that_never_says_it_is_done_is_done_at_an_empty_page() -> None:
    steps = page([summary("a")], more=True), page([summary("b")], 2, more=True), page([], 3, more=True)
    async with client_of(*steps) as (client, server):
        assert [one.id async for one in client.accounts.list()] == ["a", "b"]
    assert len(server.requests) == 3


@virtual_time
async def test_a_server_that_gives_the_same_page_again_and_again_is_caught() -> None:
    async with client_of(page([summary("a"), summary("b")], more=True)) as (client, server):
        found: list[str] = []

        async def read() -> None:
            async for one in client.accounts.list():
                found.append(one.id)  # noqa: PERF401 - what came before the error counts

        with pytest.raises(sa.PaginationError, match="listAccounts"):
            await read()
    assert found == ["a", "b"]
    assert len(server.requests) == 3


@virtual_time
async def test_a_list_that_grew_by_a_page_is_read_on() -> None:
    first, second = [summary(f"a{n}") for n in range(10)], [summary(f"b{n}") for n in range(10)]
    async with client_of(page(first, more=True), page(first, 2, more=True), page(second, 3)) as (client, _):
        pager = client.accounts.list()
        assert [one.id for one in await pager.collect()] == [one["id"] for one in first + second]
        assert pager.shifted


@virtual_time
async def test_the_first_page_alone() -> None:
    async with client_of(page([summary("a")], more=True)) as (client, server):
        first = await client.accounts.list(page_size=1)
    assert ([one.id for one in first.items], first.has_next) == (["a"], True)
    assert [query_of(request) for request in server.requests] == [{"pageSize": "1"}]


@virtual_time
async def test_pages_by_themselves() -> None:
    async with client_of(Listed(transfers(25))) as (client, _):
        sizes = [(len(found.items), found.has_next) async for found in client.transfers.list(["a"]).pages()]
    assert sizes == [(10, True), (10, True), (5, False)]
