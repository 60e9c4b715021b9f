# Generated from openapi/v1.yaml 1.0.0 (SHA-256 a97065379c9f6122741a19189150f7fcc0fac04076ea31e49b9192017c15e233) by `python -m codegen`; do not edit.
"""The models of Sequence API v1, frozen and open to additions of the API. They need only attrs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from sequence_async.models._runtime import (
    OpenStrEnum,
    Outcome,
    Settling,
    TaggedUnion,
    UnknownVariant,
    arrays_as_tuples,
    masked,
)

__all__ = [
    "DESCRIPTION_SHA256",
    "DESCRIPTION_VERSION",
    "UNIONS",
    "Account",
    "AccountNode",
    "AccountRole",
    "AccountSummary",
    "AccountType",
    "ActionLimit",
    "AllCondition",
    "AnyCondition",
    "AvalancheAction",
    "Balance",
    "Card",
    "CardStatus",
    "CardTransaction",
    "CardTransactionDirection",
    "CardType",
    "ChainableCondition",
    "ConditionFact",
    "ConditionOperator",
    "ConditionParams",
    "ConditionValueFact",
    "CreateTransferRequest",
    "ExecutionTriggerType",
    "ExternalAccountType",
    "FixedAmountAction",
    "FundsTransferredTrigger",
    "FundsTransferredTriggerDetails",
    "LimitPeriod",
    "LinkedAccount",
    "ManualTrigger",
    "ManualTriggerDetails",
    "NextPaymentMinimumAction",
    "PageInfo",
    "PercentageAction",
    "PercentageTarget",
    "RoundDownAction",
    "Rule",
    "RuleAction",
    "RuleCondition",
    "RuleDraft",
    "RuleExecution",
    "RuleExecutionStatus",
    "RuleExecutionSummary",
    "RuleStatus",
    "RuleStep",
    "RuleSummary",
    "ScheduleType",
    "ScheduledTrigger",
    "ScheduledTriggerDetails",
    "SingleCondition",
    "SnowballAction",
    "TopUpAction",
    "Transfer",
    "TransferAccountRef",
    "TransferDirection",
    "TransferOrigin",
    "TransferStatus",
    "Trigger",
    "TriggerDetails",
    "TriggerRuleRequest",
    "TriggerType",
    "TriggeredRule",
    "UnknownVariant",
    "WebhookEvent",
    "WebhookEventName",
    "WebhookTransferData",
]

DESCRIPTION_VERSION: Final = "1.0.0"
DESCRIPTION_SHA256: Final = "a97065379c9f6122741a19189150f7fcc0fac04076ea31e49b9192017c15e233"


@attrs.frozen(kw_only=True)
class PageInfo:
    """The position where a page of a list ends."""

    has_next_page: bool | None = None
    """Whether another page follows. Inferred, not documented."""
    end_cursor: str | None = None
    """The cursor to request the next page with."""


class AccountType(OpenStrEnum):
    """The type of account.

    The API may add values, so end a `match` over these with `case _`.
    """

    INCOME_SOURCE = "income_source"
    POD = "pod"
    EXTERNAL_ACCOUNT = "external_account"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ExternalAccountType(OpenStrEnum):
    """The type of external account. A liability is a debt, such as a credit card.

    The API may add values, so end a `match` over these with `case _`.
    """

    DEPOSITORY = "DEPOSITORY"
    INVESTMENT = "INVESTMENT"
    LIABILITY = "LIABILITY"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class AccountSummary:
    """An account in the list of accounts, without its balance."""

    id: str
    """The account's ID, such as `acc_01HABC4567`."""
    name: str
    """The account's name in Sequence."""
    type: AccountType
    """The type of account."""
    can_be_source: bool
    """Whether money can be moved out of the account through Sequence."""
    description: str | None = None
    """A note about the account."""
    external_account_type: ExternalAccountType | None = None
    """The type of external account. `null` if the account has another type."""
    beneficiary_name: str | None = None
    """The name of the beneficiary, who owns the money in the account."""
    institution_name: str | None = None
    """The name of the bank or company that provides the account."""
    created_at: datetime | None = None
    """The time when the account was added, in UTC. Inferred, not documented."""
    updated_at: datetime | None = None
    """The time when the account last changed, in UTC. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class Balance:
    """The balance of an account. For a liability, the amount owed, as a positive number. Inferred, not documented."""

    balance_in_cents: int | None = None
    """The balance, in cents."""
    available_balance_in_cents: int | None = None
    """The amount available to spend or move, in cents."""
    last_statement_balance_in_cents: int | None = None
    """The amount owed according to the last statement, in cents."""
    last_statement_date: date | None = None
    """The date of the last statement."""
    next_payment_minimum_in_cents: int | None = None
    """The minimum amount of the next payment, in cents."""
    next_payment_due_date: date | None = None
    """The due date of the next payment."""
    balance_last_updated_at: datetime | None = None
    """The time when the balance was last read from the bank, in UTC."""
    error: str | None = None
    """The reason why the balance could not be read. If set, the amounts are `null`."""
    interest_rate_percentage: float | None = None
    """The interest rate of a liability, in percent per year."""
    original_loan_amount_in_cents: int | None = None
    """The original loan amount, in cents."""


class AccountRole(OpenStrEnum):
    """The side of a transfer that an account is on.

    The API may add values, so end a `match` over these with `case _`.
    """

    SOURCE = "source"
    DESTINATION = "destination"
    EITHER = "either"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferDirection(OpenStrEnum):
    """Whether money enters, leaves or stays within the organization.

    The API may add values, so end a `match` over these with `case _`.
    """

    MONEY_IN = "money_in"
    MONEY_OUT = "money_out"
    INTERNAL = "internal"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferOrigin(OpenStrEnum):
    """The origin of a transfer, such as a check deposit or a rule.

    The API may add values, so end a `match` over these with `case _`.
    """

    PAYCHECK = "paycheck"
    CHECK_DEPOSIT = "check_deposit"
    CASHBACK = "cashback"
    USER_PULL = "user_pull"
    RULE = "rule"
    USER = "user"
    EXTERNAL_PULL = "external_pull"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferStatus(OpenStrEnum):
    """The status of a transfer. `complete`, `incomplete`, `cancelled` and `error` are final. With `pending_approval`,
    the transfer waits for a user to act in the app.

    The API may add values, so end a `match` over these with `case _`.
    """

    PENDING_APPROVAL = "pending_approval"
    PROCESSING = "processing"
    PENDING = "pending"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    CANCELLED = "cancelled"
    ERROR = "error"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class TransferAccountRef:
    """One side of a transfer."""

    name: str
    """The name of the account or party."""
    type: AccountType
    """The type of account."""
    id: str | None = None
    """The account's ID. A party outside the organization may have none."""
    is_deleted: bool | None = None
    """Whether the account has since been removed. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class Transfer(Settling):
    """A movement of money."""

    id: str
    """The transfer's ID, such as `txr_01HABC1111`."""
    amount_in_cents: int
    """The amount, in cents. Always positive."""
    direction: TransferDirection
    """Whether money enters, leaves or stays within the organization."""
    origin: TransferOrigin
    """The origin of the transfer."""
    status: TransferStatus
    """The status of the transfer."""
    source: TransferAccountRef | None = None
    """The source of the money."""
    destination: TransferAccountRef | None = None
    """The destination of the money."""
    rule_id: str | None = None
    """The ID of the rule that made the transfer. Inferred, not documented."""
    rule_execution_id: str | None = None
    """The ID of the rule execution that made the transfer. Inferred, not documented."""
    error_code: str | None = None
    """The reason why the transfer failed. Inferred, not documented."""
    created_at: datetime | None = None
    """The time when the transfer was created, in UTC. Inferred, not documented."""
    completed_at: datetime | None = None
    """The time when the money had moved, in UTC. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class CreateTransferRequest:
    """A transfer to create."""

    source_account_id: str = attrs.field(metadata={"min_length": 1})
    """The ID of the account that the money comes from."""
    destination_account_id: str = attrs.field(metadata={"min_length": 1})
    """The ID of the account that the money goes to."""
    amount_in_cents: int = attrs.field(metadata={"minimum": 1})
    """The amount, in cents. At least 1. The API's own minimum is not documented. Inferred, not documented."""
    description: str | None = None
    """Text for the bank statement. platform/v1 accepts at most 10 letters, digits and spaces. Inferred, not documented.
    """


