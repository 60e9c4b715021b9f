"""Methods of :class:`~sequence_async.PlatformClient` for rules that take several requests."""

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
    """The organization's automations and their executions."""

    async def run(
        self,
        rule_id: str,
        *,
        execute_amount: int | None = None,
        simulation: bool | None = None,
        idempotency_key: str | None = None,
        timeout: float = 300.0,
    ) -> platform.RuleExecution:
        """Trigger a rule, and wait until its execution ends.

        Read its transfers with :meth:`transfers`.

        An error after the API accepts the trigger is ``in_doubt`` and carries the trigger's idempotency key. Call again
        with that key to keep waiting for the same execution.

        Args:
            rule_id: The rule's ID.
            execute_amount: The amount, in cents, that the rule's actions derive their amounts from. It does not change
                fixed amounts.
            simulation: Whether to make a dry run, which moves no money. Default: false.
            idempotency_key: Sent with every attempt of the trigger. Default: a new key.
            timeout: Seconds in total, for the trigger and all polls.

        Returns:
            The execution with its final status. It may have failed: check ``succeeded``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            WaitTimeoutError: The execution has not ended after ``timeout`` seconds. ``last`` is the last one read.
            SequenceError: Any other failure.

        Scopes: ``TRIGGER_RULES`` and ``READ_RULES``. Source: https://app.getsequence.io/api/platform/
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
        timeout: float = 300.0,
    ) -> platform.RuleExecution:
        """Wait until a rule execution ends.

        Args:
            rule_id: The rule's ID.
            execution_id: The execution's ID.
            timeout: Seconds in total, including all polls.

        Returns:
            The execution with its final status. It may have failed: check ``succeeded``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            WaitTimeoutError: The execution has not ended after ``timeout`` seconds. ``last`` is the last one read.
            SequenceError: A poll failed, and the failure is not transient.

        Scope: ``READ_RULES``. Source: https://app.getsequence.io/api/platform/
        """
        path = {"ruleId": check_id("rule_id", rule_id), "id": check_id("execution_id", execution_id)}
        what = f"Rule execution {execution_id}"
        return await wait_until_settled(self._caller, operations.GET_RULE_EXECUTION, path, what, timeout)

    async def transfers(
        self, execution: platform.RuleExecution, *, concurrency: int = 16
    ) -> Sequence[platform.Transfer]:
        """Read the transfers of a rule execution, one request each.

        The client's ``timeout`` does not include the wait for a rate-limit slot.

        Args:
            execution: The execution.
            concurrency: The most reads at a time, 1 or more.

        Returns:
            The transfers, in the order of ``execution.transfer_ids``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            SequenceError: A transfer could not be read.

        Scope: ``READ_TRANSFERS``. Source: https://app.getsequence.io/api/platform/
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
