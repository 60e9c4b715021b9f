# Generated from openapi/platform.yaml 1.0.0 (SHA-256 6ab6758fcdd4353fd1c62a183740d243229c5741b2d7ea20c9fae90ac39894f8) by `python -m codegen`; do not edit.
"""The models of Sequence platform API v1, frozen and open to additions of the API. They need only attrs."""

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
    "AccountState",
    "AccountSummary",
    "AccountSummaryPage",
    "AccountType",
    "ActionLimit",
    "AllCondition",
    "AnyCondition",
    "AuditLogAction",
    "AuditLogEntry",
    "AuditLogEntryPage",
    "AuditLogOutcome",
    "Balance",
    "CardTransaction",
    "CardTransactionPage",
    "CardTransactionStatus",
    "CardTransactionSubtype",
    "CardType",
    "ChainableCondition",
    "ConditionFact",
    "ConditionOperator",
    "ConditionParams",
    "ConditionValueFact",
    "CreateTransferRequest",
    "ErrorCode",
    "ExecutionMode",
    "ExecutionTriggerType",
    "ExternalAccountType",
    "ExternalTransaction",
    "ExternalTransactionPage",
    "ExternalTransactionStatus",
    "FixedAction",
    "FundsTransferredTrigger",
    "FundsTransferredTriggerDetails",
    "LastStatementBalanceAction",
    "LimitPeriod",
    "LinkedAccount",
    "LinkedAccountSummary",
    "ListMode",
    "ManualTrigger",
    "ManualTriggerDetails",
    "NextPaymentMinimumAction",
    "Pagination",
    "PercentageAction",
    "PercentageLiabilityBalanceAction",
    "PercentageTarget",
    "RemoteApiTriggerDetails",
    "RoundDownAction",
    "Rule",
    "RuleAction",
    "RuleCondition",
    "RuleDraft",
    "RuleExecution",
    "RuleExecutionStatus",
    "RuleExecutionSummary",
    "RuleExecutionSummaryPage",
    "RuleStatus",
    "RuleStep",
    "RuleSummary",
    "RuleSummaryPage",
    "ScheduleType",
    "ScheduledTrigger",
    "ScheduledTriggerDetails",
    "SequenceApiTriggerDetails",
    "SingleCondition",
    "TopUpAction",
    "TotalAmountDueAction",
    "TransactionDirection",
    "Transfer",
    "TransferAccountRef",
    "TransferAccountType",
    "TransferDirection",
    "TransferErrorCode",
    "TransferOrigin",
    "TransferPage",
    "TransferStatus",
    "Trigger",
    "TriggerDetails",
    "TriggerRuleRequest",
    "TriggeredRule",
    "UnknownVariant",
]

DESCRIPTION_VERSION: Final = "1.0.0"
DESCRIPTION_SHA256: Final = "6ab6758fcdd4353fd1c62a183740d243229c5741b2d7ea20c9fae90ac39894f8"


class ErrorCode(OpenStrEnum):
    """The reason why a request was rejected or failed.

    The API may add values, so end a `match` over these with `case _`.
    """

    INVALID_PARAMETERS = "INVALID_PARAMETERS"
    TRANSFER_SOURCE_NOT_FOUND = "TRANSFER_SOURCE_NOT_FOUND"
    TRANSFER_DESTINATION_NOT_FOUND = "TRANSFER_DESTINATION_NOT_FOUND"
    IDEMPOTENCY_KEY_MISMATCH = "IDEMPOTENCY_KEY_MISMATCH"
    UNAUTHORIZED = "UNAUTHORIZED"
    ACCESS_DENIED = "ACCESS_DENIED"
    MAXIMUM_AMOUNT_EXCEEDED = "MAXIMUM_AMOUNT_EXCEEDED"
    RULE_DEACTIVATED = "RULE_DEACTIVATED"
    INVALID_RULE = "INVALID_RULE"
    ACCOUNT_NOT_FOUND = "ACCOUNT_NOT_FOUND"
    RULE_NOT_FOUND = "RULE_NOT_FOUND"
    RULE_EXECUTION_NOT_FOUND = "RULE_EXECUTION_NOT_FOUND"
    TRANSFER_NOT_FOUND = "TRANSFER_NOT_FOUND"
    TRANSFER_IN_PROGRESS = "TRANSFER_IN_PROGRESS"
    RULE_EXECUTION_IN_PROGRESS = "RULE_EXECUTION_IN_PROGRESS"
    RATE_LIMIT_EXCEEDED = "RATE_LIMIT_EXCEEDED"
    UNEXPECTED_ERROR = "UNEXPECTED_ERROR"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class Pagination:
    """The position of a page in its list. The reference's examples omit some fields."""

    page: int | None = None
    """The number of this page, starting at 1."""
    page_size: int | None = attrs.field(default=None, metadata={"json": "pageSize"})
    """The maximum number of items per page."""
    has_next_page: bool | None = attrs.field(default=None, metadata={"json": "hasNextPage"})
    """Whether another page follows."""


class ExecutionMode(OpenStrEnum):
    """Whether an operation moves money (`LIVE`) or is a dry run (`SIMULATION`).

    The API may add values, so end a `match` over these with `case _`.
    """

    LIVE = "LIVE"
    SIMULATION = "SIMULATION"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ListMode(OpenStrEnum):
    """Whether a list includes live entries, dry runs or both.

    The API may add values, so end a `match` over these with `case _`.
    """

    ALL = "ALL"
    LIVE = "LIVE"
    SIMULATION = "SIMULATION"
    if TYPE_CHECKING:
        _UNLISTED = ""


