"""examples/prometheus_exporter.py shows each listed account once, under its ID, and listens on loopback."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from cli_support import needs_sigint
from example_programs import load, run, running, started
from prometheus_client import CollectorRegistry
from virtual_time import virtual_time

from sequence_async import ForbiddenError, PlatformClient
from sequence_async.sandbox import Sandbox, faults

INTERVAL = 60.0


class Exporter:
    """The exporter of a sandbox, and what a scrape returns."""

    def __init__(self, sandbox: Sandbox, registry: CollectorRegistry, task: asyncio.Task[Any]) -> None:
        self.sandbox = sandbox
        self.task = task
        self._registry = registry

    async def next_round(self) -> None:
        await asyncio.sleep(INTERVAL * 1.5)

    def value(self, metric: str, **labels: str) -> float | None:
        return self._registry.get_sample_value(metric, labels)

    def balance(self, account_id: str) -> float | None:
        return self.value("sequence_balance_cents", account_id=account_id)

    def readable(self, account_id: str) -> float | None:
        return self.value("sequence_balance_readable", account_id=account_id)

    def series(self, account_id: str) -> dict[str, list[str]]:
        """Return the names of an account's series, by metric."""
        found: dict[str, list[str]] = {}
        for metric in self._registry.collect():
            for sample in metric.samples:
                if sample.labels.get("account_id") == account_id:
                    found.setdefault(sample.name, []).append(sample.labels.get("name", ""))
        return found


@asynccontextmanager
async def exporting(**options: Any) -> AsyncIterator[Exporter]:
    """Export the balances of a sandbox. Time is virtual, so a round takes none."""
    example, registry = load("prometheus_exporter"), CollectorRegistry()
    metrics = example.Metrics(registry)
    async with (
        Sandbox(seed="examples", platform_rate_limit=None, **options) as sandbox,
        PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, on_event=metrics.take_event) as client,
        running(example.export(client, metrics.balances, interval=INTERVAL)) as task,
    ):
        yield Exporter(sandbox, registry, task)


@virtual_time
async def test_exporter_each_round_shows_the_current_balance() -> None:
    async with exporting() as exporter:
        pod = exporter.sandbox.account("Emergency Fund")
        await exporter.next_round()
        before = exporter.balance(pod.id)
        assert before == pod.cents
        exporter.sandbox.deposit(pod.name, 4_200)
        await exporter.next_round()
        assert exporter.balance(pod.id) == before + 4_200


@virtual_time
async def test_exporter_failed_request_counts_calls_and_retries() -> None:
    async with exporting() as exporter:
        exporter.sandbox.fail_next("platform.getAccount", 1, faults.Status(status=503))
        await exporter.next_round()
        assert exporter.value("sequence_retries_total", operation="getAccount") == 1
        calls = exporter.value("sequence_calls_total", operation="getAccount", outcome="success")
        assert calls is not None
        assert calls >= len(exporter.sandbox.accounts)


@virtual_time
async def test_exporter_renamed_account_keeps_one_series_with_the_new_name() -> None:
    async with exporting() as exporter:
        pod = exporter.sandbox.account("Emergency Fund")
        await exporter.next_round()
        assert exporter.series(pod.id)["sequence_account_info"] == ["Emergency Fund"]
        pod.name = "Rainy Days"
        await exporter.next_round()
        series = exporter.series(pod.id)
        assert series.pop("sequence_account_info") == ["Rainy Days"]
        assert set(map(tuple, series.values())) == {("",)}
        assert exporter.balance(pod.id) == pod.cents


@virtual_time
async def test_exporter_deleted_account_loses_all_series() -> None:
    async with exporting() as exporter:
        pod = exporter.sandbox.account("Emergency Fund")
        await exporter.next_round()
        assert exporter.series(pod.id)
        pod.deleted_ms = exporter.sandbox.world.now_ms
        await exporter.next_round()
        assert exporter.series(pod.id) == {}
        assert exporter.balance(exporter.sandbox.account("Taxes").id) is not None


@virtual_time
async def test_exporter_two_accounts_of_one_name_have_a_series_each() -> None:
    async with exporting() as exporter:
        one, two = exporter.sandbox.account("Emergency Fund"), exporter.sandbox.account("Taxes")
        two.name = one.name
        await exporter.next_round()
        assert (exporter.balance(one.id), exporter.balance(two.id)) == (one.cents, two.cents)
        assert one.cents != two.cents


