"""Runs of rules: what starts them, what they do, and how they end."""

from __future__ import annotations

from calendar import monthrange
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.amounts import ActionFailed, Means, repayments, wanted
from sequence_async.sandbox.clock import milliseconds, moment
from sequence_async.sandbox.conditions import Situation, holds
from sequence_async.sandbox.directory import Directory
from sequence_async.sandbox.entities import (
    COMPLETE,
    EXECUTED,
    FAILED,
    FAILED_TRANSFER,
    IN_PROGRESS,
    PARTIAL,
    PROCESSING,
    Account,
    Execution,
)
from sequence_async.sandbox.rulebook import ENABLED, ON_FUNDS_TRANSFERRED, SCHEDULED, Action, Limit, Rule, Step

if TYPE_CHECKING:
    from sequence_async.sandbox.world import World

MANUAL: Final = "MANUAL"
SEQUENCE_API: Final = "SEQUENCE_API"
REMOTE_API: Final = "REMOTE_API"
EXECUTION_TRIGGERS: Final = (MANUAL, SEQUENCE_API, SCHEDULED, ON_FUNDS_TRANSFERRED, REMOTE_API)


@dataclass(slots=True, frozen=True)
class AmountQuestion:
    """A run waits for somebody's service to say how much to move."""

    url: str
    execution: Execution
    action: Action


Run = Generator[AmountQuestion, int | None, None]