class AccountType(OpenStrEnum):
    """The type of account.

    The API may add values, so end a `match` over these with `case _`.
    """

    INCOME_SOURCE = "INCOME_SOURCE"
    POD = "POD"
    EXTERNAL_ACCOUNT = "EXTERNAL_ACCOUNT"
    if TYPE_CHECKING:
        _UNLISTED = ""


class AccountState(OpenStrEnum):
    """Whether a list includes only active accounts or all accounts.

    The API may add values, so end a `match` over these with `case _`.
    """

    ACTIVE = "ACTIVE"
    ALL = "ALL"
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
class LinkedAccountSummary:
    """The liability that a pod is linked to, without its balance."""

    id: str
    """The account's ID, a UUID."""
    name: str
    """The account's name in Sequence."""
    type: AccountType
    """The type of account."""
    description: str | None
    """A note about the account."""
    external_account_type: ExternalAccountType | None = attrs.field(metadata={"json": "externalAccountType"})
    """The type of external account. `null` if the account has another type."""
    beneficiary_name: str | None = attrs.field(metadata={"json": "beneficiaryName"})
    """The name of the beneficiary, who owns the money in the account."""
    institution_name: str | None = attrs.field(metadata={"json": "institutionName"})
    """The name of the bank or company that provides the account."""
    can_be_source: bool = attrs.field(metadata={"json": "canBeSource"})
    """Whether money can be moved out of the account through Sequence."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time when the account was added, in UTC."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """The time when the account last changed, in UTC."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """The time when the account was removed, in UTC."""
    can_be_destination: bool | None = attrs.field(default=None, metadata={"json": "canBeDestination"})
    """Whether money can be moved into the account through Sequence. The reference's examples omit this field."""


