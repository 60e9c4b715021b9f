# Generated from openapi/v1.yaml 1.0.0 (SHA-256 ff3129bbb9cefff6cb1931d5d84887a92a4ced0863bbb8c881d08fe8eee9362f) by `python -m codegen`; do not edit.
"""The models of Sequence API v1: frozen, open to what the API gains later. They need attrs alone."""

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
DESCRIPTION_SHA256: Final = "ff3129bbb9cefff6cb1931d5d84887a92a4ced0863bbb8c881d08fe8eee9362f"


@attrs.frozen(kw_only=True)
class PageInfo:
    """Where a page of a list ends."""

    has_next_page: bool | None = None
    """Whether another page follows. Inferred, not documented."""
    end_cursor: str | None = None
    """The cursor to ask the next page with."""


class AccountType(OpenStrEnum):
    """What kind of account it is.

    The API may add values, so end a `match` over these with `case _`.
    """

    INCOME_SOURCE = "income_source"
    POD = "pod"
    EXTERNAL_ACCOUNT = "external_account"
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
class AccountSummary:
    """An account as it stands in the list of accounts, without its balance."""

    id: str
    """The account's id, such as `acc_01HABC4567`."""
    name: str
    """What the account is called in Sequence."""
    type: AccountType
    """What kind of account it is."""
    can_be_source: bool
    """Whether money can be moved out of the account through Sequence."""
    description: str | None = None
    """A note on the account."""
    external_account_type: ExternalAccountType | None = None
    """What kind of external account it is; null for the other types."""
    beneficiary_name: str | None = None
    """Whose money is in the account."""
    institution_name: str | None = None
    """The bank or company that holds the account."""
    created_at: datetime | None = None
    """When the account was added. Inferred, not documented."""
    updated_at: datetime | None = None
    """When the account last changed. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class Balance:
    """What is in an account; for a liability, what is owed, as a positive amount. Inferred, not documented."""

    balance_in_cents: int | None = None
    """The balance, in cents."""
    available_balance_in_cents: int | None = None
    """What can be spent or moved now, in cents."""
    last_statement_balance_in_cents: int | None = None
    """What the last statement said is owed, in cents."""
    last_statement_date: date | None = None
    """The day of the last statement."""
    next_payment_minimum_in_cents: int | None = None
    """The least that the next payment must be, in cents."""
    next_payment_due_date: date | None = None
    """The day by which the next payment is due."""
    balance_last_updated_at: datetime | None = None
    """When the balance was last read from the bank."""
    error: str | None = None
    """Why the balance could not be read; the amounts are then null."""
    interest_rate_percentage: float | None = None
    """The yearly interest rate of a liability, in percent."""
    original_loan_amount_in_cents: int | None = None
    """What was borrowed at first, in cents."""


class AccountRole(OpenStrEnum):
    """On which side of a transfer an account stands.

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

    MONEY_IN = "money_in"
    MONEY_OUT = "money_out"
    INTERNAL = "internal"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TransferOrigin(OpenStrEnum):
    """What a transfer began with.

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
    """How far a transfer has come. `complete`, `incomplete`, `cancelled` and `error` are final; `pending_approval`
    waits for somebody to act in the app.

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
    """What the account or the party is called."""
    type: AccountType
    """What kind of account it is."""
    id: str | None = None
    """The account's id; a party outside the organization may have none."""
    is_deleted: bool | None = None
    """Whether the account has been removed since. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class Transfer(Settling):
    """One movement of money."""

    id: str
    """The transfer's id, such as `txr_01HABC1111`."""
    amount_in_cents: int
    """How much is moved, in cents; positive."""
    direction: TransferDirection
    """Whether money comes in, goes out, or stays within."""
    origin: TransferOrigin
    """What the transfer began with."""
    status: TransferStatus
    """How far the transfer has come."""
    source: TransferAccountRef | None = None
    """Where the money comes from."""
    destination: TransferAccountRef | None = None
    """Where the money goes."""
    rule_id: str | None = None
    """The rule that made the transfer. Inferred, not documented."""
    rule_execution_id: str | None = None
    """The run of the rule that made the transfer. Inferred, not documented."""
    error_code: str | None = None
    """Why the transfer failed. Inferred, not documented."""
    created_at: datetime | None = None
    """When the transfer was created. Inferred, not documented."""
    completed_at: datetime | None = None
    """When the money had moved. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class CreateTransferRequest:
    """A transfer to create."""

    source_account_id: str = attrs.field(metadata={"min_length": 1})
    """The ID of the account that the money comes from."""
    destination_account_id: str = attrs.field(metadata={"min_length": 1})
    """The ID of the account that the money goes to."""
    amount_in_cents: int = attrs.field(metadata={"minimum": 1})
    """The amount, in cents; at least 1. The API's own minimum is not documented. Inferred, not documented."""
    description: str | None = None
    """Text for the bank statement. platform/v1 accepts at most 10 letters, digits and spaces. Inferred, not documented.
    """


