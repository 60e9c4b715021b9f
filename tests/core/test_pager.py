"""Lists: every item once, lazily, and never round in circles."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest
from scripted_server import Request, ScriptedServer, Step, answer, data, drop, error
from v1_payloads import execution, summary, transfer
from virtual_time import virtual_time

import sequence_async as sa


def page(ids: list[str], cursor: str | None = None, **info: Any) -> Step:
    page_info = {"end_cursor": cursor, "has_next_page": cursor is not None, **info}
    return answer(200, {"data": [transfer(item) for item in ids], "page_info": page_info})


@asynccontextmanager
async def transfers_of(*steps: Any) -> AsyncIterator[tuple[sa.Pager[Any], ScriptedServer]]:
    async with ScriptedServer(*steps) as server, sa.SequenceClient("k", base_url=server.url) as client:
        yield client.transfers.list("acc_1", page_size=2), server


def numbered(total: int, size: int = 2) -> Callable[[Request], Step]:
    """A well-behaved list of so many transfers."""

    def serve(request: Request) -> Step:
        start = int(parse_qs(request.query).get("after", ["0"])[0])
        end = min(start + size, total)
        return page([f"txr_{number}" for number in range(start, end)], str(end) if end < total else None)

    return serve


@virtual_time
async def test_awaiting_gives_the_first_page() -> None:
    async with transfers_of(numbered(5)) as (pager, server):
        first = await pager
    assert [item.id for item in first.items] == ["txr_0", "txr_1"]
    assert first.has_next
    assert len(server.requests) == 1


@virtual_time
async def test_iterating_gives_every_item_and_asks_with_the_cursor() -> None:
    async with transfers_of(numbered(5)) as (pager, server):
        assert [item.id async for item in pager] == [f"txr_{number}" for number in range(5)]
    assert [request.query for request in server.requests] == [
        "account_id=acc_1&first=2",
        "account_id=acc_1&first=2&after=2",
        "account_id=acc_1&first=2&after=4",
    ]


@virtual_time
async def test_pages_come_one_by_one() -> None:
    async with transfers_of(numbered(5)) as (pager, _):
        sizes = [(len(found.items), found.has_next) async for found in pager.pages()]
    assert sizes == [(2, True), (2, True), (1, False)]


@virtual_time
async def test_iterating_again_starts_from_the_first_page() -> None:
    async with transfers_of(numbered(3)) as (pager, _):
        assert len(await pager.collect()) == 3
        assert len(await pager.collect()) == 3


@pytest.mark.parametrize(("limit", "calls"), [(0, 0), (1, 1), (2, 1), (3, 2), (99, 3), (None, 3)])
@virtual_time
async def test_no_page_is_read_that_is_not_needed(limit: int | None, calls: int) -> None:
    async with transfers_of(numbered(5)) as (pager, server):
        assert len(await pager.collect(limit)) == min(5, 99 if limit is None else limit)
    assert len(server.requests) == calls


@virtual_time
async def test_an_empty_list_has_one_empty_page() -> None:
    async with transfers_of(page([])) as (pager, _):
        first = await pager
        assert (first.items, first.has_next) == ((), False)
        assert await pager.collect() == []


@virtual_time
async def test_an_answer_without_page_info_is_the_last_page() -> None:
    async with transfers_of(data([transfer("txr_1")])) as (pager, _):
        assert [item.id for item in await pager.collect()] == ["txr_1"]


@virtual_time
async def test_a_cursor_without_a_word_about_more_is_followed() -> None:
    silent = answer(200, {"data": [transfer("txr_1")], "page_info": {"end_cursor": "c1"}})
    async with transfers_of(silent, page(["txr_2"])) as (pager, _):
        assert [item.id for item in await pager.collect()] == ["txr_1", "txr_2"]


@virtual_time
async def test_a_list_without_paging_is_one_page() -> None:
    async with ScriptedServer(data([summary("a"), summary("b")])) as server:
        async with sa.SequenceClient("k", base_url=server.url) as client:
            assert [item.id for item in await client.accounts.list().collect()] == ["a", "b"]


@virtual_time
async def test_a_repeated_cursor_is_an_error() -> None:
    async with transfers_of(page(["txr_1"], "c1"), page(["txr_2"], "c1"), page(["txr_3"])) as (pager, server):
        with pytest.raises(sa.PaginationError, match="cursor"):
            await pager.collect()
    assert len(server.requests) == 2


@virtual_time
async def test_a_cycle_of_cursors_is_an_error() -> None:
    names = iter(range(1000))
    steps = [page([f"txr_{next(names)}"], cursor) for cursor in ("c1", "c2", "c3", "c1")]
    async with transfers_of(*steps) as (pager, server):
        with pytest.raises(sa.PaginationError):
            await pager.collect()
    assert len(server.requests) == 4


@virtual_time
async def test_a_page_that_comes_again_is_passed_over_once_and_then_an_error() -> None:
    again = [page(["txr_1", "txr_2"], "c1"), page(["txr_1", "txr_2"], "c2"), page(["txr_3"])]
    async with transfers_of(*again) as (pager, _):
        assert [item.id for item in await pager.collect()] == ["txr_1", "txr_2", "txr_3"]

    cursors = iter(range(10_000))
    async with transfers_of(lambda _: page(["txr_1"], f"c{next(cursors)}")) as (pager, server):
        with pytest.raises(sa.PaginationError, match="same items repeatedly"):
            await pager.collect()
    assert len(server.requests) == 3


@virtual_time
async def test_an_item_is_given_once_when_the_list_grows_while_it_is_read() -> None:
    shifted = [page(["t3", "t2"], "c1"), page(["t2", "t1"], "c2"), page(["t0"])]
    async with transfers_of(*shifted) as (pager, _):
        assert [item.id for item in await pager.collect()] == ["t3", "t2", "t1", "t0"]


@virtual_time
async def test_empty_pages_without_end_are_an_error() -> None:
    cursors = iter(range(10_000))
    async with transfers_of(lambda _: page([], f"c{next(cursors)}")) as (pager, server):
        with pytest.raises(sa.PaginationError):
            await pager.collect()
    assert len(server.requests) <= 102


@pytest.mark.parametrize(
    "info",
    [
        {"has_next_page": True, "end_cursor": None},
        {"has_next_page": True, "end_cursor": ""},
        {"has_next_page": True, "end_cursor": 7},
    ],
)
@virtual_time
async def test_more_without_a_cursor_is_not_what_is_documented(info: dict[str, Any]) -> None:
    async with transfers_of(answer(200, {"data": [transfer()], "page_info": info})) as (pager, _):
        with pytest.raises(sa.DecodeError, match="end_cursor"):
            await pager.collect()


@virtual_time
async def test_a_page_info_that_is_none_is_named() -> None:
    async with transfers_of(answer(200, {"data": [transfer()], "page_info": [1]})) as (pager, _):
        with pytest.raises(sa.DecodeError, match="page_info"):
            await pager.collect()


@virtual_time
async def test_a_failure_in_the_middle_is_retried_and_then_raised() -> None:
    async with transfers_of(page(["t1"], "c1"), drop(), page(["t2"], "c2"), error(404)) as (pager, _):
        items = aiter(pager)
        assert [(await anext(items)).id, (await anext(items)).id] == ["t1", "t2"]
        with pytest.raises(sa.NotFoundError):
            await anext(items)


@virtual_time
async def test_two_equal_things_without_an_id_are_two_things() -> None:
    coffee = {"direction": "debit", "amount_in_cents": 350}
    async with ScriptedServer(data([coffee, coffee])) as server:
        async with sa.SequenceClient("k", base_url=server.url, preview=True) as client:
            assert len(await client.cards.transactions("card_1").collect()) == 2


@virtual_time
async def test_a_long_list_takes_no_more_memory_than_a_short_one() -> None:
    def peak(total: int) -> Callable[[], Any]:
        async def measure() -> int:
            async with ScriptedServer(numbered(total, size=100)) as server:
                server.requests = _Forgetful()
                async with sa.SequenceClient("k", base_url=server.url) as client:
                    tracemalloc.start()
                    count = 0
                    async for _ in client.transfers.list("acc_1", page_size=100):
                        count += 1
                    _, most = tracemalloc.get_traced_memory()
                    tracemalloc.stop()
            assert count == total
            return most

        return measure

    short, long = await peak(2_000)(), await peak(30_000)()
    assert long < short + 4_000_000, "ten thousand ids are remembered at the most"


class _Forgetful(list[Request]):
    def append(self, _: Request) -> None:
        pass


@virtual_time
async def test_executions_are_listed_by_their_rule() -> None:
    async with ScriptedServer(data([execution("rex_1")])) as server:
        async with sa.SequenceClient("k", base_url=server.url) as client:
            found = await client.rule_executions.list("rule_1", status="executed", trigger_type="manual").collect()
    assert [item.id for item in found] == ["rex_1"]
    assert server.requests[0].query == "rule_id=rule_1&status=executed&trigger_type=manual"