@attrs.frozen(kw_only=True)
class AccountSummary:
    """An account in the list of accounts, without its balance."""

    id: str
    """The account's ID, a UUID."""
    name: str
    """The account's name in Sequence."""
    type: AccountType
    """The type of account."""
    description: str | None
    """A note about the account."""
    external_account_type: ExternalAccountType | None = attrs.field(metadata={"json": "externalAccountType"})
    """The type of external account. `null` if the account has another type."""
    beneficiary_name: str | None = attrs.field(metadata={"json": "beneficiaryName"})
    """The name of the beneficiary, who owns the money in the account."""
    institution_name: str | None = attrs.field(metadata={"json": "institutionName"})
    """The name of the bank or company that provides the account."""
    can_be_source: bool = attrs.field(metadata={"json": "canBeSource"})
    """Whether money can be moved out of the account through Sequence."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time when the account was added, in UTC."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """The time when the account last changed, in UTC."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """The time when the account was removed, in UTC."""
    can_be_destination: bool | None = attrs.field(default=None, metadata={"json": "canBeDestination"})
    """Whether money can be moved into the account through Sequence. The reference's examples omit this field."""
    linked_account: LinkedAccountSummary | None = attrs.field(default=None, metadata={"json": "linkedAccount"})
    """The liability that the pod is linked to. The reference's examples omit this field."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AccountSummaryPage:
    """One page of the list of accounts."""

    items: Sequence[AccountSummary]
    """The accounts."""
    pagination: Pagination
    """The position of the page in the list."""


@attrs.frozen(kw_only=True)
class Balance:
    """The balance of an account. For a liability, the amount owed, as a positive number."""

    balance_in_cents: int | None = attrs.field(default=None, metadata={"json": "balanceInCents"})
    """The balance, in cents."""
    available_balance_in_cents: int | None = attrs.field(default=None, metadata={"json": "availableBalanceInCents"})
    """The amount available to spend or move, in cents."""
    last_statement_balance_in_cents: int | None = attrs.field(
        default=None, metadata={"json": "lastStatementBalanceInCents"}
    )
    """The amount owed according to the last statement, in cents."""
    last_statement_date: date | None = attrs.field(default=None, metadata={"json": "lastStatementDate"})
    """The date of the last statement."""
    next_payment_minimum_in_cents: int | None = attrs.field(
        default=None, metadata={"json": "nextPaymentMinimumInCents"}
    )
    """The minimum amount of the next payment, in cents."""
    next_payment_due_date: date | None = attrs.field(default=None, metadata={"json": "nextPaymentDueDate"})
    """The due date of the next payment."""
    balance_last_updated_at: datetime | None = attrs.field(default=None, metadata={"json": "balanceLastUpdatedAt"})
    """The time when the balance was last read from the bank, in UTC."""
    error: str | None = None
    """The reason why the balance could not be read. If set, the amounts are `null`."""
    interest_rate_percentage: float | None = attrs.field(default=None, metadata={"json": "interestRatePercentage"})
    """The interest rate of a liability, in percent per year."""
    original_loan_amount_in_cents: int | None = attrs.field(
        default=None, metadata={"json": "originalLoanAmountInCents"}
    )
    """The original loan amount, in cents."""


class AccountRole(OpenStrEnum):
    """The side of a transfer that an account is on. Unlike other values, these are lowercase.

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

    MONEY_IN = "MONEY_IN"
    MONEY_OUT = "MONEY_OUT"
    INTERNAL = "INTERNAL"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferOrigin(OpenStrEnum):
    """The origin of a transfer, such as a check deposit or a rule.

    The API may add values, so end a `match` over these with `case _`.
    """

    DIRECT_DEPOSIT = "DIRECT_DEPOSIT"
    CHECK_DEPOSIT = "CHECK_DEPOSIT"
    CASHBACK = "CASHBACK"
    USER_PULL = "USER_PULL"
    RULE = "RULE"
    USER = "USER"
    EXTERNAL_PULL = "EXTERNAL_PULL"
    UNKNOWN = "UNKNOWN"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferStatus(OpenStrEnum):
    """The status of a transfer. `COMPLETE`, `INCOMPLETE` (not enough money), `ERROR` and `CANCELLED` are final. With
    `PENDING_APPROVAL`, the transfer waits for a user to act in the app.

    The API may add values, so end a `match` over these with `case _`.
    """

    PENDING_APPROVAL = "PENDING_APPROVAL"
    PROCESSING = "PROCESSING"
    PENDING = "PENDING"
    COMPLETE = "COMPLETE"
    INCOMPLETE = "INCOMPLETE"
    ERROR = "ERROR"
    CANCELLED = "CANCELLED"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferErrorCode(OpenStrEnum):
    """The reason why a transfer failed. The API may add codes.

    The API may add values, so end a `match` over these with `case _`.
    """

    INSUFFICIENT_FUNDS = "INSUFFICIENT_FUNDS"
    DISCONNECTED_ACCOUNT = "DISCONNECTED_ACCOUNT"
    NAME_MISMATCH = "NAME_MISMATCH"
    PAYMENT_FAILED = "PAYMENT_FAILED"
    PAYMENT_NOT_SUPPORTED = "PAYMENT_NOT_SUPPORTED"
    TRANSFER_AMOUNT_LESS_THAN_ONE_DOLLAR = "TRANSFER_AMOUNT_LESS_THAN_ONE_DOLLAR"
    DAILY_ACH_CREDIT_LIMIT_REACHED = "DAILY_ACH_CREDIT_LIMIT_REACHED"
    MONTHLY_ACH_CREDIT_LIMIT_REACHED = "MONTHLY_ACH_CREDIT_LIMIT_REACHED"
    DAILY_ACH_DEBIT_LIMIT_REACHED = "DAILY_ACH_DEBIT_LIMIT_REACHED"
    MONTHLY_ACH_DEBIT_LIMIT_REACHED = "MONTHLY_ACH_DEBIT_LIMIT_REACHED"
    NULL_BALANCE = "NULL_BALANCE"
    ACCOUNT_NO_MINIMUM_PAYMENT_AMOUNT = "ACCOUNT_NO_MINIMUM_PAYMENT_AMOUNT"
    ACCOUNT_NO_LAST_STATEMENT_BALANCE = "ACCOUNT_NO_LAST_STATEMENT_BALANCE"
    RESOURCE_DELETED = "RESOURCE_DELETED"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferAccountType(OpenStrEnum):
    """The type of one side of a transfer. An external entity is a party outside the organization.

    The API may add values, so end a `match` over these with `case _`.
    """

    INCOME_SOURCE = "INCOME_SOURCE"
    POD = "POD"
    EXTERNAL_ACCOUNT = "EXTERNAL_ACCOUNT"
    EXTERNAL_ENTITY = "EXTERNAL_ENTITY"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class TransferAccountRef:
    """One side of a transfer."""

    id: str | None
    """The account's ID. `null` if this is an external entity."""
    name: str
    """The name of the account or party."""
    type: TransferAccountType
    """The type of account or party."""
    is_deleted: bool | None = attrs.field(metadata={"json": "isDeleted"})
    """Whether the account has since been removed."""


@attrs.frozen(kw_only=True)
class Transfer(Settling):
    """A movement of money."""

    id: str
    """The transfer's ID."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents"})
    """The amount, in cents. Always positive."""
    direction: TransferDirection
    """Whether money enters, leaves or stays within the organization."""
    origin: TransferOrigin
    """The origin of the transfer."""
    source: TransferAccountRef | None
    """The source of the money."""
    destination: TransferAccountRef | None
    """The destination of the money."""
    status: TransferStatus
    """The status of the transfer."""
    execution_mode: ExecutionMode = attrs.field(metadata={"json": "executionMode"})
    """Whether the transfer is live or a dry run."""
    rule_id: str | None = attrs.field(metadata={"json": "ruleId"})
    """The ID of the rule that made the transfer."""
    rule_execution_id: str | None = attrs.field(metadata={"json": "ruleExecutionId"})
    """The ID of the rule execution that made the transfer."""
    error_code: TransferErrorCode | None = attrs.field(metadata={"json": "errorCode"})
    """The reason why the transfer failed. Set if the status is `INCOMPLETE` or `ERROR`."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time when the transfer was created, in UTC."""
    completed_at: datetime | None = attrs.field(metadata={"json": "completedAt"})
    """The time when the money had moved, in UTC. Set if the status is `COMPLETE`."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class TransferPage:
    """One page of a list of transfers."""

    items: Sequence[Transfer]
    """The transfers."""
    pagination: Pagination
    """The position of the page in the list."""


@attrs.frozen(kw_only=True)
class CreateTransferRequest:
    """A transfer to create."""

    source_account_id: str = attrs.field(metadata={"json": "sourceAccountId", "min_length": 1})
    """The ID of the account that the money comes from."""
    destination_account_id: str = attrs.field(metadata={"json": "destinationAccountId", "min_length": 1})
    """The ID of the account that the money goes to."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents", "minimum": 100})
    """The amount, in cents. At least 100."""
    description: str | None = attrs.field(default=None, metadata={"max_length": 10, "pattern": "^[A-Za-z0-9 ]*$"})
    """Text for the bank statement. At most 10 letters, digits and spaces."""
    simulation: bool | None = None
    """Whether to make a dry run, which moves no money. Default: false."""


