"""Balances over an API that gives one a call, and a hundred calls a minute."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from typing import Any

import aiohttp
import pytest
from platform_payloads import KEY, Enforcing, account, balance, client_of, data, household, now, page, query_of
from scripted_server import Request, Step, answer, error
from virtual_time import virtual_time

import sequence_async as sa

LIMIT = sa.RateLimit(100, per=60.0)
FAMILY = {"pod": "POD", "income": "INCOME_SOURCE", "bank": "EXTERNAL_ACCOUNT"}


def read(requests: list[Request]) -> list[str]:
    """The accounts whose balance was asked for, in order."""
    return [request.path.rsplit("/", 1)[-1] for request in requests if not request.path.endswith("/accounts")]


# -- once ----------------------------------------------------------------------------------------------


@virtual_time
async def test_a_snapshot_lists_by_the_hundred_and_reads_each_account() -> None:
    kinds = {f"a{number:03}": "POD" for number in range(120)}
    async with client_of(household(kinds)) as (client, server):
        snapshot = await client.balances.snapshot()
    assert snapshot.total_in_cents == 120 * 100
    assert list(snapshot.balances) == list(kinds)
    lists = [query_of(request) for request in server.requests if request.path.endswith("/accounts")]
    assert lists == [{"pageSize": "100"}, {"pageSize": "100", "page": "2"}]
    assert len(server.requests) == 122
    assert server.most_in_flight <= 16


@virtual_time
async def test_debts_are_apart_and_unread_balances_are_none() -> None:
    accounts = {
        "pod": account("pod", cents=1000),
        "card": account("card", "EXTERNAL_ACCOUNT", 250, externalAccountType="LIABILITY"),
        "gone": account("gone", "EXTERNAL_ACCOUNT", balance=balance(None, error="DISCONNECTED")),
        "null": account("null", balance=None),
    }

    def handler(request: Request) -> Step:
        account_id = request.path.rsplit("/", 1)[-1]
        found = accounts.get(account_id)
        return error(404, "ACCOUNT_NOT_FOUND") if found is None else data(found)

    async with client_of(handler) as (client, _):
        snapshot = await client.balances.snapshot([*accounts, "other"])
    assert (snapshot.total_in_cents, snapshot.owed_in_cents) == (1000, 250)
    assert snapshot.balances["gone"].balance_in_cents is None
    assert snapshot.balances["gone"].error == "DISCONNECTED"
    assert snapshot.balances["null"].error
    assert isinstance(snapshot.errors["other"], sa.NotFoundError)
    assert list(snapshot.errors) == ["other"]


@pytest.mark.parametrize("concurrency", [1, 16, 400])
@virtual_time
async def test_a_sweep_may_outlast_the_time_of_one_call(concurrency: int) -> None:
    """400 accounts take three minutes, while a call has 30 seconds: waiting for one's turn does not count."""
    kinds = {f"a{number:03}": "POD" for number in range(400)}
    rules = Enforcing(household(kinds))
    async with client_of(rules, rate_limit=LIMIT) as (client, _):
        started = now()
        snapshot = await client.balances.snapshot(concurrency=concurrency)
        took = now() - started
    assert not snapshot.errors
    assert len(snapshot.balances) == 400
    assert rules.refused == 0
    assert (404 - 100) * 0.6 <= took <= (404 - 100) * 0.6 + 2.0


@virtual_time
async def test_the_time_of_each_read_counts_from_its_turn() -> None:
    def slow(request: Request) -> Step:
        step = data(account(request.path.rsplit("/", 1)[-1]))
        step.delay = 4.0
        return step

    async with client_of(slow, rate_limit=sa.RateLimit(1, per=5.0), timeout=6.0) as (client, _):
        snapshot = await client.balances.snapshot(["a", "b", "c", "d"])
    assert not snapshot.errors


