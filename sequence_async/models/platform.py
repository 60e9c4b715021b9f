# Generated from openapi/platform.yaml 1.0.0 (SHA-256 191272f129fbd22ddb9c457840644d31718ff9e2bb04df49bc0acfeddcda984e) by `python -m codegen`; do not edit.
"""The models of Sequence platform API v1: frozen, open to what the API gains later. They need attrs alone."""

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
DESCRIPTION_SHA256: Final = "191272f129fbd22ddb9c457840644d31718ff9e2bb04df49bc0acfeddcda984e"


class ErrorCode(OpenStrEnum):
    """Why a request was refused or failed.

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
    """Where a page stands in its list. The reference's examples leave members out."""

    page: int | None = None
    """The number of this page, from 1."""
    page_size: int | None = attrs.field(default=None, metadata={"json": "pageSize"})
    """How many items a page holds at most."""
    has_next_page: bool | None = attrs.field(default=None, metadata={"json": "hasNextPage"})
    """Whether another page follows."""


class ExecutionMode(OpenStrEnum):
    """Whether money moves, or the move is only played through.

    The API may add values, so end a `match` over these with `case _`.
    """

    LIVE = "LIVE"
    SIMULATION = "SIMULATION"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ListMode(OpenStrEnum):
    """Whether a list has real entries, simulated ones or both.

    The API may add values, so end a `match` over these with `case _`.
    """

    ALL = "ALL"
    LIVE = "LIVE"
    SIMULATION = "SIMULATION"
    if TYPE_CHECKING:
        _UNLISTED = ""


class AccountType(OpenStrEnum):
    """What kind of account it is.

    The API may add values, so end a `match` over these with `case _`.
    """

    INCOME_SOURCE = "INCOME_SOURCE"
    POD = "POD"
    EXTERNAL_ACCOUNT = "EXTERNAL_ACCOUNT"
    if TYPE_CHECKING:
        _UNLISTED = ""


class AccountState(OpenStrEnum):
    """Which accounts a list has, those in use or all of them.

    The API may add values, so end a `match` over these with `case _`.
    """

    ACTIVE = "ACTIVE"
    ALL = "ALL"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ExternalAccountType(OpenStrEnum):
    """What kind of external account it is; a liability is a debt, such as a credit card.

    The API may add values, so end a `match` over these with `case _`.
    """

    DEPOSITORY = "DEPOSITORY"
    INVESTMENT = "INVESTMENT"
    LIABILITY = "LIABILITY"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class LinkedAccountSummary:
    """The liability that a pod is kept for, without its balance."""

    id: str
    """The account's id, a UUID."""
    name: str
    """What the account is called in Sequence."""
    type: AccountType
    """What kind of account it is."""
    description: str | None
    """A note on the account."""
    external_account_type: ExternalAccountType | None = attrs.field(metadata={"json": "externalAccountType"})
    """What kind of external account it is; null for the other types."""
    beneficiary_name: str | None = attrs.field(metadata={"json": "beneficiaryName"})
    """Whose money is in the account."""
    institution_name: str | None = attrs.field(metadata={"json": "institutionName"})
    """The bank or company that holds the account."""
    can_be_source: bool = attrs.field(metadata={"json": "canBeSource"})
    """Whether money can be moved out of the account through Sequence."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the account was added."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """When the account last changed."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """When the account was removed."""
    can_be_destination: bool | None = attrs.field(default=None, metadata={"json": "canBeDestination"})
    """Whether money can be moved into the account through Sequence. The reference's examples leave it out."""