class RuleStatus(OpenStrEnum):
    """Whether a rule is enabled.

    The API may add values, so end a `match` over these with `case _`.
    """

    ENABLED = "enabled"
    DISABLED = "disabled"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TriggerType(OpenStrEnum):
    """The type of trigger that starts a rule.

    The API may add values, so end a `match` over these with `case _`.
    """

    ON_FUNDS_TRANSFERRED = "ON_FUNDS_TRANSFERRED"
    SCHEDULED = "SCHEDULED"
    MANUAL = "MANUAL"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ScheduleType(OpenStrEnum):
    """The frequency of a scheduled rule. Inferred, not documented.

    The API may add values, so end a `match` over these with `case _`.
    """

    ONE_TIME = "ONE_TIME"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    BI_WEEKLY = "BI_WEEKLY"
    MONTHLY = "MONTHLY"
    EVERY_OTHER_WEEK = "EVERY_OTHER_WEEK"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class AccountNode:
    """A reference to an account in a rule."""

    id: str
    """The account's ID."""
    type: AccountType
    """The type of account."""
    name: str | None = None
    """The account's name. Present in the list of rules."""


@attrs.frozen(kw_only=True)
class RuleSummary:
    """A rule in the list of rules, without its steps."""

    id: str
    """The rule's ID, such as `rule_01HXYZ1234`."""
    status: RuleStatus
    """Whether the rule is enabled."""
    trigger_type: TriggerType
    """The type of trigger that starts the rule."""
    created_at: datetime
    """The time when the rule was created, in UTC."""
    updated_at: datetime
    """The time when the rule last changed, in UTC."""
    nickname: str | None = None
    """The rule's name."""
    description: str | None = None
    """The purpose of the rule."""
    source: AccountNode | None = None
    """The account that the rule takes money from."""


