"""The other direction of the Remote API: a rule asks somebody's server how much to move."""

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

_LARGEST_ANSWER: Final = 65_536
_KEPT: Final = 1_000


@dataclass(slots=True, frozen=True)
class AmountQuery:
    """One question to somebody's server, and what came of it."""

    url: str
    rule_id: str
    execution_id: str
    amount_in_cents: int | None
    """The answer; ``None`` where it was not usable."""
    problem: str | None
    """Why it was not usable."""


class AmountQueryClient:
    """Asks what rules want to know, and lets them go on with the answer."""

    def __init__(
        self,
        executions: Executions,
        *,
        timeout: float,
        when_done: Callable[[], None],
        note: Callable[[Exception], None],
    ) -> None:
        self.amount_queries: SharedDeque[AmountQuery] = SharedDeque(maxlen=_KEPT)
        self._executions = executions
        self._timeout = timeout
        self._when_done = when_done
        self._note = note
        self._session: ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Ask every question that waits."""
        questions = self._executions.questions
        while questions:
            question, run = questions.popleft()
            task = asyncio.get_running_loop().create_task(self._ask(question, run))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Wait until every question has been answered, and the ones that follow from the answers."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def stop(self) -> None:
        """Stop asking; the questions stay open."""
        for task in list(self._tasks):
            task.cancel()
        await self.idle()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(self, question: PendingAmountQuery, run: RunSteps) -> None:
        execution = question.execution
        try:
            amount, problem = await self._answer(question.url)
        except asyncio.CancelledError:
            self._executions.questions.append((question, run))
            raise
        self.amount_queries.append(AmountQuery(question.url, execution.rule.id, execution.id, amount, problem))
        try:
            self._executions.resume(run, execution, amount)
        except Exception as error:  # noqa: BLE001 - shown to whoever runs the sandbox
            self._note(error)
        self._when_done()

    async def _answer(self, url: str) -> tuple[int | None, str | None]:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=self._timeout))
        try:
            # What Sequence sends along is not documented, so nobody is to rely on anything here.
            async with self._session.post(url, json={}, allow_redirects=False) as response:
                body = await response.content.read(_LARGEST_ANSWER)
                status, content_type = response.status, response.content_type
        except (ClientError, OSError, TimeoutError, ValueError) as error:
            return None, type(error).__name__
        if status != 200:  # noqa: PLR2004 - the only success that the contract knows
            return None, f"status {status}"
        if content_type != "application/json":
            return None, f"content type {content_type}"
        return _read(body)


def _read(body: bytes) -> tuple[int | None, str | None]:
    try:
        answer: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None, "not JSON"
    amount = cast("dict[str, Any]", answer).get("amountInCents") if isinstance(answer, dict) else None
    if type(amount) is not int or not 0 <= amount < 2**53:
        return None, "amountInCents is not a non-negative integer"
    return amount, None
