"""The aiohttp session behind a client: made in the loop that first uses it, or the caller's own."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import suppress

import aiohttp

from sequence_async.errors import UsageError


async def _call_at_shutdown(act: Callable[[], Awaitable[None]]) -> AsyncGenerator[None]:
    """Act when the running loop closes its asynchronous generators, which is the last thing that it does."""
    try:
        yield
    finally:
        await act()


def _start(generator: AsyncGenerator[None]) -> None:
    """Run an asynchronous generator to its first ``yield``, which registers it with the running loop."""
    with suppress(StopIteration):
        generator.asend(None).send(None)


class Session:
    """Holds a session, and refuses to be used after its end or from a second event loop."""

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
        """Return the running loop, if this client may be used in it.

        Raises:
            UsageError: the client is closed, or belongs to another loop.

        """
        loop = asyncio.get_running_loop()
        if loop is self._loop and not self._closed:
            return loop
        if self._closed:
            raise UsageError("This client is closed. Make a new one.")
        if self._loop is not None:
            raise UsageError(
                "This client belongs to another event loop. Make one for each loop: connections cannot be shared.",
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
        """Close when the loop of the first call shuts down, for an owner that has no loop to await ``close`` in."""
        self._closes_with_loop = True

    def get(self) -> aiohttp.ClientSession:
        """Return an open session.

        Raises:
            UsageError: the client, or the caller's own session, is closed.

        """
        session = self._session
        if session is not None and not session.closed:
            return session
        if self._closed:
            raise UsageError("This client was closed while the call was under way.")
        if self.borrowed:
            raise UsageError("The aiohttp session that this client was given is closed.")
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._max_connections),
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            # Each request brings its own time limit. One on the session would be set up for nothing.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        )
        return self._session

    async def close(self) -> None:
        """Close what this client made. A borrowed session stays as it is. Closing twice is fine."""
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
        # Without its connector, the session has nothing left to warn about a second time.
        connector = session.connector
        session.detach()
        if connector is not None:
            # The public close() is a coroutine, and nobody is left to await it.
            connector._close()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