@virtual_time
async def test_exporter_account_that_the_bank_does_not_report_is_not_readable() -> None:
    async with exporting() as exporter:
        account = next(one for one in exporter.sandbox.accounts.values() if one.error)
        await exporter.next_round()
        assert exporter.readable(account.id) == 0
        assert exporter.balance(account.id) is None
        assert exporter.series(account.id)["sequence_account_info"] == [account.name]


@virtual_time
async def test_exporter_account_never_read_is_not_readable_under_its_id() -> None:
    async with exporting(accounts=1) as exporter:
        exporter.sandbox.fail_next("platform.getAccount", 1000, faults.Status(status=404))
        await exporter.next_round()
        accounts = list(exporter.sandbox.accounts.values())
        assert [exporter.readable(one.id) for one in accounts] == [0] * len(accounts)
        assert [exporter.balance(one.id) for one in accounts] == [None] * len(accounts)


@virtual_time
async def test_exporter_account_no_longer_readable_shows_no_old_balance() -> None:
    async with exporting() as exporter:
        pod = exporter.sandbox.account("Emergency Fund")
        await exporter.next_round()
        assert exporter.readable(pod.id) == 1
        exporter.sandbox.fail_next("platform.getAccount", 1000, faults.Status(status=404))
        await exporter.next_round()
        assert (exporter.readable(pod.id), exporter.balance(pod.id)) == (0, None)


@virtual_time
async def test_exporter_listing_fails_transiently_keeps_the_accounts() -> None:
    async with exporting() as exporter:
        pod = exporter.sandbox.account("Emergency Fund")
        await exporter.next_round()
        exporter.sandbox.fail_next("platform.listAccounts", 1000, faults.Status(status=503))
        await exporter.next_round()
        assert not exporter.task.done()
        assert exporter.balance(pod.id) == pod.cents


@virtual_time
async def test_exporter_key_without_the_scope_ends_with_the_error() -> None:
    example = load("prometheus_exporter")
    async with Sandbox(seed="examples") as sandbox:
        key = sandbox.create_key(["MANUAL_TRANSFER"])
        async with PlatformClient(key, base_url=sandbox.platform_url) as client:
            with pytest.raises(ForbiddenError):
                await example.export(client, example.Balances(), interval=INTERVAL)


@needs_sigint
def test_exporter_interrupted_serves_loopback_only_and_stops(sequence_env: Sandbox) -> None:
    with started("prometheus_exporter", "--port", "0", "--interval", "0.1") as exporter:
        assert exporter.stdout is not None
        port = int(re.findall(r"on 127\.0\.0\.1, port (\d+)", exporter.stdout.readline())[0])
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as response:
            assert "sequence_account_info" in response.read().decode()
        if sys.platform == "linux":  # where all of 127.0.0.0/8 reaches a server that listens on every address
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.2", port))
        exporter.send_signal(signal.SIGINT)
        out, err = exporter.communicate(timeout=30)
    assert (exporter.returncode, out, err) == (0, "Stopped.\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8")
def test_exporter_host_option_listens_there(sequence_env: Sandbox) -> None:
    with started("prometheus_exporter", "--host", "127.0.0.2", "--port", "0") as exporter:
        assert exporter.stdout is not None
        port = int(re.findall(r"on 127\.0\.0\.2, port (\d+)", exporter.stdout.readline())[0])
        socket.create_connection(("127.0.0.2", port)).close()


@pytest.mark.parametrize(
    "arguments", [("--port", "70000"), ("--port", "-1"), ("--interval", "0"), ("--interval", "nan")], ids=" ".join
)
def test_exporter_invalid_argument_exits_2(arguments: tuple[str, str]) -> None:
    code, out, err = run("prometheus_exporter", *arguments)
    assert (code, out) == (2, "")
    assert f"argument {arguments[0]}: invalid" in err


def test_exporter_without_a_key_exits_1_before_it_listens() -> None:
    code, out, err = run("prometheus_exporter", "--port", "0")
    assert (code, out) == (1, "")
    assert "SEQUENCE_API_KEY" in err
    assert "Traceback" not in err


def test_exporter_port_in_use_exits_1(sequence_env: Sandbox) -> None:
    code, out, err = run("prometheus_exporter", "--port", str(sequence_env.port))
    assert (code, out) == (1, "")
    assert "in use" in err
    assert "Traceback" not in err
