"""The cost of each layer of one call: ``python -m benchmarks.profile``, or ``make profile``.

The first table adds layer after layer to a call over HTTP. Its costs are realistic, because the processor's caches also
contain other data. The second table shows single steps, warm, repeated thousands of times.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import ExitStack, asynccontextmanager
from timeit import timeit
from typing import Any

import aiohttp
import attrs
import orjson
from yarl import URL

from benchmarks import machine, payloads, server
from benchmarks.calls import lane
from benchmarks.contenders import Call, Contender, opened, ours, raw
from benchmarks.timing import Figure, figures, ratios, rounds
from sequence_async import SequenceClient
from sequence_async._core import codec
from sequence_async._core.redaction import Secret
from sequence_async._core.response_parser import parse_response
from sequence_async._core.target import build_target
from sequence_async._transport.exchange import exchange
from sequence_async._transport.settings import time_limit
from sequence_async.models import v1
from sequence_async.operations.v1 import GET_ACCOUNT

_HEADERS = {"Authorization": "ApiKey benchmark", "Accept": "application/json", "User-Agent": "benchmark"}


@asynccontextmanager
async def _raw_with_headers(origin: str) -> AsyncIterator[Call]:
    async with aiohttp.ClientSession(headers=_HEADERS) as session:

        async def get(account_id: str) -> Any:
            async with session.get(f"{origin}/api/v1/accounts/{account_id}") as response:
                return orjson.loads(await response.read())

        yield get


@asynccontextmanager
async def _exchange(origin: str) -> AsyncIterator[Call]:
    limit = time_limit(10.0)
    async with aiohttp.ClientSession(headers=_HEADERS, cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def get(account_id: str) -> Any:
            url = URL(f"{origin}/api/v1/accounts/{account_id}", encoded=True)
            reply: Any = await exchange(session, "GET", url, body=None, headers=None, time_limit=limit)
            return orjson.loads(reply.body)

        yield get


@asynccontextmanager
async def _engine(origin: str) -> AsyncIterator[Call]:
    unread = attrs.evolve(GET_ACCOUNT, result=None)
    async with SequenceClient("benchmark", base_url=f"{origin}/api/v1") as client:

        async def get(account_id: str) -> Any:
            return await client.call(unread, path={"id": account_id})

        yield get


LAYERS = (
    Contender("raw aiohttp + orjson.loads", raw),
    Contender("… with all constant headers", _raw_with_headers),
    Contender("… sent and read by exchange()", _exchange),
    Contender("client.call(), response not parsed", _engine),
    Contender("accounts.get(), decoded", ours),
)


def layers(origin: str, width: int, calls: int, count: int) -> tuple[Mapping[str, Figure], Mapping[str, Figure]]:
    """Measure the layers. Return the seconds of CPU time per call, and the ratio to the first layer."""
    with ExitStack() as stack:
        samples = rounds(
            {
                contender.name: lane(stack.enter_context(opened(contender.open, origin)), calls, width)
                for contender in LAYERS
            },
            count,
        )
    return figures(samples), ratios(samples, LAYERS[0].name)


def steps() -> dict[str, float]:
    """Return the seconds of single steps."""
    body = payloads.envelope(payloads.account(1))
    raw_account = orjson.loads(body)["data"]
    path = {"id": "acc_01HDEF000001"}
    headers = {"X-Request-ID": "req_01HDEF7005"}
    secret = Secret("benchmark")
    target = "http://127.0.0.1:8080/api/v1" + build_target(GET_ACCOUNT, path, None)
    found: dict[str, Callable[[], object]] = {
        "build_target": lambda: build_target(GET_ACCOUNT, path, None),
        "yarl.URL": lambda: URL(target, encoded=True),
        "time_limit (only near a deadline)": lambda: time_limit(10.0),
        "orjson.loads": lambda: orjson.loads(body),
        "decode": lambda: codec.decode("v1", v1.Account, raw_account),
        "read_answer, with both": lambda: parse_response(GET_ACCOUNT, 200, headers, body, secret),
    }
    return {name: _alone(step) for name, step in found.items()}


def _alone(step: Callable[[], object], times: int = 20_000) -> float:
    return min(timeit(step, number=times) for _ in range(5)) / times


def functions(origin: str) -> None:
    """Print the time per function from cProfile, which overstates short functions."""
    with opened(LAYERS[-1].open, origin) as place:
        work = lane(place, 2000, 50)
        work()
        profile = cProfile.Profile()
        profile.runcall(work)
    pstats.Stats(profile).sort_stats("tottime").print_stats(40)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="run fewer rounds")
    parser.add_argument("--functions", action="store_true", help="print cProfile's table instead")
    chosen = parser.parse_args()
    machine.pin_client()
    with server.running() as origin:
        if chosen.functions:
            functions(origin)
            return
        for width, title in ((50, "50 concurrent calls"), (1, "sequential calls")):
            cpu, ratio = layers(origin, width, 1000, 7 if chosen.quick else 21)
            print(f"{title:42}{'µs of CPU':>12}{'added':>9}{'x raw':>8}")
            raw_cpu, before = cpu[LAYERS[0].name].middle, 1.0
            for name, figure in cpu.items():
                # The added cost follows from ratios within a round, which vary less than times.
                added, before = (ratio[name].middle - before) * raw_cpu * 1e6, ratio[name].middle
                print(f"  {name:40}{figure.middle * 1e6:12.1f}{added:+9.1f}{before:8.2f}")
            print()
    print(f"{'single step':42}{'µs':>12}")
    for name, seconds in steps().items():
        print(f"  {name:40}{seconds * 1e6:12.2f}")


if __name__ == "__main__":
    main()
