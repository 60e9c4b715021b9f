"""The clients to compare. Each reads one account in its usual way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Any, Generic, TypeVar

import aiohttp
import attrs
import orjson

from sequence_async import SequenceClient
from sequence_async.balances import Balances

T = TypeVar("T")

Call = Callable[[str], Awaitable[Any]]
Open = Callable[[str], AbstractAsyncContextManager[Call]]


@asynccontextmanager
async def raw(origin: str) -> AsyncIterator[Call]:
    """Open the baseline: plain aiohttp, without models, checks, retries or deadlines."""
    async with aiohttp.ClientSession(headers={"Authorization": "ApiKey benchmark"}) as session:

        async def get(account_id: str) -> Any:
            async with session.get(f"{origin}/api/v1/accounts/{account_id}") as response:
                return orjson.loads(await response.read())

        yield get


@asynccontextmanager
async def ours(origin: str) -> AsyncIterator[Call]:
    """Open a ``SequenceClient`` with default options."""
    async with SequenceClient("benchmark", base_url=f"{origin}/api/v1") as client:
        yield client.accounts.get


@asynccontextmanager
async def our_balances(origin: str) -> AsyncIterator[Balances]:
    """Open the balances of a ``SequenceClient``."""
    async with SequenceClient("benchmark", base_url=f"{origin}/api/v1") as client:
        yield client.balances


@asynccontextmanager
async def raw_httpx(origin: str) -> AsyncIterator[Call]:
    """Open plain httpx."""
    import httpx

    async with httpx.AsyncClient(headers={"Authorization": "ApiKey benchmark"}) as client:

        async def get(account_id: str) -> Any:
            return orjson.loads((await client.get(f"{origin}/api/v1/accounts/{account_id}")).content)

        yield get


@asynccontextmanager
async def increase(origin: str) -> AsyncIterator[Call]:
    """Open a generated SDK with httpx and pydantic. It reads an account of its own API, of similar size."""
    from increase import AsyncIncrease

    async with AsyncIncrease(api_key="benchmark", base_url=f"{origin}/increase") as client:
        yield client.accounts.retrieve


@asynccontextmanager
async def get_sequence(origin: str) -> AsyncIterator[Call]:
    """Open a client of Sequence's older API. It reads all accounts (here one) in one call, as a dict."""
    from GetSequenceIoApiClient import SequenceApiClient

    async with aiohttp.ClientSession() as session:
        client = SequenceApiClient(session, "benchmark")
        client.base_url = f"{origin}/legacy"

        async def get(_: str) -> Any:
            return await client.async_get_accounts()

        yield get


@attrs.frozen
class Contender:
    """A client to measure."""

    name: str
    open: Open
    uvloop: bool = False
    slow: bool = False
    """Whether to make only a tenth of the calls."""


RAW, OURS = "raw aiohttp + orjson.loads", "sequence_async"

CONTENDERS = (
    Contender(RAW, raw),
    Contender(OURS, ours),
    Contender("raw aiohttp + orjson.loads, uvloop", raw, uvloop=True),
    Contender("sequence_async, uvloop", ours, uvloop=True),
    Contender("GetSequenceIoApiClient (no models)", get_sequence),
    Contender("raw httpx + orjson.loads", raw_httpx, slow=True),
    Contender("increase (generated, httpx, pydantic)", increase, slow=True),
)


def loop_factory(*, uvloop: bool = False) -> Callable[[], asyncio.AbstractEventLoop]:
    """Return the factory of the event loop."""
    if not uvloop:
        return asyncio.SelectorEventLoop
    from uvloop import new_event_loop

    return new_event_loop


@attrs.frozen
class Opened(Generic[T]):
    """An open client and the event loop of its connections."""

    runner: asyncio.Runner
    value: T


@contextmanager
def opened(
    opening: Callable[[str], AbstractAsyncContextManager[T]],
    origin: str,
    *,
    uvloop: bool = False,
) -> Iterator[Opened[T]]:
    """Open a client for the duration of its measurement."""
    with asyncio.Runner(loop_factory=loop_factory(uvloop=uvloop)) as runner:
        manager = opening(origin)
        value = runner.run(_entered(manager))
        try:
            yield Opened(runner, value)
        finally:
            runner.run(_left(manager))


# Runner.run() accepts only coroutines, not other awaitables.
async def _entered(manager: AbstractAsyncContextManager[T]) -> T:
    return await manager.__aenter__()


async def _left(manager: AbstractAsyncContextManager[object]) -> None:
    await manager.__aexit__(None, None, None)