@attrs.frozen(kw_only=True)
class FundsTransferredTrigger:
    """Starts a rule when money arrives in an account."""

    type: Literal["ON_FUNDS_TRANSFERRED"] = "ON_FUNDS_TRANSFERRED"
    """Always `ON_FUNDS_TRANSFERRED`."""
    account_id: str
    """The ID of the account that the rule watches."""


@attrs.frozen(kw_only=True)
class ScheduledTrigger:
    """Starts a rule on a schedule. Inferred, not documented."""

    type: Literal["SCHEDULED"] = "SCHEDULED"
    """Always `SCHEDULED`."""
    schedule_type: ScheduleType | None = None
    """The frequency of the schedule."""
    start_date: datetime | None = None
    """The time when the rule first runs, in UTC."""
    account_id: str | None = None
    """The ID of the account that the rule takes money from."""


@attrs.frozen(kw_only=True)
class ManualTrigger:
    """Starts a rule only on request. Inferred, not documented."""

    type: Literal["MANUAL"] = "MANUAL"
    """Always `MANUAL`."""
    account_id: str | None = None
    """The ID of the account that the rule takes money from."""


class ConditionFact(OpenStrEnum):
    """The value that a condition checks: the incoming amount or the balance of an account, both in cents, or the day of
    the month.

    The API may add values, so end a `match` over these with `case _`.
    """

    TRANSFER_AMOUNT = "TRANSFER_AMOUNT"
    BALANCE = "BALANCE"
    DATE = "DATE"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ConditionValueFact(OpenStrEnum):
    """The value that a condition compares with, if it is not a fixed number. Inferred, not documented.

    The API may add values, so end a `match` over these with `case _`.
    """

    TRANSFER_AMOUNT = "TRANSFER_AMOUNT"
    BALANCE = "BALANCE"
    DATE = "DATE"
    LAST_DAY_OF_MONTH = "LAST_DAY_OF_MONTH"
    NEXT_PAYMENT_MINIMUM_AMOUNT = "NEXT_PAYMENT_MINIMUM_AMOUNT"
    LAST_STATEMENT_BALANCE = "LAST_STATEMENT_BALANCE"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ConditionOperator(OpenStrEnum):
    """The comparison operator of a condition.

    The API may add values, so end a `match` over these with `case _`.
    """

    EQUALS = "EQUALS"
    NOT_EQUALS = "NOT_EQUALS"
    GREATER_THAN = "GREATER_THAN"
    LESS_THAN = "LESS_THAN"
    GREATER_THAN_OR_EQUAL = "GREATER_THAN_OR_EQUAL"
    LESS_THAN_OR_EQUAL = "LESS_THAN_OR_EQUAL"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class ConditionParams:
    """The parameters of a fact. Inferred, not documented."""

    account_id: str | None = None
    """The ID of the account whose balance is checked."""


