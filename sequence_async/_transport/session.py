"""The aiohttp session of a client: created in the loop of the first call, or passed by the caller."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import suppress

import aiohttp

from sequence_async.errors import UsageError


async def _call_at_shutdown(act: Callable[[], Awaitable[None]]) -> AsyncGenerator[None]:
    """Call ``act`` when the running loop shuts down its asynchronous generators, at its end."""
    try:
        yield
    finally:
        await act()


def _start(generator: AsyncGenerator[None]) -> None:
    """Run an asynchronous generator to its first ``yield``, which registers it with the running loop."""
    with suppress(StopIteration):
        generator.asend(None).send(None)


class Session:
    """Manages a session, and rejects its use after closing or in a second event loop."""

    def __init__(
        self, borrowed: aiohttp.ClientSession | None, headers: Mapping[str, str], max_connections: int
    ) -> None:
        self.borrowed = borrowed is not None
        self._session = borrowed
        self._headers = headers
        self._max_connections = max_connections
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False
        self._closes_with_loop = False
        self._guard: AsyncGenerator[None] | None = None

    @property
    def closed(self) -> bool:
        """Whether the client was closed."""
        return self._closed

    def enter(self) -> asyncio.AbstractEventLoop:
        """Return the running loop if the client can be used in it.

        Raises:
            UsageError: The client is closed, or belongs to another loop.

        """
        loop = asyncio.get_running_loop()
        if loop is self._loop and not self._closed:
            return loop
        if self._closed:
            raise UsageError("The client is closed. Create a new one.")
        if self._loop is not None:
            raise UsageError(
                "The client belongs to another event loop. Create one client per event loop.",
            )
        self._loop = loop
        if self._closes_with_loop:
            self._guard = _call_at_shutdown(self.close)
            _start(self._guard)
        return loop

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """The loop of the first call; ``None`` before it."""
        return self._loop

    def close_with_loop(self) -> None:
        """Close when the loop of the first call shuts down, for owners that cannot await ``close``."""
        self._closes_with_loop = True

    def get(self) -> aiohttp.ClientSession:
        """Return an open session.

        Raises:
            UsageError: The client or the caller's session is closed.

        """
        session = self._session
        if session is not None and not session.closed:
            return session
        if self._closed:
            raise UsageError("The client was closed while the call was running.")
        if self.borrowed:
            raise UsageError("session is closed. Create a new client with an open aiohttp session.")
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._max_connections),
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            # Each request has its own time limit, so the session needs none.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        )
        return self._session

    async def close(self) -> None:
        """Close the client's own session. A borrowed session stays open. Can be called more than once."""
        self._closed = True
        if self._session is not None and not self.borrowed:
            await self._session.close()

    def __del__(self) -> None:
        session = getattr(self, "_session", None)
        if session is None or self.borrowed or session.closed:
            return
        warnings.warn(
            "A Sequence client was never closed. Use `async with`, or `await client.close()`.",
            ResourceWarning,
            source=self,
            stacklevel=2,
        )
        # Without its connector, the session does not issue a second warning.
        connector = session.connector
        session.detach()
        if connector is not None:
            # The public close() is a coroutine, which cannot be awaited here.
            connector._close()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