class RuleStatus(OpenStrEnum):
    """Whether a rule is enabled.

    The API may add values, so end a `match` over these with `case _`.
    """

    ENABLED = "ENABLED"
    DISABLED = "DISABLED"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ScheduleType(OpenStrEnum):
    """The frequency of a scheduled rule. `BI_WEEKLY` means the 1st and the 15th of each month. `EVERY_OTHER_WEEK` means
    every 14 days.

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
class RuleSummary:
    """A rule in the list of rules, without its trigger and steps."""

    id: str
    """The rule's ID."""
    name: str | None
    """The rule's name."""
    description: str | None
    """The purpose of the rule."""
    status: RuleStatus
    """Whether the rule is enabled."""
    is_supported: bool = attrs.field(metadata={"json": "isSupported"})
    """Whether this API can return the complete rule."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time when the rule was created, in UTC."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """The time when the rule last changed, in UTC."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """The time when the rule was deleted, in UTC."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleSummaryPage:
    """One page of the list of rules."""

    items: Sequence[RuleSummary]
    """The rules."""
    pagination: Pagination
    """The position of the page in the list."""


@attrs.frozen(kw_only=True)
class FundsTransferredTrigger:
    """Starts a rule when money arrives in an account."""

    type: Literal["ON_FUNDS_TRANSFERRED"] = "ON_FUNDS_TRANSFERRED"
    """Always `ON_FUNDS_TRANSFERRED`."""
    account_id: str = attrs.field(metadata={"json": "accountId"})
    """The ID of the account that the rule watches."""


@attrs.frozen(kw_only=True)
class ScheduledTrigger:
    """Starts a rule on a schedule."""

    type: Literal["SCHEDULED"] = "SCHEDULED"
    """Always `SCHEDULED`."""
    schedule_type: ScheduleType = attrs.field(metadata={"json": "scheduleType"})
    """The frequency of the schedule."""
    start_date: datetime = attrs.field(metadata={"json": "startDate"})
    """The time when the rule first runs, in UTC."""
    account_id: str | None = attrs.field(metadata={"json": "accountId"})
    """The ID of the account that the rule takes money from."""


@attrs.frozen(kw_only=True)
class ManualTrigger:
    """Starts a rule only on request."""

    type: Literal["MANUAL"] = "MANUAL"
    """Always `MANUAL`."""
    account_id: str = attrs.field(metadata={"json": "accountId"})
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
    """The value that a condition compares with, if it is not a fixed number.

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
    """The parameters of a fact."""

    account_id: str | None = attrs.field(default=None, metadata={"json": "accountId"})
    """The ID of the account whose balance is checked."""


@attrs.frozen(kw_only=True)
class RuleCondition:
    """Compares a fact with a number or with another fact."""

    fact: ConditionFact
    """The fact to check."""
    operator: ConditionOperator
    """The comparison operator."""
    value: int | None
    """The number to compare with: cents for amounts and balances, 1 to 31 for the day of the month."""
    value_fact: ConditionValueFact | None = attrs.field(metadata={"json": "valueFact"})
    """The fact to compare with, instead of a number."""
    params: ConditionParams | None
    """The parameters of the fact."""


@attrs.frozen(kw_only=True)
class AccountNode:
    """A reference to an account in a rule."""

    id: str
    """The account's ID."""
    type: AccountType
    """The type of account."""
    name: str | None = None
    """The account's name. Omitted when a rule is created or changed."""


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
    """The maximum amount that the actions of a group may move."""

    period: LimitPeriod
    """The period that the limit applies to."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents"})
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
class FixedAction:
    """Moves a fixed amount."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """The group that the action belongs to. The actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The limit on the amount that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """Text for the bank statement."""
    type: Literal["FIXED"] = "FIXED"
    """Always `FIXED`."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents", "minimum": 1})
    """The amount to move, in cents."""


@attrs.frozen(kw_only=True)
class PercentageAction:
    """Moves a percentage of an amount."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """The group that the action belongs to. The actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The limit on the amount that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """Text for the bank statement."""
    type: Literal["PERCENTAGE"] = "PERCENTAGE"
    """Always `PERCENTAGE`."""
    percentage_value: float = attrs.field(metadata={"json": "percentageValue", "minimum": 0, "maximum": 100})
    """The share of the amount to move, in percent."""
    percentage_target: PercentageTarget = attrs.field(metadata={"json": "percentageTarget"})
    """The base of the percentage."""