@attrs.frozen(kw_only=True)
class RuleCondition:
    """Compares a fact with a number or with another fact."""

    fact: ConditionFact
    """The fact to check."""
    operator: ConditionOperator
    """The comparison operator."""
    value: int | None = None
    """The number to compare with: cents for amounts and balances, 1 to 31 for the day of the month."""
    value_fact: ConditionValueFact | None = None
    """The fact to compare with, instead of a number. Inferred, not documented."""
    params: ConditionParams | None = None
    """The parameters of the fact. Inferred, not documented."""


class LimitPeriod(OpenStrEnum):
    """The period that a limit applies to.

    The API may add values, so end a `match` over these with `case _`.
    """

    PER_TRANSFER = "PER_TRANSFER"
    PER_WEEK = "PER_WEEK"
    PER_MONTH = "PER_MONTH"
    PER_YEAR = "PER_YEAR"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class ActionLimit:
    """The maximum amount that an action may move. Inferred, not documented."""

    period: LimitPeriod | None = None
    """The period that the limit applies to."""
    amount_in_cents: int | None = None
    """The maximum amount in this period, in cents."""


class PercentageTarget(OpenStrEnum):
    """The base of a percentage: the incoming amount, or the balance of the source at the time of the action.

    The API may add values, so end a `match` over these with `case _`.
    """

    INCOMING_AMOUNT = "INCOMING_AMOUNT"
    SOURCE_ACCOUNT = "SOURCE_ACCOUNT"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class PercentageAction:
    """Moves a percentage of an amount."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int
    """The group that the action belongs to, starting at 0."""
    up_to_enabled: bool
    """Whether to move the available amount if the source has less than the requested amount."""
    type: Literal["percentage"] = "percentage"
    """Always `percentage`."""
    percentage_value: float = attrs.field(metadata={"minimum": 0, "maximum": 100})
    """The share of the amount to move, in percent."""
    percentage_target: PercentageTarget
    """The base of the percentage."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The limit on the amount that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """Text for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class FixedAmountAction:
    """Moves a fixed amount."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int
    """The group that the action belongs to, starting at 0."""
    up_to_enabled: bool
    """Whether to move the available amount if the source has less than the requested amount."""
    type: Literal["fixed_amount"] = "fixed_amount"
    """Always `fixed_amount`."""
    amount_in_cents: int = attrs.field(metadata={"minimum": 1})
    """The amount to move, in cents."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The limit on the amount that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """Text for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class TopUpAction:
    """Fills the destination up to a target balance. How to set this balance is not documented. Inferred, not
    documented.
    """

    type: Literal["top_up"] = "top_up"
    """Always `top_up`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """The group that the action belongs to, starting at 0."""
    up_to_enabled: bool | None = None
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The limit on the amount that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """Text for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class RoundDownAction:
    """Keeps a balance in the source and moves the amount above it. How to set this balance is not documented. Inferred,
    not documented.
    """

    type: Literal["round_down"] = "round_down"
    """Always `round_down`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """The group that the action belongs to, starting at 0."""
    up_to_enabled: bool | None = None
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The limit on the amount that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """Text for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class NextPaymentMinimumAction:
    """Pays the next minimum payment of a liability. Inferred, not documented."""

    type: Literal["next_payment_minimum"] = "next_payment_minimum"
    """Always `next_payment_minimum`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """The group that the action belongs to, starting at 0."""
    up_to_enabled: bool | None = None
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The limit on the amount that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """Text for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class AvalancheAction:
    """Pays off several debts, starting with the highest interest. Its own fields are not documented. Inferred, not
    documented.
    """

    type: Literal["avalanche"] = "avalanche"
    """Always `avalanche`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """The group that the action belongs to, starting at 0."""
    up_to_enabled: bool | None = None
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The limit on the amount that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """Text for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class SnowballAction:
    """Pays off several debts, starting with the smallest. Its own fields are not documented. Inferred, not documented."""

    type: Literal["snowball"] = "snowball"
    """Always `snowball`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """The group that the action belongs to, starting at 0."""
    up_to_enabled: bool | None = None
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The limit on the amount that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """Text for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class TriggerRuleRequest:
    """The options of one rule execution."""

    manual_execute_amount: int | None = attrs.field(default=None, metadata={"minimum": 1})
    """The amount that replaces the rule's own amount, assumed to be in cents. For rules with a manual trigger."""


