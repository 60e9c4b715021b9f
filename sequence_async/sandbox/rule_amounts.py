"""Amounts and destinations of rule actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sequence_async.sandbox.entities import Account, Action


class ActionFailed(Exception):  # noqa: N818 - an outcome of an execution, not a bug
    """An action cannot be carried out. ``code`` is a transfer's error code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class ActionContext:
    """The values that the amount of an action depends on."""

    available: Callable[[Account], int]
    """Returns the balance of an account in cents, as the execution sees it."""
    requested_in_cents: int | None
    """The amount in the request that triggered the rule."""
    incoming_in_cents: int | None
    """The amount whose arrival triggered the rule."""
    fixed_override: bool = False
    bases: dict[str, int] = field(default_factory=dict)
    """Base amounts of percentages by source ID: all percentages of a group apply to the same balance."""


def _percent(base: int, percentage: Decimal | None) -> int:
    return int((base * (percentage or Decimal(0)) / 100).to_integral_value(ROUND_FLOOR))


def _owed(account: Account) -> int:
    if account.error is not None:
        raise ActionFailed("NULL_BALANCE")
    return max(0, -account.cents)


def _minimum(account: Account) -> int:
    if account.liability is None or account.liability.minimum_in_cents is None:
        raise ActionFailed("ACCOUNT_NO_MINIMUM_PAYMENT_AMOUNT")
    return account.liability.minimum_in_cents


def _statement(account: Account) -> int:
    if account.liability is None or account.liability.statement_in_cents is None:
        raise ActionFailed("ACCOUNT_NO_LAST_STATEMENT_BALANCE")
    return account.liability.statement_in_cents


def _fixed(action: Action, context: ActionContext) -> int:
    if context.fixed_override and context.requested_in_cents is not None:
        return context.requested_in_cents
    return action.amount_in_cents or 0


def _percentage(action: Action, context: ActionContext) -> int:
    if context.requested_in_cents is not None:
        return _percent(context.requested_in_cents, action.percentage)
    if action.target == "INCOMING_AMOUNT" and context.incoming_in_cents is not None:
        return _percent(context.incoming_in_cents, action.percentage)
    # Without an incoming amount (manual or scheduled trigger), the percentage applies to the balance instead.
    if action.source.id not in context.bases:
        context.bases[action.source.id] = max(0, context.available(action.source))
    return _percent(context.bases[action.source.id], action.percentage)


_FILL_TO: Final[Mapping[str, Callable[[Account], int]]] = {
    "next_payment_minimum_account": _minimum,
    "current_balance_account": _owed,
    "last_statement_balance_account": _statement,
}


def _top_up(action: Action, context: ActionContext) -> int:
    if action.reference is None:
        goal = action.amount_in_cents or 0
    else:
        which, account = action.reference
        goal = _FILL_TO[which](account)
    lacking = max(0, goal - context.available(action.destination))
    # If the balance of the source is too low, a top-up moves what is available, even without up_to.
    return min(_capped(lacking, context), max(0, context.available(action.source)))


def _round_down(action: Action, context: ActionContext) -> int:
    return _capped(max(0, context.available(action.source) - (action.amount_in_cents or 0)), context)


def _capped(amount: int, context: ActionContext) -> int:
    return amount if context.requested_in_cents is None else min(amount, context.requested_in_cents)


_AMOUNTS: Final[Mapping[str, Callable[[Action, ActionContext], int]]] = {
    "FIXED": _fixed,
    "PERCENTAGE": _percentage,
    "TOP_UP": _top_up,
    "ROUND_DOWN": _round_down,
    "NEXT_PAYMENT_MINIMUM": lambda action, _: _minimum(action.destination),
    "TOTAL_AMOUNT_DUE": lambda action, _: _owed(action.destination),
    "LAST_STATEMENT_BALANCE": lambda action, _: _statement(action.destination),
    "PERCENTAGE_LIABILITY_BALANCE": lambda action, _: _percent(_owed(action.destination), action.percentage),
}


def amount_for(action: Action, context: ActionContext) -> int:
    """Return the amount of an action in cents. Raises :class:`ActionFailed` if a required value is unknown."""
    if action.type != "PERCENTAGE":
        context.bases.clear()
    return _AMOUNTS[action.type](action, context)


def debt_payments(action: Action, accounts: Iterable[Account], context: ActionContext) -> list[tuple[Account, int]]:
    """Split a budget over the debts: smallest first (snowball) or highest interest first (avalanche)."""
    debts = [account for account in accounts if account.is_liability and account.error is None and account.cents < 0]
    debts.sort(key=lambda debt: -debt.cents if action.type == "SNOWBALL" else -_interest(debt))
    budget = max(0, context.available(action.source))
    for bound in (action.amount_in_cents, context.requested_in_cents):
        budget = budget if bound is None else min(budget, bound)
    shares: list[tuple[Account, int]] = []
    for debt in debts:
        share = min(budget, -debt.cents)
        if share > 0:
            shares.append((debt, share))
            budget -= share
    return shares


def _interest(account: Account) -> float:
    return (account.liability.interest_rate if account.liability else None) or 0.0