@attrs.frozen(kw_only=True)
class TopUpAction:
    """Fills the destination up to a target balance. If the source has too little money, moves all of it. Exactly one of
    the amount and the three accounts is set.
    """

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """The group that the action belongs to. The actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The limit on the amount that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """Text for the bank statement."""
    type: Literal["TOP_UP"] = "TOP_UP"
    """Always `TOP_UP`."""
    amount_in_cents: int | None = attrs.field(metadata={"json": "amountInCents"})
    """The target balance, in cents."""
    next_payment_minimum_account: AccountNode | None = attrs.field(metadata={"json": "nextPaymentMinimumAccount"})
    """The liability whose next minimum payment is the target balance."""
    current_balance_account: AccountNode | None = attrs.field(metadata={"json": "currentBalanceAccount"})
    """The account whose balance is the target balance."""
    last_statement_balance_account: AccountNode | None = attrs.field(metadata={"json": "lastStatementBalanceAccount"})
    """The liability whose last statement balance is the target balance."""


@attrs.frozen(kw_only=True)
class RoundDownAction:
    """Keeps a balance in the source and moves the amount above it."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """The group that the action belongs to. The actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The limit on the amount that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """Text for the bank statement."""
    type: Literal["ROUND_DOWN"] = "ROUND_DOWN"
    """Always `ROUND_DOWN`."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents", "minimum": 1})
    """The balance to keep, in cents."""


@attrs.frozen(kw_only=True)
class NextPaymentMinimumAction:
    """Pays the next minimum payment of a liability."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """The group that the action belongs to. The actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The limit on the amount that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """Text for the bank statement."""
    type: Literal["NEXT_PAYMENT_MINIMUM"] = "NEXT_PAYMENT_MINIMUM"
    """Always `NEXT_PAYMENT_MINIMUM`."""


@attrs.frozen(kw_only=True)
class TotalAmountDueAction:
    """Pays the full amount owed on a liability."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """The group that the action belongs to. The actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The limit on the amount that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """Text for the bank statement."""
    type: Literal["TOTAL_AMOUNT_DUE"] = "TOTAL_AMOUNT_DUE"
    """Always `TOTAL_AMOUNT_DUE`."""


@attrs.frozen(kw_only=True)
class LastStatementBalanceAction:
    """Pays the last statement balance of a liability."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """The group that the action belongs to. The actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The limit on the amount that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """Text for the bank statement."""
    type: Literal["LAST_STATEMENT_BALANCE"] = "LAST_STATEMENT_BALANCE"
    """Always `LAST_STATEMENT_BALANCE`."""


@attrs.frozen(kw_only=True)
class PercentageLiabilityBalanceAction:
    """Pays a percentage of the amount owed on a liability."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """The group that the action belongs to. The actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move the available amount if the source has less than the requested amount."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The limit on the amount that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """Text for the bank statement."""
    type: Literal["PERCENTAGE_LIABILITY_BALANCE"] = "PERCENTAGE_LIABILITY_BALANCE"
    """Always `PERCENTAGE_LIABILITY_BALANCE`."""
    percentage_value: float = attrs.field(metadata={"json": "percentageValue", "minimum": 0, "maximum": 100})
    """The share of the amount owed to pay, in percent."""


@attrs.frozen(kw_only=True)
class TriggerRuleRequest:
    """The options of one rule execution."""

    execute_amount: int | None = attrs.field(default=None, metadata={"json": "executeAmount", "minimum": 0})
    """The amount, in cents, that the rule's actions derive their amounts from. It does not change fixed amounts."""
    simulation: bool | None = None
    """Whether to make a dry run, which moves no money. Default: false."""


@attrs.frozen(kw_only=True)
class TriggeredRule:
    """A triggered rule."""

    execution_id: str = attrs.field(metadata={"json": "executionId"})
    """The ID of the execution that was started."""