@attrs.frozen(kw_only=True)
class TriggeredRule:
    """A triggered rule. Inferred, not documented."""

    execution_id: str | None = None
    """The ID of the execution that was started, such as `rex_01HABC4567`."""


class RuleExecutionStatus(OpenStrEnum):
    """The status of an execution. Only `in_progress` is not final.

    The API may add values, so end a `match` over these with `case _`.
    """

    IN_PROGRESS = "in_progress"
    EXECUTED = "executed"
    PARTIAL = "partial"
    FAILED = "failed"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ExecutionTriggerType(OpenStrEnum):
    """The type of trigger that started an execution.

    The API may add values, so end a `match` over these with `case _`.
    """

    MANUAL = "manual"
    SCHEDULED = "scheduled"
    ON_FUNDS_TRANSFERRED = "on_funds_transferred"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class RuleExecutionSummary:
    """An execution in the list of executions. The list is assumed to have these fields of an execution. Inferred, not
    documented.
    """

    id: str
    """The execution's ID, such as `rex_01HABC4567`."""
    rule_id: str | None = None
    """The ID of the rule that was executed."""
    rule_name: str | None = None
    """The rule's name."""
    trigger_type: ExecutionTriggerType | None = None
    """The type of trigger that started the execution."""
    status: RuleExecutionStatus | None = None
    """The status of the execution."""
    created_at: datetime | None = None
    """The time when the execution was started, in UTC."""


@attrs.frozen(kw_only=True)
class ManualTriggerDetails:
    """The execution was started on request. Inferred, not documented."""

    type: Literal["manual"] = "manual"
    """Always `manual`."""
    amount_in_cents: int | None = None
    """The amount requested for the execution, in cents."""