@attrs.frozen(kw_only=True)
class AccountSummary:
    """An account as it stands in the list of accounts, without its balance."""

    id: str
    """The account's id, a UUID."""
    name: str
    """What the account is called in Sequence."""
    type: AccountType
    """What kind of account it is."""
    description: str | None
    """A note on the account."""
    external_account_type: ExternalAccountType | None = attrs.field(metadata={"json": "externalAccountType"})
    """What kind of external account it is; null for the other types."""
    beneficiary_name: str | None = attrs.field(metadata={"json": "beneficiaryName"})
    """Whose money is in the account."""
    institution_name: str | None = attrs.field(metadata={"json": "institutionName"})
    """The bank or company that holds the account."""
    can_be_source: bool = attrs.field(metadata={"json": "canBeSource"})
    """Whether money can be moved out of the account through Sequence."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the account was added."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """When the account last changed."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """When the account was removed."""
    can_be_destination: bool | None = attrs.field(default=None, metadata={"json": "canBeDestination"})
    """Whether money can be moved into the account through Sequence. The reference's examples leave it out."""
    linked_account: LinkedAccountSummary | None = attrs.field(default=None, metadata={"json": "linkedAccount"})
    """The liability that the pod is kept for. The reference's examples leave it out."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AccountSummaryPage:
    """One page of the list of accounts."""

    items: Sequence[AccountSummary]
    """The accounts."""
    pagination: Pagination
    """Where the page stands in the list."""


@attrs.frozen(kw_only=True)
class Balance:
    """What is in an account; for a liability, what is owed, as a positive amount."""

    balance_in_cents: int | None = attrs.field(default=None, metadata={"json": "balanceInCents"})
    """The balance, in cents."""
    available_balance_in_cents: int | None = attrs.field(default=None, metadata={"json": "availableBalanceInCents"})
    """What can be spent or moved now, in cents."""
    last_statement_balance_in_cents: int | None = attrs.field(
        default=None, metadata={"json": "lastStatementBalanceInCents"}
    )
    """What the last statement said is owed, in cents."""
    last_statement_date: date | None = attrs.field(default=None, metadata={"json": "lastStatementDate"})
    """The day of the last statement."""
    next_payment_minimum_in_cents: int | None = attrs.field(
        default=None, metadata={"json": "nextPaymentMinimumInCents"}
    )
    """The least that the next payment must be, in cents."""
    next_payment_due_date: date | None = attrs.field(default=None, metadata={"json": "nextPaymentDueDate"})
    """The day by which the next payment is due."""
    balance_last_updated_at: datetime | None = attrs.field(default=None, metadata={"json": "balanceLastUpdatedAt"})
    """When the balance was last read from the bank."""
    error: str | None = None
    """Why the balance could not be read; the amounts are then null."""
    interest_rate_percentage: float | None = attrs.field(default=None, metadata={"json": "interestRatePercentage"})
    """The yearly interest rate of a liability, in percent."""
    original_loan_amount_in_cents: int | None = attrs.field(
        default=None, metadata={"json": "originalLoanAmountInCents"}
    )
    """What was borrowed at first, in cents."""


class AccountRole(OpenStrEnum):
    """On which side of a transfer an account stands. These words are lower case, unlike the others.

    The API may add values, so end a `match` over these with `case _`.
    """

    SOURCE = "source"
    DESTINATION = "destination"
    EITHER = "either"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferDirection(OpenStrEnum):
    """Whether money comes in, goes out, or stays within the organization.

    The API may add values, so end a `match` over these with `case _`.
    """

    MONEY_IN = "MONEY_IN"
    MONEY_OUT = "MONEY_OUT"
    INTERNAL = "INTERNAL"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferOrigin(OpenStrEnum):
    """What a transfer began with.

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
    """How far a transfer has come. `COMPLETE`, `INCOMPLETE` (not enough money), `ERROR` and `CANCELLED` are final;
    `PENDING_APPROVAL` waits for somebody to act in the app.

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
    """Why a transfer failed. More may come.

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
    """What one side of a transfer is; an external entity is a party outside the organization.

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
    """The account's id; null for an external entity."""
    name: str
    """What the account or the party is called."""
    type: TransferAccountType
    """What it is."""
    is_deleted: bool | None = attrs.field(metadata={"json": "isDeleted"})
    """Whether the account has been removed since."""


