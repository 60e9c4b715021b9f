"""Export all balances, and the outcome of the API calls for them, as metrics for Prometheus.

    $ export SEQUENCE_API_KEY=sk_…
    $ python examples/prometheus_exporter.py --port 9184
    $ curl --silent localhost:9184/metrics | grep ^sequence_

Each account has one series per metric, labeled with its ID. The name is on ``sequence_account_info``, so that a renamed
account keeps its series. Show names in a query like this:

    sequence_balance_cents * on (account_id) group_left (name) sequence_account_info

The series of an account that Sequence no longer lists are removed. The exporter listens on 127.0.0.1. The metrics show
the balances, so pass ``--host`` only on a network where all users may see them. Ctrl-C stops it.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import aclosing, suppress

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from sequence_async import (
    AttemptEvent,
    BalanceUpdate,
    CallEvent,
    Event,
    NoResponseError,
    PlatformClient,
    RateLimitedError,
    RetryEvent,
    SequenceError,
    ServerError,
)


class Balances(Collector):
    """The metrics of the accounts, computed at each scrape, so that deleted accounts and old names disappear."""

    def __init__(self) -> None:
        self._names: Mapping[str, str] = {}
        self._updates: dict[str, BalanceUpdate] = {}

    def list_accounts(self, names: Mapping[str, str]) -> None:
        """Replace the accounts to show: their names, by ID."""
        self._names = names

    def take_update(self, update: BalanceUpdate) -> None:
        """Store the latest reading of an account."""
        self._updates[update.account_id] = update

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the metrics. The server calls this in its own thread."""
        info = GaugeMetricFamily("sequence_account_info", "The account's name.", labels=("account_id", "name"))
        readable = _gauge("sequence_balance_readable", "1 if the last reading returned a balance, else 0.")
        # A float represents whole cents exactly, up to 90 trillion dollars.
        balance = _gauge("sequence_balance_cents", "The balance in cents. Absent if it is not readable.")
        observed = _gauge("sequence_balance_observed_seconds", "When the balance was read, in seconds since 1970 UTC.")
        for account_id, name in self._names.items():
            info.add_metric((account_id, name), 1)
            update = self._updates.get(account_id)
            if update is None:
                continue  # Listed, but not read yet.
            readable.add_metric((account_id,), update.balance_in_cents is not None)
            if update.balance_in_cents is not None:
                balance.add_metric((account_id,), update.balance_in_cents)
                observed.add_metric((account_id,), update.observed_at.timestamp())
        yield from (info, readable, balance, observed)


def _gauge(name: str, text: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, labels=("account_id",))


class Metrics:
    """All metrics of the exporter."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.balances = Balances()
        registry.register(self.balances)
        self._calls = Counter("sequence_calls", "Calls by outcome.", ("operation", "outcome"), registry=registry)
        self._retries = Counter("sequence_retries", "Retries.", ("operation",), registry=registry)
        self._seconds = Histogram(
            "sequence_attempt_seconds", "Duration of one HTTP request.", ("operation",), registry=registry
        )

    def take_event(self, event: Event) -> None:
        """Count an event of the client."""
        match event:
            case AttemptEvent():
                self._seconds.labels(event.operation).observe(event.seconds)
            case RetryEvent():
                self._retries.labels(event.operation).inc()
            case CallEvent():
                self._calls.labels(event.operation, event.outcome).inc()
            case _:
                pass  # a wait for the rate limit, or an event that a later release adds


async def list_accounts(client: PlatformClient, balances: Balances, interval: float) -> None:
    """Keep the list of accounts and their names up to date."""
    while True:
        # After a transient failure, the known accounts stay. sequence_calls_total counts the failure.
        with suppress(NoResponseError, ServerError, RateLimitedError):
            accounts = await client.accounts.list(page_size=100).collect()
            balances.list_accounts({account.id: account.name for account in accounts})
        await asyncio.sleep(interval)


async def read_balances(client: PlatformClient, balances: Balances, interval: float) -> None:
    """Keep the balances up to date."""
    async with aclosing(client.balances.watch(interval=interval, only_changes=False)) as updates:
        async for update in updates:
            balances.take_update(update)


async def export(client: PlatformClient, balances: Balances, *, interval: float) -> None:
    """Keep the metrics up to date until cancelled, with ``interval`` seconds between polling rounds."""
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(list_accounts(client, balances, interval))
            tasks.create_task(read_balances(client, balances, interval))
    except ExceptionGroup as group:
        raise group.exceptions[0] from None


async def serve(host: str, port: int, *, interval: float) -> None:
    """Serve the metrics and keep them up to date until cancelled."""
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    async with PlatformClient(called_reason="metrics", on_event=metrics.take_event) as client:
        server, thread = start_http_server(port, addr=host, registry=registry)
        print(f"Serving /metrics on {host}, port {server.server_port}. Ctrl-C stops.", flush=True)
        try:
            await export(client, metrics.balances, interval=interval)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def seconds(text: str) -> float:
    """Return a positive number of seconds from the command line."""
    if not 0 < (value := float(text)) < math.inf:
        raise ValueError
    return value


def port_number(text: str) -> int:
    """Return a port from the command line. 0 selects a free port."""
    if not 0 <= (value := int(text)) < 1 << 16:
        raise ValueError
    return value


def main() -> int:
    """Run the command line. Return the exit code."""
    parser = argparse.ArgumentParser(description="Export all balances as metrics for Prometheus.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=port_number, default=9184, help="port to listen on (default: 9184)")
    parser.add_argument("--interval", type=seconds, default=300.0, help="seconds between polling rounds (default: 300)")
    options = parser.parse_args()
    try:
        asyncio.run(serve(options.host, options.port, interval=options.interval))
    except KeyboardInterrupt:
        print("Stopped.")
    except (SequenceError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
