"""Rule executions: how they start, act and end."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.entities import (
    COMPLETE,
    ENABLED,
    EXECUTED,
    FAILED_TRANSFER,
    MANUAL,
    ON_FUNDS_TRANSFERRED,
    SCHEDULED,
    Account,
    Execution,
    Rule,
    Transfer,
)
from sequence_async.sandbox.recurrence import next_due
from sequence_async.sandbox.registry import Registry
from sequence_async.sandbox.rule_amounts import ActionFailed
from sequence_async.sandbox.rule_runner import PendingAmountQuery, RuleRunner, RunSteps

if TYPE_CHECKING:
    from collections.abc import Callable

    from sequence_async.sandbox.state import State
    from sequence_async.sandbox.transfers import Transfers

SEQUENCE_API: Final = "SEQUENCE_API"
REMOTE_API: Final = "REMOTE_API"
EXECUTION_TRIGGERS: Final = (MANUAL, SEQUENCE_API, SCHEDULED, ON_FUNDS_TRANSFERRED, REMOTE_API)


class Executions(Registry[Execution]):
    """All rule executions of the organization."""

    def __init__(self, state: State, transfers: Transfers, *, refresh: Callable[[Account], None]) -> None:
        super().__init__()
        self._state = state
        self._transfers = transfers
        self._refresh = refresh
        """Refreshes the balance of an external account."""
        self.pending_queries: deque[tuple[PendingAmountQuery, RunSteps]] = deque()
        """Amount requests to send. The sender removes them and calls :meth:`resume` with the results."""

    # Starting

    def start(
        self,
        rule: Rule,
        trigger_type: str,
        *,
        amount_in_cents: int | None = None,
        fixed_override: bool = False,
        scheduled_ms: int | None = None,
        simulation: bool = False,
        chain: frozenset[str] = frozenset(),
    ) -> Execution:
        """Start an execution. Its actions follow after ``Settings.execution_seconds``."""
        state = self._state
        execution = Execution(
            id=state.ids.make("rex"),
            seq=state.next_seq(),
            rule=rule,
            trigger_type=trigger_type,
            created_ms=state.now_ms,
            amount_in_cents=amount_in_cents,
            fixed_override=fixed_override,
            scheduled_ms=scheduled_ms,
            simulation=simulation,
            chain=chain | {rule.id},
            hidden=state.settings.fresh_404,
        )
        rule.executions.append(execution)
        state.scheduler.add(state.after(state.settings.execution_seconds), partial(self._act, execution))
        return self.add(execution)

    def record(self, rule: Rule, amount_in_cents: int, transfers: list[Transfer], at_ms: int) -> Execution:
        """Add a past execution, triggered by a deposit, to the history."""
        state = self._state
        execution = Execution(
            id=state.ids.make("rex"),
            seq=state.next_seq(),
            rule=rule,
            trigger_type=ON_FUNDS_TRANSFERRED,
            created_ms=at_ms,
            amount_in_cents=amount_in_cents,
            status=EXECUTED,
            step_index=0,
            transfers=transfers,
            acted=True,
        )
        for transfer in transfers:
            transfer.execution = execution
        rule.executions.append(execution)
        return self.add(execution)

    def funds_arrived(self, account: Account, amount_in_cents: int, chain: frozenset[str] = frozenset()) -> None:
        """Start the rules that wait for funds in this account.

        No rule triggers itself, directly or through other rules.
        """
        for rule in list(self._state.rules.values()):
            trigger = rule.trigger
            if (
                trigger.type == ON_FUNDS_TRANSFERRED
                and trigger.account is account
                and rule.status == ENABLED
                and rule.id not in chain
            ):
                self.start(rule, ON_FUNDS_TRANSFERRED, amount_in_cents=amount_in_cents, chain=chain)

    def schedule(self, rule: Rule) -> None:
        """Schedule the next execution of a scheduled rule."""
        trigger = rule.trigger
        if (
            rule.status != ENABLED
            or trigger.type != SCHEDULED
            or trigger.start_ms is None
            or trigger.schedule_type is None
        ):
            return
        due_ms = next_due(trigger.start_ms, trigger.schedule_type, self._state.now_ms)
        if due_ms is not None:
            self._state.scheduler.add(due_ms, partial(self._fire, rule, rule.revision, due_ms))

    def _fire(self, rule: Rule, revision: int, due_ms: int) -> None:
        if rule.status != ENABLED or rule.revision != revision:
            return
        for step in rule.steps:
            for action in step.actions:
                for account in (action.source, action.destination):
                    if account.is_external:
                        self._refresh(account)
        self.start(rule, SCHEDULED, scheduled_ms=due_ms)
        self.schedule(rule)

    # Acting

    def _act(self, execution: Execution) -> None:
        self._drive(RuleRunner(self._state, self._transfers, execution).run(), execution, None, first=True)

    def resume(self, steps: RunSteps, execution: Execution, amount_in_cents: int | None) -> None:
        """Resume an execution with the returned amount, or with ``None`` if the response was not usable."""
        with self._state.lock:
            self._state.catch_up()
            self._drive(steps, execution, amount_in_cents, first=False)

    def _drive(self, steps: RunSteps, execution: Execution, amount_in_cents: int | None, *, first: bool) -> None:
        try:
            query = next(steps) if first else steps.send(amount_in_cents)
        except StopIteration:
            pass
        except ActionFailed as failure:
            execution.error_message = failure.code
        else:
            self.pending_queries.append((query, steps))
            return
        execution.acted = True
        execution.conclude()

    # Counting

    def counts(self, execution: Execution) -> tuple[int, int, int, int]:
        """Return the number of transfers of an execution: attempted, completed, failed and pending."""
        attempted = len(execution.transfers)
        completed, failed = execution.count(COMPLETE), execution.count(*FAILED_TRANSFER)
        return attempted, completed, failed, attempted - completed - failed
