"""Resources in the format of platform/v1: camelCase fields, upper-case enum values, UUIDs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sequence_async.sandbox.clock import utc_datetime
from sequence_async.sandbox.entities import (
    LIVE,
    SIMULATION,
    Account,
    Action,
    AuditEntry,
    CardTransaction,
    Comparison,
    Condition,
    Execution,
    ExternalTransaction,
    LedgerAccount,
    Rule,
    Transfer,
)
from sequence_async.sandbox.rule_reader import TOP_UP_ACCOUNTS, is_supported

if TYPE_CHECKING:
    from datetime import datetime

Name = Callable[[str], str]
Json = dict[str, Any]

_TOP_UP = {
    "next_payment_minimum_account": "nextPaymentMinimumAccount",
    "current_balance_account": "currentBalanceAccount",
    "last_statement_balance_account": "lastStatementBalanceAccount",
}


def _time(at_ms: int | None) -> datetime | None:
    return None if at_ms is None else utc_datetime(at_ms)


def _summary(one: Account, name: Name) -> Json:
    return {
        "id": name(one.id),
        "name": one.name,
        "type": one.type,
        "description": one.description,
        "externalAccountType": one.external_type,
        "beneficiaryName": one.beneficiary,
        "institutionName": one.institution,
        "canBeSource": one.can_be_source,
        "canBeDestination": one.can_be_destination,
        "createdAt": utc_datetime(one.created_ms),
        "updatedAt": utc_datetime(one.updated_ms),
        "deletedAt": _time(one.deleted_ms),
    }


def account_summary(one: Account, name: Name) -> Json:
    """Return an account as a list item."""
    return _summary(one, name) | {"linkedAccount": None if one.linked is None else _summary(one.linked, name)}


def account(one: Account, name: Name, now_ms: int) -> Json:
    """Return an account with its balance as JSON."""
    linked = None if one.linked is None else _details(one.linked, name, now_ms)
    return _details(one, name, now_ms) | {"linkedAccount": linked}


def _details(one: Account, name: Name, now_ms: int) -> Json:
    liability = one.liability
    readable = None if one.error is not None else liability
    return _summary(one, name) | {
        "routingNumber": one.routing,
        "bankAccountNumber": one.number,
        "balance": {
            "balanceInCents": one.balance_in_cents,
            "availableBalanceInCents": one.available_in_cents,
            "lastStatementBalanceInCents": None if readable is None else readable.statement_in_cents,
            "lastStatementDate": None if liability is None else liability.statement_date,
            "nextPaymentMinimumInCents": None if readable is None else readable.minimum_in_cents,
            "nextPaymentDueDate": None if liability is None else liability.due_date,
            "balanceLastUpdatedAt": utc_datetime(one.refreshed_ms if one.is_external else now_ms),
            "error": one.error,
            "interestRatePercentage": None if liability is None else liability.interest_rate,
            "originalLoanAmountInCents": None if liability is None else liability.original_loan_in_cents,
        },
        "savingsTargetInCents": one.savings_target_in_cents,
    }


def _side(side: LedgerAccount, one: Transfer, name: Name) -> Json:
    if isinstance(side, Account):
        return {"id": name(side.id), "name": side.name, "type": side.type, "isDeleted": side.deleted_ms is not None}
    return {"id": None, "name": one.description or side.name, "type": "EXTERNAL_ENTITY", "isDeleted": None}


def _mode(one: Transfer | Execution) -> str:
    return SIMULATION if one.simulation else LIVE


def transfer(one: Transfer, name: Name) -> Json:
    """Return a transfer as JSON."""
    execution = one.execution
    return {
        "id": name(one.id),
        "amountInCents": one.amount_in_cents,
        "direction": one.direction,
        "origin": one.origin,
        "source": _side(one.source, one, name),
        "destination": _side(one.destination, one, name),
        "status": one.status,
        "executionMode": _mode(one),
        "ruleId": None if execution is None else name(execution.rule.id),
        "ruleExecutionId": None if execution is None else name(execution.id),
        "errorCode": one.error_code,
        "createdAt": utc_datetime(one.created_ms),
        "completedAt": _time(one.completed_ms),
    }


def rule_summary(one: Rule, name: Name) -> Json:
    """Return a rule as a list item."""
    return {
        "id": name(one.id),
        "name": one.name,
        "description": one.description,
        "status": one.status,
        "isSupported": is_supported(one),
        "createdAt": utc_datetime(one.created_ms),
        "updatedAt": utc_datetime(one.updated_ms),
        "deletedAt": _time(one.deleted_ms),
    }


def rule(one: Rule, name: Name) -> Json:
    """Return a rule with its trigger and its steps as JSON."""
    written = rule_summary(one, name)
    del written["isSupported"]
    return written | {
        "trigger": _trigger(one, name),
        "steps": [
            {
                "conditions": None if step.condition is None else _condition(step.condition, name),
                "actions": [_action(action, name) for action in step.actions],
            }
            for step in one.steps
        ],
    }


def _trigger(one: Rule, name: Name) -> Json:
    trigger = one.trigger
    account = trigger.account
    if trigger.schedule_type is not None:
        return {
            "type": trigger.type,
            "scheduleType": trigger.schedule_type,
            "startDate": _time(trigger.start_ms),
            "accountId": None if account is None else name(account.id),
        }
    return {"type": trigger.type, "accountId": name((account or one.steps[0].actions[0].source).id)}


def _condition(condition: Condition, name: Name) -> Json:
    if not isinstance(condition, Comparison):
        return {"all" if condition.every else "any": [_condition(inner, name) for inner in condition.conditions]}
    return {
        "condition": {
            "fact": condition.fact,
            "operator": condition.operator,
            "value": condition.value,
            "valueFact": condition.value_fact,
            "params": None if condition.account is None else {"accountId": name(condition.account.id)},
        }
    }


def _node(one: Account, name: Name) -> Json:
    return {"id": name(one.id), "type": one.type, "name": one.name}


def _action(action: Action, name: Name) -> Json:
    limit = action.limit
    written: Json = {
        "type": action.type,
        "source": _node(action.source, name),
        "destination": _node(action.destination, name),
        "groupIndex": action.group,
        "upToEnabled": action.up_to,
        "isDirectDeposit": action.direct_deposit,
        "limit": None if limit is None else {"period": limit.period, "amountInCents": limit.amount_in_cents},
        "achDescription": action.ach_description,
    }
    if action.type in ("FIXED", "ROUND_DOWN", "TOP_UP"):
        written["amountInCents"] = action.amount_in_cents
    if action.type == "TOP_UP":
        reference = action.reference
        for which in TOP_UP_ACCOUNTS:
            node = None if reference is None or reference[0] != which else _node(reference[1], name)
            written[_TOP_UP[which]] = node
    if action.percentage is not None:
        whole = action.percentage == action.percentage.to_integral_value()
        written["percentageValue"] = int(action.percentage) if whole else float(action.percentage)
    if action.target is not None:
        written["percentageTarget"] = action.target
    return written


def execution_summary(one: Execution, name: Name) -> Json:
    """Return an execution as a list item."""
    return {
        "id": name(one.id),
        "ruleId": name(one.rule.id),
        "status": one.status,
        "executionMode": _mode(one),
        "createdAt": utc_datetime(one.created_ms),
    }


def execution(one: Execution, name: Name, counts: tuple[int, int, int, int]) -> Json:
    """Return an execution with its result as JSON."""
    attempted, completed, failed, pending = counts
    return execution_summary(one, name) | {
        "triggerDetails": _trigger_details(one),
        "stepIndexMatched": one.step_index,
        "conditionsNotMet": one.conditions_not_met,
        "transfersAttempted": attempted,
        "transfersCompleted": completed,
        "transfersFailed": failed,
        "transfersPending": pending,
        "transferIds": [name(identifier) for identifier in one.transfer_ids],
        "errorMessage": one.error_message,
        "nextAttemptAt": None,
    }


def _trigger_details(one: Execution) -> Json:
    if one.trigger_type == "REMOTE_API":
        return {"type": one.trigger_type}
    if one.trigger_type == "SCHEDULED":
        return {"type": one.trigger_type, "scheduledTime": _time(one.scheduled_ms)}
    return {"type": one.trigger_type, "amountInCents": one.amount_in_cents}


def external_transaction(one: ExternalTransaction, name: Name) -> Json:
    """Return a transaction of an external account as JSON."""
    return {
        "id": one.id,
        "accountId": name(one.account.id),
        "amountInCents": one.amount_in_cents,
        "direction": "MONEY_IN" if one.incoming else "MONEY_OUT",
        "status": one.status,
        "description": one.description,
        "transactionDate": utc_datetime(one.created_ms),
    }


def card_transaction(one: CardTransaction, name: Name) -> Json:
    """Return a purchase or a refund as JSON."""
    account = one.card.account
    return {
        "id": name(one.id),
        "cardId": name(one.card.id),
        "cardType": "DEBIT_CARD",
        "account": {"id": name(account.id), "name": account.name, "type": account.type, "isDeleted": False},
        "direction": "MONEY_IN" if one.refund else "MONEY_OUT",
        "subtype": "REFUND" if one.refund else "PURCHASE",
        "status": "COMPLETE",
        "amountInCents": one.amount_in_cents,
        "description": one.description,
        "createdAt": utc_datetime(one.created_ms),
        "completedAt": utc_datetime(one.created_ms),
    }


def audit_entry(one: AuditEntry) -> Json:
    """Return an audit log entry as JSON."""
    return {
        "id": f"{one.key.id[:23]}-{one.seq:012x}",
        "createdAt": utc_datetime(one.created_ms),
        "apiKeyId": one.key.id,
        "apiKeyName": one.key.name,
        "path": one.path,
        "action": one.action,
        "requestId": one.request_id,
        "outcome": "SUCCESS" if one.code is None else "FAILURE",
        "errorCode": one.code,
    }