class RuleExecutionStatus(OpenStrEnum):
    """The status of an execution. Only `IN_PROGRESS` is not final.

    The API may add values, so end a `match` over these with `case _`.
    """

    EXECUTED = "EXECUTED"
    PARTIAL = "PARTIAL"
    IN_PROGRESS = "IN_PROGRESS"
    FAILED = "FAILED"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ExecutionTriggerType(OpenStrEnum):
    """The type of trigger that started an execution.

    The API may add values, so end a `match` over these with `case _`.
    """

    MANUAL = "MANUAL"
    SEQUENCE_API = "SEQUENCE_API"
    SCHEDULED = "SCHEDULED"
    ON_FUNDS_TRANSFERRED = "ON_FUNDS_TRANSFERRED"
    REMOTE_API = "REMOTE_API"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class RuleExecutionSummary:
    """An execution in the list of executions."""

    id: str
    """The execution's ID."""
    rule_id: str = attrs.field(metadata={"json": "ruleId"})
    """The ID of the rule that was executed."""
    status: RuleExecutionStatus
    """The status of the execution."""
    execution_mode: ExecutionMode = attrs.field(metadata={"json": "executionMode"})
    """Whether the execution is live or a dry run."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time when the execution was started, in UTC."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleExecutionSummaryPage:
    """One page of a list of executions."""

    items: Sequence[RuleExecutionSummary]
    """The executions."""
    pagination: Pagination
    """The position of the page in the list."""


@attrs.frozen(kw_only=True)
class ManualTriggerDetails:
    """A user started the execution in the app."""

    type: Literal["MANUAL"] = "MANUAL"
    """Always `MANUAL`."""
    amount_in_cents: int | None = attrs.field(metadata={"json": "amountInCents"})
    """The amount requested for the execution, in cents."""


@attrs.frozen(kw_only=True)
class SequenceApiTriggerDetails:
    """A request with an API key started the execution."""

    type: Literal["SEQUENCE_API"] = "SEQUENCE_API"
    """Always `SEQUENCE_API`."""
    amount_in_cents: int | None = attrs.field(metadata={"json": "amountInCents"})
    """The amount requested for the execution, in cents."""


@attrs.frozen(kw_only=True)
class ScheduledTriggerDetails:
    """A schedule started the execution."""

    type: Literal["SCHEDULED"] = "SCHEDULED"
    """Always `SCHEDULED`."""
    scheduled_time: datetime | None = attrs.field(metadata={"json": "scheduledTime"})
    """The time when the execution was due, in UTC."""


@attrs.frozen(kw_only=True)
class FundsTransferredTriggerDetails:
    """Money that arrived in the watched account started the execution."""

    type: Literal["ON_FUNDS_TRANSFERRED"] = "ON_FUNDS_TRANSFERRED"
    """Always `ON_FUNDS_TRANSFERRED`."""
    amount_in_cents: int | None = attrs.field(metadata={"json": "amountInCents"})
    """The amount that arrived, in cents."""


@attrs.frozen(kw_only=True)
class RemoteApiTriggerDetails:
    """A request to the Remote API started the execution."""

    type: Literal["REMOTE_API"] = "REMOTE_API"
    """Always `REMOTE_API`."""


class TransactionDirection(OpenStrEnum):
    """Whether money came in or went out.

    The API may add values, so end a `match` over these with `case _`.
    """

    MONEY_IN = "MONEY_IN"
    MONEY_OUT = "MONEY_OUT"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ExternalTransactionStatus(OpenStrEnum):
    """Whether a transaction has cleared.

    The API may add values, so end a `match` over these with `case _`.
    """

    PENDING = "PENDING"
    COMPLETE = "COMPLETE"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class ExternalTransaction:
    """A transaction that a bank reports for a connected account."""

    id: str
    """The transaction's ID."""
    account_id: str = attrs.field(metadata={"json": "accountId"})
    """The ID of the account that the transaction belongs to."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents"})
    """The amount, in cents."""
    direction: TransactionDirection
    """Whether money came in or went out."""
    status: ExternalTransactionStatus
    """Whether the transaction has cleared."""
    description: str
    """The bank's description of the transaction."""
    transaction_date: datetime = attrs.field(metadata={"json": "transactionDate"})
    """The time of the transaction, in UTC."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class ExternalTransactionPage:
    """One page of a list of external transactions."""

    items: Sequence[ExternalTransaction]
    """The transactions."""
    pagination: Pagination
    """The position of the page in the list."""


class CardType(OpenStrEnum):
    """The type of card.

    The API may add values, so end a `match` over these with `case _`.
    """

    DEBIT_CARD = "DEBIT_CARD"
    OMNI_CARD = "OMNI_CARD"
    if TYPE_CHECKING:
        _UNLISTED = ""


class CardTransactionSubtype(OpenStrEnum):
    """Whether a card transaction is a purchase or a refund.

    The API may add values, so end a `match` over these with `case _`.
    """

    PURCHASE = "PURCHASE"
    REFUND = "REFUND"
    if TYPE_CHECKING:
        _UNLISTED = ""


class CardTransactionStatus(OpenStrEnum):
    """The status of a card transaction. Only completed transactions are listed.

    The API may add values, so end a `match` over these with `case _`.
    """

    COMPLETE = "COMPLETE"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class CardTransaction:
    """A purchase or refund with a card."""

    id: str
    """The transaction's ID."""
    card_id: str = attrs.field(metadata={"json": "cardId"})
    """The ID of the card that was used."""
    card_type: CardType = attrs.field(metadata={"json": "cardType"})
    """The type of card that was used."""
    account: TransferAccountRef
    """The pod that the card spends from."""
    direction: TransactionDirection
    """Whether money came in or went out."""
    subtype: CardTransactionSubtype
    """Whether a card transaction is a purchase or a refund."""
    status: CardTransactionStatus
    """The status of the transaction."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents"})
    """The amount paid or refunded, in cents."""
    description: str
    """The item paid for, or the place of payment. May be empty."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time of the transaction, in UTC."""
    completed_at: datetime = attrs.field(metadata={"json": "completedAt"})
    """The time when the money had moved, in UTC."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class CardTransactionPage:
    """One page of a list of card transactions."""

    items: Sequence[CardTransaction]
    """The transactions."""
    pagination: Pagination
    """The position of the page in the list."""


class AuditLogAction(OpenStrEnum):
    """The action of an API request.

    The API may add values, so end a `match` over these with `case _`.
    """

    GET_ACCOUNT = "GET_ACCOUNT"
    LIST_ACCOUNTS = "LIST_ACCOUNTS"
    LIST_TRANSFERS = "LIST_TRANSFERS"
    GET_TRANSFER = "GET_TRANSFER"
    CREATE_TRANSFER = "CREATE_TRANSFER"
    TRIGGER_RULE = "TRIGGER_RULE"
    LIST_RULES = "LIST_RULES"
    GET_RULE = "GET_RULE"
    LIST_RULE_EXECUTIONS = "LIST_RULE_EXECUTIONS"
    GET_RULE_EXECUTION = "GET_RULE_EXECUTION"
    LIST_AUDIT_LOGS = "LIST_AUDIT_LOGS"
    if TYPE_CHECKING:
        _UNLISTED = ""


class AuditLogOutcome(OpenStrEnum):
    """Whether an API request succeeded.

    The API may add values, so end a `match` over these with `case _`.
    """

    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class AuditLogEntry:
    """One request made with an API key."""

    id: str
    """The entry's ID."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time of the request, in UTC."""
    api_key_id: str = attrs.field(metadata={"json": "apiKeyId"})
    """The ID of the API key that made the request, not the key itself."""
    api_key_name: str = attrs.field(metadata={"json": "apiKeyName"})
    """The name of the API key."""
    path: str
    """The path of the request."""
    action: AuditLogAction | None
    """The action of the request. `null` if it is not known."""
    request_id: str = attrs.field(metadata={"json": "requestId"})
    """The ID of the request."""
    outcome: AuditLogOutcome
    """Whether the request succeeded."""
    error_code: str | None = attrs.field(metadata={"json": "errorCode"})
    """The reason why the request failed."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AuditLogEntryPage:
    """One page of the audit log."""

    items: Sequence[AuditLogEntry]
    """The entries."""
    pagination: Pagination
    """The position of the page in the list."""


@attrs.frozen(kw_only=True)
class LinkedAccount:
    """The liability that a pod is linked to, with its bank details and balance."""

    id: str
    """The account's ID, a UUID."""
    name: str
    """The account's name in Sequence."""
    type: AccountType
    """The type of account."""
    description: str | None
    """A note about the account."""
    external_account_type: ExternalAccountType | None = attrs.field(metadata={"json": "externalAccountType"})
    """The type of external account. `null` if the account has another type."""
    beneficiary_name: str | None = attrs.field(metadata={"json": "beneficiaryName"})
    """The name of the beneficiary, who owns the money in the account."""
    institution_name: str | None = attrs.field(metadata={"json": "institutionName"})
    """The name of the bank or company that provides the account."""
    can_be_source: bool = attrs.field(metadata={"json": "canBeSource"})
    """Whether money can be moved out of the account through Sequence."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time when the account was added, in UTC."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """The time when the account last changed, in UTC."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """The time when the account was removed, in UTC."""
    routing_number: str | None = attrs.field(repr=masked, metadata={"json": "routingNumber"})
    """The full routing number for payments to the account."""
    bank_account_number: str | None = attrs.field(repr=masked, metadata={"json": "bankAccountNumber"})
    """The full account number at the bank."""
    balance: Balance | None
    """The money in the account, or the debt of a liability. `null` if it is not known."""
    savings_target_in_cents: int | None = attrs.field(metadata={"json": "savingsTargetInCents"})
    """The savings target, in cents."""
    can_be_destination: bool | None = attrs.field(default=None, metadata={"json": "canBeDestination"})
    """Whether money can be moved into the account through Sequence. The reference's examples omit this field."""