class RuleStatus(OpenStrEnum):
    """Whether a rule is in use.

    The API may add values, so end a `match` over these with `case _`.
    """

    ENABLED = "enabled"
    DISABLED = "disabled"
    if TYPE_CHECKING:
        _UNLISTED = ""


class TriggerType(OpenStrEnum):
    """What starts a rule.

    The API may add values, so end a `match` over these with `case _`.
    """

    ON_FUNDS_TRANSFERRED = "ON_FUNDS_TRANSFERRED"
    SCHEDULED = "SCHEDULED"
    MANUAL = "MANUAL"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ScheduleType(OpenStrEnum):
    """How often a scheduled rule runs. Inferred, not documented.

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
    """An account as a rule names it."""

    id: str
    """The account's id."""
    type: AccountType
    """What kind of account it is."""
    name: str | None = None
    """What the account is called; in the list of rules."""


@attrs.frozen(kw_only=True)
class RuleSummary:
    """A rule as it stands in the list of rules, without its steps."""

    id: str
    """The rule's id, such as `rule_01HXYZ1234`."""
    status: RuleStatus
    """Whether the rule is in use."""
    trigger_type: TriggerType
    """What starts the rule."""
    created_at: datetime
    """When the rule was written."""
    updated_at: datetime
    """When the rule last changed."""
    nickname: str | None = None
    """What the rule is called."""
    description: str | None = None
    """What the rule is for."""
    source: AccountNode | None = None
    """The account that the rule takes money from."""


@attrs.frozen(kw_only=True)
class FundsTransferredTrigger:
    """Starts a rule when money arrives in an account."""

    type: Literal["ON_FUNDS_TRANSFERRED"] = "ON_FUNDS_TRANSFERRED"
    """Always `ON_FUNDS_TRANSFERRED`."""
    account_id: str
    """The account that is watched."""


@attrs.frozen(kw_only=True)
class ScheduledTrigger:
    """Starts a rule at set times. Inferred, not documented."""

    type: Literal["SCHEDULED"] = "SCHEDULED"
    """Always `SCHEDULED`."""
    schedule_type: ScheduleType | None = None
    """How often the rule runs."""
    start_date: datetime | None = None
    """When the rule runs first."""
    account_id: str | None = None
    """The account that the rule takes money from."""