@virtual_time
async def test_one_that_never_answers_ends_in_its_time_and_spoils_no_other() -> None:
    def handler(request: Request) -> Step:
        if request.path.endswith("/bad"):
            return Step(hang=True)
        return data(account(request.path.rsplit("/", 1)[-1]))

    async with client_of(handler, rate_limit=LIMIT, timeout=5.0, attempt_timeout=2.0) as (client, _):
        started = now()
        snapshot = await client.balances.snapshot(["a", "bad", "b"])
        assert now() - started <= 6.0
    assert set(snapshot.balances) == {"a", "b"}
    assert isinstance(snapshot.errors["bad"], sa.TimedOutError)


@virtual_time
async def test_one_that_never_answers_has_no_more_time_for_having_waited() -> None:
    def handler(request: Request) -> Step:
        if request.path.endswith("/bad"):
            return Step(hang=True)
        return data(account(request.path.rsplit("/", 1)[-1]))

    ids = [*(f"a{number:02}" for number in range(60)), "bad"]
    limit = sa.RateLimit(10, per=60.0)
    async with client_of(handler, rate_limit=limit, timeout=5.0, attempt_timeout=5.0) as (client, _):
        started = now()
        snapshot = await client.balances.snapshot(ids, concurrency=61)
        assert now() - started <= (61 - 10) * 6.0 + 5.5
    assert list(snapshot.errors) == ["bad"]


@virtual_time
async def test_a_refusal_that_lasts_longer_than_a_call_is_not_waited_out() -> None:
    async with client_of(error(429, "RATE_LIMIT_EXCEEDED", headers={"Retry-After": "3600"}), rate_limit=LIMIT) as (
        client,
        _,
    ):
        started = now()
        snapshot = await client.balances.snapshot(["a", "b"])
        assert now() - started < 60.0
    assert {type(failure) for failure in snapshot.errors.values()} == {sa.RateLimitedError}


@virtual_time
async def test_a_list_that_fails_is_an_error() -> None:
    async with client_of(error(403, "ACCESS_DENIED")) as (client, _):
        with pytest.raises(sa.ForbiddenError, match="READ_ACCOUNTS"):
            await client.balances.snapshot()


@virtual_time
async def test_nothing_is_read_of_no_account() -> None:
    async with client_of(page([])) as (client, server):
        assert not (await client.balances.snapshot([])).balances
        assert server.requests == []
        assert not (await client.balances.snapshot()).balances


# -- said beforehand -------------------------------------------------------------------------------------


@virtual_time
async def test_an_estimate_is_what_the_limit_makes_of_it() -> None:
    kinds = {f"a{number:03}": "POD" for number in range(250)}
    async with client_of(household(kinds), rate_limit=LIMIT) as (client, server):
        assert await client.balances.estimate([]) == 0.0
        assert await client.balances.estimate(["a", "b"]) == 0.0
        assert await client.balances.estimate(100) == 0.0
        assert await client.balances.estimate(160) == pytest.approx(36.0)
        assert server.requests == []
        estimate = await client.balances.estimate()
        assert len(server.requests) == 3
        started = now()
        await client.balances.snapshot()
        took = now() - started
    assert estimate == pytest.approx((3 + 253 - 100) * 0.6, abs=0.5)
    assert estimate <= took <= estimate + 2.0


@virtual_time
async def test_without_a_limit_nothing_holds_it_up() -> None:
    async with client_of(page([])) as (client, _):
        assert await client.balances.estimate(10_000) == 0.0


