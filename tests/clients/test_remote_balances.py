"""Dollars of the Remote API: exact from the JSON text to whole cents or refused, and balances with one call a round."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from decimal import Context, Decimal, localcontext
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from remote_payloads import account, accounts, client, refused
from scripted_server import ScriptedServer, Step, answer
from virtual_time import run_virtually, virtual_time

import sequence_async as sa
from sequence_async import converter
from sequence_async._core import codec
from sequence_async.models.remote import AccountsSnapshot, RemoteBalance


def read(dollars: str) -> RemoteBalance:
    """Decode an answer in which this text stands for an amount, the way the client does."""
    text = f'{{"accounts": [{account(dollars=dollars)}]}}'
    snapshot: AccountsSnapshot = codec.decode(
        "remote", AccountsSnapshot, codec.from_bytes_exactly(text.encode()), "$.data"
    )
    return snapshot.accounts[0].balance


# Dollars


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("25342.77", 2534277),
        ("137.9", 13790),
        ("10200.50", 1020050),
        ("0.1", 10),
        ("0.29", 29),
        ("1.15", 115),
        ("4.35", 435),
        ("0", 0),
        ("-0.0", 0),
        ("-12.34", -1234),
        ("5", 500),
        ("90071992547409.93", 9007199254740993),
        ("1.5e2", 15000),
        ("12E-2", 12),
        ("7.000", 700),
    ],
)
@virtual_time
async def test_dollars_are_exact_from_the_wire_to_the_cent(text: str, cents: int) -> None:
    async with ScriptedServer(accounts(account(dollars=text))) as server, client(server) as remote:
        balance = (await remote.accounts.list()).accounts[0].balance
    assert type(balance.amount_in_dollars) is Decimal
    assert balance.amount_in_dollars == Decimal(text)
    assert type(balance.amount_in_cents) is int
    assert balance.amount_in_cents == cents


@pytest.mark.parametrize(
    "text",
    [
        "1.005",
        "0.001",
        "137.901",
        "-0.009",
        "1e-3",
        "1e-999999999",
        "1e999999999",
        "1e400",
        "9" * 400,
        f"0.{'0' * 5000}1",
    ],
)
@virtual_time
async def test_what_is_no_whole_number_of_cents_is_refused_with_its_place(text: str) -> None:
    async with ScriptedServer(accounts(account(), account("2", text))) as server, client(server) as remote:
        with pytest.raises(
            sa.DecodeError, match=r"\$\.data\.accounts\[1\]\.balance\.amountInDollars should be a sum of dollars"
        ) as caught:
            await remote.accounts.list()
        assert caught.value.request_id is None
        assert text[:9] not in str(caught.value)
        assert len(server.requests) == 1


@pytest.mark.parametrize("text", ['"25342.77"', "true", "[1]", "{}", '"5"'])
@virtual_time
async def test_what_is_no_number_is_refused_with_its_place(text: str) -> None:
    async with ScriptedServer(accounts(account(dollars=text))) as server, client(server) as remote:
        with pytest.raises(
            sa.DecodeError, match=r"\$\.data\.accounts\[0\]\.balance\.amountInDollars should be a decimal number"
        ):
            await remote.accounts.list()


@given(st.integers(min_value=-(10**17), max_value=10**17), st.integers(min_value=0, max_value=6))
@example(2534277, 0)
def test_every_sum_in_cents_survives_the_way_through_dollars(cents: int, zeros: int) -> None:
    sign, whole, rest = "-" * (cents < 0), *divmod(abs(cents), 100)
    balance = read(f"{sign}{whole}.{rest:02d}{'0' * zeros}")
    assert balance.amount_in_cents == cents
    assert balance.amount_in_dollars == Decimal(cents).scaleb(-2)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15))
def test_any_other_fraction_is_refused(amount: Decimal) -> None:
    if amount * 100 == (amount * 100).to_integral_value() and abs(amount.as_tuple().exponent) < 20:
        assert read(f"{amount:f}").amount_in_cents == int(amount * 100)
    else:
        with pytest.raises(sa.DecodeError, match="at most two decimals"):
            read(f"{amount:f}")


def test_the_callers_decimal_context_changes_nothing() -> None:
    with localcontext(Context(prec=2, traps=[])):
        assert read("25342.77").amount_in_cents == 2534277
        assert read("25342.77").amount_in_dollars == Decimal("25342.77")


@pytest.mark.parametrize("amount", [Decimal("1.005"), Decimal("nan"), Decimal("inf"), Decimal("1e999999")])
def test_a_balance_made_by_hand_has_cents_only_where_they_are_whole(amount: Decimal) -> None:
    assert RemoteBalance(amount_in_dollars=amount).amount_in_cents is None
    assert RemoteBalance(amount_in_dollars=None).amount_in_cents is None
    assert RemoteBalance(amount_in_dollars=Decimal("0.07")).amount_in_cents == 7


def test_no_float_is_taken_on_the_way() -> None:
    with pytest.raises(sa.DecodeError, match="should be a decimal number, not float"):
        codec.decode("remote", RemoteBalance, {"amountInDollars": 0.1}, "$")
    with pytest.raises(Exception, match=r"RemoteBalance"):
        converter("remote").structure({"amountInDollars": 0.1}, RemoteBalance)


@virtual_time
async def test_numbers_beside_the_amounts_are_exact_as_well() -> None:
    body = b'{"data": {"accounts": [], "rate": 0.1}, "message": "OK"}'
    async with ScriptedServer(answer(200, body)) as server, client(server) as remote:
        from sequence_async.operations.remote import LIST_ACCOUNTS

        envelope = (await remote.call(LIST_ACCOUNTS)).envelope
        assert envelope["data"]["rate"] == Decimal("0.1")


# Snapshots

HOUSE = (
    account("1", "100.10"),
    account("2", "20", type="Income Source"),
    account("3", "137.9", type="Account"),
    account("4", "null", type="Account", error='"Disconnected"'),
    account("5", "55.55", type="Liability"),
    account("6", "null"),
)


@virtual_time
async def test_a_snapshot_takes_one_call() -> None:
    async with ScriptedServer(accounts(*HOUSE)) as server, client(server) as remote:
        snapshot = await remote.balances.snapshot()
        assert len(server.requests) == 1
    assert {one.account_id: one.balance_in_cents for one in snapshot.balances.values()} == {"1": 10010, "2": 2000, "3": 13790, "4": None, "5": 5555, "6": None}  # fmt: skip
    # This API tells no debts apart, so what is owed is unknown, and the sum is of everything.
    assert (snapshot.total_in_cents, snapshot.owed_in_cents) == (10010 + 2000 + 13790 + 5555, None)
    assert {one.is_liability for one in snapshot.balances.values()} == {None}
    assert snapshot.balances["1"].name == "Account 1"
    assert [snapshot.balances[one].error for one in "146"] == [None, "Disconnected", "The API returned no balance."]
    assert not snapshot.errors
    assert snapshot.observed_at.utcoffset() is not None


@virtual_time
async def test_a_snapshot_of_some_takes_one_call_and_says_which_are_not_there() -> None:
    async with ScriptedServer(accounts(*HOUSE)) as server, client(server) as remote:
        snapshot = await remote.balances.snapshot(["5", "nowhere", "1", "5"], concurrency=1)
        assert len(server.requests) == 1
        assert list(snapshot.balances) == ["5", "1"]
        assert set(snapshot.errors) == {"nowhere"}
        error = snapshot.errors["nowhere"]
        assert isinstance(error, sa.NotFoundError)
        assert error.operation == "listAccounts"
        assert "'nowhere'" in str(error)
        empty = await remote.balances.snapshot([])
        assert (dict(empty.balances), len(server.requests)) == ({}, 1)
        for wrong in ("5", 5, [5], [""]):
            with pytest.raises(sa.ArgumentError):
                await remote.balances.snapshot(wrong)  # type: ignore[arg-type]


@virtual_time
async def test_a_snapshot_that_cannot_be_read_says_so() -> None:
    async with ScriptedServer(answer(503)) as server, client(server, max_attempts=1) as remote:
        with pytest.raises(sa.ServerError):
            await remote.balances.snapshot()
        snapshot = await remote.balances.snapshot(["1", "2"])
        assert not snapshot.balances
        assert {type(error) for error in snapshot.errors.values()} == {sa.ServerError}
        assert set(snapshot.errors) == {"1", "2"}
    async with ScriptedServer(refused(401, "INVALID_ACCESS_TOKEN")) as server, client(server) as remote:
        for ids in (None, ["1"]):
            with pytest.raises(sa.UnauthorizedError):
                await remote.balances.snapshot(ids)


# Watching


async def first(updates: AsyncIterator[sa.BalanceUpdate], number: int) -> list[sa.BalanceUpdate]:
    return [await anext(updates) for _ in range(number)]


@virtual_time
async def test_a_watch_takes_one_call_a_round_and_tells_what_changed() -> None:
    times: list[float] = []
    loop = asyncio.get_running_loop()

    def at(*texts: str) -> Callable[[Any], Step]:
        def step(_: Any) -> Step:
            times.append(loop.time())
            return accounts(*texts)

        return step

    rounds = (
        at(account("1", "1"), account("2", "2")),
        at(account("1", "1"), account("2", "2.01")),
        at(account("1", "1")),
        at(account("1", "1.5"), account("3", "3")),
    )
    async with ScriptedServer(*rounds) as server, client(server) as remote:
        updates = remote.balances.watch(interval=60)
        seen = await first(updates, 5)
        await updates.aclose()
    assert [(one.account_id, one.previous_in_cents, one.balance_in_cents) for one in seen] == [
        ("1", None, 100),
        ("2", None, 200),
        ("2", 200, 201),
        ("1", 100, 150),
        ("3", None, 300),
    ]
    assert all(later - earlier == pytest.approx(60) for earlier, later in pairwise(times))
    assert len(server.requests) == 4


@virtual_time
async def test_a_watch_tells_of_rounds_that_fail_and_goes_on() -> None:
    steps = (accounts(account("1", "1")), answer(503), answer(503), accounts(account("1", "2")))
    async with ScriptedServer(*steps) as server, client(server, max_attempts=1) as remote:
        updates = remote.balances.watch(interval=60)
        fine, failed, recovered = await first(updates, 3)
        await updates.aclose()
    assert fine.balance_in_cents == 100
    assert isinstance(failed.error, sa.ServerError)
    assert (recovered.previous_in_cents, recovered.balance_in_cents, recovered.error) == (100, 200, None)
    assert len(server.requests) == 4


@virtual_time
async def test_a_watch_that_starts_in_an_outage_waits_it_out() -> None:
    steps = (answer(503), answer(503), accounts(account("1", "2")))
    async with ScriptedServer(*steps) as server, client(server, max_attempts=1) as remote:
        updates = remote.balances.watch(interval=60)
        assert (await anext(updates)).balance_in_cents == 200
        await updates.aclose()


@virtual_time
async def test_a_watch_ends_when_the_token_is_refused() -> None:
    async with (
        ScriptedServer(accounts(account()), refused(401, "INVALID_ACCESS_TOKEN")) as server,
        client(server) as remote,
    ):
        updates = remote.balances.watch(interval=60)
        await anext(updates)
        with pytest.raises(sa.UnauthorizedError):
            await anext(updates)


def test_thousands_of_accounts_are_one_call_too() -> None:
    many = [account(str(number), f"{number}.{number % 100:02d}") for number in range(3000)]

    async def main() -> None:
        async with ScriptedServer(accounts(*many)) as server, client(server) as remote:
            snapshot = await remote.balances.snapshot()
            assert snapshot.total_in_cents == sum(number * 100 + number % 100 for number in range(3000))
            assert len(server.requests) == 1

    run_virtually(main)


def test_a_snapshot_of_accounts_goes_out_as_it_came_in() -> None:
    text = json.dumps({"accounts": [json.loads(one) for one in HOUSE], "errors": ["x"]})
    snapshot = codec.decode("remote", AccountsSnapshot, codec.from_bytes_exactly(text.encode()))
    assert attrs.asdict(snapshot)["accounts"][0]["balance"] == {"amount_in_dollars": Decimal("100.1"), "error": None}
    assert hash(snapshot) == hash(codec.decode("remote", AccountsSnapshot, codec.from_bytes_exactly(text.encode())))
