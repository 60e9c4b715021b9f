# Generated from openapi/v1.yaml 1.0.0 (SHA-256 3218dd166e544eb6e53480612d55293ca1c5236eb05b7eb0a76f3c0a800d3662) by `python -m codegen`; do not edit.
"""The operations of Sequence API v1, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from sequence_async.models.v1 import (
    Account,
    AccountRole,
    AccountSummary,
    AccountType,
    Card,
    CardStatus,
    CardTransaction,
    CardTransactionDirection,
    CardType,
    CreateTransferRequest,
    ExecutionTriggerType,
    Rule,
    RuleDraft,
    RuleExecution,
    RuleExecutionStatus,
    RuleExecutionSummary,
    RuleSummary,
    Transfer,
    TransferDirection,
    TransferOrigin,
    TransferStatus,
    TriggeredRule,
    TriggerRuleRequest,
)
from sequence_async.operations._runtime import Api, Operation, Parameter, Window

__all__ = [
    "API",
    "CREATE_RULE",
    "CREATE_TRANSFER",
    "DELETE_RULE",
    "GET_ACCOUNT",
    "GET_CARD",
    "GET_RULE",
    "GET_RULE_EXECUTION",
    "GET_TRANSFER",
    "LIST_ACCOUNTS",
    "LIST_CARDS",
    "LIST_CARD_TRANSACTIONS",
    "LIST_RULES",
    "LIST_RULE_EXECUTIONS",
    "LIST_TRANSFERS",
    "OPERATIONS",
    "TRIGGER_RULE",
    "UPDATE_RULE",
]

API: Final = Api(
    id="v1",
    version="1.0.0",
    sha256="3218dd166e544eb6e53480612d55293ca1c5236eb05b7eb0a76f3c0a800d3662",
    key_header="Idempotency-Key",
    request_id_header="X-Request-ID",
    request_id_member="request_id",
    page_member="page_info",
    error_statuses={},
    key_prefix="sk_",
    key_has_prefix=False,
    rejected_credential="SequenceClient sends a key of api/v1 as `Authorization: ApiKey …`. A platform key (sk_…) belongs to PlatformClient.",
    missing_credential={},
)
"""What all of them have in common."""

LIST_ACCOUNTS: Final[Operation[Sequence[AccountSummary]]] = Operation(
    id="listAccounts",
    api=API,
    client_method="accounts.list",
    method="GET",
    path="/accounts",
    summary="List all accounts of the organization.",
    docs="https://cartesio.getsequence.io/docs/accounts/listAccounts",
    effect="read",
    availability="available",
    scope="LIST_ACCOUNTS",
    takes_key=False,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(Parameter(name="type", kind="enum", values=AccountType),),
    arguments={"type": "type"},
    result=Sequence[AccountSummary],
)
"""List all accounts of the organization.

Gives summaries, without balances. There is no paging; every account comes in one answer.

``type``: Only accounts of this type.

Answers 200: Every account that the organization has. The key needs the scope ``LIST_ACCOUNTS``.

Source: https://cartesio.getsequence.io/docs/accounts/listAccounts
"""

GET_ACCOUNT: Final[Operation[Account]] = Operation(
    id="getAccount",
    api=API,
    client_method="accounts.get",
    method="GET",
    path="/accounts/{id}",
    summary="Read one account with its balance.",
    docs="https://cartesio.getsequence.io/docs/accounts/getAccount",
    effect="read",
    availability="available",
    scope="READ_ACCOUNTS",
    takes_key=False,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=("id",),
    query=(),
    arguments={"id": "account_id"},
    result=Account,
    echoes={"id": "path.id"},
)
"""Read one account with its balance.

The account must be among those that the key's `READ_ACCOUNTS` entry names.

``id``: The account's id, such as `acc_01HGHI7890`.

Answers 200: The account. The key needs the scope ``READ_ACCOUNTS``.

