"""Resources in the format of api/v1: snake_case fields, and enum values in lower case unless documented otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from sequence_async.sandbox.clock import utc_datetime
from sequence_async.sandbox.entities import (
    ACCOUNT_TYPES,
    Account,
    Action,
    Card,
    CardTransaction,
    Comparison,
    Condition,
    Execution,
    LedgerAccount,
    Rule,
    Transfer,
    Trigger,
)
from sequence_async.sandbox.rule_reader import V1_ACTION_TYPES

if TYPE_CHECKING:
    from datetime import datetime

Name = Callable[[str], str]
Json = dict[str, Any]

ACCOUNT_TYPE: Final[Mapping[str, str]] = {kind: kind.lower() for kind in ACCOUNT_TYPES}
ACTION_TYPE: Final[Mapping[str, str]] = {kind: word for word, kind in V1_ACTION_TYPES.items()}
ORIGIN: Final[Mapping[str, str]] = {
    "DIRECT_DEPOSIT": "paycheck",
    "CHECK_DEPOSIT": "check_deposit",
    "CASHBACK": "cashback",
    "USER_PULL": "user_pull",
    "RULE": "rule",
    "USER": "user",
    "EXTERNAL_PULL": "external_pull",
}
TRIGGER_TYPE: Final[Mapping[str, str]] = {
    "MANUAL": "manual",
    "SEQUENCE_API": "manual",
    "REMOTE_API": "manual",
    "SCHEDULED": "scheduled",
    "ON_FUNDS_TRANSFERRED": "on_funds_transferred",
}


def _time(at_ms: int | None) -> datetime | None:
    return None if at_ms is None else utc_datetime(at_ms)


def account_summary(account: Account, name: Name) -> Json:
    """Return an account as a list item."""
    return {
        "id": name(account.id),
        "name": account.name,
        "type": ACCOUNT_TYPE[account.type],
        "description": account.description,
        "external_account_type": account.external_type,
        "beneficiary_name": account.beneficiary,
        "institution_name": account.institution,
        "can_be_source": account.can_be_source,
        "created_at": utc_datetime(account.created_ms),
        "updated_at": utc_datetime(account.updated_ms),
    }


def balance(account: Account, now_ms: int) -> Json:
    """Return the balance of an account as JSON."""
    liability = account.liability
    unreadable = account.error is not None
    return {
        "balance_in_cents": account.balance_in_cents,
        "available_balance_in_cents": account.available_in_cents,
        "last_statement_balance_in_cents": None if liability is None or unreadable else liability.statement_in_cents,
        "last_statement_date": None if liability is None else liability.statement_date,
        "next_payment_minimum_in_cents": None if liability is None or unreadable else liability.minimum_in_cents,
        "next_payment_due_date": None if liability is None else liability.due_date,
        "balance_last_updated_at": utc_datetime(account.refreshed_ms if account.is_external else now_ms),
        "error": account.error,
        "interest_rate_percentage": None if liability is None else liability.interest_rate,
        "original_loan_amount_in_cents": None if liability is None else liability.original_loan_in_cents,
    }


def account(one: Account, name: Name, now_ms: int) -> Json:
    """Return an account with its balance as JSON."""
    written = _details(account_summary(one, name), one, now_ms)
    written["linked_account"] = None
    if one.linked is not None:
        linked = _details(account_summary(one.linked, name), one.linked, now_ms)
        del linked["created_at"], linked["updated_at"]
        written["linked_account"] = linked
    return written


def _details(written: Json, one: Account, now_ms: int) -> Json:
    written["routing_number"] = one.routing
    written["bank_account_number"] = one.number
    written["balance"] = balance(one, now_ms)
    written["savings_target_in_cents"] = one.savings_target_in_cents
    return written


def _side(side: LedgerAccount, name: Name) -> Json | None:
    if not isinstance(side, Account):
        return None
    return {
        "id": name(side.id),
        "name": side.name,
        "type": ACCOUNT_TYPE[side.type],
        "is_deleted": side.deleted_ms is not None,
    }


def transfer(one: Transfer, name: Name) -> Json:
    """Return a transfer as JSON."""
    execution = one.execution
    return {
        "id": name(one.id),
        "amount_in_cents": one.amount_in_cents,
        "direction": one.direction.lower(),
        "origin": ORIGIN[one.origin],
        "status": one.status.lower(),
        "source": _side(one.source, name),
        "destination": _side(one.destination, name),
        "rule_id": None if execution is None else name(execution.rule.id),
        "rule_execution_id": None if execution is None else name(execution.id),
        "error_code": one.error_code,
        "created_at": utc_datetime(one.created_ms),
        "completed_at": _time(one.completed_ms),
    }


def _node(one: Account, name: Name) -> Json:
    return {"id": name(one.id), "type": ACCOUNT_TYPE[one.type], "name": one.name}


def rule_summary(one: Rule, name: Name) -> Json:
    """Return a rule as a list item."""
    return {
        "id": name(one.id),
        "nickname": one.name,
        "description": one.description,
        "status": one.status.lower(),
        "trigger_type": one.trigger.type,
        "source": None if one.source is None else _node(one.source, name),
        "created_at": utc_datetime(one.created_ms),
        "updated_at": utc_datetime(one.updated_ms),
    }


def rule(one: Rule, name: Name) -> Json:
    """Return a rule with its trigger and its steps as JSON."""
    return {
        "id": name(one.id),
        "nickname": one.name,
        "description": one.description,
        "status": one.status.lower(),
        "trigger": _trigger(one.trigger, name),
        "steps": [
            {
                "conditions": None if step.condition is None else _condition(step.condition, name),
                "actions": [_action(action, name) for action in step.actions],
            }
            for step in one.steps
        ],
        "created_at": utc_datetime(one.created_ms),
        "updated_at": utc_datetime(one.updated_ms),
    }


def _trigger(trigger: Trigger, name: Name) -> Json:
    written: Json = {"type": trigger.type, "account_id": None if trigger.account is None else name(trigger.account.id)}
    if trigger.schedule_type is not None:
        written |= {"schedule_type": trigger.schedule_type, "start_date": _time(trigger.start_ms)}
    return written


def _condition(condition: Condition, name: Name) -> Json:
    if not isinstance(condition, Comparison):
        return {"all" if condition.every else "any": [_condition(inner, name) for inner in condition.conditions]}
    return {
        "condition": {
            "fact": condition.fact,
            "operator": condition.operator,
            "value": condition.value,
            "value_fact": condition.value_fact,
            "params": None if condition.account is None else {"account_id": name(condition.account.id)},
        }
    }


def _action(action: Action, name: Name) -> Json:
    written: Json = {
        "type": ACTION_TYPE[action.type],
        "source": _node(action.source, name),
        "destination": _node(action.destination, name),
        "group_index": action.group,
        "up_to_enabled": action.up_to,
        "is_direct_deposit": action.direct_deposit,
        "limit": None
        if action.limit is None
        else {"period": action.limit.period, "amount_in_cents": action.limit.amount_in_cents},
        "ach_description": action.ach_description,
    }
    if action.amount_in_cents is not None:
        written["amount_in_cents"] = action.amount_in_cents
    if action.percentage is not None:
        whole = action.percentage == action.percentage.to_integral_value()
        written["percentage_value"] = int(action.percentage) if whole else float(action.percentage)
    if action.target is not None:
        written["percentage_target"] = action.target
    if action.reference is not None:
        written[action.reference[0]] = _node(action.reference[1], name)
    return written


def execution_summary(one: Execution, name: Name) -> Json:
    """Return an execution as a list item."""
    return {
        "id": name(one.id),
        "rule_id": name(one.rule.id),
        "rule_name": one.rule.name,
        "trigger_type": TRIGGER_TYPE[one.trigger_type],
        "status": one.status.lower(),
        "created_at": utc_datetime(one.created_ms),
    }


def execution(one: Execution, name: Name, counts: tuple[int, int, int, int]) -> Json:
    """Return an execution with its result as JSON."""
    attempted, completed, failed, pending = counts
    return execution_summary(one, name) | {
        "trigger_details": _trigger_details(one),
        "step_index_matched": one.step_index,
        "conditions_not_met": one.conditions_not_met,
        "transfers_attempted": attempted,
        "transfers_completed": completed,
        "transfers_failed": failed,
        "transfers_pending": pending,
        "transfer_ids": [name(identifier) for identifier in one.transfer_ids],
        "error_message": one.error_message,
        "next_attempt_at": None,
    }


def _trigger_details(one: Execution) -> Json:
    kind = TRIGGER_TYPE[one.trigger_type]
    if kind == "scheduled":
        return {"type": kind, "scheduled_time": _time(one.scheduled_ms)}
    return {"type": kind, "amount_in_cents": one.amount_in_cents}


def card(one: Card, name: Name) -> Json:
    """Return a card as JSON."""
    return {
        "id": name(one.id),
        "type": one.type.lower(),
        "status": one.status.lower(),
        "last_four": one.last_four,
        "holder_name": one.holder,
        "expiration_date": one.expires,
        "account_id": name(one.account.id),
        "created_at": utc_datetime(one.created_ms),
    }


def card_transaction(one: CardTransaction, name: Name) -> Json:
    """Return a purchase or a refund as JSON."""
    return {
        "id": name(one.id),
        "direction": "credit" if one.refund else "debit",
        "amount_in_cents": one.amount_in_cents,
        "description": one.description,
        "created_at": utc_datetime(one.created_ms),
    }