class Executions(Directory[Execution]):
    """Every run of every rule."""

    def __init__(self, world: World) -> None:
        super().__init__("rex")
        self._world = world
        self.questions: deque[tuple[AmountQuestion, Run]] = deque()
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
        world = self._world
        execution = Execution(
            id=world.ids.make("rex"),
            seq=world.next_seq(),
            rule=rule,
            trigger_type=trigger_type,
            created_ms=world.now_ms,
            amount_in_cents=amount_in_cents,
            fixed_override=fixed_override,
            scheduled_ms=scheduled_ms,
            simulation=simulation,
            chain=chain | {rule.id},
            hidden=world.settings.fresh_404,
        )
        rule.executions.append(execution)
        world.agenda.add(world.after(world.settings.execution_seconds), partial(self._act, execution))
        return self.add(execution)

    def funds_arrived(self, account: Account, amount_in_cents: int, chain: frozenset[str] = frozenset()) -> None:
        """Run the rules that wait for money in this account. A rule never sets itself off, however long the way round."""
        for rule in list(self._world.rules.values()):
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
        if trigger.type != SCHEDULED or trigger.start_ms is None or trigger.schedule_type is None:
            return
        due_ms = next_due(trigger.start_ms, trigger.schedule_type, self._world.now_ms)
        if due_ms is not None:
            self._world.agenda.add(due_ms, partial(self._fire, rule, rule.revision, due_ms))

    def _fire(self, rule: Rule, revision: int, due_ms: int) -> None:
        if rule.status != ENABLED or rule.revision != revision:
            return
        for step in rule.steps:
            for action in step.actions:
                for account in (action.source, action.destination):
                    if account.is_external:
                        self._world.refresh(account)
        self.start(rule, SCHEDULED, scheduled_ms=due_ms)
        self.schedule(rule)

    # Acting

    def _act(self, execution: Execution) -> None:
        self._drive(self._run(execution), execution, None, first=True)

    def resume(self, run: Run, execution: Execution, amount_in_cents: int | None) -> None:
        """Go on with a run that asked for an amount; ``None`` stands for a question without a usable answer."""
        self._world.catch_up()
        self._drive(run, execution, amount_in_cents, first=False)

    def _drive(self, run: Run, execution: Execution, answer: int | None, *, first: bool) -> None:
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
        self.conclude(execution)

    def _run(self, execution: Execution) -> Run:
        rule = execution.rule
        shadow: dict[str, int] = {}
        situation = Situation(
            self._world.now_ms, rule.source, execution.amount_in_cents, lambda account: account.balance_in_cents
        )
        for index, step in enumerate(rule.steps):
            if holds(step.condition, situation):
                execution.step_index = index
                yield from self._carry_out(step, execution, shadow)
                return
        execution.conditions_not_met = True

    def _carry_out(self, step: Step, execution: Execution, shadow: dict[str, int]) -> Run:
        from_outside = execution.trigger_type == ON_FUNDS_TRANSFERRED
        means = Means(
            available=partial(_available, shadow),
            asked_in_cents=None if from_outside else execution.amount_in_cents,
            incoming_in_cents=execution.amount_in_cents if from_outside else None,
            fixed_override=execution.fixed_override,
        )
        # Actions of a group are a unit under one limit; inside a group they keep the order that they are written in.
        for group, actions in groupby(
            sorted(step.actions, key=lambda action: action.group), lambda action: action.group
        ):
            members = list(actions)
            means.bases.clear()
            limit = next((action.limit for action in members if action.limit is not None), None)
            room = _Room(limit, self._used(execution.rule, group, limit))
            for action in members:
                for destination, amount in (yield from self._movements(action, execution, means)):
                    self._move(action, destination, amount, execution, means, room, shadow)

    def _movements(
        self, action: Action, execution: Execution, means: Means
    ) -> Generator[AmountQuestion, int | None, list[tuple[Account, int]]]:
        if action.type in ("AVALANCHE", "SNOWBALL"):
            return repayments(action, self._world.accounts.values(), means)
        if action.type != "QUERY_REMOTE_API":
            return [(action.destination, wanted(action, means))]
        if execution.simulation:
            return []
        answer = yield AmountQuestion(action.url or "", execution, action)
        if answer is None:
            raise ActionFailed("REMOTE_AMOUNT_UNAVAILABLE")
        return [(action.destination, answer)]

    def _move(
        self,
        action: Action,
        destination: Account,
        amount: int,
        execution: Execution,
        means: Means,
        room: _Room,
        shadow: dict[str, int],
    ) -> None:
        available = means.available(action.source)
        if action.up_to:
            amount = min(amount, max(0, available))
        amount = room.cap(amount)
        if amount <= 0:
            return
        transfer = self._world.transfers.create(
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
        room.used += amount
        if execution.simulation:
            shadow[action.source.id] = shadow.get(action.source.id, 0) - amount
            shadow[destination.id] = shadow.get(destination.id, 0) + amount
        else:
            execution.rule.moved.append((self._world.now_ms, action.group, amount))

    def _used(self, rule: Rule, group: int, limit: Limit | None) -> int:
        if limit is None or limit.period == "PER_TRANSFER":
            return 0
        since = _period_start(self._world.now_ms, limit.period)
        return sum(cents for at_ms, of_group, cents in rule.moved if of_group == group and at_ms >= since)

    # Ending

    def conclude(self, execution: Execution) -> None:
        """Give a run the status that follows from its transfers, once it has done all it does."""
        if not execution.acted or execution.count(PROCESSING):
            return
        failed = execution.count(*FAILED_TRANSFER)
        if execution.error_message is None and not failed:
            execution.status = EXECUTED
        else:
            execution.status = PARTIAL if len(execution.transfers) > failed else FAILED

    def counts(self, execution: Execution) -> tuple[int, int, int, int]:
        """How many transfers it attempted, and how many of them are complete, failed and pending."""
        attempted = len(execution.transfers)
        completed, failed = execution.count(COMPLETE), execution.count(*FAILED_TRANSFER)
        return attempted, completed, failed, attempted - completed - failed

    def running(self) -> int:
        """How many runs are not over."""
        return sum(execution.status == IN_PROGRESS for execution in self.values())


@dataclass(slots=True)
class _Room:
    """What a group of actions may still move under its limit."""

    limit: Limit | None
    used: int

    def cap(self, amount: int) -> int:
        return amount if self.limit is None else min(amount, self.limit.amount_in_cents - self.used)


def _available(shadow: dict[str, int], account: Account) -> int:
    if account.error is not None:
        raise ActionFailed("NULL_BALANCE")
    return account.cents + shadow.get(account.id, 0)


def _period_start(now_ms: int, period: str) -> int:
    day = moment(now_ms).replace(hour=0, minute=0, second=0, microsecond=0)
    if period == "PER_WEEK":
        return milliseconds(day - timedelta(days=day.weekday()))
    return milliseconds(day.replace(day=1) if period == "PER_MONTH" else day.replace(month=1, day=1))


_DAYS: Final = {"DAILY": 1, "WEEKLY": 7, "BI_WEEKLY": 14, "EVERY_OTHER_WEEK": 14}


def next_due(start_ms: int, schedule_type: str, after_ms: int) -> int | None:
    """Give the first time of a schedule that lies after a moment; ``None`` when there is none any more."""
    if start_ms > after_ms:
        return start_ms
    if schedule_type == "ONE_TIME":
        return None
    if schedule_type in _DAYS:
        period_ms = _DAYS[schedule_type] * 86_400_000
        return start_ms + ((after_ms - start_ms) // period_ms + 1) * period_ms
    start, after = moment(start_ms), moment(after_ms)
    months = (after.year - start.year) * 12 + after.month - start.month
    due = _months_later(start, months)
    return milliseconds(due if due > after else _months_later(start, months + 1))


def _months_later(start: datetime, months: int) -> datetime:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day, tzinfo=UTC)