@attrs.frozen(kw_only=True)
class ScheduledTriggerDetails:
    """A schedule started the execution. Inferred, not documented."""

    type: Literal["scheduled"] = "scheduled"
    """Always `scheduled`."""
    scheduled_time: datetime | None = None
    """The time when the execution was due, in UTC."""


@attrs.frozen(kw_only=True)
class FundsTransferredTriggerDetails:
    """Money that arrived in the watched account started the execution."""

    type: Literal["on_funds_transferred"] = "on_funds_transferred"
    """Always `on_funds_transferred`."""
    amount_in_cents: int | None = None
    """The amount that arrived, in cents. Inferred, not documented."""


class CardType(OpenStrEnum):
    """Whether a card is virtual or physical.

    The API may add values, so end a `match` over these with `case _`.
    """

    VIRTUAL = "virtual"
    PHYSICAL = "physical"
    if TYPE_CHECKING:
        _UNLISTED = ""


class CardStatus(OpenStrEnum):
    """Whether a card can be used, and the reason if it cannot.

    The API may add values, so end a `match` over these with `case _`.
    """

    ACTIVE = "active"
    INACTIVE = "inactive"
    FROZEN = "frozen"
    STOLEN = "stolen"
    LOST = "lost"
    if TYPE_CHECKING:
        _UNLISTED = ""


class CardTransactionDirection(OpenStrEnum):
    """The direction of a card transaction. A purchase is a debit, a refund is a credit.

    The API may add values, so end a `match` over these with `case _`.
    """

    DEBIT = "debit"
    CREDIT = "credit"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class Card:
    """A debit card."""

    id: str
    """The card's ID, such as `card_01HABC4567`."""
    type: CardType
    """Whether the card is virtual or physical."""
    status: CardStatus
    """Whether the card can be used."""
    last_four: str
    """The last four digits of the card number."""
    holder_name: str
    """The name on the card."""
    expiration_date: str
    """The last month in which the card is valid, as `MM/YY`."""
    account_id: str
    """The ID of the pod that the card spends from."""
    created_at: datetime
    """The time when the card was created, in UTC."""


@attrs.frozen(kw_only=True)
class CardTransaction:
    """A purchase or refund with a card. The documentation names its direction and its time. No example was seen.
    Inferred, not documented.
    """

    id: str | None = None
    """The transaction's ID."""
    direction: CardTransactionDirection | None = None
    """Whether the transaction is a purchase or a refund."""
    amount_in_cents: int | None = None
    """The amount paid or refunded, in cents."""
    description: str | None = None
    """The item paid for, or the place of payment."""
    created_at: datetime | None = None
    """The time of the transaction, in UTC."""


class WebhookEventName(OpenStrEnum):
    """The name of an event. The documentation shows the format, `<entity>.<action>`, but not the names. Inferred, not
    documented.

    The API may add values, so end a `match` over these with `case _`.
    """

    TRANSFER_CREATED = "transfer.created"
    TRANSFER_APPROVAL_REQUIRED = "transfer.approval_required"
    TRANSFER_STATUS_CHANGED = "transfer.status_changed"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class WebhookTransferData:
    """The transfer that an event is about. Inferred, not documented."""

    transfer_id: str | None = None
    """The ID of the transfer to read."""
    previous_status: TransferStatus | None = None
    """The previous status of the transfer. Set if the event reports a change of status."""


@attrs.frozen(kw_only=True)
class LinkedAccount:
    """An account that another account is linked to. Inferred, not documented."""

    id: str | None = None
    """The account's ID."""
    name: str | None = None
    """The account's name in Sequence."""
    type: AccountType | None = None
    """The type of account."""
    description: str | None = None
    """A note about the account."""
    external_account_type: ExternalAccountType | None = None
    """The type of external account. `null` if the account has another type."""
    beneficiary_name: str | None = None
    """The name of the beneficiary, who owns the account."""
    institution_name: str | None = None
    """The name of the bank or company that provides the account."""
    can_be_source: bool | None = None
    """Whether money can be moved out of the account through Sequence."""
    routing_number: str | None = attrs.field(default=None, repr=masked)
    """The routing number for payments to the account."""
    bank_account_number: str | None = attrs.field(default=None, repr=masked)
    """The account number at the bank."""
    balance: Balance | None = None
    """The money in the account, or the debt of a liability. `null` if it is not known."""
    savings_target_in_cents: int | None = None
    """The savings target, in cents."""