@attrs.frozen(kw_only=True)
class Transfer(Settling):
    """One movement of money."""

    id: str
    """The transfer's id."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents"})
    """How much is moved, in cents; positive."""
    direction: TransferDirection
    """Whether money comes in, goes out, or stays within."""
    origin: TransferOrigin
    """What the transfer began with."""
    source: TransferAccountRef | None
    """Where the money comes from."""
    destination: TransferAccountRef | None
    """Where the money goes."""
    status: TransferStatus
    """How far the transfer has come."""
    execution_mode: ExecutionMode = attrs.field(metadata={"json": "executionMode"})
    """Whether money moves or the move is simulated."""
    rule_id: str | None = attrs.field(metadata={"json": "ruleId"})
    """The rule that made the transfer."""
    rule_execution_id: str | None = attrs.field(metadata={"json": "ruleExecutionId"})
    """The run of the rule that made the transfer."""
    error_code: TransferErrorCode | None = attrs.field(metadata={"json": "errorCode"})
    """Why the transfer failed; set when it is incomplete or in error."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the transfer was created."""
    completed_at: datetime | None = attrs.field(metadata={"json": "completedAt"})
    """When the money had moved; set when it is complete."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class TransferPage:
    """One page of a list of transfers."""

    items: Sequence[Transfer]
    """The transfers."""
    pagination: Pagination
    """Where the page stands in the list."""


@attrs.frozen(kw_only=True)
class CreateTransferRequest:
    """A transfer to create."""

    source_account_id: str = attrs.field(metadata={"json": "sourceAccountId", "min_length": 1})
    """The ID of the account that the money comes from."""
    destination_account_id: str = attrs.field(metadata={"json": "destinationAccountId", "min_length": 1})
    """The ID of the account that the money goes to."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents", "minimum": 100})
    """The amount, in cents; at least 100."""
    description: str | None = attrs.field(default=None, metadata={"max_length": 10, "pattern": "^[A-Za-z0-9 ]*$"})
    """Text for the bank statement; at most 10 letters, digits and spaces."""
    simulation: bool | None = None
    """Whether to make a dry run, which moves no money. Default: false."""


class RuleStatus(OpenStrEnum):
    """Whether a rule is in use.

    The API may add values, so end a `match` over these with `case _`.
    """

    ENABLED = "ENABLED"
    DISABLED = "DISABLED"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ScheduleType(OpenStrEnum):
    """How often a scheduled rule runs. `BI_WEEKLY` is on the 1st and the 15th of a month, `EVERY_OTHER_WEEK` every 14
    days.

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
    """A rule as it stands in the list of rules, without its trigger and steps."""

    id: str
    """The rule's id."""
    name: str | None
    """What the rule is called."""
    description: str | None
    """What the rule is for."""
    status: RuleStatus
    """Whether the rule is in use."""
    is_supported: bool = attrs.field(metadata={"json": "isSupported"})
    """Whether this API can show the whole rule."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the rule was written."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """When the rule last changed."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """When the rule was taken out of use."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleSummaryPage:
    """One page of the list of rules."""

    items: Sequence[RuleSummary]
    """The rules."""
    pagination: Pagination
    """Where the page stands in the list."""


@attrs.frozen(kw_only=True)
class FundsTransferredTrigger:
    """Starts a rule when money arrives in an account."""

    type: Literal["ON_FUNDS_TRANSFERRED"] = "ON_FUNDS_TRANSFERRED"
    """Always `ON_FUNDS_TRANSFERRED`."""
    account_id: str = attrs.field(metadata={"json": "accountId"})
    """The account that is watched."""


@attrs.frozen(kw_only=True)
class ScheduledTrigger:
    """Starts a rule at set times."""

    type: Literal["SCHEDULED"] = "SCHEDULED"
    """Always `SCHEDULED`."""
    schedule_type: ScheduleType = attrs.field(metadata={"json": "scheduleType"})
    """How often the rule runs."""
    start_date: datetime = attrs.field(metadata={"json": "startDate"})
    """When the rule runs first."""
    account_id: str | None = attrs.field(metadata={"json": "accountId"})
    """The account that the rule takes money from."""


@attrs.frozen(kw_only=True)
class ManualTrigger:
    """Starts a rule only when somebody asks for it."""

    type: Literal["MANUAL"] = "MANUAL"
    """Always `MANUAL`."""
    account_id: str = attrs.field(metadata={"json": "accountId"})
    """The account that the rule takes money from."""


