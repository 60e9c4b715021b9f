"""Evaluation of rule conditions."""

from __future__ import annotations

import operator
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.clock import utc_datetime
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
    """The values that conditions read."""

    now_ms: int
    source: Account | None
    """The account whose balance is read if a condition names none."""
    amount_in_cents: int | None
    """The amount that arrived, or the amount in the request."""
    balance: Callable[[Account], int | None]


def is_met(condition: Condition | None, context: ConditionContext) -> bool:
    """Return whether a condition is met. No condition is always met. A comparison with an unknown value never is."""
    if condition is None:
        return True
    if isinstance(condition, Comparison):
        return _comparison_is_met(condition, context)
    combine = all if condition.every else any
    return combine(is_met(inner, context) for inner in condition.conditions)


def _comparison_is_met(comparison: Comparison, context: ConditionContext) -> bool:
    # The account of a comparison belongs to value_fact if that is set, and to fact otherwise.
    named = comparison.account or context.source
    right: float | None = comparison.value
    if comparison.value_fact is None:
        left = _fact_value(comparison.fact, named, context)
    else:
        left, right = (
            _fact_value(comparison.fact, context.source, context),
            _fact_value(comparison.value_fact, named, context),
        )
    return left is not None and right is not None and _COMPARE[comparison.operator](left, right)


def _fact_value(fact: str, account: Account | None, context: ConditionContext) -> float | None:
    if fact == "TRANSFER_AMOUNT":
        return context.amount_in_cents
    if fact in ("DATE", "LAST_DAY_OF_MONTH"):
        today = utc_datetime(context.now_ms)
        return today.day if fact == "DATE" else monthrange(today.year, today.month)[1]
    if account is None:
        return None
    if fact == "BALANCE":
        return context.balance(account)
    liability = account.liability
    if liability is None:
        return None
    return liability.minimum_in_cents if fact == "NEXT_PAYMENT_MINIMUM_AMOUNT" else liability.statement_in_cents
