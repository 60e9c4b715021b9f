# Generated from openapi/v1.yaml 1.0.0 (SHA-256 a97065379c9f6122741a19189150f7fcc0fac04076ea31e49b9192017c15e233) by `python -m codegen`; do not edit.
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
    sha256="a97065379c9f6122741a19189150f7fcc0fac04076ea31e49b9192017c15e233",
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
"""The facts that all operations share."""

LIST_ACCOUNTS: Final[Operation[Sequence[AccountSummary]]] = Operation(
    id="listAccounts",
    api=API,
    client_method="accounts.list",
    method="GET",
    path="/accounts",
    summary="List all accounts of the organization, without their balances.",
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
"""List all accounts of the organization, without their balances.

One page contains every account. `accounts.get` returns the balance of one account; `balances.snapshot` reads many.

``type``: Return only accounts of this type.

Returns 200: All accounts of the organization. The key needs the scope ``LIST_ACCOUNTS``.

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

The key's `READ_ACCOUNTS` entry must include the account.

``id``: The account's ID, such as `acc_01HGHI7890`.

Returns 200: The account. The key needs the scope ``READ_ACCOUNTS``.

Source: https://cartesio.getsequence.io/docs/accounts/getAccount
"""

LIST_TRANSFERS: Final[Operation[Sequence[Transfer]]] = Operation(
    id="listTransfers",
    api=API,
    client_method="transfers.list",
    method="GET",
    path="/transfers",
    summary="List the transfers of one account, newest first.",
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
"""List the transfers of one account, newest first.

Card payments are not included. The key's `READ_TRANSFERS` entry must include the account.

``account_id`` (required): The account's ID.

``account_role``: Return only transfers with the account on this side. Default: either side.

``direction``: Return only transfers with this direction.

``origin``: Return only transfers with this origin.

``status``: Return only transfers with this status.

``from``: Return only transfers created at or after this time.

``to``: Return only transfers created at or before this time.

``first``: Transfers per page.

``after``: The cursor of the previous page, from its `page_info.end_cursor`.

Returns 200: One page of transfers. The key needs the scope ``READ_TRANSFERS``.

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

The API responds before the money has moved. Call `transfers.wait` to wait for the final status. One entry of the key's
`MANUAL_TRANSFER` scope must name this pair of accounts as `source` and `target`. If the entry has a `max_amount`, the
amount must not exceed it.

Returns 201: The transfer was accepted. Whether the status code is 201, 200 or 202 is not documented. The key needs the
scope ``MANUAL_TRANSFER``.

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

The key's `READ_TRANSFERS` entry must include its source or its destination.

``id``: The transfer's ID, such as `txr_01HABC1111`.

Returns 200: The transfer. The key needs the scope ``READ_TRANSFERS``.

Source: https://cartesio.getsequence.io/docs/transfers/getTransfer
"""

LIST_RULES: Final[Operation[Sequence[RuleSummary]]] = Operation(
    id="listRules",
    api=API,
    client_method="rules.list",
    method="GET",
    path="/rules",
    summary="List all rules of the organization, without their steps.",
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
"""List all rules of the organization, without their steps.

One page contains every rule. `rules.get` returns a rule in full.

``source_id``: Return only rules whose source is this account.

Returns 200: All rules of the organization. The key needs the scope ``LIST_RULES``.

Source: https://cartesio.getsequence.io/docs/rules/listRules
"""

CREATE_RULE: Final[Operation[Rule]] = Operation(
    id="createRule",
    api=API,
    client_method="rules.create",
    method="POST",
    path="/rules",
    summary="Create a rule.",
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
"""Create a rule.

A new rule is disabled until a person enables it in the app, regardless of the draft.

Returns 201: The rule was created. Whether the status code is 201 or 200 is not documented. Coming soon: not available
yet.

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

The key's `READ_RULES` entry must include the rule.

``id``: The rule's ID, such as `rule_01HXYZ1234`.

Returns 200: The rule. The key needs the scope ``READ_RULES``.

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

Send the whole draft. An enabled rule becomes disabled until a person enables it in the app.

``id``: The rule's ID, such as `rule_01HXYZ1234`.

Returns 200: The rule was replaced. Coming soon: not available yet.

Source: https://cartesio.getsequence.io/docs/rules/updateRule
"""

DELETE_RULE: Final[Operation[None]] = Operation(
    id="deleteRule",
    api=API,
    client_method="rules.delete",
    method="DELETE",
    path="/rules/{id}",
    summary="Delete a rule.",
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
"""Delete a rule.

Sequence disables the rule and hides it in the app, but keeps its record.

``id``: The rule's ID, such as `rule_01HXYZ1234`.

Returns 204: The rule was deleted. The documentation shows no body for success. Coming soon: not available yet.

Source: https://cartesio.getsequence.io/docs/rules/deleteRule
"""

TRIGGER_RULE: Final[Operation[TriggeredRule]] = Operation(
    id="triggerRule",
    api=API,
    client_method="rules.trigger",
    method="POST",
    path="/rules/{id}/trigger",
    summary="Run a rule now, regardless of its trigger.",
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
"""Run a rule now, regardless of its trigger.

The API responds before the execution has ended. Call `rule_executions.wait` to wait for it, or `rules.run` instead of
this. The key's `TRIGGER_RULES` entry must include the rule.

``id``: The rule's ID, such as `rule_01HXYZ1234`.

Returns 202: The execution was started. The status code is not documented. The key needs the scope ``TRIGGER_RULES``.

Source: https://cartesio.getsequence.io/docs/rules/triggerRule
"""

LIST_RULE_EXECUTIONS: Final[Operation[Sequence[RuleExecutionSummary]]] = Operation(
    id="listRuleExecutions",
    api=API,
    client_method="rule_executions.list",
    method="GET",
    path="/rule-executions",
    summary="List the executions of one rule, newest first.",
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
"""List the executions of one rule, newest first.

The key's `READ_RULE_EXECUTIONS` entry must include the rule.

``rule_id`` (required): The rule's ID.

``status``: Return only executions with this status.

``trigger_type``: Return only executions with this trigger type.

``from``: Return only executions created at or after this time.

``to``: Return only executions created at or before this time.

``first``: Executions per page.

``after``: The cursor of the previous page, from its `page_info.end_cursor`.

Returns 200: One page of executions. The key needs the scope ``READ_RULE_EXECUTIONS``.

Source: https://cartesio.getsequence.io/docs/rule-executions/listRuleExecutions
"""

GET_RULE_EXECUTION: Final[Operation[RuleExecution]] = Operation(
    id="getRuleExecution",
    api=API,
    client_method="rule_executions.get",
    method="GET",
    path="/rule-executions/{id}",
    summary="Read one execution of a rule.",
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
"""Read one execution of a rule.

The execution includes what triggered it, its status and the IDs of its transfers. The key's `READ_RULE_EXECUTIONS`
entry must include the rule.

``id``: The execution's ID, such as `rex_01HABC4567`.

Returns 200: The execution. The key needs the scope ``READ_RULE_EXECUTIONS``.

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

One page contains every card. The key's `READ_CARDS` entry must include the pod.

``account_id`` (required): The pod's ID.

``status``: Return only cards with this status.

``type``: Return only cards of this type.

Returns 200: All cards of the pod. The key needs the scope ``READ_CARDS``. Coming soon: not available yet.

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

The key's `READ_CARDS` entry must include the card's pod.

``id``: The card's ID, such as `card_01HABC4567`.

Returns 200: The card. The key needs the scope ``READ_CARDS``. Coming soon: not available yet.

Source: https://cartesio.getsequence.io/docs/cards/getCard
"""

LIST_CARD_TRANSACTIONS: Final[Operation[Sequence[CardTransaction]]] = Operation(
    id="listCardTransactions",
    api=API,
    client_method="cards.transactions",
    method="GET",
    path="/cards/{id}/transactions",
    summary="List the transactions of one card, newest first.",
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
"""List the transactions of one card, newest first.

A purchase is a debit, a refund is a credit.

``id``: The card's ID, such as `card_01HABC4567`.

``direction``: Return only purchases, or only refunds.

``from``: Return only transactions created at or after this time.

``to``: Return only transactions created at or before this time.

``first``: Transactions per page.

``after``: The cursor of the previous page, from its `page_info.end_cursor`.

Returns 200: One page of card transactions. The key needs the scope ``READ_CARDS``. Coming soon: not available yet.

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
"""All operations by ID."""