Source: https://cartesio.getsequence.io/docs/accounts/getAccount
"""

LIST_TRANSFERS: Final[Operation[Sequence[Transfer]]] = Operation(
    id="listTransfers",
    api=API,
    client_method="transfers.list",
    method="GET",
    path="/transfers",
    summary="List the transfers of one account.",
    docs="https://cartesio.getsequence.io/docs/transfers/listTransfers",
    effect="read",
    availability="available",
    scope="READ_TRANSFERS",
    takes_key=False,
    paging="cursor",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(
        Parameter(name="account_id", kind="string", required=True),
        Parameter(name="account_role", kind="enum", values=AccountRole),
        Parameter(name="direction", kind="enum", values=TransferDirection),
        Parameter(name="origin", kind="enum", values=TransferOrigin),
        Parameter(name="status", kind="enum", values=TransferStatus),
        Parameter(name="from", kind="date-time"),
        Parameter(name="to", kind="date-time"),
        Parameter(name="first", kind="integer", minimum=1, maximum=100),
        Parameter(name="after", kind="string"),
    ),
    arguments={
        "account_id": "account_id",
        "account_role": "account_role",
        "direction": "direction",
        "origin": "origin",
        "status": "status",
        "from": "created_from",
        "to": "created_to",
        "first": "page_size",
        "after": "after",
    },
    page_position="after",
    page_size="first",
    default_page_size=20,
    window=Window(start="from", end="to", field="created_at"),
    result=Sequence[Transfer],
)
"""List the transfers of one account.

Newest first, by `created_at`. What was paid or refunded by card is not among them. The account must be among those that
the key's `READ_TRANSFERS` entry names.

``account_id`` (required): The account whose transfers are wanted.

``account_role``: On which side of the transfer the account must stand; either side when not given.

``direction``: Only transfers of this direction.

``origin``: Only transfers that began this way.

``status``: Only transfers in this state.

``from``: Only transfers created at or after this time.

``to``: Only transfers created at or before this time.

``first``: How many transfers the API returns per page.

``after``: The cursor of the page before, from its `page_info.end_cursor`.

Answers 200: One page of transfers. The key needs the scope ``READ_TRANSFERS``.

Source: https://cartesio.getsequence.io/docs/transfers/listTransfers
"""

CREATE_TRANSFER: Final[Operation[Transfer]] = Operation(
    id="createTransfer",
    api=API,
    client_method="transfers.create",
    method="POST",
    path="/transfers",
    summary="Move money from one account to another.",
    docs="https://cartesio.getsequence.io/docs/transfers/createTransfer",
    effect="write",
    availability="available",
    scope="MANUAL_TRANSFER",
    takes_key=True,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(),
    arguments={},
    body=CreateTransferRequest,
    body_required=True,
    body_argument=None,
    distinct=("source_account_id", "destination_account_id"),
    result=Transfer,
    creates=("id",),
    echoes={
        "amount_in_cents": "body.amount_in_cents",
        "source.id": "body.source_account_id",
        "destination.id": "body.destination_account_id",
    },
)
"""Move money from one account to another.

The answer comes before the money has moved: read the transfer again until it is settled. One entry of the key's
`MANUAL_TRANSFER` scope must name exactly this pair of accounts as `source` and `target`, and where that entry has a
`max_amount` the amount must stay within it.

Answers 201: The transfer was accepted. Whether the status is 201, 200 or 202 is not printed. The key needs the scope
``MANUAL_TRANSFER``.

Source: https://cartesio.getsequence.io/docs/transfers/createTransfer
"""

GET_TRANSFER: Final[Operation[Transfer]] = Operation(
    id="getTransfer",
    api=API,
    client_method="transfers.get",
    method="GET",
    path="/transfers/{id}",
    summary="Read one transfer.",
    docs="https://cartesio.getsequence.io/docs/transfers/getTransfer",
    effect="read",
    availability="available",
    scope="READ_TRANSFERS",
    takes_key=False,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=("id",),
    query=(),
    arguments={"id": "transfer_id"},
    result=Transfer,
    echoes={"id": "path.id"},
)
"""Read one transfer.

Its source or its destination must be among the accounts that the key's `READ_TRANSFERS` entry names.

``id``: The transfer's id, such as `txr_01HABC1111`.

Answers 200: The transfer. The key needs the scope ``READ_TRANSFERS``.

Source: https://cartesio.getsequence.io/docs/transfers/getTransfer
"""

LIST_RULES: Final[Operation[Sequence[RuleSummary]]] = Operation(
    id="listRules",
    api=API,
    client_method="rules.list",
    method="GET",
    path="/rules",
    summary="List all rules of the organization.",
    docs="https://cartesio.getsequence.io/docs/rules/listRules",
    effect="read",
    availability="available",
    scope="LIST_RULES",
    takes_key=False,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(Parameter(name="source_id", kind="string"),),
    arguments={"source_id": "source_id"},
    result=Sequence[RuleSummary],
)
"""List all rules of the organization.