class ConditionFact(OpenStrEnum):
    """What a condition looks at: the amount that came in, the balance of an account (both in cents), or the day of the
    month.

    The API may add values, so end a `match` over these with `case _`.
    """

    TRANSFER_AMOUNT = "TRANSFER_AMOUNT"
    BALANCE = "BALANCE"
    DATE = "DATE"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ConditionValueFact(OpenStrEnum):
    """What a condition compares with, where that is not a fixed number.

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
    """How a condition compares.

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
    """What a fact needs to be looked up."""

    account_id: str | None = attrs.field(default=None, metadata={"json": "accountId"})
    """The account whose balance is meant."""


@attrs.frozen(kw_only=True)
class RuleCondition:
    """Compares a fact with a number or with another fact."""

    fact: ConditionFact
    """What is looked at."""
    operator: ConditionOperator
    """How it is compared."""
    value: int | None
    """The number to compare with: cents for amounts and balances, 1 to 31 for the day."""
    value_fact: ConditionValueFact | None = attrs.field(metadata={"json": "valueFact"})
    """The fact to compare with, in place of a number."""
    params: ConditionParams | None
    """What the fact needs to be looked up."""


@attrs.frozen(kw_only=True)
class AccountNode:
    """An account as a rule names it."""

    id: str
    """The account's id."""
    type: AccountType
    """What kind of account it is."""
    name: str | None = None
    """What the account is called; left out when a rule is written."""


class LimitPeriod(OpenStrEnum):
    """The time over which a limit counts.

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
    """The most that the actions of a group may move."""

    period: LimitPeriod
    """The time over which the limit counts."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents"})
    """The most that is moved in that time, in cents."""


class PercentageTarget(OpenStrEnum):
    """What a percentage is taken of: the amount that came in, or the balance of the source at the moment of the action.

    The API may add values, so end a `match` over these with `case _`.
    """

    INCOMING_AMOUNT = "INCOMING_AMOUNT"
    SOURCE_ACCOUNT = "SOURCE_ACCOUNT"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class FixedAction:
    """Moves always the same amount."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """Which group of actions it belongs to; the actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The most that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """A word for the bank statement."""
    type: Literal["FIXED"] = "FIXED"
    """Always `FIXED`."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents", "minimum": 1})
    """How much to move, in cents."""


@attrs.frozen(kw_only=True)
class PercentageAction:
    """Moves a part of an amount."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """Which group of actions it belongs to; the actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The most that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """A word for the bank statement."""
    type: Literal["PERCENTAGE"] = "PERCENTAGE"
    """Always `PERCENTAGE`."""
    percentage_value: float = attrs.field(metadata={"json": "percentageValue", "minimum": 0, "maximum": 100})
    """How much of the amount, in percent."""
    percentage_target: PercentageTarget = attrs.field(metadata={"json": "percentageTarget"})
    """What the percentage is taken of."""


@attrs.frozen(kw_only=True)
class TopUpAction:
    """Fills the destination up to a balance; when the source is short, what it holds is moved. Exactly one of the
    amount and the three accounts is set.
    """

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """Which group of actions it belongs to; the actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The most that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """A word for the bank statement."""
    type: Literal["TOP_UP"] = "TOP_UP"
    """Always `TOP_UP`."""
    amount_in_cents: int | None = attrs.field(metadata={"json": "amountInCents"})
    """The balance to fill up to, in cents."""
    next_payment_minimum_account: AccountNode | None = attrs.field(metadata={"json": "nextPaymentMinimumAccount"})
    """The liability whose next minimum payment is the balance to fill up to."""
    current_balance_account: AccountNode | None = attrs.field(metadata={"json": "currentBalanceAccount"})
    """The account whose balance is the balance to fill up to."""
    last_statement_balance_account: AccountNode | None = attrs.field(metadata={"json": "lastStatementBalanceAccount"})
    """The liability whose last statement is the balance to fill up to."""


@attrs.frozen(kw_only=True)
class RoundDownAction:
    """Keeps a balance in the source and moves what is above it."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """Which group of actions it belongs to; the actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The most that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """A word for the bank statement."""
    type: Literal["ROUND_DOWN"] = "ROUND_DOWN"
    """Always `ROUND_DOWN`."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents", "minimum": 1})
    """The balance to keep, in cents."""


@attrs.frozen(kw_only=True)
class NextPaymentMinimumAction:
    """Pays the least that is due next on a liability."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """Which group of actions it belongs to; the actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The most that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """A word for the bank statement."""
    type: Literal["NEXT_PAYMENT_MINIMUM"] = "NEXT_PAYMENT_MINIMUM"
    """Always `NEXT_PAYMENT_MINIMUM`."""


