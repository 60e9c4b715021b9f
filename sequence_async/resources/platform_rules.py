"""What :class:`~sequence_async.PlatformClient` does with rules in more than one call."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

from sequence_async._core.arguments import check_id, check_integer
from sequence_async._core.response import Response
from sequence_async._endpoints import platform as endpoints
from sequence_async._transport.concurrency import for_each
from sequence_async.errors import ArgumentError
from sequence_async.models import platform
from sequence_async.operations import platform as operations
from sequence_async.waiters import start_and_wait, wait_until_settled


class Rules(endpoints.Rules):
    """The automations of an organization, and their runs."""

    async def run(
        self,
        rule_id: str,
        *,
        execute_amount: int | None = None,
        simulation: bool | None = None,
        idempotency_key: str | None = None,
        timeout: float = 300.0,  # noqa: ASYNC109 - see waiters
    ) -> platform.RuleExecution:
        """Run a rule now and wait until the run has ended, well or not: look at ``succeeded``.

        :meth:`transfers` then reads what it moved. ``timeout`` in seconds, over both. An error after the trigger was
        accepted is ``in_doubt`` and has the trigger's key: repeat with it, and the same run is waited for.

        Scopes: ``TRIGGER_RULES`` and ``READ_RULES``.

        Raises:
            WaitTimeoutError: the time is over; ``last`` is the run as it was seen last.

        """

        async def trigger(left: float) -> Response[platform.TriggeredRule]:
            return await self._caller.call(
                operations.TRIGGER_RULE,
                path={"id": rule_id},
                body=platform.TriggerRuleRequest(execute_amount=execute_amount, simulation=simulation),
                idempotency_key=idempotency_key,
                timeout=left,
            )

        async def wait(triggered: platform.TriggeredRule, left: float) -> platform.RuleExecution:
            return await self.wait(rule_id, triggered.execution_id, timeout=left)

        execution = await start_and_wait(trigger, wait, what=f"Rule {rule_id}", timeout=timeout)
        now = asyncio.get_running_loop().time()
        for transfer_id in execution.transfer_ids:
            self._caller.shared.recent_ids.add(transfer_id, now)
        return execution

    async def wait(
        self,
        rule_id: str,
        execution_id: str,
        *,
        timeout: float = 300.0,  # noqa: ASYNC109 - see waiters
    ) -> platform.RuleExecution:
        """Wait until a run has ended, well or not: look at ``succeeded``. ``timeout`` in seconds.

        Scope: ``READ_RULES``.

        Raises:
            WaitTimeoutError: the time is over; ``last`` is the run as it was seen last.

        """
        path = {"ruleId": check_id("rule_id", rule_id), "id": check_id("execution_id", execution_id)}
        what = f"Rule execution {execution_id}"
        return await wait_until_settled(self._caller, operations.GET_RULE_EXECUTION, path, what, timeout)

    async def transfers(
        self, execution: platform.RuleExecution, *, concurrency: int = 16
    ) -> Sequence[platform.Transfer]:
        """Read the transfers that a run made, in the run's order: one call each, ``concurrency`` at a time.

        Scope: ``READ_TRANSFERS``.
        """
        check_integer("concurrency", concurrency, 1)
        if not isinstance(cast("object", execution), platform.RuleExecution):
            raise ArgumentError(f"execution must be a RuleExecution, not {type(execution).__name__}.")
        found: dict[str, platform.Transfer] = {}

        async def read(transfer_id: str) -> None:
            path = {"id": transfer_id}
            found[transfer_id] = (await self._caller.call(operations.GET_TRANSFER, path=path, queued=True)).data

        ids = list(dict.fromkeys(execution.transfer_ids))
        await for_each(ids, read, min(concurrency, len(ids)))
        return [found[transfer_id] for transfer_id in ids]
