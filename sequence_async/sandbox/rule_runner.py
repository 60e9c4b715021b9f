"""Rule executions: selects the step and carries out its actions."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sequence_async.sandbox.conditions import ConditionContext, is_met
from sequence_async.sandbox.entities import (
    FAILED_TRANSFER,
    ON_FUNDS_TRANSFERRED,
    Account,
    Action,
    Execution,
    Limit,
    Step,
)
from sequence_async.sandbox.recurrence import period_start
from sequence_async.sandbox.rule_amounts import ActionContext, ActionFailed, amount_for, debt_payments

if TYPE_CHECKING:
    from sequence_async.sandbox.state import State
    from sequence_async.sandbox.transfers import Transfers


@dataclass(slots=True, frozen=True)
class PendingAmountQuery:
    """An execution that waits for your server to return an amount."""

    url: str
    execution: Execution
    action: Action


RunSteps = Generator[PendingAmountQuery, int | None, None]


class RuleRunner:
    """Runs one rule execution. A simulation tracks what it would move and moves no money."""

    __slots__ = ("_context", "_execution", "_simulated_changes", "_state", "_transfers")

    def __init__(self, state: State, transfers: Transfers, execution: Execution) -> None:
        self._state = state
        self._transfers = transfers
        self._execution = execution
        self._simulated_changes: dict[str, int] = {}
        from_outside = execution.trigger_type == ON_FUNDS_TRANSFERRED
        self._context = ActionContext(
            available=self._available,
            requested_in_cents=None if from_outside else execution.amount_in_cents,
            incoming_in_cents=execution.amount_in_cents if from_outside else None,
            fixed_override=execution.fixed_override,
        )

    def run(self) -> RunSteps:
        """Run the first step whose condition is met. Raises :class:`ActionFailed` if an action fails."""
        execution = self._execution
        rule = execution.rule
        context = ConditionContext(
            self._state.now_ms, rule.source, execution.amount_in_cents, lambda account: account.balance_in_cents
        )
        for index, step in enumerate(rule.steps):
            if is_met(step.condition, context):
                execution.step_index = index
                yield from self._carry_out(step)
                return
        execution.conditions_not_met = True

    def _carry_out(self, step: Step) -> RunSteps:
        # The actions of a group share one limit. Within a group, they keep the order of the definition.
        by_group = sorted(step.actions, key=lambda action: action.group)
        for group, actions in groupby(by_group, lambda action: action.group):
            group_actions = list(actions)
            self._context.bases.clear()
            limit = next((action.limit for action in group_actions if action.limit is not None), None)
            remaining = _RemainingLimit(limit, self._used(group, limit))
            for action in group_actions:
                for destination, amount in (yield from self._movements(action)):
                    self._move(action, destination, amount, remaining)

    def _movements(self, action: Action) -> Generator[PendingAmountQuery, int | None, list[tuple[Account, int]]]:
        if action.type in ("AVALANCHE", "SNOWBALL"):
            return debt_payments(action, self._state.accounts.values(), self._context)
        if action.type != "QUERY_REMOTE_API":
            return [(action.destination, amount_for(action, self._context))]
        if self._execution.simulation:
            return []
        amount_in_cents = yield PendingAmountQuery(action.url or "", self._execution, action)
        if amount_in_cents is None:
            raise ActionFailed("REMOTE_AMOUNT_UNAVAILABLE")
        return [(action.destination, amount_in_cents)]

    def _move(self, action: Action, destination: Account, amount: int, remaining: _RemainingLimit) -> None:
        execution = self._execution
        available = self._available(action.source)
        if action.up_to:
            amount = min(amount, max(0, available))
        amount = remaining.cap(amount)
        if amount <= 0:
            return
        transfer = self._transfers.create(
            action.source,
            destination,
            amount,
            origin="RULE",
            description=action.ach_description,
            execution=execution,
            simulation=execution.simulation,
            available=available,
        )
        if transfer.status in FAILED_TRANSFER:
            raise ActionFailed(transfer.error_code or transfer.status)
        remaining.used += amount
        if execution.simulation:
            self._simulated_changes[action.source.id] = self._simulated_changes.get(action.source.id, 0) - amount
            self._simulated_changes[destination.id] = self._simulated_changes.get(destination.id, 0) + amount
        else:
            execution.rule.moved.append((self._state.now_ms, action.group, amount))

    def _available(self, account: Account) -> int:
        if account.error is not None:
            raise ActionFailed("NULL_BALANCE")
        return account.cents + self._simulated_changes.get(account.id, 0)

    def _used(self, group: int, limit: Limit | None) -> int:
        if limit is None or limit.period == "PER_TRANSFER":
            return 0
        since = period_start(self._state.now_ms, limit.period)
        moved = self._execution.rule.moved
        return sum(cents for at_ms, of_group, cents in moved if of_group == group and at_ms >= since)


@dataclass(slots=True)
class _RemainingLimit:
    """The amount that a group of actions may still move within its limit."""

    limit: Limit | None
    used: int

    def cap(self, amount: int) -> int:
        return amount if self.limit is None else min(amount, self.limit.amount_in_cents - self.used)
