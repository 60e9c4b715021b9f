"""Runs of rules: what starts them, what they do, and how they end."""

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
    """Every run of every rule."""

    def __init__(self, state: State, transfers: Transfers, *, refresh: Callable[[Account], None]) -> None:
        super().__init__()
        self._state = state
        self._transfers = transfers
        self._refresh = refresh
        """Reads the balance of an external account again."""
        self.questions: deque[tuple[PendingAmountQuery, RunSteps]] = deque()
        """Runs that wait for an answer from outside; whoever asks takes them out and calls :meth:`resume`."""

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
        """Begin a run; it acts a moment later."""
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
        """Write an old run that a deposit set off into the history."""
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
        """Run the rules that wait for money in this account; none of them sets itself off, even the long way round."""
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
        """Enter the next time that a scheduled rule is due."""
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

    def resume(self, run: RunSteps, execution: Execution, amount_in_cents: int | None) -> None:
        """Go on with a run that asked for an amount; ``None`` stands for a question without a usable answer."""
        with self._state.lock:
            self._state.catch_up()
            self._drive(run, execution, amount_in_cents, first=False)

    def _drive(self, run: RunSteps, execution: Execution, answer: int | None, *, first: bool) -> None:
        try:
            question = next(run) if first else run.send(answer)
        except StopIteration:
            pass
        except ActionFailed as failure:
            execution.error_message = failure.code
        else:
            self.questions.append((question, run))
            return
        execution.acted = True
        execution.conclude()

    # Counting

    def counts(self, execution: Execution) -> tuple[int, int, int, int]:
        """How many transfers it attempted, and how many of them are complete, failed and pending."""
        attempted = len(execution.transfers)
        completed, failed = execution.count(COMPLETE), execution.count(*FAILED_TRANSFER)
        return attempted, completed, failed, attempted - completed - failed