@attrs.frozen(kw_only=True)
class TotalAmountDueAction:
    """Pays all that is owed on a liability."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """Which group of actions it belongs to; the actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The most that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """A word for the bank statement."""
    type: Literal["TOTAL_AMOUNT_DUE"] = "TOTAL_AMOUNT_DUE"
    """Always `TOTAL_AMOUNT_DUE`."""


@attrs.frozen(kw_only=True)
class LastStatementBalanceAction:
    """Pays what the last statement of a liability said is owed."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """Which group of actions it belongs to; the actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The most that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """A word for the bank statement."""
    type: Literal["LAST_STATEMENT_BALANCE"] = "LAST_STATEMENT_BALANCE"
    """Always `LAST_STATEMENT_BALANCE`."""


@attrs.frozen(kw_only=True)
class PercentageLiabilityBalanceAction:
    """Pays a part of what is owed on a liability."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int = attrs.field(metadata={"json": "groupIndex"})
    """Which group of actions it belongs to; the actions of a group run together and share one limit."""
    up_to_enabled: bool = attrs.field(metadata={"json": "upToEnabled"})
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool = attrs.field(metadata={"json": "isDirectDeposit"})
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None
    """The most that the group may move."""
    ach_description: str | None = attrs.field(metadata={"json": "achDescription"})
    """A word for the bank statement."""
    type: Literal["PERCENTAGE_LIABILITY_BALANCE"] = "PERCENTAGE_LIABILITY_BALANCE"
    """Always `PERCENTAGE_LIABILITY_BALANCE`."""
    percentage_value: float = attrs.field(metadata={"json": "percentageValue", "minimum": 0, "maximum": 100})
    """How much of what is owed, in percent."""


@attrs.frozen(kw_only=True)
class TriggerRuleRequest:
    """How to run a rule this once."""

    execute_amount: int | None = attrs.field(default=None, metadata={"json": "executeAmount", "minimum": 0})
    """The amount, in cents, from which the rule's actions derive theirs. It does not change fixed amounts."""
    simulation: bool | None = None
    """Whether to make a dry run, which moves no money. Default: false."""


@attrs.frozen(kw_only=True)
class TriggeredRule:
    """A triggered rule."""

    execution_id: str = attrs.field(metadata={"json": "executionId"})
    """The ID of the execution that was started."""


