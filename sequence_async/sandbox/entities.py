"""The sandbox's records: accounts, transfers, rules, executions and cards. Their behavior is in other modules.

Enum values are those of platform/v1 (``PENDING_APPROVAL``). api/v1 writes them in its own form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.clock import utc_datetime
from sequence_async.sandbox.ids import HasId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from sequence_async.sandbox.api_keys import ApiKey, TokenBucket
    from sequence_async.sandbox.ids import ResourceId

POD: Final = "POD"
INCOME_SOURCE: Final = "INCOME_SOURCE"
EXTERNAL_ACCOUNT: Final = "EXTERNAL_ACCOUNT"
ACCOUNT_TYPES: Final = (INCOME_SOURCE, POD, EXTERNAL_ACCOUNT)
EXTERNAL_TYPES: Final = ("DEPOSITORY", "INVESTMENT", "LIABILITY")

PENDING_APPROVAL: Final = "PENDING_APPROVAL"
PROCESSING: Final = "PROCESSING"
PENDING: Final = "PENDING"
COMPLETE: Final = "COMPLETE"
INCOMPLETE: Final = "INCOMPLETE"
ERROR: Final = "ERROR"
CANCELLED: Final = "CANCELLED"
TRANSFER_STATUSES: Final = (PENDING_APPROVAL, PROCESSING, PENDING, COMPLETE, INCOMPLETE, ERROR, CANCELLED)
SETTLED: Final = frozenset({COMPLETE, INCOMPLETE, ERROR, CANCELLED})
FAILED_TRANSFER: Final = frozenset({INCOMPLETE, ERROR, CANCELLED})

IN_PROGRESS: Final = "IN_PROGRESS"
EXECUTED: Final = "EXECUTED"
PARTIAL: Final = "PARTIAL"
FAILED: Final = "FAILED"
EXECUTION_STATUSES: Final = (IN_PROGRESS, EXECUTED, PARTIAL, FAILED)

ENABLED: Final = "ENABLED"
DISABLED: Final = "DISABLED"

ON_FUNDS_TRANSFERRED: Final = "ON_FUNDS_TRANSFERRED"
SCHEDULED: Final = "SCHEDULED"
MANUAL: Final = "MANUAL"

LIVE: Final = "LIVE"
SIMULATION: Final = "SIMULATION"


class LedgerAccount:
    """One side of a posting. Only the ledger changes its balance."""

    __slots__ = ("cents", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.cents = 0


@dataclass(slots=True, eq=False)
class Liability:
    """The details of a liability account in addition to its balance."""

    minimum_in_cents: int | None = None
    statement_in_cents: int | None = None
    statement_date: str | None = None
    due_date: str | None = None
    interest_rate: float | None = None
    original_loan_in_cents: int | None = None
    credit_limit_in_cents: int | None = None


class Account(LedgerAccount, HasId):
    """A pod, an income source or an external account.

    ``cents`` is the actual balance, which is negative for a debt. For external accounts, the API shows the balance at
    the last refresh.
    """

    __slots__ = (
        "beneficiary",
        "can_be_destination",
        "can_be_source",
        "created_ms",
        "deleted_ms",
        "description",
        "error",
        "external_type",
        "feed",
        "id",
        "institution",
        "liability",
        "linked",
        "needs_approval",
        "number",
        "received_in_cents",
        "refreshed_ms",
        "remote_id",
        "routing",
        "savings_target_in_cents",
        "shown_in_cents",
        "transfers",
        "type",
        "updated_ms",
    )

    def __init__(self, identifier: ResourceId, remote_id: str, name: str, kind: str, *, created_ms: int) -> None:
        super().__init__(name)
        self.id = identifier
        self.remote_id = remote_id
        self.type = kind
        self.external_type: str | None = None
        self.description: str | None = None
        self.beneficiary: str | None = None
        self.institution: str | None = None
        self.can_be_source = True
        self.can_be_destination = True
        self.created_ms = created_ms
        self.updated_ms = created_ms
        self.deleted_ms: int | None = None
        self.routing: str | None = None
        self.number: str | None = None
        self.savings_target_in_cents: int | None = None
        self.linked: Account | None = None
        self.liability: Liability | None = None
        self.error: str | None = None
        """The error that makes the balance unreadable; ``None`` if it is readable."""
        self.needs_approval = False
        """Whether every transfer from this account waits for approval."""
        self.shown_in_cents = 0
        self.refreshed_ms = created_ms
        self.received_in_cents = 0
        """The cents received since the last refresh. A refresh triggers the rules that wait for them."""
        self.transfers: list[Transfer] = []
        self.feed: list[ExternalTransaction] = []

    @property
    def is_external(self) -> bool:
        """Whether the account is at another bank."""
        return self.type == EXTERNAL_ACCOUNT

    @property
    def is_liability(self) -> bool:
        """Whether the account is a debt."""
        return self.external_type == "LIABILITY"

    @property
    def balance_in_cents(self) -> int | None:
        """The balance in the API; for a liability, the amount owed. ``None`` if it is not readable."""
        if self.error is not None:
            return None
        if not self.is_external:
            return self.cents
        return -self.shown_in_cents if self.is_liability else self.shown_in_cents

    @property
    def available_in_cents(self) -> int | None:
        """The available balance in the API."""
        balance = self.balance_in_cents
        if balance is None or not self.is_liability:
            return balance
        limit = self.liability.credit_limit_in_cents if self.liability else None
        return None if limit is None else max(0, limit - balance)

    def __repr__(self) -> str:
        return f"<Account {self.id} {self.name!r}: {self.cents} cents>"


@dataclass(slots=True, eq=False)
class Transfer(HasId):
    """A transfer. If money comes from outside, the source is a plain :class:`LedgerAccount`."""

    id: ResourceId
    seq: int
    source: LedgerAccount
    destination: LedgerAccount
    amount_in_cents: int
    direction: str
    origin: str
    status: str
    created_ms: int
    description: str | None = None
    completed_ms: int | None = None
    error_code: str | None = None
    execution: Execution | None = None
    simulation: bool = False
    final_error: str | None = None
    """The error code that the transfer will fail with; ``None`` if it will complete."""
    held: bool = False
    """Whether the money has left the source and is in transit."""
    hidden: int = 0
    """The number of reads by ID that will still return 404."""

    @property
    def created_at(self) -> datetime:
        """The time of creation."""
        return utc_datetime(self.created_ms)

    @property
    def settled(self) -> bool:
        """Whether the status is final."""
        return self.status in SETTLED


@dataclass(slots=True, frozen=True)
class Trigger:
    """The trigger of a rule."""

    type: str
    account: Account | None = None
    schedule_type: str | None = None
    start_ms: int | None = None


@dataclass(slots=True, frozen=True)
class Comparison:
    """A comparison of a fact with a number or with another fact."""

    fact: str
    operator: str
    value: int | None = None
    value_fact: str | None = None
    account: Account | None = None


@dataclass(slots=True, frozen=True)
class ConditionGroup:
    """Conditions of which all, or any, must be met."""

    every: bool
    conditions: tuple[Condition, ...]


Condition = Comparison | ConditionGroup


@dataclass(slots=True, frozen=True)
class Limit:
    """The maximum amount that a group of actions moves per period."""

    period: str
    amount_in_cents: int


@dataclass(slots=True, frozen=True)
class Action:
    """One money movement of a rule."""

    type: str
    source: Account
    destination: Account
    group: int = 0
    up_to: bool = False
    direct_deposit: bool = False
    limit: Limit | None = None
    ach_description: str | None = None
    amount_in_cents: int | None = None
    percentage: Decimal | None = None
    target: str | None = None
    reference: tuple[str, Account] | None = None
    """For a top-up: the name of the target amount and the account that it is read from."""
    url: str | None = None
    """For an amount request: the URL of your server."""


@dataclass(slots=True, frozen=True)
class Step:
    """One alternative of a rule. Without a condition, it always applies."""

    condition: Condition | None
    actions: tuple[Action, ...]


@dataclass(slots=True, eq=False)
class Rule(HasId):
    """A rule with its execution history."""

    id: ResourceId
    seq: int
    name: str | None
    description: str | None
    status: str
    trigger: Trigger
    steps: tuple[Step, ...]
    created_ms: int
    updated_ms: int
    deleted_ms: int | None = None
    secret: str | None = None
    """The secret of the rule on the Remote API; ``None`` if the Remote API cannot trigger the rule."""
    test_mode: bool = False
    """Whether triggers through the Remote API are accepted but have no effect."""
    bucket: TokenBucket | None = None
    revision: int = 0
    executions: list[Execution] = field(default_factory=list)
    moved: list[tuple[int, int, int]] = field(default_factory=list)
    """The movements that count toward limits: time in milliseconds since 1970, group and cents."""

    @property
    def remote_id(self) -> str:
        """The ID that ``RemoteClient`` takes."""
        return self.id

    @property
    def source(self) -> Account | None:
        """The source account: that of the trigger if set, otherwise that of the first action."""
        return self.trigger.account or self.steps[0].actions[0].source

    def __repr__(self) -> str:
        return f"<Rule {self.id} {self.name!r}: {self.status}>"


@dataclass(slots=True, frozen=True)
class RuleDefinition:
    """The definition of a rule, without an ID."""

    name: str | None
    description: str | None
    trigger: Trigger
    steps: tuple[Step, ...]


@dataclass(slots=True, eq=False)
class Execution(HasId):
    """One execution of a rule."""

    id: ResourceId
    seq: int
    rule: Rule
    trigger_type: str
    created_ms: int
    amount_in_cents: int | None = None
    """The amount that arrived, or the amount in the request."""
    fixed_override: bool = False
    """Whether this amount also replaces fixed amounts."""
    scheduled_ms: int | None = None
    simulation: bool = False
    status: str = IN_PROGRESS
    step_index: int | None = None
    conditions_not_met: bool = False
    transfers: list[Transfer] = field(default_factory=list)
    error_message: str | None = None
    acted: bool = False
    """Whether all actions are done, so that only transfers are pending."""
    chain: frozenset[str] = frozenset()
    """The IDs of the rules whose executions led to this one, including its own rule."""
    hidden: int = 0

    @property
    def transfer_ids(self) -> Sequence[str]:
        """The IDs of the transfers that this execution created."""
        return [transfer.id for transfer in self.transfers]

    def count(self, *statuses: str) -> int:
        """Return the number of transfers with one of these statuses."""
        return sum(transfer.status in statuses for transfer in self.transfers)

    def conclude(self) -> None:
        """Set the final status if all actions are done and no transfer is processing."""
        if not self.acted or self.count(PROCESSING):
            return
        failed = self.count(*FAILED_TRANSFER)
        if self.error_message is None and not failed:
            self.status = EXECUTED
        else:
            self.status = PARTIAL if len(self.transfers) > failed else FAILED


@dataclass(slots=True, eq=False)
class Card(HasId):
    """A debit card that spends from a pod."""

    id: ResourceId
    type: str
    status: str
    last_four: str
    holder: str
    expires: str
    account: Account
    created_ms: int
    transactions: list[CardTransaction] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class CardTransaction(HasId):
    """A purchase (money out) or a refund (money in)."""

    id: ResourceId
    seq: int
    card: Card
    refund: bool
    amount_in_cents: int
    description: str
    created_ms: int


@dataclass(slots=True, eq=False)
class ExternalTransaction:
    """A transaction in the feed of an external account."""

    id: ResourceId
    seq: int
    account: Account
    amount_in_cents: int
    incoming: bool
    status: str
    description: str
    created_ms: int


@dataclass(slots=True, eq=False)
class AuditEntry:
    """One API call with a key."""

    seq: int
    created_ms: int
    key: ApiKey
    path: str
    action: str | None
    request_id: str
    code: str | None = None
    """The error code; ``None`` on success."""
