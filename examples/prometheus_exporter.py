"""Export all balances, and how the calls for them went, as metrics for Prometheus.

$ export SEQUENCE_API_KEY=sk_…
$ python examples/prometheus_exporter.py --port 9184
$ curl --silent localhost:9184/metrics | grep ^sequence_
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import aclosing

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from sequence_async import AttemptEvent, BalanceUpdate, CallEvent, Event, PlatformClient, RetryEvent


class Metrics:
    """What is exported. A float of Prometheus holds whole cents exactly, up to 90 trillion dollars."""

    def __init__(self, registry: CollectorRegistry) -> None:
        account = ("account_id", "name")
        self._balance = Gauge("sequence_balance_cents", "What is in an account.", account, registry=registry)
        self._readable = Gauge("sequence_balance_readable", "1 where it could be read.", account, registry=registry)
        self._observed = Gauge("sequence_balance_observed_seconds", "When, since 1970.", account, registry=registry)
        self._calls = Counter("sequence_calls", "Calls by outcome.", ("operation", "outcome"), registry=registry)
        self._retries = Counter("sequence_retries", "Retries.", ("operation",), registry=registry)
        self._seconds = Histogram("sequence_attempt_seconds", "Attempts.", ("operation",), registry=registry)

    def take_update(self, update: BalanceUpdate) -> None:
        """Take in news of an account."""
        if update.name is None:
            return  # its first reading failed, which shows in sequence_calls; the next one gives its series a name
        labels = (update.account_id, update.name)
        self._readable.labels(*labels).set(update.balance_in_cents is not None)
        self._observed.labels(*labels).set(update.observed_at.timestamp())
        if update.balance_in_cents is not None:
            self._balance.labels(*labels).set(update.balance_in_cents)

    def take_event(self, event: Event) -> None:
        """Take in what a client reports of its calls."""
        match event:
            case AttemptEvent():
                self._seconds.labels(event.operation).observe(event.seconds)
            case RetryEvent():
                self._retries.labels(event.operation).inc()
            case CallEvent():
                self._calls.labels(event.operation, event.outcome).inc()
            case _:
                pass  # waiting for the rate limit is no news here


async def export(metrics: Metrics, *, interval: float) -> None:
    """Keep the metrics up to date, until cancelled."""
    async with (
        PlatformClient(called_reason="metrics", on_event=metrics.take_event) as client,
        aclosing(client.balances.watch(interval=interval, only_changes=False)) as updates,
    ):
        async for update in updates:
            metrics.take_update(update)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Export all balances as metrics for Prometheus.")
    parser.add_argument("--port", type=int, default=9184)
    parser.add_argument("--interval", type=float, default=300.0, help="seconds between two looks (default: 300)")
    given = parser.parse_args()
    everything = CollectorRegistry()
    start_http_server(given.port, registry=everything)
    asyncio.run(export(Metrics(everything), interval=given.interval))