class RuleExecutionStatus(OpenStrEnum):
    """How far a run has come; `IN_PROGRESS` alone is not final.

    The API may add values, so end a `match` over these with `case _`.
    """

    EXECUTED = "EXECUTED"
    PARTIAL = "PARTIAL"
    IN_PROGRESS = "IN_PROGRESS"
    FAILED = "FAILED"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ExecutionTriggerType(OpenStrEnum):
    """What started a run.

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
    """A run as it stands in the list of runs."""

    id: str
    """The run's id."""
    rule_id: str = attrs.field(metadata={"json": "ruleId"})
    """The rule that ran."""
    status: RuleExecutionStatus
    """How far the run has come."""
    execution_mode: ExecutionMode = attrs.field(metadata={"json": "executionMode"})
    """Whether money moves or the run is simulated."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the run was started."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleExecutionSummaryPage:
    """One page of a list of runs."""

    items: Sequence[RuleExecutionSummary]
    """The runs."""
    pagination: Pagination
    """Where the page stands in the list."""


@attrs.frozen(kw_only=True)
class ManualTriggerDetails:
    """Somebody asked for the run in the app."""

    type: Literal["MANUAL"] = "MANUAL"
    """Always `MANUAL`."""
    amount_in_cents: int | None = attrs.field(metadata={"json": "amountInCents"})
    """The amount that the run was asked for with, in cents."""


@attrs.frozen(kw_only=True)
class SequenceApiTriggerDetails:
    """A key asked for the run."""

    type: Literal["SEQUENCE_API"] = "SEQUENCE_API"
    """Always `SEQUENCE_API`."""
    amount_in_cents: int | None = attrs.field(metadata={"json": "amountInCents"})
    """The amount that the run was asked for with, in cents."""


@attrs.frozen(kw_only=True)
class ScheduledTriggerDetails:
    """The run was due."""

    type: Literal["SCHEDULED"] = "SCHEDULED"
    """Always `SCHEDULED`."""
    scheduled_time: datetime | None = attrs.field(metadata={"json": "scheduledTime"})
    """When the run was due."""


@attrs.frozen(kw_only=True)
class FundsTransferredTriggerDetails:
    """Money arrived in the account that the rule watches."""

    type: Literal["ON_FUNDS_TRANSFERRED"] = "ON_FUNDS_TRANSFERRED"
    """Always `ON_FUNDS_TRANSFERRED`."""
    amount_in_cents: int | None = attrs.field(metadata={"json": "amountInCents"})
    """How much arrived, in cents."""


@attrs.frozen(kw_only=True)
class RemoteApiTriggerDetails:
    """The Remote API asked for the run."""

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
    """A movement that a bank reports for a connected account."""

    id: str
    """The transaction's id."""
    account_id: str = attrs.field(metadata={"json": "accountId"})
    """The account that it happened on."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents"})
    """How much was moved, in cents."""
    direction: TransactionDirection
    """Whether money came in or went out."""
    status: ExternalTransactionStatus
    """Whether it has cleared."""
    description: str
    """What the bank says about it."""
    transaction_date: datetime = attrs.field(metadata={"json": "transactionDate"})
    """When it happened."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class ExternalTransactionPage:
    """One page of a list of external transactions."""

    items: Sequence[ExternalTransaction]
    """The transactions."""
    pagination: Pagination
    """Where the page stands in the list."""


class CardType(OpenStrEnum):
    """What kind of card it is.

    The API may add values, so end a `match` over these with `case _`.
    """

    DEBIT_CARD = "DEBIT_CARD"
    OMNI_CARD = "OMNI_CARD"
    if TYPE_CHECKING:
        _UNLISTED = ""


class CardTransactionSubtype(OpenStrEnum):
    """Whether something was bought or paid back.

    The API may add values, so end a `match` over these with `case _`.
    """

    PURCHASE = "PURCHASE"
    REFUND = "REFUND"
    if TYPE_CHECKING:
        _UNLISTED = ""


