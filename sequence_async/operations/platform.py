# Generated from openapi/platform.yaml 1.0.0 (SHA-256 6ab6758fcdd4353fd1c62a183740d243229c5741b2d7ea20c9fae90ac39894f8) by `python -m codegen`; do not edit.
"""The operations of Sequence platform API v1, as data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sequence_async.models.platform import (
    Account,
    AccountRole,
    AccountState,
    AccountSummaryPage,
    AccountType,
    AuditLogAction,
    AuditLogEntryPage,
    CardTransactionPage,
    CreateTransferRequest,
    ExecutionTriggerType,
    ExternalTransactionPage,
    ExternalTransactionStatus,
    ListMode,
    Rule,
    RuleDraft,
    RuleExecution,
    RuleExecutionStatus,
    RuleExecutionSummaryPage,
    RuleSummaryPage,
    TransactionDirection,
    Transfer,
    TransferDirection,
    TransferOrigin,
    TransferPage,
    TransferStatus,
    TriggeredRule,
    TriggerRuleRequest,
)
from sequence_async.operations._runtime import Api, DryRun, Operation, Parameter, Window

__all__ = [
    "API",
    "CREATE_RULE",
    "CREATE_TRANSFER",
    "DELETE_RULE",
    "GET_ACCOUNT",
    "GET_RULE",
    "GET_RULE_EXECUTION",
    "GET_TRANSFER",
    "LIST_ACCOUNTS",
    "LIST_ACCOUNT_TRANSFERS",
    "LIST_AUDIT_LOGS",
    "LIST_CARD_TRANSACTIONS",
    "LIST_EXTERNAL_TRANSACTIONS",
    "LIST_RULES",
    "LIST_RULE_EXECUTIONS",
    "LIST_TRANSFERS",
    "OPERATIONS",
    "TRIGGER_RULE",
    "UPDATE_RULE",
]

API: Final = Api(
    id="platform",
    version="1.0.0",
    sha256="6ab6758fcdd4353fd1c62a183740d243229c5741b2d7ea20c9fae90ac39894f8",
    key_header="idempotency-key",
    request_id_header=None,
    request_id_member="requestId",
    page_member=None,
    error_statuses={},
    key_prefix="sk_",
    key_has_prefix=True,
    rejected_credential="PlatformClient sends a platform key (sk_…) as `Authorization: Bearer …`. A key of api/v1 belongs to SequenceClient, an access token to RemoteClient.",
    missing_credential={},
)
"""The facts that all operations share."""

LIST_ACCOUNTS: Final[Operation[AccountSummaryPage]] = Operation(
    id="listAccounts",
    api=API,
    client_method="accounts.list",
    method="GET",
    path="/accounts",
    summary="List the accounts of the organization, without their balances.",
    docs="https://app.getsequence.io/api/platform/",
    effect="read",
    availability="available",
    scope="READ_ACCOUNTS",
    takes_key=False,
    paging="page",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(
        Parameter(name="type", kind="enum", values=AccountType),
        Parameter(name="state", kind="enum", values=AccountState),
        Parameter(name="page", kind="integer", minimum=1),
        Parameter(name="pageSize", kind="integer", minimum=1, maximum=100),
    ),
    arguments={"type": "type", "state": "state", "page": "page", "pageSize": "page_size"},
    page_position="page",
    page_size="pageSize",
    default_page_size=10,
    result=AccountSummaryPage,
)
"""List the accounts of the organization, without their balances.

`accounts.get` returns the balance of one account; `balances.snapshot` reads many.

``type``: Return only accounts of this type.

``state``: Whether to include removed accounts. Default: only active accounts.

``page``: The page number, starting at 1.

``pageSize``: Items per page.

Returns 200: One page of accounts. The key needs the scope ``READ_ACCOUNTS``.

