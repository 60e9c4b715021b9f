"""A debt is never counted as money that is held, and an unknown debt is never 0."""

from __future__ import annotations

import json
from collections.abc import Iterator

import attrs
import pytest
from cli_support import SandboxThread, command, sandbox_thread

import sequence_async as sa
from sequence_async.sandbox import Sandbox

HELD, OWED = 88_210_14, 17_644_19
"""What the accounts of the sandbox with seed 1 hold and owe, in cents."""


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=1, platform_rate_limit=None) as made:
        yield made


def client_of(api: str, sandbox: Sandbox) -> sa.SequenceClient | sa.PlatformClient | sa.RemoteClient:
    match api:
        case "platform":
            return sa.PlatformClient(sandbox.api_key, base_url=sandbox.platform_url)
        case "v1":
            return sa.SequenceClient(sandbox.api_key, base_url=sandbox.v1_url)
        case _:
            return sa.RemoteClient(sandbox.access_token, base_url=sandbox.remote_url)


@pytest.mark.parametrize(
    ("api", "total", "owed"), [("platform", HELD, OWED), ("v1", HELD, OWED), ("remote", HELD + OWED, None)]
)
async def test_snapshot_debts_are_apart_or_unknown(api: str, total: int, owed: int | None) -> None:
    async with Sandbox(seed=1, platform_rate_limit=None) as sandbox, client_of(api, sandbox) as client:
        snapshot = await client.balances.snapshot()
    assert (snapshot.total_in_cents, snapshot.owed_in_cents) == (total, owed)
    marked = {one.name for one in snapshot.balances.values() if one.is_liability is not False}
    debts = {one.name for one in sandbox.accounts.values() if one.is_liability}
    assert marked == (debts if owed is not None else {one.name for one in sandbox.accounts.values()})


@pytest.mark.parametrize("external_type", [None, "LINE_OF_CREDIT"])
@pytest.mark.parametrize("api", ["platform", "v1"])
async def test_snapshot_account_of_unknown_type_leaves_owed_unknown(api: str, external_type: str | None) -> None:
    async with Sandbox(seed=1, platform_rate_limit=None) as sandbox, client_of(api, sandbox) as client:
        next(one for one in sandbox.accounts.values() if one.is_liability).external_type = external_type
        snapshot = await client.balances.snapshot()
    assert [one.is_liability for one in snapshot.balances.values()].count(None) == 1
    assert snapshot.owed_in_cents is None


@pytest.mark.parametrize(("api", "owed"), [("platform", 0), ("v1", 0), ("remote", None)])
@pytest.mark.parametrize("account_ids", [[], ["nothing-like-it"]], ids=["none", "missing"])
async def test_snapshot_that_read_nothing_owes_0_or_unknown(api: str, owed: int | None, account_ids: list[str]) -> None:
    async with Sandbox(seed=1) as sandbox, client_of(api, sandbox) as client:
        snapshot = await client.balances.snapshot(account_ids)
    assert (snapshot.balances, list(snapshot.errors)) == ({}, account_ids)
    assert (snapshot.total_in_cents, snapshot.owed_in_cents) == (0, owed)


async def test_snapshot_without_liabilities_owes_0() -> None:
    async with Sandbox(seed=1, platform_rate_limit=None) as sandbox, client_of("platform", sandbox) as client:
        snapshot = await client.balances.snapshot([sandbox.account("Taxes").id])
    assert (len(snapshot.balances), snapshot.owed_in_cents) == (1, 0)
    assert attrs.evolve(snapshot, reports_liabilities=False).owed_in_cents is None


@pytest.mark.parametrize(
    ("api", "words"),
    [
        ("platform", "$88,210.14 held, $17,644.19 owed"),
        ("v1", "$88,210.14 held, $17,644.19 owed"),
        ("remote", "$105,854.33 in total; this API does not report debts"),
    ],
)
def test_balances_total_line_never_calls_a_debt_held(
    api: str, words: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(server, "balances", "--api", api, monkeypatch=monkeypatch)
    assert words in result.stderr
    found = json.loads(command(server, "balances", "--api", api, "--json", monkeypatch=monkeypatch).stdout)
    owed = None if api == "remote" else OWED
    assert (found["total_in_cents"], found["owed_in_cents"]) == (HELD + OWED - (owed or 0), owed)


def test_remote_balances_that_read_nothing_do_not_print_0_owed(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["balances", "nothing-like-it", "--api", "remote"]
    result = command(server, *arguments, monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert "$0.00 in total; this API does not report debts" in result.stderr
    assert "$0.00 owed" not in result.stderr
    assert json.loads(command(server, *arguments, "--json", monkeypatch=monkeypatch).stdout)["owed_in_cents"] is None