class CardTransactionStatus(OpenStrEnum):
    """How far a card transaction has come; only complete ones are listed.

    The API may add values, so end a `match` over these with `case _`.
    """

    COMPLETE = "COMPLETE"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class CardTransaction:
    """A purchase or a refund."""

    id: str
    """The transaction's id."""
    card_id: str = attrs.field(metadata={"json": "cardId"})
    """The card that was used."""
    card_type: CardType = attrs.field(metadata={"json": "cardType"})
    """What kind of card was used."""
    account: TransferAccountRef
    """The pod that the card spends from."""
    direction: TransactionDirection
    """Whether money came in or went out."""
    subtype: CardTransactionSubtype
    """Whether something was bought or paid back."""
    status: CardTransactionStatus
    """How far the transaction has come."""
    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents"})
    """How much was paid or paid back, in cents."""
    description: str
    """What was paid for, or where; may be empty."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When it happened."""
    completed_at: datetime = attrs.field(metadata={"json": "completedAt"})
    """When the money had moved."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class CardTransactionPage:
    """One page of a list of card transactions."""

    items: Sequence[CardTransaction]
    """The transactions."""
    pagination: Pagination
    """Where the page stands in the list."""


class AuditLogAction(OpenStrEnum):
    """What a call did.

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
    """Whether a call succeeded.

    The API may add values, so end a `match` over these with `case _`.
    """

    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class AuditLogEntry:
    """One call that a key made."""

    id: str
    """The entry's id."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the call was made."""
    api_key_id: str = attrs.field(metadata={"json": "apiKeyId"})
    """The key that made the call; an id and not the key itself."""
    api_key_name: str = attrs.field(metadata={"json": "apiKeyName"})
    """What the key is called."""
    path: str
    """The path that was called."""
    action: AuditLogAction | None
    """What the call did; null where that is not known."""
    request_id: str = attrs.field(metadata={"json": "requestId"})
    """The call's request id."""
    outcome: AuditLogOutcome
    """Whether the call succeeded."""
    error_code: str | None = attrs.field(metadata={"json": "errorCode"})
    """Why the call failed."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AuditLogEntryPage:
    """One page of the audit log."""

    items: Sequence[AuditLogEntry]
    """The entries."""
    pagination: Pagination
    """Where the page stands in the list."""


@attrs.frozen(kw_only=True)
class LinkedAccount:
    """The liability that a pod is kept for, with its bank details and its balance."""

    id: str
    """The account's id, a UUID."""
    name: str
    """What the account is called in Sequence."""
    type: AccountType
    """What kind of account it is."""
    description: str | None
    """A note on the account."""
    external_account_type: ExternalAccountType | None = attrs.field(metadata={"json": "externalAccountType"})
    """What kind of external account it is; null for the other types."""
    beneficiary_name: str | None = attrs.field(metadata={"json": "beneficiaryName"})
    """Whose money is in the account."""
    institution_name: str | None = attrs.field(metadata={"json": "institutionName"})
    """The bank or company that holds the account."""
    can_be_source: bool = attrs.field(metadata={"json": "canBeSource"})
    """Whether money can be moved out of the account through Sequence."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the account was added."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """When the account last changed."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """When the account was removed."""
    routing_number: str | None = attrs.field(repr=masked, metadata={"json": "routingNumber"})
    """The routing number for payments to the account, in full."""
    bank_account_number: str | None = attrs.field(repr=masked, metadata={"json": "bankAccountNumber"})
    """The account number at the bank, in full."""
    balance: Balance | None
    """What is in the account, or owed on it; null when it is not known."""
    savings_target_in_cents: int | None = attrs.field(metadata={"json": "savingsTargetInCents"})
    """What is to be saved up, in cents."""
    can_be_destination: bool | None = attrs.field(default=None, metadata={"json": "canBeDestination"})
    """Whether money can be moved into the account through Sequence. The reference's examples leave it out."""


@attrs.frozen(kw_only=True)
class Account:
    """An account with its bank details and its balance."""

    id: str
    """The account's id, a UUID."""
    name: str
    """What the account is called in Sequence."""
    type: AccountType
    """What kind of account it is."""
    description: str | None
    """A note on the account."""
    external_account_type: ExternalAccountType | None = attrs.field(metadata={"json": "externalAccountType"})
    """What kind of external account it is; null for the other types."""
    beneficiary_name: str | None = attrs.field(metadata={"json": "beneficiaryName"})
    """Whose money is in the account."""
    institution_name: str | None = attrs.field(metadata={"json": "institutionName"})
    """The bank or company that holds the account."""
    can_be_source: bool = attrs.field(metadata={"json": "canBeSource"})
    """Whether money can be moved out of the account through Sequence."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the account was added."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """When the account last changed."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """When the account was removed."""
    routing_number: str | None = attrs.field(repr=masked, metadata={"json": "routingNumber"})
    """The routing number for payments to the account, in full."""
    bank_account_number: str | None = attrs.field(repr=masked, metadata={"json": "bankAccountNumber"})
    """The account number at the bank, in full."""
    balance: Balance | None
    """What is in the account, or owed on it; null when it is not known."""
    savings_target_in_cents: int | None = attrs.field(metadata={"json": "savingsTargetInCents"})
    """What is to be saved up, in cents."""
    can_be_destination: bool | None = attrs.field(default=None, metadata={"json": "canBeDestination"})
    """Whether money can be moved into the account through Sequence. The reference's examples leave it out."""
    linked_account: LinkedAccount | None = attrs.field(default=None, metadata={"json": "linkedAccount"})
    """The liability that the pod is kept for. The reference's examples leave it out."""