Source: https://app.getsequence.io/api/platform/
"""

GET_ACCOUNT: Final[Operation[Account]] = Operation(
    id="getAccount",
    api=API,
    client_method="accounts.get",
    method="GET",
    path="/accounts/{id}",
    summary="Read one account with its balance.",
    docs="https://app.getsequence.io/api/platform/",
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

Sequence reads an external balance from the bank about once per banking day; see `balanceLastUpdatedAt`. The response
contains the full account and routing numbers.

``id``: The account's ID.

Returns 200: The account. The key needs the scope ``READ_ACCOUNTS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_ACCOUNT_TRANSFERS: Final[Operation[TransferPage]] = Operation(
    id="listAccountTransfers",
    api=API,
    client_method="accounts.transfers",
    method="GET",
    path="/accounts/{accountId}/transfers",
    summary="List the transfers of one account, newest first.",
    docs="https://app.getsequence.io/api/platform/",
    effect="read",
    availability="available",
    scope="READ_TRANSFERS",
    takes_key=False,
    paging="page",
    credential="key",
    evidence="documented",
    path_parameters=("accountId",),
    query=(
        Parameter(name="accountRole", kind="enum", values=AccountRole),
        Parameter(name="direction", kind="enum", values=TransferDirection),
        Parameter(name="status", kind="enum", values=TransferStatus),
        Parameter(name="executionMode", kind="enum", values=ListMode),
        Parameter(name="from", kind="date-time"),
        Parameter(name="to", kind="date-time"),
        Parameter(name="origin", kind="enum", values=TransferOrigin),
        Parameter(name="rule_execution_id", kind="string"),
        Parameter(name="page", kind="integer", minimum=1),
        Parameter(name="pageSize", kind="integer", minimum=1, maximum=100),
    ),
    arguments={
        "accountId": "account_id",
        "accountRole": "account_role",
        "direction": "direction",
        "status": "status",
        "executionMode": "execution_mode",
        "from": "created_from",
        "to": "created_to",
        "origin": "origin",
        "rule_execution_id": "rule_execution_id",
        "page": "page",
        "pageSize": "page_size",
    },
    page_position="page",
    page_size="pageSize",
    default_page_size=10,
    window=Window(start="from", end="to", field="created_at"),
    result=TransferPage,
)
"""List the transfers of one account, newest first.

Card payments and the bank's own transactions are not included. `accounts.movements` reads them all.

``accountId``: The account's ID.

``accountRole``: Return only transfers with the account on this side. Default: either side.

``direction``: Return only transfers with this direction.

``status``: Return only transfers with this status.

``executionMode``: Whether to return live transfers, dry runs or both. Default: only live ones.

``from``: Return only transfers created at or after this time.

``to``: Return only transfers created at or before this time.

``origin``: Return only transfers with this origin.

``rule_execution_id``: Return only transfers of this rule execution.

``page``: The page number, starting at 1.

``pageSize``: Items per page.

Returns 200: One page of transfers. The key needs the scope ``READ_TRANSFERS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_TRANSFERS: Final[Operation[TransferPage]] = Operation(
    id="listTransfers",
    api=API,
    client_method="transfers.list",
    method="GET",
    path="/transfers",
    summary="List the transfers of one or more accounts, newest first.",
    docs="https://app.getsequence.io/api/platform/",
    effect="read",
    availability="available",
    scope="READ_TRANSFERS",
    takes_key=False,
    paging="page",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(
        Parameter(name="accountIds[]", kind="string", required=True, repeated=True),
        Parameter(name="direction", kind="enum", values=TransferDirection),
        Parameter(name="status", kind="enum", values=TransferStatus),
        Parameter(name="executionMode", kind="enum", values=ListMode),
        Parameter(name="from", kind="date-time"),
        Parameter(name="to", kind="date-time"),
        Parameter(name="origin", kind="enum", values=TransferOrigin),
        Parameter(name="rule_execution_id", kind="string"),
        Parameter(name="page", kind="integer", minimum=1),
        Parameter(name="pageSize", kind="integer", minimum=1, maximum=100),
    ),
    arguments={
        "accountIds[]": "account_ids",
        "direction": "direction",
        "status": "status",
        "executionMode": "execution_mode",
        "from": "created_from",
        "to": "created_to",
        "origin": "origin",
        "rule_execution_id": "rule_execution_id",
        "page": "page",
        "pageSize": "page_size",
    },
    page_position="page",
    page_size="pageSize",
    default_page_size=10,
    window=Window(start="from", end="to", field="created_at"),
    result=TransferPage,
)
"""List the transfers of one or more accounts, newest first.

Card payments and the bank's own transactions are not included.

``accountIds[]`` (required): The IDs of one or more accounts.

``direction``: Return only transfers with this direction.

``status``: Return only transfers with this status.

``executionMode``: Whether to return live transfers, dry runs or both. Default: only live ones.

``from``: Return only transfers created at or after this time.

``to``: Return only transfers created at or before this time.

``origin``: Return only transfers with this origin.

``rule_execution_id``: Return only transfers of this rule execution.

``page``: The page number, starting at 1.

``pageSize``: Items per page.

Returns 200: One page of transfers. The key needs the scope ``READ_TRANSFERS``.

Source: https://app.getsequence.io/api/platform/
"""