@attrs.frozen(kw_only=True)
class ManualTrigger:
    """Starts a rule only when somebody asks for it. Inferred, not documented."""

    type: Literal["MANUAL"] = "MANUAL"
    """Always `MANUAL`."""
    account_id: str | None = None
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
    """What a condition compares with, where that is not a fixed number. Inferred, not documented.

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
    """What a fact needs to be looked up. Inferred, not documented."""

    account_id: str | None = None
    """The account whose balance is meant."""


@attrs.frozen(kw_only=True)
class RuleCondition:
    """Compares a fact with a number or with another fact."""

    fact: ConditionFact
    """What is looked at."""
    operator: ConditionOperator
    """How it is compared."""
    value: int | None = None
    """The number to compare with: cents for amounts and balances, 1 to 31 for the day."""
    value_fact: ConditionValueFact | None = None
    """The fact to compare with, in place of a number. Inferred, not documented."""
    params: ConditionParams | None = None
    """What the fact needs to be looked up. Inferred, not documented."""


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
    """The most that an action may move. Inferred, not documented."""

    period: LimitPeriod | None = None
    """The time over which the limit counts."""
    amount_in_cents: int | None = None
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
class PercentageAction:
    """Moves a part of an amount."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int
    """Which group of actions it belongs to; groups count from 0."""
    up_to_enabled: bool
    """Whether to move what there is when the source holds less than asked for."""
    type: Literal["percentage"] = "percentage"
    """Always `percentage`."""
    percentage_value: float = attrs.field(metadata={"minimum": 0, "maximum": 100})
    """How much of the amount, in percent."""
    percentage_target: PercentageTarget
    """What the percentage is taken of."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The most that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """A word for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class FixedAmountAction:
    """Moves always the same amount."""

    source: AccountNode
    """The ID of the account that the money comes from."""
    destination: AccountNode
    """The ID of the account that the money goes to."""
    group_index: int
    """Which group of actions it belongs to; groups count from 0."""
    up_to_enabled: bool
    """Whether to move what there is when the source holds less than asked for."""
    type: Literal["fixed_amount"] = "fixed_amount"
    """Always `fixed_amount`."""
    amount_in_cents: int = attrs.field(metadata={"minimum": 1})
    """How much to move, in cents."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The most that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """A word for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class TopUpAction:
    """Fills the destination up to a balance. How the balance is given is not documented. Inferred, not documented."""

    type: Literal["top_up"] = "top_up"
    """Always `top_up`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """Which group of actions it belongs to; groups count from 0."""
    up_to_enabled: bool | None = None
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The most that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """A word for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class RoundDownAction:
    """Keeps a balance in the source and moves what is above it. How the balance is given is not documented. Inferred,
    not documented.
    """

    type: Literal["round_down"] = "round_down"
    """Always `round_down`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """Which group of actions it belongs to; groups count from 0."""
    up_to_enabled: bool | None = None
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The most that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """A word for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class NextPaymentMinimumAction:
    """Pays the least that is due next on a liability. Inferred, not documented."""

    type: Literal["next_payment_minimum"] = "next_payment_minimum"
    """Always `next_payment_minimum`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """Which group of actions it belongs to; groups count from 0."""
    up_to_enabled: bool | None = None
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The most that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """A word for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class AvalancheAction:
    """Pays off several debts, the one with the highest interest first. Its own members are not documented. Inferred,
    not documented.
    """

    type: Literal["avalanche"] = "avalanche"
    """Always `avalanche`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """Which group of actions it belongs to; groups count from 0."""
    up_to_enabled: bool | None = None
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The most that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """A word for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class SnowballAction:
    """Pays off several debts, the smallest first. Its own members are not documented. Inferred, not documented."""

    type: Literal["snowball"] = "snowball"
    """Always `snowball`."""
    source: AccountNode | None = None
    """The ID of the account that the money comes from."""
    destination: AccountNode | None = None
    """The ID of the account that the money goes to."""
    group_index: int | None = None
    """Which group of actions it belongs to; groups count from 0."""
    up_to_enabled: bool | None = None
    """Whether to move what there is when the source holds less than asked for."""
    is_direct_deposit: bool | None = None
    """Whether money out of an income source is sent as a direct deposit."""
    limit: ActionLimit | None = None
    """The most that the action may move. Inferred, not documented."""
    ach_description: str | None = None
    """A word for the bank statement. Inferred, not documented."""


@attrs.frozen(kw_only=True)
class TriggerRuleRequest:
    """How to run a rule this once."""

    manual_execute_amount: int | None = attrs.field(default=None, metadata={"minimum": 1})
    """The amount that replaces the rule's own, assumed to be in cents. For rules with a manual trigger."""


@attrs.frozen(kw_only=True)
class TriggeredRule:
    """A triggered rule. Inferred, not documented."""

    execution_id: str | None = None
    """The ID of the execution that was started, such as `rex_01HABC4567`."""


class RuleExecutionStatus(OpenStrEnum):
    """How far a run has come; `in_progress` alone is not final.

    The API may add values, so end a `match` over these with `case _`.
    """

    IN_PROGRESS = "in_progress"
    EXECUTED = "executed"
    PARTIAL = "partial"
    FAILED = "failed"
    if TYPE_CHECKING:
        _UNLISTED = ""


class ExecutionTriggerType(OpenStrEnum):
    """What started a run.

    The API may add values, so end a `match` over these with `case _`.
    """

    MANUAL = "manual"
    SCHEDULED = "scheduled"
    ON_FUNDS_TRANSFERRED = "on_funds_transferred"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class RuleExecutionSummary:
    """A run as it stands in the list of runs. The members are those of a run; which of them the list has is inferred.
    Inferred, not documented.
    """

    id: str
    """The run's id, such as `rex_01HABC4567`."""
    rule_id: str | None = None
    """The rule that ran."""
    rule_name: str | None = None
    """What the rule is called."""
    trigger_type: ExecutionTriggerType | None = None
    """What started the run."""
    status: RuleExecutionStatus | None = None
    """How far the run has come."""
    created_at: datetime | None = None
    """When the run was started."""


