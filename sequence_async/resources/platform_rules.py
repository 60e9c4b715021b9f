"""Rules and their runs, as :class:`~sequence_async.PlatformClient` has them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sequence_async._core.arguments import check_id, check_integer
from sequence_async._core.response import Response
from sequence_async._transport.workers import for_each
from sequence_async.errors import ArgumentError
from sequence_async.models import platform
from sequence_async.operations import platform as operations
from sequence_async.pager import Pager
from sequence_async.resources.resource import Resource
from sequence_async.waiters import follow, start_and_follow


class Rules(Resource):
    """The automations of an organization, and their runs."""

    def list(self, *, source_id: str | None = None, page_size: int | None = None) -> Pager[platform.RuleSummary]:
        """List the rules, or those that take money from one account. ``page_size``: 1 to 100, the API's default is 10.

        Scope: ``READ_RULES``.
        """
        return Pager(self._caller, operations.LIST_RULES, {"sourceId": source_id, "pageSize": page_size})

    async def get(self, rule_id: str) -> platform.Rule:
        """Read one rule with its steps, conditions and actions.

        Scope: ``READ_RULES``.
        """
        return (await self._caller.call(operations.GET_RULE, path={"id": rule_id})).data

    async def trigger(
        self,
        rule_id: str,
        *,
        execute_amount: int | None = None,
        simulation: bool | None = None,
        idempotency_key: str | None = None,
    ) -> platform.TriggeredRule:
        """Run a rule now, whatever its trigger.

        ``execute_amount`` in cents drives the actions that derive their own from it. ``simulation=True`` plays the run
        through without moving money. The answer comes before the run has ended: follow it with :meth:`wait`, or call
        :meth:`run`.

        Scope: ``TRIGGER_RULES``.
        """
        return (await self._trigger(rule_id, execute_amount, simulation, idempotency_key)).data

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
            return await self._trigger(rule_id, execute_amount, simulation, idempotency_key, left)

        async def wait(triggered: platform.TriggeredRule, left: float) -> platform.RuleExecution:
            return await self.wait(rule_id, triggered.execution_id, timeout=left)

        execution = await start_and_follow(trigger, wait, what=f"Rule {rule_id}", timeout=timeout)
        now = asyncio.get_running_loop().time()
        for transfer_id in execution.transfer_ids:
            self._caller.shared.fresh.add(transfer_id, now)
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
        return await follow(self._caller, operations.GET_RULE_EXECUTION, path, what, timeout)

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
            found[transfer_id] = (await self._caller.call(operations.GET_TRANSFER, path=path, patient=True)).data

        ids = list(dict.fromkeys(execution.transfer_ids))
        await for_each(ids, read, min(concurrency, len(ids)))
        return [found[transfer_id] for transfer_id in ids]

    def executions(
        self,
        rule_id: str,
        *,
        status: platform.RuleExecutionStatus | str | None = None,
        trigger_type: platform.ExecutionTriggerType | str | None = None,
        execution_mode: platform.ListMode | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.RuleExecutionSummary]:
        """List the runs of a rule, newest first. ``page_size``: 1 to 100, the API's default is 10.

        Simulated ones are left out unless ``execution_mode`` says ``SIMULATION`` or ``ALL``.

        Scope: ``READ_RULES``.
        """
        return Pager(
            self._caller,
            operations.LIST_RULE_EXECUTIONS,
            {
                "status": status,
                "triggerType": trigger_type,
                "executionMode": execution_mode,
                "from": created_from,
                "to": created_to,
                "pageSize": page_size,
            },
            path={"ruleId": rule_id},
        )

    async def execution(self, rule_id: str, execution_id: str) -> platform.RuleExecution:
        """Read one run.

        Scope: ``READ_RULES``.
        """
        path = {"ruleId": rule_id, "id": execution_id}
        return (await self._caller.call(operations.GET_RULE_EXECUTION, path=path)).data

    async def _trigger(
        self,
        rule_id: str,
        execute_amount: int | None,
        simulation: bool | None,
        idempotency_key: str | None,
        timeout: float | None = None,  # noqa: ASYNC109 - see waiters
    ) -> Response[platform.TriggeredRule]:
        return await self._caller.call(
            operations.TRIGGER_RULE,
            path={"id": rule_id},
            body=platform.TriggerRuleRequest(execute_amount=execute_amount, simulation=simulation),
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    async def create(
        self,
        draft: platform.RuleDraft | Mapping[str, Any],
        *,
        idempotency_key: str | None = None,
    ) -> platform.Rule:
        """Create a rule (not in the published reference). It is disabled until somebody enables it in the app.

        Scope: ``CREATE_AND_EDIT_RULES``.
        """
        response = await self._caller.call(operations.CREATE_RULE, body=draft, idempotency_key=idempotency_key)
        return response.data

    async def update(
        self,
        rule_id: str,
        draft: platform.RuleDraft | Mapping[str, Any],
        *,
        idempotency_key: str | None = None,
    ) -> platform.Rule:
        """Replace a rule (not in the published reference). It is disabled until somebody enables it again.

        Scope: ``CREATE_AND_EDIT_RULES``.
        """
        path = {"id": rule_id}
        response = await self._caller.call(
            operations.UPDATE_RULE, path=path, body=draft, idempotency_key=idempotency_key
        )
        return response.data

    async def delete(self, rule_id: str, *, idempotency_key: str | None = None) -> None:
        """Take a rule out of use (not in the published reference).

        Scope: ``CREATE_AND_EDIT_RULES``.
        """
        await self._caller.call(operations.DELETE_RULE, path={"id": rule_id}, idempotency_key=idempotency_key)
