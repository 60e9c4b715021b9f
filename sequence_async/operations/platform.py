# Generated from openapi/platform.yaml 1.0.0 (SHA-256 c7f43161ed85185a2853d25ce2b0b63e71e4b3d6acec5cf7607e26baa5839aab) by `python -m codegen`; do not edit.
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
    sha256="c7f43161ed85185a2853d25ce2b0b63e71e4b3d6acec5cf7607e26baa5839aab",
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
"""What all of them have in common."""

LIST_ACCOUNTS: Final[Operation[AccountSummaryPage]] = Operation(
    id="listAccounts",
    api=API,
    client_method="accounts.list",
    method="GET",
    path="/accounts",
    summary="List the accounts of the organization.",
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
"""List the accounts of the organization.

Gives summaries, without balances.

``type``: Only accounts of this type.

``state``: Whether accounts that were removed are listed too; only active ones when not given.

``page``: Which page is wanted; pages count from 1.

``pageSize``: How many items the API returns per page.

Answers 200: One page of accounts. The key needs the scope ``READ_ACCOUNTS``.

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

An external balance is read from the bank about once a banking day; `balanceLastUpdatedAt` says when. The account and
routing numbers are given in full.

``id``: The account's id.

Answers 200: The account. The key needs the scope ``READ_ACCOUNTS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_ACCOUNT_TRANSFERS: Final[Operation[TransferPage]] = Operation(
    id="listAccountTransfers",
    api=API,
    client_method="accounts.transfers",
    method="GET",
    path="/accounts/{accountId}/transfers",
    summary="List the transfers of one account.",
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
"""List the transfers of one account.

Newest first.

``accountId``: The account whose transfers are wanted.

``accountRole``: On which side of the transfer the account must stand; either side when not given.

``direction``: Only transfers of this direction.

``status``: Only transfers in this state.

``executionMode``: Whether real or simulated transfers are wanted; only real ones when not given.

``from``: Only transfers created at or after this time.

``to``: Only transfers created at or before this time.

``origin``: Only transfers that began this way.

``rule_execution_id``: Only transfers that this run of a rule made. The one name in this API that is written this way.

``page``: Which page is wanted; pages count from 1.

``pageSize``: How many items the API returns per page.

Answers 200: One page of transfers. The key needs the scope ``READ_TRANSFERS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_TRANSFERS: Final[Operation[TransferPage]] = Operation(
    id="listTransfers",
    api=API,
    client_method="transfers.list",
    method="GET",
    path="/transfers",
    summary="List the transfers of one or more accounts.",
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
"""List the transfers of one or more accounts.

Newest first.

``accountIds[]`` (required): The accounts that are meant, one or more, each written as `accountIds[]=…`.

``direction``: Only transfers of this direction.

``status``: Only transfers in this state.

``executionMode``: Whether real or simulated transfers are wanted; only real ones when not given.

``from``: Only transfers created at or after this time.

``to``: Only transfers created at or before this time.

``origin``: Only transfers that began this way.

``rule_execution_id``: Only transfers that this run of a rule made. The one name in this API that is written this way.

``page``: Which page is wanted; pages count from 1.

``pageSize``: How many items the API returns per page.

Answers 200: One page of transfers. The key needs the scope ``READ_TRANSFERS``.

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

The answer comes before the money has moved: read the transfer again until it is settled. One entry of the key's
`MANUAL_TRANSFER` scope must name this pair of accounts, and where that entry has a `max_amount` the amount must stay
within it.

Answers 201: The transfer was accepted. The key needs the scope ``MANUAL_TRANSFER``.

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

A transfer that was created a moment ago may not be found yet.

``id``: The transfer's id.

Answers 200: The transfer. The key needs the scope ``READ_TRANSFERS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_RULES: Final[Operation[RuleSummaryPage]] = Operation(
    id="listRules",
    api=API,
    client_method="rules.list",
    method="GET",
    path="/rules",
    summary="List the rules of the organization.",
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
"""List the rules of the organization.

Gives summaries, without triggers and steps.

``sourceId``: Only rules whose source is this account.

``page``: Which page is wanted; pages count from 1.

``pageSize``: How many items the API returns per page.

Answers 200: One page of rules. The key needs the scope ``READ_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

CREATE_RULE: Final[Operation[Rule]] = Operation(
    id="createRule",
    api=API,
    client_method="rules.create",
    method="POST",
    path="/rules",
    summary="Write a new rule.",
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
"""Write a new rule.

A new rule is always disabled: somebody has to look at it and enable it in the app before it can run. An account can be
watched by one rule only.

Answers 201: The rule was written. The key needs the scope ``CREATE_AND_EDIT_RULES``. Coming soon: not available yet.
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

A rule whose summary says `isSupported` false cannot be read; the answer is 403 with `INVALID_RULE`.

``id``: The rule's id.

Answers 200: The rule. The key needs the scope ``READ_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

DELETE_RULE: Final[Operation[None]] = Operation(
    id="deleteRule",
    api=API,
    client_method="rules.delete",
    method="DELETE",
    path="/rules/{id}",
    summary="Take a rule out of use.",
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
"""Take a rule out of use.

Concluded from api/v1, which has this operation; nothing shows it for this API.

``id``: The rule's id.

Answers 204: The rule is gone. The key needs the scope ``CREATE_AND_EDIT_RULES``. Coming soon: not available yet.
Inferred, not documented.

Source: https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md
"""

UPDATE_RULE: Final[Operation[Rule]] = Operation(
    id="updateRule",
    api=API,
    client_method="rules.update",
    method="PATCH",
    path="/rules/{id}",
    summary="Change a rule.",
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
"""Change a rule.

Only other people's clients show this path and method. The whole draft is sent; a changed rule has to be enabled in the
app again.

``id``: The rule's id.

Answers 200: The rule was changed. The key needs the scope ``CREATE_AND_EDIT_RULES``. Coming soon: not available yet.
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

The answer names the execution, which is then read, less and less often, until it has ended. A rule that is disabled is
answered with 403 and `RULE_DEACTIVATED`.

``id``: The rule's id.

Answers 202: The rule will run. The key needs the scope ``TRIGGER_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_RULE_EXECUTIONS: Final[Operation[RuleExecutionSummaryPage]] = Operation(
    id="listRuleExecutions",
    api=API,
    client_method="rules.executions",
    method="GET",
    path="/rules/{ruleId}/executions",
    summary="List the runs of one rule.",
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
"""List the runs of one rule.

Newest first.

``ruleId``: The rule that ran.

``status``: Only runs in this state.

``triggerType``: Only runs that were started this way.

``executionMode``: Whether real or simulated runs are wanted; only real ones when not given.

``from``: Only runs created at or after this time.

``to``: Only runs created at or before this time.

``page``: Which page is wanted; pages count from 1.

``pageSize``: How many items the API returns per page.

Answers 200: One page of runs. The key needs the scope ``READ_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

GET_RULE_EXECUTION: Final[Operation[RuleExecution]] = Operation(
    id="getRuleExecution",
    api=API,
    client_method="rules.execution",
    method="GET",
    path="/rules/{ruleId}/executions/{id}",
    summary="Read one run of a rule.",
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
"""Read one run of a rule.

Tells what started the run, how it ended and which transfers it made. A run that was started a moment ago may not be
found yet.

``ruleId``: The rule that ran.

``id``: The run's id.

Answers 200: The run. The key needs the scope ``READ_RULES``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_EXTERNAL_TRANSACTIONS: Final[Operation[ExternalTransactionPage]] = Operation(
    id="listExternalTransactions",
    api=API,
    client_method="external_transactions.list",
    method="GET",
    path="/external-transactions",
    summary="List what moved on external accounts.",
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
"""List what moved on external accounts.

What the bank reports for connected accounts, whether or not Sequence moved it.

``accountIds[]`` (required): The accounts that are meant, one or more, each written as `accountIds[]=…`.

``direction``: Only what came in, or only what went out.

``status``: Only transactions in this state.

``from``: Only transactions at or after this time.

``to``: Only transactions at or before this time.

``page``: Which page is wanted; pages count from 1.

``pageSize``: How many items the API returns per page.

Answers 200: One page of external transactions. The key needs the scope ``READ_TRANSFERS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_CARD_TRANSACTIONS: Final[Operation[CardTransactionPage]] = Operation(
    id="listCardTransactions",
    api=API,
    client_method="card_transactions.list",
    method="GET",
    path="/card-transactions",
    summary="List what was paid with the cards of one pod.",
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
"""List what was paid with the cards of one pod.

The reference documents this path, and in another place calls card transactions coming soon.

``accountId`` (required): The pod whose cards are meant.

``cardId``: Only transactions of this card.

``from``: Only transactions created at or after this time.

``to``: Only transactions created at or before this time.

``page``: Which page is wanted; pages count from 1.

``pageSize``: How many items the API returns per page.

Answers 200: One page of card transactions. The key needs the scope ``READ_TRANSFERS``.

Source: https://app.getsequence.io/api/platform/
"""

LIST_AUDIT_LOGS: Final[Operation[AuditLogEntryPage]] = Operation(
    id="listAuditLogs",
    api=API,
    client_method="audit_logs.list",
    method="GET",
    path="/audit-logs",
    summary="List which keys called what.",
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
"""List which keys called what.

One entry for every call that a key of the organization made.

``apiKeyId``: Only calls of this key.

``action``: Only calls that did this. The reference does not list `LIST_AUDIT_LOGS` for this parameter.

``from``: Only calls at or after this time.

``to``: Only calls at or before this time.

``page``: Which page is wanted; pages count from 1.

``pageSize``: How many items the API returns per page.

Answers 200: One page of the audit log. The key needs the scope ``READ_AUDIT_LOGS``.

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
"""All of them, by id."""