@attrs.frozen(kw_only=True)
class ManualTriggerDetails:
    """Somebody asked for the run. Inferred, not documented."""

    type: Literal["manual"] = "manual"
    """Always `manual`."""
    amount_in_cents: int | None = None
    """The amount that the run was asked for with, in cents."""


@attrs.frozen(kw_only=True)
class ScheduledTriggerDetails:
    """The run was due. Inferred, not documented."""

    type: Literal["scheduled"] = "scheduled"
    """Always `scheduled`."""
    scheduled_time: datetime | None = None
    """When the run was due."""


@attrs.frozen(kw_only=True)
class FundsTransferredTriggerDetails:
    """Money arrived in the account that the rule watches."""

    type: Literal["on_funds_transferred"] = "on_funds_transferred"
    """Always `on_funds_transferred`."""
    amount_in_cents: int | None = None
    """How much arrived, in cents. Inferred, not documented."""


class CardType(OpenStrEnum):
    """Whether a card can be held in the hand.

    The API may add values, so end a `match` over these with `case _`.
    """

    VIRTUAL = "virtual"
    PHYSICAL = "physical"
    if TYPE_CHECKING:
        _UNLISTED = ""


class CardStatus(OpenStrEnum):
    """Whether a card can be used, and if not, why.

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
    """A purchase is a debit, a refund a credit.

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
    """The card's id, such as `card_01HABC4567`."""
    type: CardType
    """Whether the card can be held in the hand."""
    status: CardStatus
    """Whether the card can be used."""
    last_four: str
    """The last four digits of the card's number."""
    holder_name: str
    """The name on the card."""
    expiration_date: str
    """The last month of the card, as `MM/YY`."""
    account_id: str
    """The pod that the card spends from."""
    created_at: datetime
    """When the card was made."""


@attrs.frozen(kw_only=True)
class CardTransaction:
    """A purchase or a refund. The documentation names its direction and its time; no example of it was seen. Inferred,
    not documented.
    """

    id: str | None = None
    """The transaction's id."""
    direction: CardTransactionDirection | None = None
    """Whether it is a purchase or a refund."""
    amount_in_cents: int | None = None
    """How much was paid or refunded, in cents."""
    description: str | None = None
    """What was paid for, or where."""
    created_at: datetime | None = None
    """When it happened."""


class WebhookEventName(OpenStrEnum):
    """What an event reports. The documentation gives the form, entity and action with a dot between, not the words.
    Inferred, not documented.

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
    """The transfer to read."""
    previous_status: TransferStatus | None = None
    """The state that the transfer was in before; on a change of state."""


@attrs.frozen(kw_only=True)
class LinkedAccount:
    """An account that another one is linked to. Inferred, not documented."""

    id: str | None = None
    """The account's id."""
    name: str | None = None
    """What the account is called in Sequence."""
    type: AccountType | None = None
    """What kind of account it is."""
    description: str | None = None
    """A note on the account."""
    external_account_type: ExternalAccountType | None = None
    """What kind of external account it is; null for the other types."""
    beneficiary_name: str | None = None
    """Whose account it is."""
    institution_name: str | None = None
    """The bank or company that holds the account."""
    can_be_source: bool | None = None
    """Whether money can be moved out of the account through Sequence."""
    routing_number: str | None = attrs.field(default=None, repr=masked)
    """The routing number for payments to the account."""
    bank_account_number: str | None = attrs.field(default=None, repr=masked)
    """The account number at the bank."""
    balance: Balance | None = None
    """What is in the account, or owed on it; null when it is not known."""
    savings_target_in_cents: int | None = None
    """What is to be saved up, in cents."""


@attrs.frozen(kw_only=True)
class SingleCondition:
    """Holds when its one condition holds."""

    condition: RuleCondition
    """The condition."""


@attrs.frozen(kw_only=True)
class WebhookEvent:
    """Something happened; what it happened to is to be read with a call."""

    event: WebhookEventName
    """What happened."""
    created_at: datetime
    """When the event was made."""
    data: WebhookTransferData
    """What it happened to."""