@attrs.frozen(kw_only=True)
class Account:
    """An account with its bank details and balance."""

    id: str
    """The account's ID, a UUID."""
    name: str
    """The account's name in Sequence."""
    type: AccountType
    """The type of account."""
    description: str | None
    """A note about the account."""
    external_account_type: ExternalAccountType | None = attrs.field(metadata={"json": "externalAccountType"})
    """The type of external account. `null` if the account has another type."""
    beneficiary_name: str | None = attrs.field(metadata={"json": "beneficiaryName"})
    """The name of the beneficiary, who owns the money in the account."""
    institution_name: str | None = attrs.field(metadata={"json": "institutionName"})
    """The name of the bank or company that provides the account."""
    can_be_source: bool = attrs.field(metadata={"json": "canBeSource"})
    """Whether money can be moved out of the account through Sequence."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time when the account was added, in UTC."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """The time when the account last changed, in UTC."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """The time when the account was removed, in UTC."""
    routing_number: str | None = attrs.field(repr=masked, metadata={"json": "routingNumber"})
    """The full routing number for payments to the account."""
    bank_account_number: str | None = attrs.field(repr=masked, metadata={"json": "bankAccountNumber"})
    """The full account number at the bank."""
    balance: Balance | None
    """The money in the account, or the debt of a liability. `null` if it is not known."""
    savings_target_in_cents: int | None = attrs.field(metadata={"json": "savingsTargetInCents"})
    """The savings target, in cents."""
    can_be_destination: bool | None = attrs.field(default=None, metadata={"json": "canBeDestination"})
    """Whether money can be moved into the account through Sequence. The reference's examples omit this field."""
    linked_account: LinkedAccount | None = attrs.field(default=None, metadata={"json": "linkedAccount"})
    """The liability that the pod is linked to. The reference's examples omit this field."""