@attrs.frozen(kw_only=True)
class SingleCondition:
    """Is met if its one condition is met."""

    condition: RuleCondition
    """The condition."""


@attrs.frozen(kw_only=True)
class WebhookEvent:
    """A notification of a change. Read the object that changed with an API request."""

    event: WebhookEventName
    """The name of the event."""
    created_at: datetime
    """The time when the event was created, in UTC."""
    data: WebhookTransferData
    """The object that the event is about."""


@attrs.frozen(kw_only=True)
class Account:
    """An account with its bank details and balance."""

    id: str
    """The account's ID, such as `acc_01HABC4567`."""
    name: str
    """The account's name in Sequence."""
    type: AccountType
    """The type of account."""
    can_be_source: bool
    """Whether money can be moved out of the account through Sequence."""
    description: str | None = None
    """A note about the account."""
    external_account_type: ExternalAccountType | None = None
    """The type of external account. `null` if the account has another type."""
    beneficiary_name: str | None = None
    """The name of the beneficiary, who owns the money in the account."""
    institution_name: str | None = None
    """The name of the bank or company that provides the account."""
    created_at: datetime | None = None
    """The time when the account was added, in UTC. Inferred, not documented."""
    updated_at: datetime | None = None
    """The time when the account last changed, in UTC. Inferred, not documented."""
    routing_number: str | None = attrs.field(default=None, repr=masked)
    """The routing number for payments to the account. Inferred, not documented."""
    bank_account_number: str | None = attrs.field(default=None, repr=masked)
    """The account number at the bank. Inferred, not documented."""
    balance: Balance | None = None
    """The money in the account, or the debt of a liability. `null` if it is not known. Inferred, not documented."""
    savings_target_in_cents: int | None = None
    """The savings target of the pod, in cents. Inferred, not documented."""
    linked_account: LinkedAccount | None = None
    """The liability that the pod is linked to. Inferred, not documented."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleExecution(Outcome):
    """One execution of a rule. If its conditions are not met, it also ends as `executed`, and `conditions_not_met` is
    set.
    """

    id: str
    """The execution's ID, such as `rex_01HABC4567`."""
    rule_id: str
    """The ID of the rule that was executed."""
    trigger_type: ExecutionTriggerType
    """The type of trigger that started the execution."""
    status: RuleExecutionStatus
    """The status of the execution."""
    created_at: datetime
    """The time when the execution was started, in UTC."""
    rule_name: str | None = None
    """The rule's name."""
    trigger_details: TriggerDetails | None = None
    """Details of the trigger that started the execution."""
    step_index_matched: int | None = None
    """The index of the executed step, starting at 0. `null` if no step was executed. Inferred, not documented."""
    conditions_not_met: bool | None = None
    """Whether no step's conditions were met. Inferred, not documented."""
    transfers_attempted: int | None = None
    """The number of attempted transfers. Inferred, not documented."""
    transfers_completed: int | None = None
    """The number of completed transfers. Inferred, not documented."""
    transfers_failed: int | None = None
    """The number of failed transfers. Inferred, not documented."""
    transfers_pending: int | None = None
    """The number of transfers that are still in progress. Inferred, not documented."""
    transfer_ids: Sequence[str] | None = None
    """The IDs of the transfers that the execution made. The list is documented, but its name is not. Inferred, not
    documented.
    """
    error_message: str | None = None
    """The reason why the execution failed. Inferred, not documented."""
    next_attempt_at: datetime | None = None
    """The time of the next attempt, in UTC. Inferred, not documented."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class Rule:
    """A rule with its trigger and steps."""

    id: str
    """The rule's ID, such as `rule_01HXYZ1234`."""
    status: RuleStatus
    """Whether the rule is enabled."""
    trigger: Trigger
    """The trigger that starts the rule."""
    steps: Sequence[RuleStep]
    """The alternatives of the rule. As with if, else-if and else, only the first step whose conditions are met is
    executed.
    """
    created_at: datetime
    """The time when the rule was created, in UTC."""
    updated_at: datetime
    """The time when the rule last changed, in UTC."""
    nickname: str | None = None
    """The rule's name."""
    description: str | None = None
    """The purpose of the rule."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleDraft:
    """A rule to create, or to replace another rule with."""

    status: RuleStatus
    """The status of the rule. It is required, but the API disables every new rule."""
    trigger: Trigger
    """The trigger that starts the rule."""
    steps: Sequence[RuleStep]
    """The alternatives of the rule. As with if, else-if and else, only the first step whose conditions are met is
    executed.
    """
    nickname: str | None = None
    """The rule's name."""
    description: str | None = None
    """The purpose of the rule."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleStep:
    """One alternative of a rule."""

    conditions: ChainableCondition | None
    """The conditions of the step. `null` if the step is always executed when no earlier step was."""
    actions: Sequence[RuleAction]
    """The actions of the step, in order. If one fails, the rest are skipped."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AnyCondition:
    """Is met if at least one of its conditions is met. Inferred, not documented."""

    any: Sequence[ChainableCondition]
    """The conditions."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AllCondition:
    """Is met if all of its conditions are met. Inferred, not documented."""

    all: Sequence[ChainableCondition]
    """The conditions."""


Trigger: TypeAlias = FundsTransferredTrigger | ScheduledTrigger | ManualTrigger | UnknownVariant
"""The trigger that starts a rule, distinguished by `type`."""

ChainableCondition: TypeAlias = SingleCondition | AnyCondition | AllCondition | UnknownVariant
"""A condition, or several conditions of which any or all must be met."""

RuleAction: TypeAlias = (
    PercentageAction
    | FixedAmountAction
    | TopUpAction
    | RoundDownAction
    | NextPaymentMinimumAction
    | AvalancheAction
    | SnowballAction
    | UnknownVariant
)
"""An action of a step, distinguished by `type`."""

TriggerDetails: TypeAlias = (
    ManualTriggerDetails | ScheduledTriggerDetails | FundsTransferredTriggerDetails | UnknownVariant
)
"""Details of the trigger that started an execution, distinguished by `type`."""

UNIONS: Final[tuple[TaggedUnion, ...]] = (
    TaggedUnion(
        union=Trigger,
        tag="type",
        variants={
            "ON_FUNDS_TRANSFERRED": FundsTransferredTrigger,
            "SCHEDULED": ScheduledTrigger,
            "MANUAL": ManualTrigger,
        },
    ),
    TaggedUnion(
        union=ChainableCondition,
        tag=None,
        variants={"condition": SingleCondition, "any": AnyCondition, "all": AllCondition},
    ),
    TaggedUnion(
        union=RuleAction,
        tag="type",
        variants={
            "percentage": PercentageAction,
            "fixed_amount": FixedAmountAction,
            "top_up": TopUpAction,
            "round_down": RoundDownAction,
            "next_payment_minimum": NextPaymentMinimumAction,
            "avalanche": AvalancheAction,
            "snowball": SnowballAction,
        },
    ),
    TaggedUnion(
        union=TriggerDetails,
        tag="type",
        variants={
            "manual": ManualTriggerDetails,
            "scheduled": ScheduledTriggerDetails,
            "on_funds_transferred": FundsTransferredTriggerDetails,
        },
    ),
)
"""The discriminator of each union, for decoders."""