@attrs.frozen(kw_only=True)
class SingleCondition:
    """Holds when its one condition holds."""

    condition: RuleCondition
    """The condition."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleExecution(Outcome):
    """One run of a rule. It succeeded when it is `EXECUTED`, `conditionsNotMet` is false and `transfersFailed` is 0.
    One of the reference's examples leaves `executionMode` out.
    """

    id: str
    """The run's id."""
    rule_id: str = attrs.field(metadata={"json": "ruleId"})
    """The rule that ran."""
    status: RuleExecutionStatus
    """How far the run has come."""
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the run was started."""
    trigger_details: TriggerDetails = attrs.field(metadata={"json": "triggerDetails"})
    """More about what started the run."""
    step_index_matched: int | None = attrs.field(metadata={"json": "stepIndexMatched"})
    """Which step was carried out, from 0; null when none was."""
    conditions_not_met: bool = attrs.field(metadata={"json": "conditionsNotMet"})
    """Whether no step's conditions held."""
    transfers_attempted: int = attrs.field(metadata={"json": "transfersAttempted"})
    """How many transfers were tried."""
    transfers_completed: int = attrs.field(metadata={"json": "transfersCompleted"})
    """How many of them are complete."""
    transfers_failed: int = attrs.field(metadata={"json": "transfersFailed"})
    """How many of them failed."""
    transfers_pending: int = attrs.field(metadata={"json": "transfersPending"})
    """How many of them are still under way."""
    transfer_ids: Sequence[str] = attrs.field(metadata={"json": "transferIds"})
    """The transfers that the run made."""
    error_message: str | None = attrs.field(metadata={"json": "errorMessage"})
    """Why the run failed."""
    next_attempt_at: datetime | None = attrs.field(metadata={"json": "nextAttemptAt"})
    """When the run is tried again."""
    execution_mode: ExecutionMode | None = attrs.field(default=None, metadata={"json": "executionMode"})
    """Whether money moves or the run is simulated."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class Rule:
    """A rule with its trigger and its steps."""

    id: str
    """The rule's id."""
    name: str | None
    """What the rule is called."""
    description: str | None
    """What the rule is for."""
    status: RuleStatus
    """Whether the rule is in use."""
    trigger: Trigger
    """What starts the rule."""
    steps: Sequence[RuleStep] = attrs.field(metadata={"min_length": 1})
    """Alternatives, at least one, like if, else-if and else; the first step whose conditions hold is carried out, and
    no other.
    """
    created_at: datetime = attrs.field(metadata={"json": "createdAt"})
    """When the rule was written."""
    updated_at: datetime = attrs.field(metadata={"json": "updatedAt"})
    """When the rule last changed."""
    deleted_at: datetime | None = attrs.field(metadata={"json": "deletedAt"})
    """When the rule was taken out of use."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleDraft:
    """A rule that is to be written or changed. Inferred, not documented."""

    trigger: Trigger
    """What is to start the rule."""
    steps: Sequence[RuleStep] = attrs.field(metadata={"min_length": 1})
    """Alternatives, at least one, like if, else-if and else; the first step whose conditions hold is carried out, and
    no other.
    """
    name: str | None = None
    """What the rule is to be called."""
    description: str | None = None
    """What the rule is for."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleStep:
    """One alternative of a rule."""

    conditions: ChainableCondition | None
    """When the step is taken; null for a step that is always taken if none before it was."""
    actions: Sequence[RuleAction] = attrs.field(metadata={"min_length": 1})
    """What the step does, at least one action, from first to last; when one fails, the rest is left out."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AnyCondition:
    """Holds when at least one of its members holds."""

    any: Sequence[ChainableCondition]
    """The members."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AllCondition:
    """Holds when every one of its members holds."""

    all: Sequence[ChainableCondition]
    """The members."""


Trigger: TypeAlias = FundsTransferredTrigger | ScheduledTrigger | ManualTrigger | UnknownVariant
"""What starts a rule, told apart by `type`."""

ChainableCondition: TypeAlias = SingleCondition | AnyCondition | AllCondition | UnknownVariant
"""A condition, or several of which any or all must hold."""

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
"""What a step does, told apart by `type`."""

TriggerDetails: TypeAlias = (
    ManualTriggerDetails
    | SequenceApiTriggerDetails
    | ScheduledTriggerDetails
    | FundsTransferredTriggerDetails
    | RemoteApiTriggerDetails
    | UnknownVariant
)
"""More about what started a run, told apart by `type`."""

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
"""How each union is told apart; a decoder needs it."""
