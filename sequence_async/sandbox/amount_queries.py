"""Amount requests: a rule requests the amount to move from your server, as part of the Remote API."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import orjson
from aiohttp import ClientError, ClientSession, ClientTimeout

from sequence_async.sandbox.threads import SharedDeque

if TYPE_CHECKING:
    from sequence_async.sandbox.executions import Executions
    from sequence_async.sandbox.rule_runner import PendingAmountQuery, RunSteps

_MAX_BODY_BYTES: Final = 65_536
_KEPT: Final = 1_000


@dataclass(slots=True, frozen=True)
class AmountQuery:
    """One amount request to your server, and its result."""

    url: str
    rule_id: str
    execution_id: str
    amount_in_cents: int | None
    """The returned amount; ``None`` if the response was not usable."""
    problem: str | None
    """Why the response was not usable; ``None`` if it was."""


class AmountQueryClient:
    """Sends amount requests, and resumes rule executions with the returned amounts."""

    def __init__(
        self,
        executions: Executions,
        *,
        timeout: float,
        when_done: Callable[[], None],
        record_error: Callable[[Exception], None],
    ) -> None:
        self.amount_queries: SharedDeque[AmountQuery] = SharedDeque(maxlen=_KEPT)
        self._executions = executions
        self._timeout = timeout
        self._when_done = when_done
        self._record_error = record_error
        self._session: ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Send all pending amount requests."""
        pending = self._executions.pending_queries
        while pending:
            query, steps = pending.popleft()
            task = asyncio.get_running_loop().create_task(self._query(query, steps))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Wait until all amount requests are done, including those that follow from their results."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def stop(self) -> None:
        """Stop sending amount requests. Unfinished ones stay pending."""
        for task in list(self._tasks):
            task.cancel()
        await self.idle()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _query(self, query: PendingAmountQuery, steps: RunSteps) -> None:
        execution = query.execution
        try:
            amount, problem = await self._post(query.url)
        except asyncio.CancelledError:
            self._executions.pending_queries.append((query, steps))
            raise
        self.amount_queries.append(AmountQuery(query.url, execution.rule.id, execution.id, amount, problem))
        try:
            self._executions.resume(steps, execution, amount)
        except Exception as error:  # noqa: BLE001 - reported in Sandbox.errors
            self._record_error(error)
        self._when_done()

    async def _post(self, url: str) -> tuple[int | None, str | None]:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=self._timeout))
        try:
            # The body that Sequence sends is not documented, so the sandbox sends an empty object.
            async with self._session.post(url, json={}, allow_redirects=False) as response:
                body = await response.content.read(_MAX_BODY_BYTES)
                status, content_type = response.status, response.content_type
        except (ClientError, OSError, TimeoutError, ValueError) as error:
            return None, type(error).__name__
        if status != 200:  # noqa: PLR2004 - the only documented success status
            return None, f"status {status}"
        if content_type != "application/json":
            return None, f"content type {content_type}"
        return _read(body)


def _read(body: bytes) -> tuple[int | None, str | None]:
    try:
        content: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None, "not JSON"
    amount = cast("dict[str, Any]", content).get("amountInCents") if isinstance(content, dict) else None
    if type(amount) is not int or not 0 <= amount < 2**53:
        return None, "amountInCents is not a non-negative integer"
    return amount, None