@virtual_time
async def test_a_snapshot_says_beforehand_how_long_it_must_take(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sequence_async")
    kinds = {f"a{number:03}": "POD" for number in range(130)}
    events: list[sa.Event] = []
    async with client_of(household(kinds), rate_limit=LIMIT, on_event=events.append) as (client, _):
        await client.balances.snapshot()
    sweeps = [number for number, event in enumerate(events) if isinstance(event, sa.SweepEvent)]
    assert len(sweeps) == 1
    sweep: Any = events[sweeps[0]]
    assert (sweep.accounts, sweep.seconds) == (130, pytest.approx(0.6 * (130 - 98), abs=0.6))
    before = {event.operation for event in events[: sweeps[0]] if isinstance(event, sa.CallEvent)}
    assert before == {"listAccounts"}
    assert "130 accounts" in caplog.text
    assert KEY not in caplog.text


# -- again and again -------------------------------------------------------------------------------------


@virtual_time
async def test_external_accounts_are_read_less_often() -> None:
    cents = dict.fromkeys(FAMILY, 100)
    moments: dict[str, list[float]] = {name: [] for name in FAMILY}
    serve = household(FAMILY, cents)

    def handler(request: Request) -> Step:
        name = request.path.rsplit("/", 1)[-1]
        if name in moments:
            moments[name].append(now())
            cents[name] += 1
        return serve(request)

    # A connection that is kept would be looked after every 15 seconds of these hours.
    connector = aiohttp.TCPConnector(force_close=True)
    async with (
        aiohttp.ClientSession(connector=connector) as session,
        client_of(handler, rate_limit=LIMIT, session=session) as (client, _),
    ):
        started = now()
        async with aclosing(client.balances.watch(interval=3600.0)) as updates:
            async for update in updates:
                assert update.changed
                if now() - started > 12.5 * 3600:
                    break
    assert [round(moment - started, -1) for moment in moments["bank"]] == [0.0, 6 * 3600.0, 12 * 3600.0]
    assert len(moments["pod"]) == len(moments["income"]) == 14


@virtual_time
async def test_given_accounts_cost_no_list_and_their_type_is_learnt() -> None:
    async with client_of(household(FAMILY)) as (client, server):
        async with aclosing(
            client.balances.watch(["pod", "bank"], interval=60.0, external_interval=150.0, only_changes=False)
        ) as updates:
            seen = [(await anext(updates)).account_id for _ in range(9)]
    assert read(server.requests)[:9] == seen
    assert all(not request.path.endswith("/accounts") for request in server.requests)
    assert seen == ["pod", "bank", "pod", "pod", "pod", "bank", "pod", "pod", "pod"]


@virtual_time
async def test_an_external_account_that_failed_is_read_again_in_the_next_round() -> None:
    moments: list[float] = []

    def handler(request: Request) -> Step:
        moments.append(now())
        return answer(503) if len(moments) in {1, 3} else data(account("bank", "EXTERNAL_ACCOUNT", len(moments)))

    async with client_of(handler, max_attempts=1) as (client, _):
        started = now()
        async with aclosing(client.balances.watch(["bank"], interval=60.0, external_interval=600.0)) as updates:
            seen = [await anext(updates) for _ in range(4)]
    assert [type(update.error) for update in seen] == [sa.ServerError, type(None), sa.ServerError, type(None)]
    assert [round(moment - started) for moment in moments] == [0, 60, 660, 720]


@virtual_time
async def test_a_new_account_is_seen_in_the_next_round() -> None:
    kinds = dict(FAMILY)
    async with client_of(household(kinds)) as (client, _):
        async with aclosing(client.balances.watch(interval=60.0)) as updates:
            assert {(await anext(updates)).account_id for _ in range(3)} == set(FAMILY)
            kinds["new"] = "POD"
            started = now()
            assert (await anext(updates)).account_id == "new"
            assert now() - started <= 61.0


@virtual_time
async def test_leaving_a_watch_leaves_nothing_behind() -> None:
    async with client_of(household(FAMILY), rate_limit=sa.RateLimit(1, per=60.0)) as (client, server):
        updates = client.balances.watch()
        await anext(updates)
        await updates.aclose()
        asked = len(server.requests)
        await asyncio.sleep(3600)
        assert len(server.requests) == asked


@virtual_time
async def test_a_watch_that_cannot_be_says_so() -> None:
    async with client_of(error(403, "ACCESS_DENIED")) as (client, _):
        with pytest.raises(sa.ForbiddenError):
            await anext(client.balances.watch())
