"""How much an action of a rule moves, and where to."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sequence_async.sandbox.entities import Account, Action


class ActionFailed(Exception):  # noqa: N818 - an outcome of a run, not a defect
    """An action cannot be carried out; the code says why, in the words of a transfer's error codes."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class ActionContext:
    """What an action can reckon with."""

    available: Callable[[Account], int]
    """The cents in an account, as the run sees them."""
    requested_in_cents: int | None
    """The amount that whoever triggered the rule named."""
    incoming_in_cents: int | None
    """The amount that came in and set the rule off."""
    fixed_override: bool = False
    bases: dict[str, int] = field(default_factory=dict)
    """What the percentages of one division are taken of, by source: all of a division see the same balance."""


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


def _fixed(action: Action, means: ActionContext) -> int:
    if means.fixed_override and means.requested_in_cents is not None:
        return means.requested_in_cents
    return action.amount_in_cents or 0


def _percentage(action: Action, means: ActionContext) -> int:
    if means.requested_in_cents is not None:
        return _percent(means.requested_in_cents, action.percentage)
    if action.target == "INCOMING_AMOUNT" and means.incoming_in_cents is not None:
        return _percent(means.incoming_in_cents, action.percentage)
    # Also where nothing came in, because somebody or the calendar started the run: then the balance takes its place.
    if action.source.id not in means.bases:
        means.bases[action.source.id] = max(0, means.available(action.source))
    return _percent(means.bases[action.source.id], action.percentage)


_FILL_TO: Final[Mapping[str, Callable[[Account], int]]] = {
    "next_payment_minimum_account": _minimum,
    "current_balance_account": _owed,
    "last_statement_balance_account": _statement,
}


def _top_up(action: Action, means: ActionContext) -> int:
    if action.reference is None:
        goal = action.amount_in_cents or 0
    else:
        which, account = action.reference
        goal = _FILL_TO[which](account)
    lacking = max(0, goal - means.available(action.destination))
    # A top-up gives what there is when the source is short, whatever the action says about it.
    return min(_capped(lacking, means), max(0, means.available(action.source)))


def _round_down(action: Action, means: ActionContext) -> int:
    return _capped(max(0, means.available(action.source) - (action.amount_in_cents or 0)), means)


def _capped(amount: int, means: ActionContext) -> int:
    return amount if means.requested_in_cents is None else min(amount, means.requested_in_cents)


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


def amount_for(action: Action, means: ActionContext) -> int:
    """Give the cents that an action wants to move. Raises :class:`ActionFailed` when a figure it needs is not known."""
    if action.type != "PERCENTAGE":
        means.bases.clear()
    return _AMOUNTS[action.type](action, means)


def debt_payments(action: Action, accounts: Iterable[Account], means: ActionContext) -> list[tuple[Account, int]]:
    """Share out a budget over the debts: smallest first (snowball) or highest interest first (avalanche)."""
    debts = [account for account in accounts if account.is_liability and account.error is None and account.cents < 0]
    debts.sort(key=lambda debt: -debt.cents if action.type == "SNOWBALL" else -_interest(debt))
    budget = max(0, means.available(action.source))
    for bound in (action.amount_in_cents, means.requested_in_cents):
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
