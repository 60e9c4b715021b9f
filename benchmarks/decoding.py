"""Decoding a response from bytes to models, compared with parsing the same bytes as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from benchmarks import payloads
from benchmarks.timing import Lane, Sample, rounds, timed
from sequence_async import converter
from sequence_async._core import codec
from sequence_async.models.v1 import Account
from sequence_async.operations._runtime import Operation
from sequence_async.operations.v1 import GET_ACCOUNT, LIST_ACCOUNTS, LIST_TRANSFERS

BASELINE, OURS, CONVERTER = "orjson.loads", "sequence_async", "the converter"


def one_account(count: int) -> dict[str, list[Sample]]:
    """Measure a response with one account."""
    return _measure(GET_ACCOUNT, payloads.envelope(payloads.account(1)), 2000, count)


def page_of_transfers(count: int) -> dict[str, list[Sample]]:
    """Measure a response with a page of 100 transfers."""
    return _measure(LIST_TRANSFERS, payloads.envelope([payloads.transfer(number) for number in range(100)]), 50, count)


def page_of_accounts(count: int) -> dict[str, list[Sample]]:
    """Measure a response with 100 accounts without balances, as the API lists them."""
    return _measure(LIST_ACCOUNTS, payloads.summaries(100), 50, count)


def page_of_whole_accounts(count: int) -> dict[str, list[Sample]]:
    """Measure 100 accounts with their balances."""
    accounts = payloads.envelope([payloads.account(number) for number in range(100)])
    return _measure(GET_ACCOUNT, accounts, 50, count, result=Sequence[Account])


def _measure(
    operation: Operation[Any],
    body: bytes,
    times: int,
    count: int,
    result: Any = None,
) -> dict[str, list[Sample]]:
    api, result = operation.api.id, result or operation.result

    def decode() -> None:
        codec.decode(api, result, codec.from_bytes(body)["data"], "$.data")

    def structure() -> None:
        converter(api).structure(orjson.loads(body)["data"], result)

    steps = {BASELINE: lambda: orjson.loads(body), OURS: decode, CONVERTER: structure}
    return rounds({name: _repeated(step, times) for name, step in steps.items()}, count)


def _repeated(step: Callable[[], object], times: int) -> Lane:
    def work() -> None:
        for _ in range(times):
            step()

    return lambda: timed(work, times)