Gives summaries, without steps. There is no paging; every rule comes in one answer.

``source_id``: Only rules whose source is this account.

Answers 200: Every rule that the organization has. The key needs the scope ``LIST_RULES``.

Source: https://cartesio.getsequence.io/docs/rules/listRules
"""

CREATE_RULE: Final[Operation[Rule]] = Operation(
    id="createRule",
    api=API,
    client_method="rules.create",
    method="POST",
    path="/rules",
    summary="Write a new rule.",
    docs="https://cartesio.getsequence.io/docs/rules/createRule",
    effect="write",
    availability="coming-soon",
    scope=None,
    takes_key=True,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(),
    arguments={},
    body=RuleDraft,
    body_required=True,
    body_argument="draft",
    result=Rule,
    creates=("id",),
)
"""Write a new rule.

A new rule starts disabled, whatever the draft says: somebody has to look at it and enable it in the app before it can
run. (The documentation's own example answers `enabled`.)

Answers 201: The rule was written. Whether the status is 201 or 200 is not printed. Coming soon: not available yet.

Source: https://cartesio.getsequence.io/docs/rules/createRule
"""

GET_RULE: Final[Operation[Rule]] = Operation(
    id="getRule",
    api=API,
    client_method="rules.get",
    method="GET",
    path="/rules/{id}",
    summary="Read one rule with its trigger and steps.",
    docs="https://cartesio.getsequence.io/docs/rules/getRule",
    effect="read",
    availability="available",
    scope="READ_RULES",
    takes_key=False,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=("id",),
    query=(),
    arguments={"id": "rule_id"},
    result=Rule,
    echoes={"id": "path.id"},
)
"""Read one rule with its trigger and steps.

The rule must be among those that the key's `READ_RULES` entry names.

``id``: The rule's id, such as `rule_01HXYZ1234`.

Answers 200: The rule. The key needs the scope ``READ_RULES``.

Source: https://cartesio.getsequence.io/docs/rules/getRule
"""

UPDATE_RULE: Final[Operation[Rule]] = Operation(
    id="updateRule",
    api=API,
    client_method="rules.update",
    method="PUT",
    path="/rules/{id}",
    summary="Replace a rule.",
    docs="https://cartesio.getsequence.io/docs/rules/updateRule",
    effect="write",
    availability="coming-soon",
    scope=None,
    takes_key=True,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=("id",),
    query=(),
    arguments={"id": "rule_id"},
    body=RuleDraft,
    body_required=True,
    body_argument="draft",
    result=Rule,
    echoes={"id": "path.id"},
)
"""Replace a rule.

The draft replaces the whole rule, so everything that is required must be sent again. A rule that was enabled is
disabled by this until somebody enables it in the app.

``id``: The rule's id, such as `rule_01HXYZ1234`.

Answers 200: The rule was replaced. Coming soon: not available yet.

Source: https://cartesio.getsequence.io/docs/rules/updateRule
"""

DELETE_RULE: Final[Operation[None]] = Operation(
    id="deleteRule",
    api=API,
    client_method="rules.delete",
    method="DELETE",
    path="/rules/{id}",
    summary="Take a rule out of use.",
    docs="https://cartesio.getsequence.io/docs/rules/deleteRule",
    effect="write",
    availability="coming-soon",
    scope=None,
    takes_key=True,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=("id",),
    query=(),
    arguments={"id": "rule_id"},
    result=None,
)
"""Take a rule out of use.

The rule is switched off and no longer shown in the app; its record stays.

``id``: The rule's id, such as `rule_01HXYZ1234`.

Answers 204: The rule is gone. The page shows no body for success. Coming soon: not available yet.

Source: https://cartesio.getsequence.io/docs/rules/deleteRule
"""

TRIGGER_RULE: Final[Operation[TriggeredRule]] = Operation(
    id="triggerRule",
    api=API,
    client_method="rules.trigger",
    method="POST",
    path="/rules/{id}/trigger",
    summary="Run a rule now.",
    docs="https://cartesio.getsequence.io/docs/rules/triggerRule",
    effect="write",
    availability="available",
    scope="TRIGGER_RULES",
    takes_key=True,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=("id",),
    query=(),
    arguments={"id": "rule_id"},
    body=TriggerRuleRequest,
    body_required=False,
    body_argument=None,
    result=TriggeredRule,
    creates=("execution_id",),
)
"""Run a rule now.

Works whatever the rule's own trigger is. The answer names the execution, which is then read until it has ended. The
rule must be among those that the key's `TRIGGER_RULES` entry names.

``id``: The rule's id, such as `rule_01HXYZ1234`.

Answers 202: The rule will run. The status is not printed. The key needs the scope ``TRIGGER_RULES``.

Source: https://cartesio.getsequence.io/docs/rules/triggerRule
"""

LIST_RULE_EXECUTIONS: Final[Operation[Sequence[RuleExecutionSummary]]] = Operation(
    id="listRuleExecutions",
    api=API,
    client_method="rule_executions.list",
    method="GET",
    path="/rule-executions",
    summary="List the runs of one rule.",
    docs="https://cartesio.getsequence.io/docs/rule-executions/listRuleExecutions",
    effect="read",
    availability="available",
    scope="READ_RULE_EXECUTIONS",
    takes_key=False,
    paging="cursor",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(
        Parameter(name="rule_id", kind="string", required=True),
        Parameter(name="status", kind="enum", values=RuleExecutionStatus),
        Parameter(name="trigger_type", kind="enum", values=ExecutionTriggerType),
        Parameter(name="from", kind="date-time"),
        Parameter(name="to", kind="date-time"),
        Parameter(name="first", kind="integer", minimum=1, maximum=100),
        Parameter(name="after", kind="string"),
    ),
    arguments={
        "rule_id": "rule_id",
        "status": "status",
        "trigger_type": "trigger_type",
        "from": "created_from",
        "to": "created_to",
        "first": "page_size",
        "after": "after",
    },
    page_position="after",
    page_size="first",
    default_page_size=20,
    window=Window(start="from", end="to", field="created_at"),
    result=Sequence[RuleExecutionSummary],
)
"""List the runs of one rule.

Newest first, by `created_at`. The rule must be among those that the key's `READ_RULE_EXECUTIONS` entry names.

``rule_id`` (required): The rule whose runs are wanted.

``status``: Only runs in this state.

``trigger_type``: Only runs that were started this way.

``from``: Only runs created at or after this time.

``to``: Only runs created at or before this time.

``first``: How many runs the API returns per page.

``after``: The cursor of the page before, from its `page_info.end_cursor`.

Answers 200: One page of runs. The key needs the scope ``READ_RULE_EXECUTIONS``.

Source: https://cartesio.getsequence.io/docs/rule-executions/listRuleExecutions
"""

GET_RULE_EXECUTION: Final[Operation[RuleExecution]] = Operation(
    id="getRuleExecution",
    api=API,
    client_method="rule_executions.get",
    method="GET",
    path="/rule-executions/{id}",
    summary="Read one run of a rule.",
    docs="https://cartesio.getsequence.io/docs/rule-executions/getRuleExecution",
    effect="read",
    availability="available",
    scope="READ_RULE_EXECUTIONS",
    takes_key=False,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=("id",),
    query=(),
    arguments={"id": "execution_id"},
    result=RuleExecution,
    echoes={"id": "path.id"},
)
"""Read one run of a rule.

Tells what started the run, how it ended and which transfers it made. Its rule must be among those that the key's
`READ_RULE_EXECUTIONS` entry names.

``id``: The execution's id, such as `rex_01HABC4567`.

Answers 200: The run. The key needs the scope ``READ_RULE_EXECUTIONS``.

Source: https://cartesio.getsequence.io/docs/rule-executions/getRuleExecution
"""

LIST_CARDS: Final[Operation[Sequence[Card]]] = Operation(
    id="listCards",
    api=API,
    client_method="cards.list",
    method="GET",
    path="/cards",
    summary="List the debit cards of one pod.",
    docs="https://cartesio.getsequence.io/docs/cards/listCards",
    effect="read",
    availability="coming-soon",
    scope="READ_CARDS",
    takes_key=False,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(
        Parameter(name="account_id", kind="string", required=True),
        Parameter(name="status", kind="enum", values=CardStatus),
        Parameter(name="type", kind="enum", values=CardType),
    ),
    arguments={"account_id": "account_id", "status": "status", "type": "type"},
    result=Sequence[Card],
)
"""List the debit cards of one pod.

There is no paging; every card comes in one answer. The pod must be among the accounts that the key's `READ_CARDS` entry
names.

``account_id`` (required): The pod whose cards are wanted.

``status``: Only cards in this state.

``type``: Only cards of this type.

Answers 200: Every card of the pod. The key needs the scope ``READ_CARDS``. Coming soon: not available yet.

Source: https://cartesio.getsequence.io/docs/cards/listCards
"""

GET_CARD: Final[Operation[Card]] = Operation(
    id="getCard",
    api=API,
    client_method="cards.get",
    method="GET",
    path="/cards/{id}",
    summary="Read one debit card.",
    docs="https://cartesio.getsequence.io/docs/cards/getCard",
    effect="read",
    availability="coming-soon",
    scope="READ_CARDS",
    takes_key=False,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=("id",),
    query=(),
    arguments={"id": "card_id"},
    result=Card,
    echoes={"id": "path.id"},
)
"""Read one debit card.

Its pod must be among the accounts that the key's `READ_CARDS` entry names.

``id``: The card's id, such as `card_01HABC4567`.

Answers 200: The card. The key needs the scope ``READ_CARDS``. Coming soon: not available yet.

Source: https://cartesio.getsequence.io/docs/cards/getCard
"""

LIST_CARD_TRANSACTIONS: Final[Operation[Sequence[CardTransaction]]] = Operation(
    id="listCardTransactions",
    api=API,
    client_method="cards.transactions",
    method="GET",
    path="/cards/{id}/transactions",
    summary="List what was paid with a card.",
    docs="https://cartesio.getsequence.io/docs/cards/listCardTransactions",
    effect="read",
    availability="coming-soon",
    scope="READ_CARDS",
    takes_key=False,
    paging="cursor",
    credential="key",
    evidence="documented",
    path_parameters=("id",),
    query=(
        Parameter(name="direction", kind="enum", values=CardTransactionDirection),
        Parameter(name="from", kind="date-time"),
        Parameter(name="to", kind="date-time"),
        Parameter(name="first", kind="integer", minimum=1, maximum=100),
        Parameter(name="after", kind="string"),
    ),
    arguments={
        "id": "card_id",
        "direction": "direction",
        "from": "created_from",
        "to": "created_to",
        "first": "page_size",
        "after": "after",
    },
    page_position="after",
    page_size="first",
    default_page_size=20,
    window=Window(start="from", end="to", field="created_at"),
    result=Sequence[CardTransaction],
)
"""List what was paid with a card.

Newest first, by `created_at`. A purchase is a debit, a refund a credit.

``id``: The card's id, such as `card_01HABC4567`.

``direction``: Only purchases, or only refunds.

``from``: Only transactions created at or after this time.

``to``: Only transactions created at or before this time.

``first``: How many transactions the API returns per page.

``after``: The cursor of the page before, from its `page_info.end_cursor`.

Answers 200: One page of card transactions. The key needs the scope ``READ_CARDS``. Coming soon: not available yet.

Source: https://cartesio.getsequence.io/docs/cards/listCardTransactions
"""

OPERATIONS: Final[Mapping[str, Operation[Any]]] = MappingProxyType(
    {
        "listAccounts": LIST_ACCOUNTS,
        "getAccount": GET_ACCOUNT,
        "listTransfers": LIST_TRANSFERS,
        "createTransfer": CREATE_TRANSFER,
        "getTransfer": GET_TRANSFER,
        "listRules": LIST_RULES,
        "createRule": CREATE_RULE,
        "getRule": GET_RULE,
        "updateRule": UPDATE_RULE,
        "deleteRule": DELETE_RULE,
        "triggerRule": TRIGGER_RULE,
        "listRuleExecutions": LIST_RULE_EXECUTIONS,
        "getRuleExecution": GET_RULE_EXECUTION,
        "listCards": LIST_CARDS,
        "getCard": GET_CARD,
        "listCardTransactions": LIST_CARD_TRANSACTIONS,
    }
)
"""All of them, by id."""