CREATE_TRANSFER: Final[Operation[Transfer]] = Operation(
    id="createTransfer",
    api=API,
    client_method="transfers.create",
    method="POST",
    path="/transfers",
    summary="Move money from one account to another.",
    docs="https://app.getsequence.io/api/platform/",
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
    dry_run=DryRun(field="simulation", attribute="simulation", mode="execution_mode"),
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
`MANUAL_TRANSFER` scope must name this pair of accounts. If the entry has a `max_amount`, the amount must not exceed it.

Use one key for a dry run and another for the live transfer.

Returns 201: The transfer was accepted. The key needs the scope ``MANUAL_TRANSFER``.

Source: https://app.getsequence.io/api/platform/
"""

GET_TRANSFER: Final[Operation[Transfer]] = Operation(
    id="getTransfer",
    api=API,
    client_method="transfers.get",
    method="GET",
    path="/transfers/{id}",
    summary="Read one transfer.",
    docs="https://app.getsequence.io/api/platform/",
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

The API may briefly return 404 for a transfer that was just created.

``id``: The transfer's ID.

Returns 200: The transfer. The key needs the scope ``READ_TRANSFERS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_RULES: Final[Operation[RuleSummaryPage]] = Operation(
    id="listRules",
    api=API,
    client_method="rules.list",
    method="GET",
    path="/rules",
    summary="List the rules of the organization, without triggers and steps.",
    docs="https://app.getsequence.io/api/platform/",
    effect="read",
    availability="available",
    scope="READ_RULES",
    takes_key=False,
    paging="page",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(
        Parameter(name="sourceId", kind="string"),
        Parameter(name="page", kind="integer", minimum=1),
        Parameter(name="pageSize", kind="integer", minimum=1, maximum=100),
    ),
    arguments={"sourceId": "source_id", "page": "page", "pageSize": "page_size"},
    page_position="page",
    page_size="pageSize",
    default_page_size=10,
    result=RuleSummaryPage,
)
"""List the rules of the organization, without triggers and steps.

`rules.get` returns a rule in full.

``sourceId``: Return only rules whose source is this account.

``page``: The page number, starting at 1.

``pageSize``: Items per page.

Returns 200: One page of rules. The key needs the scope ``READ_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

CREATE_RULE: Final[Operation[Rule]] = Operation(
    id="createRule",
    api=API,
    client_method="rules.create",
    method="POST",
    path="/rules",
    summary="Create a rule.",
    docs="https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md",
    effect="write",
    availability="coming-soon",
    scope="CREATE_AND_EDIT_RULES",
    takes_key=True,
    paging="none",
    credential="key",
    evidence="inferred",
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

A new rule is always disabled until a person enables it in the app. Only one rule can watch an account.

Returns 201: The rule was created. The key needs the scope ``CREATE_AND_EDIT_RULES``. Coming soon: not available yet.
Inferred, not documented.

Source: https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md
"""

GET_RULE: Final[Operation[Rule]] = Operation(
    id="getRule",
    api=API,
    client_method="rules.get",
    method="GET",
    path="/rules/{id}",
    summary="Read one rule with its trigger and steps.",
    docs="https://app.getsequence.io/api/platform/",
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

If `isSupported` is false in the rule's summary, the rule cannot be read: the API returns 403 with `INVALID_RULE`.

``id``: The rule's ID.

Returns 200: The rule. The key needs the scope ``READ_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

DELETE_RULE: Final[Operation[None]] = Operation(
    id="deleteRule",
    api=API,
    client_method="rules.delete",
    method="DELETE",
    path="/rules/{id}",
    summary="Delete a rule.",
    docs="https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md",
    effect="write",
    availability="coming-soon",
    scope="CREATE_AND_EDIT_RULES",
    takes_key=True,
    paging="none",
    credential="key",
    evidence="inferred",
    path_parameters=("id",),
    query=(),
    arguments={"id": "rule_id"},
    result=None,
)
"""Delete a rule.

Assumed from api/v1, which documents this operation.

``id``: The rule's ID.

Returns 204: The rule was deleted. The key needs the scope ``CREATE_AND_EDIT_RULES``. Coming soon: not available yet.
Inferred, not documented.

Source: https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md
"""

UPDATE_RULE: Final[Operation[Rule]] = Operation(
    id="updateRule",
    api=API,
    client_method="rules.update",
    method="PATCH",
    path="/rules/{id}",
    summary="Replace a rule.",
    docs="https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md",
    effect="write",
    availability="coming-soon",
    scope="CREATE_AND_EDIT_RULES",
    takes_key=True,
    paging="none",
    credential="key",
    evidence="inferred",
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

Send the whole draft. A changed rule is disabled until a person enables it in the app. The path and the method are known
only from other clients.

``id``: The rule's ID.

Returns 200: The rule was changed. The key needs the scope ``CREATE_AND_EDIT_RULES``. Coming soon: not available yet.
Inferred, not documented.

Source: https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md
"""

TRIGGER_RULE: Final[Operation[TriggeredRule]] = Operation(
    id="triggerRule",
    api=API,
    client_method="rules.trigger",
    method="POST",
    path="/rules/{id}/trigger",
    summary="Run a rule now.",
    docs="https://app.getsequence.io/api/platform/",
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
    body_required=True,
    body_argument=None,
    dry_run=DryRun(field="simulation", attribute="simulation"),
    result=TriggeredRule,
    creates=("execution_id",),
)
"""Run a rule now.

The API responds before the execution has ended. Call `rules.wait` to wait for it, or `rules.run` instead of this. For a
disabled rule, the API returns 403 with `RULE_DEACTIVATED`.

Use one key for a dry run and another for the live execution.

``id``: The rule's ID.

Returns 202: The execution was started. The key needs the scope ``TRIGGER_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_RULE_EXECUTIONS: Final[Operation[RuleExecutionSummaryPage]] = Operation(
    id="listRuleExecutions",
    api=API,
    client_method="rules.executions",
    method="GET",
    path="/rules/{ruleId}/executions",
    summary="List the executions of one rule, newest first.",
    docs="https://app.getsequence.io/api/platform/",
    effect="read",
    availability="available",
    scope="READ_RULES",
    takes_key=False,
    paging="page",
    credential="key",
    evidence="documented",
    path_parameters=("ruleId",),
    query=(
        Parameter(name="status", kind="enum", values=RuleExecutionStatus),
        Parameter(name="triggerType", kind="enum", values=ExecutionTriggerType),
        Parameter(name="executionMode", kind="enum", values=ListMode),
        Parameter(name="from", kind="date-time"),
        Parameter(name="to", kind="date-time"),
        Parameter(name="page", kind="integer", minimum=1),
        Parameter(name="pageSize", kind="integer", minimum=1, maximum=100),
    ),
    arguments={
        "ruleId": "rule_id",
        "status": "status",
        "triggerType": "trigger_type",
        "executionMode": "execution_mode",
        "from": "created_from",
        "to": "created_to",
        "page": "page",
        "pageSize": "page_size",
    },
    page_position="page",
    page_size="pageSize",
    default_page_size=10,
    window=Window(start="from", end="to", field="created_at"),
    result=RuleExecutionSummaryPage,
)
"""List the executions of one rule, newest first.

`rules.execution` returns an execution in full.

``ruleId``: The rule's ID.

``status``: Return only executions with this status.

``triggerType``: Return only executions with this trigger type.

``executionMode``: Whether to return live executions, dry runs or both. Default: only live ones.

``from``: Return only executions created at or after this time.

``to``: Return only executions created at or before this time.

``page``: The page number, starting at 1.

``pageSize``: Items per page.

Returns 200: One page of executions. The key needs the scope ``READ_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

GET_RULE_EXECUTION: Final[Operation[RuleExecution]] = Operation(
    id="getRuleExecution",
    api=API,
    client_method="rules.execution",
    method="GET",
    path="/rules/{ruleId}/executions/{id}",
    summary="Read one execution of a rule.",
    docs="https://app.getsequence.io/api/platform/",
    effect="read",
    availability="available",
    scope="READ_RULES",
    takes_key=False,
    paging="none",
    credential="key",
    evidence="documented",
    path_parameters=("ruleId", "id"),
    query=(),
    arguments={"ruleId": "rule_id", "id": "execution_id"},
    result=RuleExecution,
    echoes={"id": "path.id", "rule_id": "path.ruleId"},
)
"""Read one execution of a rule.

The execution includes what triggered it, its status and the IDs of its transfers. The API may briefly return 404 for an
execution that was just started.

``ruleId``: The rule's ID.

``id``: The execution's ID.

Returns 200: The execution. The key needs the scope ``READ_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_EXTERNAL_TRANSACTIONS: Final[Operation[ExternalTransactionPage]] = Operation(
    id="listExternalTransactions",
    api=API,
    client_method="external_transactions.list",
    method="GET",
    path="/external-transactions",
    summary="List the transactions of one or more external accounts.",
    docs="https://app.getsequence.io/api/platform/",
    effect="read",
    availability="available",
    scope="READ_TRANSFERS",
    takes_key=False,
    paging="page",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(
        Parameter(name="accountIds[]", kind="string", required=True, repeated=True),
        Parameter(name="direction", kind="enum", values=TransactionDirection),
        Parameter(name="status", kind="enum", values=ExternalTransactionStatus),
        Parameter(name="from", kind="date-time"),
        Parameter(name="to", kind="date-time"),
        Parameter(name="page", kind="integer", minimum=1),
        Parameter(name="pageSize", kind="integer", minimum=1, maximum=100),
    ),
    arguments={
        "accountIds[]": "account_ids",
        "direction": "direction",
        "status": "status",
        "from": "created_from",
        "to": "created_to",
        "page": "page",
        "pageSize": "page_size",
    },
    page_position="page",
    page_size="pageSize",
    default_page_size=10,
    window=Window(start="from", end="to", field="transaction_date", max_days=90),
    result=ExternalTransactionPage,
)
"""List the transactions of one or more external accounts.

Banks report these transactions, whether or not Sequence made them.

``accountIds[]`` (required): The IDs of one or more accounts.

``direction``: Return only transactions with this direction.

``status``: Return only transactions with this status.

``from``: Return only transactions at or after this time.

``to``: Return only transactions at or before this time.

``page``: The page number, starting at 1.

``pageSize``: Items per page.

Returns 200: One page of external transactions. The key needs the scope ``READ_TRANSFERS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_CARD_TRANSACTIONS: Final[Operation[CardTransactionPage]] = Operation(
    id="listCardTransactions",
    api=API,
    client_method="card_transactions.list",
    method="GET",
    path="/card-transactions",
    summary="List the card transactions of one pod.",
    docs="https://app.getsequence.io/api/platform/",
    effect="read",
    availability="available",
    scope="READ_TRANSFERS",
    takes_key=False,
    paging="page",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(
        Parameter(name="accountId", kind="string", required=True),
        Parameter(name="cardId", kind="string"),
        Parameter(name="from", kind="date-time"),
        Parameter(name="to", kind="date-time"),
        Parameter(name="page", kind="integer", minimum=1),
        Parameter(name="pageSize", kind="integer", minimum=1, maximum=100),
    ),
    arguments={
        "accountId": "account_id",
        "cardId": "card_id",
        "from": "created_from",
        "to": "created_to",
        "page": "page",
        "pageSize": "page_size",
    },
    page_position="page",
    page_size="pageSize",
    default_page_size=10,
    window=Window(start="from", end="to", field="created_at"),
    result=CardTransactionPage,
)
"""List the card transactions of one pod.

The reference documents this path but elsewhere lists card transactions as coming soon.

``accountId`` (required): The pod's ID.

``cardId``: Return only transactions of this card.

``from``: Return only transactions created at or after this time.

``to``: Return only transactions created at or before this time.

``page``: The page number, starting at 1.

``pageSize``: Items per page.

Returns 200: One page of card transactions. The key needs the scope ``READ_TRANSFERS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_AUDIT_LOGS: Final[Operation[AuditLogEntryPage]] = Operation(
    id="listAuditLogs",
    api=API,
    client_method="audit_logs.list",
    method="GET",
    path="/audit-logs",
    summary="List the API requests of the organization.",
    docs="https://app.getsequence.io/api/platform/",
    effect="read",
    availability="available",
    scope="READ_AUDIT_LOGS",
    takes_key=False,
    paging="page",
    credential="key",
    evidence="documented",
    path_parameters=(),
    query=(
        Parameter(name="apiKeyId", kind="string"),
        Parameter(name="action", kind="enum", values=AuditLogAction),
        Parameter(name="from", kind="date-time"),
        Parameter(name="to", kind="date-time"),
        Parameter(name="page", kind="integer", minimum=1),
        Parameter(name="pageSize", kind="integer", minimum=1, maximum=100),
    ),
    arguments={
        "apiKeyId": "api_key_id",
        "action": "action",
        "from": "created_from",
        "to": "created_to",
        "page": "page",
        "pageSize": "page_size",
    },
    page_position="page",
    page_size="pageSize",
    default_page_size=10,
    window=Window(start="from", end="to", field="created_at", max_days=90),
    result=AuditLogEntryPage,
)
"""List the API requests of the organization.

Each entry is one request that was made with one of the organization's API keys.

``apiKeyId``: Return only requests made with this API key.

``action``: Return only requests with this action. The reference does not list `LIST_AUDIT_LOGS` here.

``from``: Return only requests at or after this time.

``to``: Return only requests at or before this time.

``page``: The page number, starting at 1.

``pageSize``: Items per page.

Returns 200: One page of the audit log. The key needs the scope ``READ_AUDIT_LOGS``.

Source: https://app.getsequence.io/api/platform/
"""

OPERATIONS: Final[Mapping[str, Operation[Any]]] = MappingProxyType(
    {
        "listAccounts": LIST_ACCOUNTS,
        "getAccount": GET_ACCOUNT,
        "listAccountTransfers": LIST_ACCOUNT_TRANSFERS,
        "listTransfers": LIST_TRANSFERS,
        "createTransfer": CREATE_TRANSFER,
        "getTransfer": GET_TRANSFER,
        "listRules": LIST_RULES,
        "createRule": CREATE_RULE,
        "getRule": GET_RULE,
        "deleteRule": DELETE_RULE,
        "updateRule": UPDATE_RULE,
        "triggerRule": TRIGGER_RULE,
        "listRuleExecutions": LIST_RULE_EXECUTIONS,
        "getRuleExecution": GET_RULE_EXECUTION,
        "listExternalTransactions": LIST_EXTERNAL_TRANSACTIONS,
        "listCardTransactions": LIST_CARD_TRANSACTIONS,
        "listAuditLogs": LIST_AUDIT_LOGS,
    }
)
"""All operations by ID."""
