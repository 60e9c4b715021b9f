"""Whether a condition of a rule holds."""

from __future__ import annotations

import operator
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.clock import moment
from sequence_async.sandbox.entities import Comparison, Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sequence_async.sandbox.entities import Account

_COMPARE: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "EQUALS": operator.eq,
    "NOT_EQUALS": operator.ne,
    "GREATER_THAN": operator.gt,
    "LESS_THAN": operator.lt,
    "GREATER_THAN_OR_EQUAL": operator.ge,
    "LESS_THAN_OR_EQUAL": operator.le,
}


@dataclass(slots=True, frozen=True)
class ConditionContext:
    """What conditions look at."""

    now_ms: int
    source: Account | None
    """The account that a balance is read of where a condition names none."""
    amount_in_cents: int | None
    """What came in, or what the caller asked for."""
    balance: Callable[[Account], int | None]


def is_met(condition: Condition | None, situation: ConditionContext) -> bool:
    """Whether a condition holds; no condition always does, and one about an unknown figure never does."""
    if condition is None:
        return True
    if isinstance(condition, Comparison):
        return _comparison_is_met(condition, situation)
    judge = all if condition.every else any
    return judge(is_met(member, situation) for member in condition.members)


def _comparison_is_met(leaf: Comparison, situation: ConditionContext) -> bool:
    # An account that stands beside a fact to compare with belongs to that fact, else to the one that is looked at.
    named = leaf.account or situation.source
    right: float | None = leaf.value
    if leaf.value_fact is None:
        left = _fact_value(leaf.fact, named, situation)
    else:
        left, right = (
            _fact_value(leaf.fact, situation.source, situation),
            _fact_value(leaf.value_fact, named, situation),
        )
    return left is not None and right is not None and _COMPARE[leaf.operator](left, right)


def _fact_value(fact: str, account: Account | None, situation: ConditionContext) -> float | None:
    if fact == "TRANSFER_AMOUNT":
        return situation.amount_in_cents
    if fact in ("DATE", "LAST_DAY_OF_MONTH"):
        today = moment(situation.now_ms)
        return today.day if fact == "DATE" else monthrange(today.year, today.month)[1]
    if account is None:
        return None
    if fact == "BALANCE":
        return situation.balance(account)
    liability = account.liability
    if liability is None:
        return None
    return liability.minimum_in_cents if fact == "NEXT_PAYMENT_MINIMUM_AMOUNT" else liability.statement_in_cents