@attrs.frozen(kw_only=True)
class SingleCondition:
    """Is met if its one condition is met."""

    condition: RuleCondition
    """The condition."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleExecution(Outcome):
    """One execution of a rule. It succeeded if its status is `EXECUTED`, `conditionsNotMet` is false and
    `transfersFailed` is 0. One of the reference's examples omits `executionMode`.
    """

    id: str
    """The execution's ID."""
    rule_id: str = attrs.field(metadata={"json": "ruleId"})
    """The ID of the rule that was executed."""
    status: RuleExecutionStatus
    """The status of the execution."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time when the execution was started, in UTC."""
    trigger_details: TriggerDetails = attrs.field(metadata={"json": "triggerDetails"})
    """Details of the trigger that started the execution."""
    step_index_matched: int | None = attrs.field(metadata={"json": "stepIndexMatched"})
    """The index of the executed step, starting at 0. `null` if no step was executed."""
    conditions_not_met: bool = attrs.field(metadata={"json": "conditionsNotMet"})
    """Whether no step's conditions were met."""
    transfers_attempted: int = attrs.field(metadata={"json": "transfersAttempted"})
    """The number of attempted transfers."""
    transfers_completed: int = attrs.field(metadata={"json": "transfersCompleted"})
    """The number of completed transfers."""
    transfers_failed: int = attrs.field(metadata={"json": "transfersFailed"})
    """The number of failed transfers."""
    transfers_pending: int = attrs.field(metadata={"json": "transfersPending"})
    """The number of transfers that are still in progress."""
    transfer_ids: Sequence[str] = attrs.field(metadata={"json": "transferIds"})
    """The IDs of the transfers that the execution made."""
    error_message: str | None = attrs.field(metadata={"json": "errorMessage"})
    """The reason why the execution failed."""
    next_attempt_at: datetime | None = attrs.field(metadata={"json": "nextAttemptAt"})
    """The time of the next attempt, in UTC."""
    execution_mode: ExecutionMode | None = attrs.field(default=None, metadata={"json": "executionMode"})
    """Whether the execution is live or a dry run."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class Rule:
    """A rule with its trigger and steps."""

    id: str
    """The rule's ID."""
    name: str | None
    """The rule's name."""
    description: str | None
    """The purpose of the rule."""
    status: RuleStatus
    """Whether the rule is enabled."""
    trigger: Trigger
    """The trigger that starts the rule."""
    steps: Sequence[RuleStep] = attrs.field(metadata={"min_length": 1})
    """The alternatives of the rule, at least one. As with if, else-if and else, only the first step whose conditions
    are met is executed.
    """
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """The time when the rule was created, in UTC."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """The time when the rule last changed, in UTC."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """The time when the rule was deleted, in UTC."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleDraft:
    """A rule to create or change. Inferred, not documented."""

    trigger: Trigger
    """The trigger that starts the rule."""
    steps: Sequence[RuleStep] = attrs.field(metadata={"min_length": 1})
    """The alternatives of the rule, at least one. As with if, else-if and else, only the first step whose conditions
    are met is executed.
    """
    name: str | None = None
    """The rule's name."""
    description: str | None = None
    """The purpose of the rule."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleStep:
    """One alternative of a rule."""

    conditions: ChainableCondition | None
    """The conditions of the step. `null` if the step is always executed when no earlier step was."""
    actions: Sequence[RuleAction] = attrs.field(metadata={"min_length": 1})
    """The actions of the step, at least one, in order. If one fails, the rest are skipped."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AnyCondition:
    """Is met if at least one of its conditions is met."""

    any: Sequence[ChainableCondition]
    """The conditions."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AllCondition:
    """Is met if all of its conditions are met."""

    all: Sequence[ChainableCondition]
    """The conditions."""


Trigger: TypeAlias = FundsTransferredTrigger | ScheduledTrigger | ManualTrigger | UnknownVariant
"""The trigger that starts a rule, distinguished by `type`."""

ChainableCondition: TypeAlias = SingleCondition | AnyCondition | AllCondition | UnknownVariant
"""A condition, or several conditions of which any or all must be met."""

RuleAction: TypeAlias = (
    FixedAction
    | PercentageAction
    | TopUpAction
    | RoundDownAction
    | NextPaymentMinimumAction
    | TotalAmountDueAction
    | LastStatementBalanceAction
    | PercentageLiabilityBalanceAction
    | UnknownVariant
)
"""An action of a step, distinguished by `type`."""

TriggerDetails: TypeAlias = (
    ManualTriggerDetails
    | SequenceApiTriggerDetails
    | ScheduledTriggerDetails
    | FundsTransferredTriggerDetails
    | RemoteApiTriggerDetails
    | UnknownVariant
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
            "FIXED": FixedAction,
            "PERCENTAGE": PercentageAction,
            "TOP_UP": TopUpAction,
            "ROUND_DOWN": RoundDownAction,
            "NEXT_PAYMENT_MINIMUM": NextPaymentMinimumAction,
            "TOTAL_AMOUNT_DUE": TotalAmountDueAction,
            "LAST_STATEMENT_BALANCE": LastStatementBalanceAction,
            "PERCENTAGE_LIABILITY_BALANCE": PercentageLiabilityBalanceAction,
        },
    ),
    TaggedUnion(
        union=TriggerDetails,
        tag="type",
        variants={
            "MANUAL": ManualTriggerDetails,
            "SEQUENCE_API": SequenceApiTriggerDetails,
            "SCHEDULED": ScheduledTriggerDetails,
            "ON_FUNDS_TRANSFERRED": FundsTransferredTriggerDetails,
            "REMOTE_API": RemoteApiTriggerDetails,
        },
    ),
)
"""The discriminator of each union, for decoders."""