@attrs.frozen(kw_only=True)
class Account:
    """An account with its bank details and its balance."""

    id: str
    """The account's id, such as `acc_01HABC4567`."""
    name: str
    """What the account is called in Sequence."""
    type: AccountType
    """What kind of account it is."""
    can_be_source: bool
    """Whether money can be moved out of the account through Sequence."""
    description: str | None = None
    """A note on the account."""
    external_account_type: ExternalAccountType | None = None
    """What kind of external account it is; null for the other types."""
    beneficiary_name: str | None = None
    """Whose money is in the account."""
    institution_name: str | None = None
    """The bank or company that holds the account."""
    created_at: datetime | None = None
    """When the account was added. Inferred, not documented."""
    updated_at: datetime | None = None
    """When the account last changed. Inferred, not documented."""
    routing_number: str | None = attrs.field(default=None, repr=masked)
    """The routing number for payments to the account. Inferred, not documented."""
    bank_account_number: str | None = attrs.field(default=None, repr=masked)
    """The account number at the bank. Inferred, not documented."""
    balance: Balance | None = None
    """What is in the account, or owed on it; null when it is not known. Inferred, not documented."""
    savings_target_in_cents: int | None = None
    """What is to be saved up in the pod, in cents. Inferred, not documented."""
    linked_account: LinkedAccount | None = None
    """The liability that the pod is kept for. Inferred, not documented."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleExecution(Outcome):
    """One run of a rule. A run whose conditions did not hold ends as `executed` too, with `conditions_not_met` set."""

    id: str
    """The run's id, such as `rex_01HABC4567`."""
    rule_id: str
    """The rule that ran."""
    trigger_type: ExecutionTriggerType
    """What started the run."""
    status: RuleExecutionStatus
    """How far the run has come."""
    created_at: datetime
    """When the run was started."""
    rule_name: str | None = None
    """What the rule is called."""
    trigger_details: TriggerDetails | None = None
    """More about what started the run."""
    step_index_matched: int | None = None
    """Which step was carried out, from 0; null when none was. Inferred, not documented."""
    conditions_not_met: bool | None = None
    """Whether no step's conditions held. Inferred, not documented."""
    transfers_attempted: int | None = None
    """How many transfers were tried. Inferred, not documented."""
    transfers_completed: int | None = None
    """How many of them are complete. Inferred, not documented."""
    transfers_failed: int | None = None
    """How many of them failed. Inferred, not documented."""
    transfers_pending: int | None = None
    """How many of them are still under way. Inferred, not documented."""
    transfer_ids: Sequence[str] | None = None
    """The transfers that the run made; that there is such a list is documented, its name is not. Inferred, not
    documented.
    """
    error_message: str | None = None
    """Why the run failed. Inferred, not documented."""
    next_attempt_at: datetime | None = None
    """When the run is tried again. Inferred, not documented."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class Rule:
    """A rule with its trigger and its steps."""

    id: str
    """The rule's id, such as `rule_01HXYZ1234`."""
    status: RuleStatus
    """Whether the rule is in use."""
    trigger: Trigger
    """What starts the rule."""
    steps: Sequence[RuleStep]
    """Alternatives, like if, else-if and else; the first step whose conditions hold is carried out, and no other."""
    created_at: datetime
    """When the rule was written."""
    updated_at: datetime
    """When the rule last changed."""
    nickname: str | None = None
    """What the rule is called."""
    description: str | None = None
    """What the rule is for."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleDraft:
    """A rule that is to be written, or to take another one's place."""

    status: RuleStatus
    """Required; the API starts every new rule disabled all the same."""
    trigger: Trigger
    """What is to start the rule."""
    steps: Sequence[RuleStep]
    """Alternatives, like if, else-if and else; the first step whose conditions hold is carried out, and no other."""
    nickname: str | None = None
    """What the rule is to be called."""
    description: str | None = None
    """What the rule is for."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class RuleStep:
    """One alternative of a rule."""

    conditions: ChainableCondition | None
    """When the step is taken; null for a step that is always taken if none before it was."""
    actions: Sequence[RuleAction]
    """What the step does, from first to last; when one fails, the rest is left out."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AnyCondition:
    """Holds when at least one of its members holds. Inferred, not documented."""

    any: Sequence[ChainableCondition]
    """The members."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AllCondition:
    """Holds when every one of its members holds. Inferred, not documented."""

    all: Sequence[ChainableCondition]
    """The members."""


Trigger: TypeAlias = FundsTransferredTrigger | ScheduledTrigger | ManualTrigger | UnknownVariant
"""What starts a rule, told apart by `type`."""

ChainableCondition: TypeAlias = SingleCondition | AnyCondition | AllCondition | UnknownVariant
"""A condition, or several of which any or all must hold."""

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
"""What a step does, told apart by `type`."""

TriggerDetails: TypeAlias = (
    ManualTriggerDetails | ScheduledTriggerDetails | FundsTransferredTriggerDetails | UnknownVariant
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
"""How each union is told apart; a decoder needs it."""
